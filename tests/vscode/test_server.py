"""The server's life in the editor: it falls and comes back, it is missing, it is switched off, it is traced."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vscode import harness
from tests.vscode.editor import Editor

TEXT = "# Relay\n\n- The relay MUST forward every message soon.[^d001]\n"


def test_it_is_started_again_after_it_was_killed(open_editor: Callable[..., Editor], server_settings: dict[str, Any]) -> None:
    editor = open_editor({"relay.md": TEXT})
    mark = Path(server_settings["clarifier.environment"]["CLARIFIER_TEST"])
    before = harness.language_servers(mark)
    assert before
    for process in before:
        os.kill(process, signal.SIGKILL)
    harness.until(lambda: set(harness.language_servers(mark)) - set(before), "a new server")
    editor.waits_until_ready()
    editor.go_to(3, 44)
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.type("- The relay MUST stop at once and/or report.", delay=10)
    editor.waits_for_status("[2-9] questions")


def test_restart_and_trace(
    open_editor: Callable[..., Editor], code_server: harness.CodeServer, server_settings: dict[str, Any]
) -> None:
    editor = open_editor({"relay.md": TEXT})
    code_server.write_settings({**server_settings, "clarifier.trace.server": "messages"})
    try:
        editor.command("Clarifier: Restart the Server")
        editor.waits_until_ready()
        harness.until(lambda: "textDocument/didOpen" in code_server.output("Clarifier Trace"), "a traced message")
    finally:
        code_server.write_settings(server_settings)


@pytest.fixture(scope="module")
def bare(vsix: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[harness.CodeServer]:
    """A machine on which the only Python found is one that cannot make environments."""
    python = tmp_path_factory.mktemp("bare") / "python3"
    answer = f'{{"executable": "{python}", "version": "3.12.4", "server": null}}'
    python.write_text(
        f"#!/bin/sh\ncase \"$*\" in *venv*) echo 'Error: ensurepip is not available'; exit 1;; esac\necho '{answer}'\n",
        encoding="utf-8",
    )
    python.chmod(0o755)
    server = harness.CodeServer(vsix, {"clarifier.interpreter": str(python)})
    yield server
    server.stop()


def test_installing_is_offered_once_and_failure_says_why(open_editor: Callable[..., Editor], bare: harness.CodeServer) -> None:
    editor = open_editor({"relay.md": TEXT}, ready=False, server=bare)
    offer = editor.notification("does not have the server")
    editor.shot("install-offer")
    offer.get_by_role("button", name="Install").click()
    editor.notification("sudo apt install python3-venv")
    editor.shot("install-failed")
    editor.waits_for_status("Clarifier: install")
    view = editor.questions()
    view.get_by_role("button", name="Install the Server").wait_for()
    editor.shot("install-view")

    again = open_editor({"relay.md": TEXT}, ready=False, server=bare)
    again.waits_for_status("Clarifier: install")
    assert again.page.locator(".notifications-toasts .notification-list-item", has_text="does not have the server").count() == 0
