"""The clause graph and the report, each in a panel."""

from __future__ import annotations

from collections.abc import Callable

from tests.vscode.editor import Editor

TEXT = """# Relay {#relay}

- The relay MUST acknowledge a message within 200 ms.[^d001]
- The relay MUST acknowledge a message within 500 ms.[^d002]

## Log {#log}

- The log MUST name what [the relay](#relay) forwards.[^d003]
"""


def test_the_clause_graph_is_drawn(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor({"relay.md": TEXT})
    editor.command("Clarifier: Show Clause Graph")
    frame = editor.page.frame_locator("iframe.webview.ready").frame_locator("iframe#active-frame")
    frame.locator("#graph svg").wait_for(timeout=60_000)
    assert frame.locator("#graph svg .node").count() >= 2
    editor.shot("graph")


def test_where_nothing_refers_to_anything_that_is_said(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor({"relay.md": "# Relay\n\n- The relay MUST stop.[^d001]\n"})
    editor.command("Clarifier: Show Clause Graph")
    editor.notification("There is no graph to draw")


def test_the_report_is_shown(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor({"relay.md": TEXT})
    editor.command("Clarifier: Show Report")
    frame = editor.page.frame_locator("iframe.webview.ready").frame_locator("iframe#active-frame")
    frame.locator("body", has_text="d002").wait_for(timeout=60_000)
    editor.shot("report")
