"""The pictures of the README and the walkthrough, taken anew; `shots/readme-*.png` are copied to `vscode-extension/images`."""

from __future__ import annotations

from collections.abc import Callable

from tests.vscode.editor import Editor
from tests.vscode.test_prompts import PROMPTS

TEXT = """# Relay

The relay takes messages from clients and hands them to receivers.

- The relay MUST forward every message soon.[^d001]
- The relay MUST encrypt logs and/or messages.[^d002]
- The relay MUST acknowledge a message within 200 ms.[^d003]
- The relay MUST acknowledge a message within 500 ms.[^d004]
- The relay SHOULD keep logs for an appropriate period.[^d005]
"""


def test_pictures(open_editor: Callable[..., Editor]) -> None:
    files = {"relay.md": TEXT, **{f"examples/d00{n}.md": PROMPTS.replace("d001", f"d00{n}") for n in range(1, 6)}}
    editor = open_editor(files, viewport={"width": 1000, "height": 720})
    editor.page.add_style_tag(content=".notifications-toasts { display: none !important }")
    editor.page.keyboard.press("Control+b")
    editor.point_at("and/or", "both")
    editor.shot("readme-findings")
    editor.page.mouse.move(5, 700)
    editor.point_at("d001", "Send this to Ann and Bob.")
    editor.shot("readme-prompts")
    view = editor.questions()
    view.locator("button.question", has_text="logs” and “messages").click()
    view.locator(".reading").first.wait_for()
    editor.page.mouse.move(5, 700)
    editor.page.wait_for_function("() => /Ln 6/.test(document.querySelector('.statusbar').textContent)")
    editor.shot("readme-questions")
