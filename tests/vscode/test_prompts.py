"""Clauses and their prompts: create, look, rename."""

from __future__ import annotations

from collections.abc import Callable

from tests.vscode.conftest import SPECIFICATION
from tests.vscode.editor import Editor
from tests.vscode.harness import until

PROMPTS = """Examples for [^d001] in Delivery:

**Example**: a message to two receivers

~~~xml
<user>
Send this to Ann and Bob.
</user>
~~~
"""


def test_a_prompt_file_is_made_by_a_lens(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor()
    lens = editor.page.locator(".codelens-decoration a", has_text="d002: add prompts")
    lens.first.wait_for(timeout=30_000)
    lens.first.click()
    editor.waits_for_text("Examples for [^d002] in Delivery:")
    editor.save()
    until(lambda: (editor.workspace / "examples/d002.md").exists(), "the prompt file on disk")
    editor.shot("prompts-created")


def test_the_command_makes_or_opens_the_prompts_at_the_cursor(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor({"relay.md": SPECIFICATION.read_text(encoding="utf-8"), "examples/d001.md": PROMPTS})
    editor.go_to(7, 10)
    editor.command("Clarifier: Open or Create Prompt File")
    editor.waits_for_text("Send this to Ann and Bob.")


def test_prompts_are_seen_in_the_hover_of_an_id(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor({"relay.md": SPECIFICATION.read_text(encoding="utf-8"), "examples/d001.md": PROMPTS})
    editor.point_at("d001", "Send this to Ann and Bob.")
    editor.shot("prompts")


def test_renaming_an_id_moves_its_prompts(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor({"relay.md": SPECIFICATION.read_text(encoding="utf-8"), "examples/d001.md": PROMPTS})
    box = editor.page.locator(".rename-box input")

    def rename() -> None:
        place = editor.word("d001")
        editor.page.mouse.click(place["x"], place["y"])
        editor.page.keyboard.press("F2")

    editor.press_until(rename, box)
    box.first.fill("d777")
    editor.page.keyboard.press("Enter")
    editor.waits_for_text("every message soon.[^d777]")
    editor.page.keyboard.press("Control+k")
    editor.page.keyboard.press("s")
    until(lambda: (editor.workspace / "examples/d777.md").exists(), "the moved prompt file")
    assert not (editor.workspace / "examples/d001.md").exists()
