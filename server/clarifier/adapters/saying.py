"""What is said to a person, on standard output and on standard error: nothing else in the package prints.

Texts, names and answers come from strangers. What would speak to the terminal, move its cursor or turn lines around is shown
as a sign; what programs read is handed over as it is.
"""

from __future__ import annotations

import io
import os
import re
import sys
from typing import TextIO

from clarifier.adapters.failures import CannotRun

_PICTURES = 0x2400  # the block of Unicode that has a picture of each control character
_UNKNOWN = "\ufffd"
_STEERING = (
    *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),  # turn the direction of what follows
    *(0x2028, 0x2029),
    *range(0xD800, 0xDCA0),  # half a character; or a byte of a name that is no text, which would be a control character
    *range(0xDD00, 0xE000),
)
_SIGNS = {
    **{code: chr(_PICTURES + code) for code in range(0x20)},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), *_STEERING), _UNKNOWN),
}
_IN_LINES = {code: sign for code, sign in _SIGNS.items() if chr(code) not in "\n\t"}
# GitHub's runner takes such a line for a command, whoever wrote it.
_COMMAND = re.compile(r"^(\s*+)(?:::|##\[)", re.MULTILINE)
_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def plain(text: str) -> str:
    """The text, character for character, with a sign for each that would speak to the terminal; lines and tabs stay."""
    return text.translate(_IN_LINES)


def on_a_line(text: str) -> str:
    """The text, character for character, with a sign also for each line end and tab."""
    return text.translate(_SIGNS)


def say(text: str) -> None:
    """Print a text for a person. Raises CannotRun if standard output takes no more."""
    _write(sys.stdout, _COMMAND.sub(_quoted, plain(text)) + "\n")


def hand_over(text: str, end: str = "\n") -> None:
    """Print a text for a program, as it is; where a person reads along, as for a person. Raises CannotRun as above."""
    exact = not reads_along()
    _write(sys.stdout, (_HALVES.sub(_UNKNOWN, text) if exact else plain(text)) + end)


def note(text: str) -> None:
    """Say something beside the output, on standard error; if nobody takes it, it is lost."""
    if sys.stderr is not None:
        try:
            print(plain(text), file=sys.stderr, flush=True)
        except OSError:
            _silence(sys.stderr)


def warn(problem: str) -> None:
    """Say on standard error, in one line, what is wrong."""
    note(f"clarifier: {on_a_line(problem)}")


def reads_along() -> bool:
    """Whether a person sees what is printed as it comes."""
    return sys.stdout is not None and sys.stdout.isatty()


def prepare() -> None:
    """Make what is printed the same on every system; names of files, which need not be text, keep their bytes."""
    if isinstance(sys.stdout, io.TextIOWrapper) and isinstance(sys.stdout.buffer, io.RawIOBase):
        # Without a buffer, as with PYTHONUNBUFFERED, what a disk or a pipe does not take at once would be lost unsaid.
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(sys.stdout.buffer), line_buffering=sys.stdout.isatty())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def finish() -> None:
    """Let go what is still on its way to standard output. Raises CannotRun if it takes no more, BrokenPipeError if nobody reads."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _cannot(error) from None


def fall_silent() -> None:
    """Print nothing more: nobody reads it, and at the end of the process it would be tried once more."""
    if sys.stdout is not None:
        _silence(sys.stdout)


def _silence(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _quoted(command: re.Match[str]) -> str:
    return command[0].replace(":", "\uff1a").replace("#", "\uff03")


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        raise CannotRun("standard output is closed")
    try:
        stream.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot(error) from None


def _cannot(error: OSError) -> CannotRun:
    return CannotRun(f"standard output: cannot be written: {error.strerror or error}")
