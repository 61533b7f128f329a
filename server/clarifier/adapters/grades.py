"""Where the grades of a specification are kept, and those kept there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from clarifier.semantics.grades import Grade

NAME = ".clarifier/grades.sqlite"
_ROOTS = (".clarifier", "clarifier.toml", ".git")


def store_file(specification: Path) -> Path:
    """The store for a specification: in the nearest folder above that has `.clarifier`, a configuration or a repository."""
    folder = specification.resolve().parent
    root = next((above for above in (folder, *folder.parents) if any((above / name).exists() for name in _ROOTS)), folder)
    return root / NAME


def kept(specification: Path) -> Mapping[str, tuple[Grade, ...]]:
    """The grades kept for a specification by clause ID; none where there is no store that can be read."""
    file = store_file(specification)
    try:
        state = file.stat()
    except OSError:
        return {}
    return _kept(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _kept(file: Path, modified: int, size: int) -> Mapping[str, tuple[Grade, ...]]:
    # Few specifications have grades, and nothing else of what a command needs knows the store.
    import sqlite3  # noqa: PLC0415

    from clarifier.assist.store import StoreUnusable, reading  # noqa: PLC0415

    # An editor goes on without grades; commands that need the store open it themselves and say what is wrong.
    try:
        with reading(file) as store:
            return store.grades() if store else {}
    except (StoreUnusable, sqlite3.Error):
        return {}
