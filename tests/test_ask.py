"""The interview, held in a real terminal: what is typed is written into the file, and nothing else."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

SPEC = (
    "\ufeff# Alerts 🔔\r\n\r\nThe **service** shall only send alerts to administrators.\r\n\r\n"
    "- The system must not be *unable* to restart.\r\n- The retention is TBD."
)


def _interruptible() -> None:
    """Let Ctrl-C at the terminal reach the process, also where the tests themselves run in the background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A process behind a pseudo-terminal: wait for what it shows, then type."""

    def __init__(self, *command: str) -> None:
        self.screen = ""
        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clarifier", *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
            preexec_fn=_interruptible,
        )
        os.close(theirs)

    def expect(self, shown: str) -> str:
        """What was shown up to and with the words."""
        while not (found := re.search(shown, _plain(self.screen))):
            if not select.select([self._ours], [], [], 60)[0]:
                raise AssertionError(f"not shown: {shown}\n{_plain(self.screen)}")
            try:
                self.screen += os.read(self._ours, 65536).decode("utf-8", "replace")
            except OSError:
                raise AssertionError(f"ended without: {shown}\n{_plain(self.screen)}") from None
        self.screen = ""
        return found[0]

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def ended(self) -> int:
        while select.select([self._ours], [], [], 60)[0]:
            try:
                if not os.read(self._ours, 65536):
                    break
            except OSError:
                break
        os.close(self._ours)
        return self.process.wait(60)


def _plain(screen: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen))


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    file = tmp_path / "alerts.md"
    file.write_bytes(SPEC.encode())
    return file


def test_answers_are_written_and_logged(spec: Path) -> None:
    terminal = Terminal("ask", str(spec))
    terminal.expect(r"marks a decision.*What has been decided here\?.*Your answer")
    terminal.type("f\n")
    terminal.expect("In place of the words")
    terminal.type("30 days\n")
    terminal.expect(r"Written.*“only” could limit.*Your answer")
    terminal.type("2\n")
    terminal.expect(r"Written.*negates twice.*Your answer")
    terminal.type("x\n")
    terminal.expect(r"Please select.*Your answer")
    terminal.type("n\n")
    terminal.expect("Because")
    terminal.type("our lawyers want it\n")
    terminal.expect(r"3 answered, 0 still open")
    assert terminal.ended() == 0
    assert spec.read_bytes().decode() == (
        "\ufeff# Alerts 🔔\r\n\r\nThe **service** shall send alerts only to administrators.\r\n\r\n"
        "<!-- clarifier: allow double-negation because our lawyers want it -->\r\n"
        "- The system must not be *unable* to restart.\r\n- The retention is 30 days.\r\n\r\n"
        "## Clarifications\r\n\r\n"
        "- Q: What has been decided here? → A: 30 days\r\n"
        "- Q: Does “only” limit “alerts” or “to administrators”? → A: “alerts” goes nowhere but to administrators\r\n"
        "- Q: What does “not be unable” ask for? → A: as written, because our lawyers want it\r\n"
    )
    assert list(spec.parent.iterdir()) == [spec]


def test_what_is_skipped_or_left_open_stays_asked(spec: Path) -> None:
    (spec.parent / "clarifier.toml").write_text('[answers]\nlog = "answers/log.md"\n')
    terminal = Terminal("ask", str(spec))
    terminal.expect("Your answer")
    terminal.type("s\n")
    terminal.expect(r"“only” could limit.*Your answer")
    terminal.type("o\n")
    terminal.expect(r"Written.*negates twice.*Your answer")
    terminal.type("1\n")
    terminal.expect(r"No further questions\. 2 answered, 2 still open")
    assert terminal.ended() == 0
    text = spec.read_bytes().decode()
    asked = "only send alerts to administrators [NEEDS CLARIFICATION: Does “only” limit “alerts” or “to administrators”?]."
    assert text == SPEC.replace("only send alerts to administrators.", asked).replace("not be *unable*", "be *able*")
    assert (
        spec.parent / "answers" / "log.md"
    ).read_text() == "# Clarifications\n\n- Q: What does “not be unable” ask for? → A: “able”\n"


def test_an_interrupt_ends_it_and_changes_nothing(spec: Path) -> None:
    terminal = Terminal("ask", str(spec))
    terminal.expect("Your answer")
    terminal.type("\x03")
    terminal.expect("0 answered, 3 still open")
    assert terminal.ended() == 0
    assert spec.read_bytes().decode() == SPEC


def test_what_cannot_be_asked_about_is_said_in_a_line(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-m", "clarifier", "ask", str(tmp_path)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"clarifier: {tmp_path}: is a folder; ask about one file at a time\n"


def test_check_prints_only_the_first_questions(spec: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "clarifier", "check", "--questions", "2", str(spec)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert re.findall(r"^\d+\. .*", ran.stdout, re.MULTILINE) == [
        "1. What has been decided here?",
        "2. Does “only” limit “alerts” or “to administrators”?",
    ]
