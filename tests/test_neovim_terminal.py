"""Neovim as an author sees it: in a terminal, typed at, the screen read as text and kept in `shots/`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_neovim import NEOVIM

INIT = Path(__file__).parent / "neovim" / "init.lua"
SHOTS = Path(__file__).parent.parent / "shots"
TMUX = shutil.which("tmux")


class Terminal:
    """A terminal of its own, 110 columns by 30 lines."""

    def __init__(self, folder: Path, command: str, environment: dict[str, str]) -> None:
        self._tmux = [str(TMUX), "-L", f"clarifier-{os.getpid()}", "-f", "/dev/null", "-u"]
        self._environment = {**environment, "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        self._run("new-session", "-d", "-x", "110", "-y", "30", "-c", str(folder), command)

    def _run(self, *arguments: str) -> str:
        return subprocess.run(
            [*self._tmux, *arguments], env=self._environment, capture_output=True, encoding="utf-8", check=True
        ).stdout

    def screen(self) -> str:
        """What is on the screen."""
        return self._run("capture-pane", "-p")

    def press(self, *keys: str) -> None:
        """Press keys, named as tmux names them."""
        self._run("send-keys", *keys)

    def waits_for(self, words: str, seconds: float = 90) -> str:
        """The screen once it shows these words."""
        end = time.monotonic() + seconds
        while words not in (screen := self.screen()):
            assert time.monotonic() < end, f"“{words}” was not seen:\n{screen}"
            time.sleep(0.1)
        return screen

    def close(self) -> None:
        """End the terminal and what runs in it; it may have ended by itself."""
        subprocess.run([*self._tmux, "kill-server"], env=self._environment, capture_output=True, check=False)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if NEOVIM is None or TMUX is None:
        pytest.skip("needs Neovim 0.11 and tmux: run tests/tools/editors.sh")
    (tmp_path / "clarifier.toml").touch()
    (tmp_path / "spec.md").write_text("# Relay\n\nThe relay must encrypt logs and/or messages.\n", encoding="utf-8")
    state = {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    opened = Terminal(tmp_path, f"{NEOVIM} --clean -u {INIT} spec.md", {**os.environ, **state, "CLARIFIER_PYTHON": sys.executable})
    yield opened
    opened.close()


def test_a_reading_is_chosen_in_the_terminal(terminal: Terminal, tmp_path: Path) -> None:
    SHOTS.mkdir(exist_ok=True)
    (SHOTS / "neovim-finding.txt").write_text(terminal.waits_for("“and/or” can mean"), encoding="utf-8")
    terminal.press("3G", "f/", "gra")
    menu = terminal.waits_for("both: “both logs and messages”")
    (SHOTS / "neovim-menu.txt").write_text(menu, encoding="utf-8")
    number = next(line.split(":")[0].strip() for line in menu.splitlines() if "both: “both" in line)
    terminal.press(number, "Enter")
    terminal.waits_for("encrypt both logs and messages.")
    terminal.press(":wq", "Enter")
    end = time.monotonic() + 30
    while "both logs" not in (tmp_path / "spec.md").read_text(encoding="utf-8"):
        assert time.monotonic() < end, "not saved"
        time.sleep(0.1)
