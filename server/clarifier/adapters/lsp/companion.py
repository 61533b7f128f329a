"""A second process that reads files which are not open, so that the one that answers the author has its processor to itself.

It is given a file at a time and hands back the analysis without words. What becomes of it costs time, never an answer.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock

from clarifier.adapters.cache import cached_language
from clarifier.adapters.parallel import Taken
from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.lightening import lightened, with_surroundings, without_surroundings

_PACKAGES = Path(__file__).resolve().parents[3]
_BEGIN = "from clarifier.adapters.lsp.companion import serve; serve()"
# What gives way to the editor, and opens no window of its own, on Windows; elsewhere the process sees to it itself.
_QUIETLY = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
_GIVING_WAY = 5


class Lost(Exception):
    """The other process could not be started, or has ended."""


class Companion:
    """The other process, as long as there is one: it is started when it is first asked. One that was lost is not started again."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._changing = Lock()
        self.lost = False

    @property
    def is_there(self) -> bool:
        """Whether it has been started."""
        return self._process is not None

    def read(self, taken: Taken, words: bool) -> Analysis:
        """The analysis of a file that was taken in, with what its words say or without. Raises Lost."""
        try:
            process = self._begun()
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump((taken, words), process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            analysis: Analysis = pickle.load(process.stdout)
        except (OSError, EOFError, pickle.PickleError, AttributeError, ImportError, IndexError, ValueError) as problem:
            self.lost = True
            self.end()
            raise Lost from problem
        return with_surroundings(analysis, taken.settings, taken.around)

    def _begun(self) -> subprocess.Popen[bytes]:
        with self._changing:
            if self.lost:
                raise EOFError
            if self._process is None:
                # The package that runs here, whatever lies in the current folder.
                path = os.pathsep.join((str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])))
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-c", _BEGIN],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    env={**os.environ, "PYTHONPATH": path},
                    creationflags=_QUIETLY,
                )
            return self._process

    def end(self) -> None:
        """Have it end now, whatever it does."""
        with self._changing:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


def serve() -> None:
    """Read what standard input gives, file by file, until it ends or nobody listens any more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Nothing but answers may be written to it.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if hasattr(os, "nice"):
        os.nice(_GIVING_WAY)
    gc.set_threshold(100_000, 20, 20)
    language = None
    with suppress(EOFError, BrokenPipeError, pickle.UnpicklingError):
        while True:
            taken, words = pickle.load(sys.stdin.buffer)
            if words and language is None:
                language = cached_language()
            analysis = lightened(analyse(taken.source, taken.settings, None, language if words else None, taken.around))
            pickle.dump(without_surroundings(analysis), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    # What could not be written is not tried again.
    os._exit(0)
