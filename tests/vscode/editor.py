"""What a person does in the editor, as functions of one browser page: look, point, press, choose."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.vscode.harness import SHOTS

_WAIT = 60_000
_MARKS = {"error": ".squiggly-error", "warning": ".squiggly-warning", "information": ".squiggly-info", "hint": ".squiggly-hint"}


class Editor:
    """One editor window on one folder."""

    def __init__(self, page: Any, workspace: Path) -> None:
        self.page = page
        self.workspace = workspace

    # Looking

    def shot(self, name: str) -> Path:
        """Keep a picture of the window."""
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def text(self) -> str:
        """The text that the editor in front shows, lines in order."""
        return str(self.page.evaluate(_SHOWN_LINES)).replace("\u00a0", " ")

    def waits_for_text(self, words: str) -> None:
        """Wait until the editor in front shows these words."""
        self.page.wait_for_function(
            f"words => ({_SHOWN_LINES})().replaceAll('\u00a0', ' ').includes(words)", arg=words, timeout=_WAIT
        )

    def waits_for_no_text(self, words: str) -> None:
        """Wait until the editor in front no longer shows these words."""
        self.page.wait_for_function(
            f"words => !({_SHOWN_LINES})().replaceAll('\u00a0', ' ').includes(words)", arg=words, timeout=_WAIT
        )

    def marks(self, severity: str) -> Any:
        """The underlines of a severity."""
        return self.page.locator(_MARKS[severity])

    def waits_for_status(self, pattern: str) -> None:
        """Wait until Clarifier's status item says what matches a pattern and nothing turns in it."""
        says = "pattern => [...document.querySelectorAll('[id$=\"clarifier.status\"]')].some(e => new RegExp(pattern).test(e.textContent) && !e.querySelector('.codicon-sync'))"
        self.page.wait_for_function(says, arg=pattern, timeout=2 * _WAIT)

    def waits_until_ready(self) -> None:
        """Wait until all is read and the number of questions stands in the status bar."""
        self.waits_for_status(r"\d+ question")

    # Doing

    def press_until(self, act: Callable[[], None], seen: Any, tries: int = 6) -> None:
        """Menus and hovers close when the editor lays itself out anew: act until the thing is seen."""
        for left in reversed(range(tries)):
            act()
            try:
                seen.first.wait_for(timeout=5_000)
                return
            except Exception:
                if left == 0:
                    raise

    def command(self, title: str) -> None:
        """Run a command from the palette."""
        box = self.page.locator(".quick-input-widget input[type=text], .quick-input-widget input:not([type=checkbox])").first
        self.press_until(lambda: self.page.keyboard.press("F1"), box)
        box.fill(f">{title}")
        row = self.page.locator(".quick-input-widget .monaco-list-row", has_text=title)
        row.first.wait_for(timeout=_WAIT)
        self.page.keyboard.press("Enter")
        box.wait_for(state="hidden", timeout=_WAIT)

    def go_to(self, line: int, column: int = 1) -> None:
        """Put the cursor at a place, counted from one."""
        box = self.page.locator(".quick-input-widget input").first
        self.page.locator(".editor-instance .view-lines").first.click(position={"x": 300, "y": 5})
        self.press_until(lambda: self.page.keyboard.press("Control+g"), box)
        box.fill(f":{line}:{column}")
        self.page.keyboard.press("Enter")
        box.wait_for(state="hidden", timeout=_WAIT)

    def word(self, words: str) -> dict[str, float]:
        """Where words stand on the screen."""
        self.waits_for_text(words)
        box = self.page.evaluate(_PLACE_OF, words)
        assert box is not None, words
        return dict(box)

    def point_at(self, words: str, shown: str) -> Any:
        """Point at words until a hover shows something; the hover."""
        hover = self.page.locator(".monaco-hover:visible", has_text=shown)

        def act() -> None:
            self.page.mouse.move(5, 790)
            box = self.word(words)
            self.page.mouse.move(box["x"], box["y"], steps=3)

        self.press_until(act, hover)
        return hover.first

    def actions_at(self, words: str, title: str | re.Pattern[str]) -> Any:
        """Open the menu of actions at words; the entry with a title."""
        entry = self.page.locator(".action-widget .monaco-list-row", has_text=title)

        def act() -> None:
            self.page.keyboard.press("Escape")
            box = self.word(words)
            self.page.mouse.click(box["x"], box["y"])
            self.page.keyboard.press("Control+.")

        self.press_until(act, entry)
        return entry.first

    def notification(self, words: str | re.Pattern[str]) -> Any:
        """A notification with words in it, once it is seen."""
        found = self.page.locator(".notifications-toasts .notification-list-item", has_text=words).first
        found.wait_for(timeout=_WAIT)
        return found

    def choice(self, words: str) -> Any:
        """An entry of the list that a dialogue shows, once it is seen."""
        found = self.page.locator(".quick-input-widget:visible .monaco-list-row", has_text=words).first
        found.wait_for(timeout=_WAIT)
        return found

    def save(self) -> None:
        """Save the file in front and wait until it is saved."""
        self.page.keyboard.press("Control+s")
        self.page.wait_for_function("() => !document.querySelector('.tab.active.dirty')", timeout=_WAIT)

    # The view “Questions”

    def questions(self) -> Any:
        """The page inside the view, opened from the palette."""
        self.command("Clarifier: Show Questions")
        return self.questions_page()

    def questions_page(self) -> Any:
        """The page inside the view, which is a frame inside a frame."""
        frame = self.page.frame_locator("iframe.webview.ready").frame_locator("iframe#active-frame")
        frame.locator("main").wait_for(timeout=_WAIT)
        return frame


_SHOWN_LINES = """() => [...document.querySelectorAll('.editor-group-container.active .editor-instance .view-line')]
  .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top)).map(line => line.textContent).join('\\n')"""

_PLACE_OF = """words => {
  for (const line of document.querySelectorAll('.editor-group-container.active .editor-instance .view-line')) {
    const at = line.textContent.replaceAll('\\u00a0', ' ').indexOf(words);
    if (at < 0) continue;
    let seen = 0;
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (at < seen + node.length) {
        const range = document.createRange();
        range.setStart(node, at - seen);
        range.setEnd(node, Math.min(node.length, at - seen + words.length));
        const box = range.getBoundingClientRect();
        return { x: box.x + Math.min(box.width / 2, 12), y: box.y + box.height / 2 };
      }
      seen += node.length;
    }
  }
  return null;
}"""
