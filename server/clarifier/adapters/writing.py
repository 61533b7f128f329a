"""Files written whole or not at all: on a full disk, or when the process ends, what was there before stays."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from clarifier.adapters.failures import CannotRun


def write_whole(file: Path, text: str) -> None:
    """Put a text in the place of a file's. Links lead where they led; owner and permissions stay. Raises CannotRun.

    The text is written as it is, line ends and byte order mark and all. Folders that are not there are made.
    """
    content = text.encode("utf-8", "replace")
    try:
        target = file.resolve()
        if target.exists() and not target.is_file():
            # A pipe or a device, which cannot be replaced.
            with target.open("wb") as out:
                out.write(content)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, content)
    except (OSError, RuntimeError, ValueError) as error:
        raise CannotRun(f"{file}: cannot be written: {getattr(error, 'strerror', None) or error}") from None


def _replace(target: Path, content: bytes) -> None:
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}")
    # Like any new file it gets what the user's mask allows.
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            was = target.stat()
            with contextlib.suppress(OSError, AttributeError):
                os.chown(beside, was.st_uid, was.st_gid)
            beside.chmod(was.st_mode & 0o7777)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
