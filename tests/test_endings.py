"""However the world around fails a command, it ends with a status and one line, and never with a traceback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .graded_spec import wait_for

SPEC = "# A\n\nThe client sends it to the server when it is ready, TBD.\n"
CLARIFIER = (sys.executable, "-m", "clarifier")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(SPEC, encoding="utf-8")
    return tmp_path


def shell(place: Path, command: str) -> subprocess.CompletedProcess[str]:
    """What a shell makes of a command, in which `clarifier` is this one."""
    script = f'clarifier() {{ {sys.executable} -m clarifier "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-c", script], cwd=place, capture_output=True, encoding="utf-8", check=False, timeout=60, stdin=subprocess.DEVNULL
    )


@pytest.mark.skipif(shutil.which("bash") is None or not Path("/dev/full").exists(), reason="needs bash and /dev/full")
@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("clarifier check a.md >/dev/full", 2, "standard output: cannot be written: No space left on device"),
        ("clarifier check a.md --format json >/dev/full", 2, "standard output: cannot be written: No space left on device"),
        ("clarifier ids a.md --json >/dev/full", 2, "standard output: cannot be written: No space left on device"),
        ("clarifier --help >/dev/full", 2, "standard output: cannot be written: No space left on device"),
        ("clarifier report a.md --output /dev/full", 2, "/dev/full: cannot be written: No space left on device"),
        ("clarifier check a.md >&-", 2, "standard output is closed"),
        ("clarifier check a.md >/dev/null 2>&-", 0, ""),
        ("clarifier check no.md 2>/dev/full", 2, ""),
        ("clarifier ask a.md <&- >/dev/null", 2, "standard input is closed, so nothing can be answered"),
        ("clarifier lsp <&-", 2, "an editor is served over standard input and output, and one of them is closed"),
        ("clarifier lsp >&-", 2, "an editor is served over standard input and output, and one of them is closed"),
        ("clarifier lsp --tcp 192.0.2.1:1", 2, "--tcp 192.0.2.1:1: cannot be served: "),
        ("clarifier new ''", 2, ".: is not the name of a file"),
        ("mkdir gone; cd gone; rmdir ../gone; clarifier check", 2, "the current folder is no longer there"),
        ("mkdir gone; cd gone; rmdir ../gone; clarifier init", 2, "clarifier.toml: cannot be written: No such file or directory"),
        ("clarifier check a.md --questons 3", 2, "No such option: --questons"),
        ("unset HOME XDG_CACHE_HOME; TMPDIR=/nowhere clarifier check a.md >/dev/null", 0, ""),
        ("CLARIFIER_CACHE_DIR=/dev/null/x clarifier check a.md >/dev/null", 0, ""),
    ],
)
def test_one_line_says_what_is_wrong(place: Path, command: str, status: int, said: str) -> None:
    done = shell(place, command)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    if said:
        assert done.stderr.startswith(f"clarifier: {said}")
        assert len(done.stderr.splitlines()) == 1, done.stderr
    else:
        assert done.stderr == ""


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_whoever_has_read_enough_may_go(place: Path, unbuffered: str) -> None:
    # More than a pipe holds, so that something is left to be written when nobody reads any more.
    (place / "a.md").write_text("The limit is TBD.\n\n" * 2_000, encoding="utf-8")
    for form in ("text", "json"):
        process = subprocess.Popen(
            [*CLARIFIER, "check", "a.md", "--format", form],
            cwd=place,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


def test_names_that_are_no_text_end_nothing(place: Path) -> None:
    name = os.fsdecode(b"b\xff\x9b.md")
    shutil.copy(place / "a.md", place / name)
    for command in ("check", "ids", "stats", "graph"):
        done = subprocess.run([*CLARIFIER, command, "."], cwd=place, capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (0, b""), command
        assert b"\x9b" not in done.stdout
    done = subprocess.run([*CLARIFIER, "check", ".", "--format", "json"], cwd=place, capture_output=True, check=False, timeout=60)
    assert b'"path": "b\xff\x9b.md"' in done.stdout


def descendants(process: int) -> list[int]:
    """The processes that a process has begun."""
    try:
        begun = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [int(child) for child in begun]


def _interruptible() -> None:
    """Let Ctrl-C reach the process, also where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_ctrl_c_says_one_line_and_ends_all_processes(place: Path) -> None:
    for number in range(80):
        text = f"# S\n\nThe server {number} must send it to the client when it is ready, TBD.\n\n" * 40
        (place / f"s{number}.md").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [*CLARIFIER, "check", ".", "--jobs", "3", "--no-cache"],
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_interruptible,
        env={**os.environ, "CLARIFIER_CACHE_DIR": str(place / "cache")},
    )
    wait_for(lambda: len(descendants(process.pid)) >= 2)
    workers = descendants(process.pid)
    # At a terminal it reaches them all.
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=30)[1] == b"clarifier: stopped\n"
    assert process.returncode == 130
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]


def test_no_number_of_processes_is_too_many(place: Path) -> None:
    for number in range(30):
        shutil.copy(place / "a.md", place / f"s{number}.md")
    done = subprocess.run(
        [*CLARIFIER, "check", ".", "--jobs", "1000000", "--summary"],
        cwd=place,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
