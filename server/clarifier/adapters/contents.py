"""What is in a file, whatever the file is: a pipe, a device and a file that grows are not waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from clarifier.adapters.failures import CannotRun

_MEGABYTE = 1024 * 1024
LARGEST = 4 * _MEGABYTE


def read_text(file: Path, most: int = LARGEST) -> str:
    """The text of a file. Raises CannotRun for what is no text, longer than `most` bytes or unreadable."""
    try:
        if file.is_dir():
            raise CannotRun(f"{file}: is a folder, not a file")
        content = beginning(file, most + 1)
    except OSError as error:
        raise CannotRun(f"{file}: cannot be read: {error.strerror or error}") from None
    if len(content) > most:
        raise CannotRun(f"{file}: is larger than {most // _MEGABYTE} MB and is not read")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotRun(f"{file}: is UTF-16 text; save it as UTF-8")
    if b"\0" in content[:8192]:
        raise CannotRun(f"{file}: is a binary file, not text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotRun(f"{file}: is not UTF-8 text (byte {error.start})") from None


def beginning(file: Path, most: int) -> bytes:
    """The first so many bytes of a regular file. Raises CannotRun for what is none, OSError for what cannot be read."""
    # To open a pipe would wait for someone who writes to it.
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise CannotRun(f"{file}: is not a regular file")
        with os.fdopen(handle, "rb", closefd=False) as opened:
            return opened.read(most)
    finally:
        os.close(handle)
