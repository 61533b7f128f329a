"""What an author sees and does at a finding, in the text."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.vscode.editor import Editor

# Few enough findings for all of them to be in the panel, which draws only the rows that it shows.
FOUR_KINDS = """# Relay

- The relay MUST forward every message soon.[^d001]
- The relay MUST acknowledge a message within 200 ms.[^d002]
- The relay MUST acknowledge a message within 500 ms.[^d002]
"""


def test_the_four_kinds_are_underlined_and_listed(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor({"relay.md": FOUR_KINDS}, viewport={"width": 1280, "height": 1400})
    editor.page.keyboard.press("Control+Shift+M")
    for rule in ("vague-time", "duplicate-clause-id", "incompatible-value", "missing-prompts"):
        editor.page.locator(".markers-panel", has_text=rule).first.wait_for(timeout=30_000)
    assert editor.marks("error").count() > 0
    assert editor.marks("warning").count() > 0
    editor.shot("problems")


def test_a_reading_is_applied_by_quick_fix_and_saved(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor()
    editor.point_at("and/or", "and/or")
    editor.shot("hover")
    entry = editor.actions_at("and/or", re.compile("both logs and messages"))
    editor.shot("actions")
    entry.click()
    editor.waits_for_text("encrypt both logs and messages.")
    editor.save()
    assert "encrypt both logs and messages." in (editor.workspace / "relay.md").read_text(encoding="utf-8")


def test_the_dialogue_asks_and_the_answer_is_written_and_logged(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor()
    editor.actions_at("and/or", re.compile("^Ask: ")).click()
    choice = editor.choice("exactly one")
    editor.shot("dialogue")
    choice.click()
    editor.waits_for_text("encrypt either logs or messages, but not both.")
    editor.save()
    text = (editor.workspace / "relay.md").read_text(encoding="utf-8")
    assert re.search(r"## Clarifications\n\n- Q: .*“logs” and “messages”.* → A: .*exactly one", text), text


def test_the_question_at_the_cursor_is_asked_by_keyboard(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor()
    editor.go_to(16, 20)
    editor.page.keyboard.press("Control+Alt+q")
    editor.choice("both are allowed")
    editor.page.keyboard.press("ArrowDown")
    editor.page.keyboard.press("Enter")
    editor.waits_for_text("encrypt either logs or messages, but not both.")


def test_typing_makes_a_finding_and_mending_takes_it_away(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor({"spec.md": "# Pump\n\n- The pump MUST stop within 2 s.\n"})
    editor.go_to(3, 33)
    editor.page.keyboard.type(" It MUST restart soon.", delay=15)
    editor.page.wait_for_function("() => document.querySelectorAll('.squiggly-warning').length > 0", timeout=30_000)
    before = editor.marks("warning").count()
    for _ in range(len("soon.")):
        editor.page.keyboard.press("Backspace")
    editor.page.keyboard.type("within 5 s.", delay=15)
    editor.page.wait_for_function(
        "before => document.querySelectorAll('.squiggly-warning').length < before", arg=before, timeout=30_000
    )
