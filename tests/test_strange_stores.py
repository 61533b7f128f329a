"""A store of grades that came with a cloned repository: it deletes nothing, computes nothing and leads nowhere."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
from pathlib import Path

import pytest

from clarifier.adapters import grades
from clarifier.assist.store import StoreUnusable, reading, writing

SPEC = "# A\n\nThe server MUST wait [^abc].\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with nothing in it, in a workspace."""
    (tmp_path / "w" / ".git").mkdir(parents=True)
    (tmp_path / "w" / "spec.md").write_text(SPEC, encoding="utf-8")
    file = tmp_path / "w" / grades.NAME
    with writing(file):
        pass
    return file


def journal(names: bytes, pages: int) -> bytes:
    """What a transaction leaves that was broken off; a file that it names is deleted when it has been played back."""
    magic = bytes.fromhex("d9d505f920a163d7")
    head = magic + struct.pack(">IIIII", 0, 0, pages, 512, 4096)
    end = struct.pack(">I", 0x40000000 // 4096 + 1) + names + struct.pack(">II", len(names), sum(names)) + magic
    return head.ljust(512, b"\0") + end


@pytest.mark.parametrize("ending", [".sqlite", ".lock"])
def test_no_journal_deletes_a_file(store: Path, tmp_path: Path, ending: str) -> None:
    victim = tmp_path / "precious.txt"
    victim.write_text("precious", encoding="utf-8")
    database = store.with_suffix(ending)
    if ending == ".lock":
        shutil.copy(store, database)
    left = database.with_name(f"{database.name}-journal")
    left.write_bytes(journal(os.fsencode(victim), database.stat().st_size // 4096))
    assert grades.kept(store.parent.parent / "spec.md") == {}
    with pytest.raises(StoreUnusable, match="would delete a file"), writing(store):
        pass
    assert victim.exists()


def test_a_run_that_was_broken_off_is_still_taken_back(store: Path) -> None:
    left = store.with_name(f"{store.name}-journal")
    left.write_bytes(journal(b"", store.stat().st_size // 4096)[:512])
    with reading(store) as found:
        assert found is not None
        assert found.grades() == {}


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "


@pytest.mark.parametrize(
    "change",
    [
        f"DROP TABLE checks; CREATE VIEW checks AS {ENDLESS} 'g' grader, '1' instructions, 1 pairs, 1 told_apart, 'x' at FROM n",
        "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM grades; END",
        "CREATE TABLE more (a)",
        "CREATE INDEX i ON runs (at)",
        "CREATE VIRTUAL TABLE v USING fts5(a)",
    ],
)
def test_a_store_that_is_made_otherwise_is_refused(store: Path, change: str) -> None:
    connection = sqlite3.connect(store)
    connection.executescript(change)
    connection.close()
    assert grades.kept(store.parent.parent / "spec.md") == {}
    for opening in (reading, writing):
        with pytest.raises(StoreUnusable, match="is not a store of grades as Clarifier makes it"), opening(store):
            pass


def test_values_of_another_kind_are_taken(store: Path) -> None:
    connection = sqlite3.connect(store)
    with connection:
        connection.execute("INSERT INTO checks VALUES (x'00', '1', 'many', x'ff', 3)")
        connection.execute("INSERT INTO runs VALUES (1, x'ff', 'yes', 'no')")
        connection.execute("INSERT INTO scores VALUES (1, x'00', 2, 'high', 'few')")
    connection.close()
    with reading(store) as found:
        assert found is not None
        assert all(check.rate is None for check in found.checks())
        assert [list(run.means.values()) for run in found.runs()] == [[0.0]]


@pytest.mark.parametrize("name", ["grades.sqlite", "grades.sqlite-journal", "grades.lock", "."])
def test_a_store_that_is_a_link_does_not_lead_out(store: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    link = store.parent / name
    if name == ".":
        shutil.rmtree(store.parent)
        store.parent.symlink_to(outside)
    else:
        link.unlink(missing_ok=True)
        link.symlink_to(outside / "target")
    with pytest.raises(StoreUnusable, match="leads out of the workspace"), writing(store):
        pass
    assert list(outside.iterdir()) == []


def test_a_pipe_in_the_place_of_a_store_is_not_waited_for(store: Path) -> None:
    store.unlink()
    os.mkfifo(store)
    assert grades.kept(store.parent.parent / "spec.md") == {}
    with pytest.raises(StoreUnusable, match="is not a regular file"), writing(store):
        pass
