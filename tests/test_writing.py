"""Files are written whole or not at all, and what cannot be written is said in one sentence."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clarifier.adapters.failures import CannotRun
from clarifier.adapters.writing import write_whole

BEFORE = "\ufeff# A\r\n\r\nThe server must wait.\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "a.md"
    found.write_bytes(BEFORE.encode())
    return found


@contextmanager
def little_room() -> Iterator[None]:
    """No file of this process may become longer than 4,096 bytes: what a full disk does, without one.

    It is not a fixture, for the limit would then hold while the result is reported, and where the output of the tests
    is a file, as it is in CI, the report itself would fail.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_text_is_written_as_it_is_and_links_and_permissions_stay(file: Path, tmp_path: Path) -> None:
    file.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to("a.md")
    write_whole(link, BEFORE + "More.\r\n")
    assert file.read_bytes().decode() == BEFORE + "More.\r\n"
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    write_whole(tmp_path / "new" / "b.md", "\ud800")
    assert (tmp_path / "new" / "b.md").read_bytes() == b"?"
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new" / "b.md").stat().st_mode) == 0o666 & ~mask


def test_on_a_full_disk_what_was_there_stays(file: Path, tmp_path: Path) -> None:
    with little_room(), pytest.raises(CannotRun, match=r"a\.md: cannot be written: File too large"):
        write_whole(file, "x" * 100_000)
    assert file.read_bytes() == BEFORE.encode()
    assert os.listdir(tmp_path) == ["a.md"], "nothing is left lying about"


def test_a_folder_that_takes_no_files_is_told(file: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "loop.md").symlink_to("loop.md")
    for name in ("folder.md", "loop.md", "a.md/b.md", "x" * 300):
        with pytest.raises(CannotRun, match="cannot be written"):
            write_whole(tmp_path / name, "x")


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_whole(Path("/dev/null"), "x")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB, where one can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def check(folder: Path, cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clarifier", *arguments],
        cwd=folder,
        env={**os.environ, "CLARIFIER_CACHE_DIR": str(cache)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_a_full_disk_costs_the_cache_and_no_answer(small_disk: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nThe client sends it to the server when it is ready, TBD.\n", encoding="utf-8")
    wanted = check(tmp_path, tmp_path / "cache", "check", "a.md", "--format", "json")
    (small_disk / "filling").write_bytes(b"x" * 250_000)
    for _ in range(2):
        done = check(tmp_path, small_disk, "check", "a.md", "--format", "json")
        assert (done.returncode, done.stdout, done.stderr) == (wanted.returncode, wanted.stdout, "")


def test_on_a_disk_that_is_read_only_all_is_read_and_one_line_says_what_cannot_be_written(small_disk: Path) -> None:
    (small_disk / "a.md").write_text("# A\n\nThe server must send it to the client when it is ready, TBD.\n", encoding="utf-8")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for arguments, status in (
        (("check", "."), 0),
        (("ids", "--write", "."), 2),
        (("init", "."), 2),
        (("new", "b.md"), 2),
        (("baseline", "."), 2),
        (("report", "."), 2),
    ):
        done = check(small_disk, small_disk / "cache", *arguments)
        assert done.returncode == status, done.stderr
        if status:
            assert done.stderr.startswith("clarifier: ")
            assert done.stderr.endswith(": cannot be written: Read-only file system\n")
            assert len(done.stderr.splitlines()) == 1
        else:
            assert "TBD" in done.stdout
            assert done.stderr == ""


def test_on_a_full_disk_ids_are_not_half_written(small_disk: Path) -> None:
    spec = small_disk / "a.md"
    text = "# A\n\n" + "The server must wait 3 s.\n\n" * 3_000
    spec.write_text(text, encoding="utf-8")
    (small_disk / "filling").write_bytes(b"x" * (os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize - 8192))
    done = check(small_disk, small_disk / "cache", "ids", "--write", "a.md")
    assert done.returncode == 2
    assert done.stderr.strip() == "clarifier: a.md: cannot be written: No space left on device"
    assert spec.read_text(encoding="utf-8") == text
    assert {name for name in os.listdir(small_disk) if name.startswith(".")} == set()


def test_a_cache_that_cannot_be_written_or_read_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nThe limit is TBD.\n", encoding="utf-8")
    wanted = check(tmp_path, tmp_path / "cache", "check", "a.md", "--format", "json").stdout
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    strange = tmp_path / "strange"
    strange.mkdir()
    for kept in (tmp_path / "cache").iterdir():
        if kept.suffix == ".sqlite":
            sqlite3.connect(strange / kept.name).executescript("CREATE TABLE sentence (a); CREATE TABLE run (a);")
    for place in (tmp_path / "file", Path("/proc/nowhere"), strange):
        done = check(tmp_path, place, "check", "a.md", "--format", "json")
        assert done.stdout == wanted
        assert "Traceback" not in done.stderr
