"""Files that only save time: where they lie, and how to use one without ever failing for it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import platformdirs


def folder() -> Path:
    """Where they lie: `CLARIFIER_CACHE_DIR` from the environment, else the user's cache folder."""
    chosen = os.environ.get("CLARIFIER_CACHE_DIR")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("clarifier", appauthor=False))


@contextlib.contextmanager
def kept(file: Path, table: str) -> Iterator[sqlite3.Connection | None]:
    """The database in a file, with one table, or None if it cannot be opened; what fails inside is forgotten."""
    store: sqlite3.Connection | None = None
    try:
        with contextlib.suppress(OSError, sqlite3.OperationalError):
            file.parent.mkdir(parents=True, exist_ok=True)
            store = sqlite3.connect(file, timeout=1)
            # To wait for the disk after each file would take a tenth of a check; what a power cut damages is made anew.
            store.execute("PRAGMA synchronous = OFF")
            store.execute(f"CREATE TABLE IF NOT EXISTS {table}")
    except sqlite3.DatabaseError:
        _remove(file, store)
        store = None
    try:
        yield store
    except (OSError, sqlite3.OperationalError):
        pass  # full, locked or read-only: nothing is kept this time
    except sqlite3.DatabaseError:
        _remove(file, store)
        store = None
    finally:
        if store is not None:
            store.close()


def _remove(file: Path, store: sqlite3.Connection | None) -> None:
    """Remove a damaged file: it is of no use to anyone, and the next run starts a new one."""
    if store is not None:
        store.close()
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
