"""One code-server and one Chromium for all tests; a folder and a window for each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vscode import harness
from tests.vscode.editor import Editor

SPECIFICATION = Path(__file__).parent / "relay.md"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = harness.missing()
    for item in items:
        if reason is not None and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def vsix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return harness.build_vsix(tmp_path_factory.mktemp("vsix"))


@pytest.fixture(scope="session")
def server_settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Settings that start the server under test, marked so that its process can be found."""
    mark = tmp_path_factory.mktemp("mark")
    return {
        "clarifier.command": [sys.executable, "-P", "-m", "clarifier", "lsp"],
        "clarifier.environment": {"CLARIFIER_TEST": str(mark), "CLARIFIER_CACHE_DIR": str(mark / "cache")},
    }


@pytest.fixture(scope="session")
def code_server(vsix: Path, server_settings: dict[str, Any]) -> Iterator[harness.CodeServer]:
    server = harness.CodeServer(vsix, server_settings, "--disable-workspace-trust")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with harness.chromium() as running:
        yield running


@pytest.fixture
def open_editor(
    code_server: harness.CodeServer, browser: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Editor]]:
    """Opens an editor window on a new folder with the given files; the first one is shown."""
    contexts: list[Any] = []
    editors: list[Editor] = []

    def opened(
        files: dict[str, str] | None = None, *, ready: bool = True, server: harness.CodeServer | None = None, **context: Any
    ) -> Editor:
        workspace = tmp_path / f"folder{len(contexts)}"
        texts = files if files is not None else {"relay.md": SPECIFICATION.read_text(encoding="utf-8")}
        for name, text in texts.items():
            (workspace / name).parent.mkdir(parents=True, exist_ok=True)
            (workspace / name).write_text(text, encoding="utf-8", newline="")
        made = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context})
        contexts.append(made)
        page = made.new_page()
        page.goto((server or code_server).address(workspace, workspace / next(iter(texts))), wait_until="domcontentloaded")
        page.wait_for_selector(".view-lines .view-line", timeout=60_000)
        editors.append(Editor(page, workspace))
        if ready:
            editors[-1].waits_until_ready()
        return editors[-1]

    yield opened
    for number, editor in enumerate(editors):
        editor.shot(f"end-{request.node.name}-{number}")
    for made in contexts:
        made.close()
