"""How a command ends: with its status, and with one sentence where it could not run."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable

from clarifier.adapters.failures import CannotRun
from clarifier.adapters.saying import fall_silent, finish, prepare, warn

_CANNOT_RUN = 2
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_INTERRUPTED = 130  # what a shell makes of Ctrl-C


def guarded(run: Callable[[], object]) -> None:
    """Run a command; bad input, or a fault, ends with status 2 and one sentence, Ctrl-C with status 130 and one line."""
    prepare()
    try:
        try:
            run()
        finally:
            finish()
    except CannotRun as problem:
        _end(_CANNOT_RUN, str(problem))
    except KeyboardInterrupt:
        _end(_INTERRUPTED, "stopped")
    except BrokenPipeError:
        # Whoever read what is printed has read enough.
        fall_silent()
        sys.exit(1)
    except Exception as fault:
        if os.environ.get("CLARIFIER_DEBUG"):
            raise
        _end(_CANNOT_RUN, _said(fault))


def _said(fault: Exception) -> str:
    """What a person is told of a fault: of one in the world around, what is wrong there."""
    if isinstance(fault, FileNotFoundError) and fault.filename is None:
        return "the current folder is no longer there"
    if isinstance(fault, OSError) and fault.errno in _NO_ROOM:
        return f"{fault.filename or 'standard output'}: cannot be written: {fault.strerror}"
    return f"this is a fault of Clarifier: {type(fault).__name__}: {fault} (CLARIFIER_DEBUG=1 shows where)"


def _end(status: int, problem: str) -> None:
    """Say what was wrong, and end; what is still to be printed is of no more use."""
    warn(problem)
    try:
        finish()
    except (CannotRun, BrokenPipeError):
        fall_silent()
    sys.exit(status)
