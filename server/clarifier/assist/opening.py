"""Opening the store of grades, which may have come with a cloned repository and then is what a stranger made it.

SQLite does what a database says: it plays back a journal, deletes a file that the journal names, and runs views. So what
this package would not have written is refused before SQLite is asked, or before anything is read.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

SCHEMA_VERSION = 1
_APPLICATION = 0x434C4152
# With these bytes ends a journal that names a file which is to be deleted when it has been played back.
_NAMES_A_FILE = bytes.fromhex("d9d505f920a163d7")

_TABLES = """
CREATE TABLE responses (
  conversation TEXT NOT NULL, model TEXT NOT NULL, sample INTEGER NOT NULL, max_tokens INTEGER NOT NULL, text TEXT NOT NULL,
  cut INTEGER NOT NULL, tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (conversation, model, sample, max_tokens)) WITHOUT ROWID;
CREATE TABLE grades (
  rubric TEXT NOT NULL, prompt TEXT NOT NULL, model TEXT NOT NULL, sample INTEGER NOT NULL, max_tokens INTEGER NOT NULL,
  grader TEXT NOT NULL, instructions TEXT NOT NULL, clause TEXT NOT NULL, title TEXT NOT NULL, score INTEGER NOT NULL,
  rationale TEXT NOT NULL, quote TEXT NOT NULL, quoted INTEGER NOT NULL, response TEXT NOT NULL, tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (rubric, prompt, model, sample, max_tokens, grader, instructions)) WITHOUT ROWID;
CREATE INDEX grades_of_clause ON grades (clause);
CREATE TABLE checks (
  grader TEXT NOT NULL, instructions TEXT NOT NULL, pairs INTEGER NOT NULL, told_apart INTEGER NOT NULL, at TEXT NOT NULL);
CREATE TABLE runs (id INTEGER PRIMARY KEY, at TEXT NOT NULL, specification TEXT NOT NULL, complete INTEGER NOT NULL);
CREATE TABLE scores (
  run INTEGER NOT NULL REFERENCES runs (id), clause TEXT NOT NULL, model TEXT NOT NULL, mean REAL NOT NULL, grades INTEGER NOT NULL,
  PRIMARY KEY (run, clause, model)) WITHOUT ROWID;
CREATE TABLE batches (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, model TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE batched (custom TEXT NOT NULL, batch TEXT NOT NULL REFERENCES batches (id), question TEXT NOT NULL, PRIMARY KEY (custom, batch)) WITHOUT ROWID;
"""


class StoreUnusable(Exception):
    """Why the store cannot be used, in one sentence."""


def opened(file: Path) -> sqlite3.Connection:
    """The database in a file, made if it is not there. Raises StoreUnusable for what is no store."""
    try:
        connection = _connected(file, timeout=30)
    except sqlite3.Error as error:
        raise StoreUnusable(f"{file}: cannot be opened: {error}") from None
    try:
        _prepared(connection, file)
    except sqlite3.Error as error:
        connection.close()
        raise StoreUnusable(f"{file}: is not a store of grades: {error}") from None
    except StoreUnusable:
        connection.close()
        raise
    return connection


def lock_of(file: Path) -> sqlite3.Connection:
    """What holds the store of a file for one run, until it is closed. Raises StoreUnusable while another run writes."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # The lock is a database of its own, held by the system and so given back however the process ends.
        lock = _connected(file.with_suffix(".lock"), timeout=0)
    except (OSError, sqlite3.Error) as error:
        raise StoreUnusable(f"{file}: cannot be written: {error}") from None
    try:
        lock.isolation_level = None
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        lock.close()
        raise StoreUnusable(f"{file}: another run is writing to it; wait for it to end, or stop it") from None
    return lock


def _connected(file: Path, timeout: float) -> sqlite3.Connection:
    home = file.parent.parent
    for name in (file, *(file.with_name(file.name + ending) for ending in ("-journal", "-wal", "-shm"))):
        if not _resolved(name).is_relative_to(_resolved(home)):
            raise StoreUnusable(f"{name}: is a link that leads out of the workspace")
        if name.exists() and not name.is_file():
            raise StoreUnusable(f"{name}: is not a regular file")
    journal = file.with_name(f"{file.name}-journal")
    if _names_a_file(journal):
        raise StoreUnusable(f"{journal}: was not left by Clarifier, and would delete a file; delete it")
    return sqlite3.connect(file, timeout=timeout)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise StoreUnusable(f"{path}: leads nowhere: {error}") from None


def _names_a_file(journal: Path) -> bool:
    """Whether a journal names a file at its end; no run of ours leaves such a one, for each has one database."""
    if not journal.is_file():
        return False
    try:
        with journal.open("rb") as opened_journal:
            opened_journal.seek(max(0, journal.stat().st_size - len(_NAMES_A_FILE)))
            return opened_journal.read() == _NAMES_A_FILE
    except OSError as error:
        raise StoreUnusable(f"{journal}: cannot be read: {error.strerror}") from None


def _prepared(connection: sqlite3.Connection, file: Path) -> None:
    connection.execute("PRAGMA trusted_schema=OFF")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    schema = _schema(connection)
    if not schema:
        # A rollback journal also works on network drives, where a write-ahead log does not.
        connection.execute("PRAGMA journal_mode=DELETE")
        with connection:
            # One transaction, so that a process killed here leaves an empty file and not half a schema.
            connection.executescript(
                f"BEGIN;{_TABLES}PRAGMA application_id={_APPLICATION};PRAGMA user_version={SCHEMA_VERSION};COMMIT;"
            )
    elif application != _APPLICATION or version < 1:
        raise StoreUnusable(f"{file}: is not a store of grades")
    elif version > SCHEMA_VERSION:
        raise StoreUnusable(f"{file}: was written by a newer Clarifier (schema {version}, this one knows {SCHEMA_VERSION})")
    elif schema != _ours():
        # A view of a table's name may compute without end, and a trigger write what it likes.
        raise StoreUnusable(f"{file}: is not a store of grades as Clarifier makes it")


def _schema(connection: sqlite3.Connection) -> frozenset[tuple[object, ...]]:
    return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall())


@cache
def _ours() -> frozenset[tuple[object, ...]]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(_TABLES)
    found = _schema(connection)
    connection.close()
    return found
