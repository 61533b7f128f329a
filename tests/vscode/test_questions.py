"""The view “Questions”, with the pointer and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.vscode.editor import Editor

TEXT = """# Relay

- The relay MUST forward every message soon.[^d001]
- The relay MUST encrypt logs and/or messages.[^d002]
- The relay SHOULD keep logs for an appropriate period.[^d003]
- Clients may read logs, traces, etc.[^d004]
"""


@pytest.fixture
def editor(open_editor: Callable[..., Editor]) -> Editor:
    return open_editor({"relay.md": TEXT})


def waits_for(view: Any, words: str) -> None:
    view.get_by_text(words).first.wait_for(timeout=30_000)


def test_worked_through_with_the_pointer(editor: Editor) -> None:
    view = editor.questions()
    waits_for(view, "questions about relay.md")
    editor.shot("questions-list")
    choose(view, "logs” and “messages")
    view.locator("blockquote", has_text="The relay MUST encrypt logs and/or messages.").wait_for()
    editor.page.wait_for_function("() => /Ln 4/.test(document.querySelector('.statusbar').textContent)")
    editor.shot("questions")
    view.get_by_role("button", name="both logs and messages").click()
    editor.waits_for_text("encrypt both logs and messages.")
    waits_for(view, "1 answered")

    choose(view, "soon")
    view.get_by_label("Your own words instead of “soon”").fill("within 2 s")
    view.get_by_role("button", name="Write It").click()
    editor.waits_for_text("forward every message within 2 s.")
    waits_for(view, "2 answered")

    choose(view, "would a tester see")
    view.get_by_role("button", name="Not Ambiguous…").click()
    view.get_by_label("It is clear as written, because").fill("the law says which")
    view.get_by_role("button", name="Dismiss").click()
    editor.waits_for_text("allow vague-term because the law says which")
    waits_for(view, "3 answered")

    view.get_by_role("button", name="Leave Open").wait_for()
    view.get_by_role("button", name="Leave Open").click()
    editor.waits_for_text("[NEEDS CLARIFICATION: ")
    waits_for(view, "4 answered")
    editor.shot("questions-answered")


def test_answering_goes_on_to_the_next_with_the_keyboard_alone(editor: Editor) -> None:
    editor.page.keyboard.press("Control+Alt+Shift+q")
    view = editor.questions_page()
    first = view.locator("button.question[aria-expanded=true]")
    first.wait_for(timeout=30_000)
    assert focused(view) == first.inner_text().split("\n")[0]
    editor.page.keyboard.press("End")
    editor.page.keyboard.press("Home")
    press_down_to(editor, view, "logs” and “messages")
    editor.page.keyboard.press("Enter")
    view.locator(".reading").first.wait_for()
    editor.shot("questions-keyboard")
    editor.page.keyboard.press("3")
    editor.waits_for_text("encrypt both logs and messages.")
    waits_for(view, "1 answered")
    next_one = view.locator("button.question[aria-expanded=true]")
    next_one.wait_for()
    assert focused(view) == next_one.inner_text().split("\n")[0]
    editor.page.keyboard.press("Escape")
    next_one.wait_for(state="detached")


def test_what_is_being_typed_survives_a_change_of_the_text(editor: Editor) -> None:
    view = editor.questions()
    choose(view, "soon")
    field = view.get_by_label("Your own words instead of “soon”")
    field.fill("within 2")
    before = view.locator("button.question").count()
    (editor.workspace / "other.md").write_text("# Other\n\n- The pump must stop soon.\n", encoding="utf-8")
    editor.waits_for_status(f"^\\D*{before + 1} question")
    field.press_sequentially(" s", delay=30)
    assert field.input_value() == "within 2 s"


def choose(view: Any, words: str) -> None:
    """Open a question if it is not open already."""
    head = view.locator("button.question", has_text=words)
    head.wait_for()
    if head.get_attribute("aria-expanded") == "false":
        head.click()
    view.locator("button.question[aria-expanded=true]", has_text=words).wait_for()


def focused(view: Any) -> str:
    return str(view.locator("button.question:focus .text").inner_text())


def press_down_to(editor: Editor, view: Any, words: str) -> None:
    for _ in range(10):
        if words in focused(view):
            return
        editor.page.keyboard.press("ArrowDown")
    raise AssertionError(f"no question with “{words}” was reached")
