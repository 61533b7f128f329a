"""A process behind a pseudo-terminal."""

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


def _interruptible() -> None:
    """Let Ctrl-C at the terminal reach the process, also where the tests themselves run in the background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A process behind a pseudo-terminal: wait for what it shows, then type."""

    def __init__(self, *command: str, folder: Path | None = None) -> None:
        self.screen = ""
        self.sent = ""  # all that it has sent to the terminal, as it was
        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clarifier", *command],
            cwd=folder,
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
                self._take()
            except OSError:
                raise AssertionError(f"ended without: {shown}\n{_plain(self.screen)}") from None
        self.screen = ""
        return found[0]

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def ended(self) -> int:
        while select.select([self._ours], [], [], 60)[0]:
            try:
                if not self._take():
                    break
            except OSError:
                break
        os.close(self._ours)
        return self.process.wait(60)

    def _take(self) -> bool:
        taken = os.read(self._ours, 65536).decode("utf-8", "replace")
        self.screen += taken
        self.sent += taken
        return bool(taken)


def _plain(screen: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen))
