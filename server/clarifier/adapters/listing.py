"""What lies in a folder, looked at once for all who ask about the files in it: of a thousand beside each other each would ask about all."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from clarifier.adapters.contents import read_text
from clarifier.adapters.failures import CannotRun
from clarifier.engine.settings import LEFT_ALONE
from clarifier.syntax.ids import ID
from clarifier.syntax.prompts import PromptFile, has_head, read_prompt_file

_MOMENT = 2_000_000_000  # nanoseconds; some file systems count seconds in twos


@dataclass(frozen=True)
class Entry:
    """A file in a folder as it was when the folder was looked at."""

    path: Path
    is_link: bool
    modified: int


@dataclass(frozen=True)
class Listing:
    """The Markdown files in a folder, in order of their names; none if it cannot be read."""

    folder: Path

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Those that could hold the prompts of a clause."""
        return tuple(entry_of(path) for path in self._files if path.suffix == ".md" and ID.fullmatch(path.stem))

    @cached_property
    def headed(self) -> tuple[Entry, ...]:
        """Of those the ones that say whose prompts they hold; a link may be one, and is not followed to see it."""
        return tuple(entry for entry in self.entries if entry.is_link or _says_whose(entry))

    @cached_property
    def documents(self) -> tuple[Entry, ...]:
        """Those that may own prompts."""
        return tuple(entry_of(path) for path in self._files if path.stem.upper() not in LEFT_ALONE)

    @cached_property
    def _files(self) -> tuple[Path, ...]:
        try:
            names = sorted(os.listdir(self.folder))
        except OSError:
            return ()
        return tuple(self.folder / name for name in names if name.endswith((".md", ".markdown")))


def entry_of(path: Path) -> Entry:
    """A file as it is now."""
    return Entry(path, path.is_symlink(), modified(path))


def _says_whose(entry: Entry) -> bool:
    try:
        return headed_file(str(entry.path), entry.modified) is not None
    except CannotRun:
        return False


def modified(file: Path) -> int:
    """When a file was written; each time another number as long as it may be written again without another time."""
    try:
        at, now = file.stat().st_mtime_ns, time.time_ns()
    except OSError:
        return 0
    return at if now - at > _MOMENT else -now


@lru_cache(maxsize=20_000)
def headed_file(path: str, modified: int) -> PromptFile | None:
    """The prompts in a file, if it says whose they are. Raises CannotRun if it cannot be read."""
    text = read_text(Path(path))
    return read_prompt_file(Path(path).as_posix(), text) if has_head(text) else None
