"""The cache of read sentences: it changes the time, never the answer, whatever becomes of its file."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from clarifier.adapters.cache import CachedLanguage
from clarifier.adapters.sharing import shared
from clarifier.syntax.language import SpacyLanguage
from clarifier.syntax.words import Word

TEXTS = ["The server must reject it.", "Ünïcode 😀 and\ttabs must stay.", "", "It MUST NOT fail."]


class Counting:
    """A language that counts what it is asked."""

    def __init__(self, language: SpacyLanguage) -> None:
        self.version = language.version
        self.asked: list[str] = []
        self._language = language

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        self.asked += texts
        return self._language.read(texts)


@pytest.fixture
def counting(language: SpacyLanguage) -> Counting:
    return Counting(language)


def cached(counting: Counting, file: Path, largest: int = 100) -> CachedLanguage:
    return CachedLanguage(counting.version, lambda: counting, file, largest)


def test_warm_equals_cold_and_asks_nothing(counting: Counting, tmp_path: Path) -> None:
    cold = cached(counting, tmp_path / "w.sqlite").read(TEXTS)
    assert counting.asked == TEXTS
    warm = cached(counting, tmp_path / "w.sqlite").read(TEXTS)
    assert warm == cold == counting._language.read(TEXTS)
    assert counting.asked == TEXTS


@pytest.mark.parametrize("content", [b"not a database" * 100, b"", b"SQLite format 3\0" + b"\xff" * 4096])
def test_damaged_file_costs_time_only(counting: Counting, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "w.sqlite"
    file.write_bytes(content)
    for _ in range(3):
        assert cached(counting, file).read(TEXTS) == counting._language.read(TEXTS)
    assert len(counting.asked) < 3 * len(TEXTS), "a new file was begun"


def test_folder_that_cannot_be_made(counting: Counting, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert cached(counting, tmp_path / "file" / "w.sqlite").read(TEXTS) == counting._language.read(TEXTS)


@pytest.mark.skipif(not Path("/dev/full").exists() or os.geteuid() != 0, reason="needs root to mount a small disk")
def test_full_disk(counting: Counting, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        (disk / "filler").write_bytes(b"x" * 40_000)
        many = [f"The server number {n} must reject every request that it cannot parse." for n in range(300)]
        assert cached(counting, disk / "w.sqlite", 10_000).read(many) == counting._language.read(many)
    finally:
        subprocess.run(["umount", disk], check=True)


def test_is_bounded(counting: Counting, tmp_path: Path) -> None:
    for begin in range(0, 40, 4):
        cached(counting, tmp_path / "w.sqlite", 10).read([f"Rule {n} must hold." for n in range(begin, begin + 4)])
    with sqlite3.connect(tmp_path / "w.sqlite") as store:
        assert store.execute("SELECT count(*) FROM sentence").fetchone()[0] <= 10


def test_two_processes(tmp_path: Path) -> None:
    spec = tmp_path / "spec.md"
    spec.write_text("# T\n\n" + "\n\n".join(f"The server must keep log {n}, which is TBD." for n in range(200)))
    environment = {**os.environ, "CLARIFIER_CACHE_DIR": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "clarifier", "check", str(spec), "--format", "json", "--fail-on", "never"]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    outputs = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], outputs
    assert outputs[0] == outputs[1]
    assert outputs[0][1] == b""


MANY = [f"The server number {n} must reject every request that it cannot parse." for n in range(300)]


def test_shared_out_between_processes_it_is_the_same(counting: Counting) -> None:
    assert shared(counting, MANY, 3) == counting._language.read(MANY)
    assert len(counting.asked) < len(MANY), "others have read the rest"


def test_what_a_process_that_died_had_to_read_is_read_here(counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    read = counting.read
    monkeypatch.setattr(counting, "read", lambda texts: os._exit(1) if multiprocessing.parent_process() else read(texts))
    assert shared(counting, MANY, 2) == counting._language.read(MANY)
    assert counting.asked == MANY
