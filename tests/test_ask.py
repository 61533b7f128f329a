"""The interview, held in a real terminal: what is typed is written into the file, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .terminal import Terminal

SPEC = (
    "\ufeff# Alerts 🔔\r\n\r\nThe **service** shall only send alerts to administrators.\r\n\r\n"
    "- The system must not be *unable* to restart.\r\n- The retention is TBD."
)


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
