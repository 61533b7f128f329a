"""What was handed in to a Batch API, in the store: what is about to be, what is under way, what has ended."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime


class Ledger:
    """The batches in a store. Every write is on disk when the call returns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def intend(self, mark: str, kind: str, model: str, questions: Mapping[str, str]) -> None:
        """Keep, under a mark, that a batch is about to be handed in, and the questions in it by the names under which they are sent."""
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO batches VALUES (?,?,?,'intended',?)", (mark, kind, model, now()))
            self._db.executemany(
                "INSERT OR REPLACE INTO batched VALUES (?,?,?)", [(name, mark, said) for name, said in questions.items()]
            )

    def keep(self, mark: str, batch: str) -> None:
        """Keep that the batch of a mark is under way."""
        with self._db:
            self._db.execute("UPDATE batches SET id=?, state='open' WHERE id=?", (batch, mark))
            self._db.execute("UPDATE batched SET batch=? WHERE batch=?", (batch, mark))

    def intended(self) -> tuple[str, ...]:
        """The marks of batches of which it is not known whether they were handed in: whoever was about to did not come back."""
        return tuple(
            mark for (mark,) in self._db.execute("SELECT id FROM batches WHERE state='intended' ORDER BY at, id").fetchall()
        )

    def drop(self, mark: str) -> None:
        """Forget a batch that was not handed in."""
        with self._db:
            self._db.execute("DELETE FROM batched WHERE batch=?", (mark,))
            self._db.execute("DELETE FROM batches WHERE id=?", (mark,))

    def under_way(self) -> tuple[tuple[str, str], ...]:
        """ID and kind of the batches that are under way."""
        return tuple(self._db.execute("SELECT id, kind FROM batches WHERE state='open' ORDER BY at, id").fetchall())

    def questions(self, batch: str | None = None) -> dict[str, str]:
        """The questions in one batch, or in all that are under way, by name."""
        query = "SELECT custom, question FROM batched JOIN batches ON batches.id = batched.batch WHERE "
        return dict(
            self._db.execute(query + ("state='open'" if batch is None else "id=?"), () if batch is None else (batch,)).fetchall()
        )

    def close(self, batch: str, state: str) -> None:
        """Keep that a batch has ended, and how."""
        with self._db:
            self._db.execute("UPDATE batches SET state=? WHERE id=?", (state, batch))


def now() -> str:
    """The time as the store keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
