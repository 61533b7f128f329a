"""Folders from one on down, however deep they lie: `os.walk` gives up at a thousand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path


def walked(
    folder: Path, is_entered: Callable[[str], bool], unreadable: Callable[[OSError], None]
) -> Iterator[tuple[str, list[str]]]:
    """The folders, each with the names in it that are no folders, in order. Links to folders are not followed.

    `is_entered` says of the name of a folder whether it counts; `unreadable` is told of what cannot be listed.
    """
    waiting = [os.fspath(folder)]
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(above) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            unreadable(error)
            continue
        yield above, [entry.name for entry in entries if not _is_folder(entry)]
        waiting.extend(e.path for e in reversed(entries) if not e.is_symlink() and is_entered(e.name) and _is_folder(e))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # Links in a circle, or more of them than the system follows.
        return False
