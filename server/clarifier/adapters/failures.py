"""Bad input from a person: one clear sentence that says what and where."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable


class CannotRun(Exception):
    """Why a command cannot run, in one sentence for the person who gave it. Exit status 2."""


def guarded(run: Callable[[], object]) -> None:
    """Run a command; bad input, or a fault, ends with status 2 and one sentence."""
    for stream in (sys.stdout, sys.stderr):
        # Names of files need not be text, and the report is the same on every system.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    try:
        run()
    except CannotRun as problem:
        print(f"clarifier: {problem}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read what is printed has read enough.
        sys.stdout = None
        sys.exit(1)
    except Exception as fault:
        if os.environ.get("CLARIFIER_DEBUG"):
            raise
        print(
            f"clarifier: this is a fault of Clarifier: {type(fault).__name__}: {fault} (CLARIFIER_DEBUG=1 shows where)",
            file=sys.stderr,
        )
        sys.exit(2)
