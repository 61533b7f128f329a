"""`python -m tests.benchmarks`: every benchmark, each beside its yardstick of the same run, as one table."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from . import bench_conflicts, indexing, programs, stages, typing
from .programs import Row, seconds
from .workspace import generate


def workspaces(sizes: tuple[int, ...] = (100, 300)) -> list[Row]:
    """Whole workspaces, cold, on one core and on two; `--large` takes 1,000 and 3,000 files too."""
    rows: list[Row] = []
    per_file = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            generate(Path(folder), size)
            check = [sys.executable, "-m", "clarifier", "check", folder, "--fail-on", "never", "--format", "json"]
            one = seconds([*check, "--jobs", "1"], 1, CLARIFIER_CACHE_DIR=f"{folder}/.one")
            two = seconds([*check, "--jobs", "2"], 1, CLARIFIER_CACHE_DIR=f"{folder}/.two")
        per_file.append(one / size)
        rows.append(
            (
                f"{size} files, two processes",
                f"{two:.1f} s",
                f"≥ 1.7 times as fast as one ({one:.1f} s): {one / two:.2f}",
                one / two >= 1.7,
            )
        )
    growth = per_file[-1] / per_file[0]
    rows.append(
        (f"time a file, {sizes[-1]} against {sizes[0]} files", f"{growth:.2f}", "about 1: the cost grows linearly", growth <= 1.3)
    )
    return rows


def main() -> None:
    # What is installed is compiled once; where nothing may be kept of that, each start would be the first one.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    table = Table("what", "measured", "yardstick", "held")
    sizes = (100, 1000, 3000) if "--large" in sys.argv else (100, 300)
    for rows in (
        typing.run,
        stages.run,
        bench_conflicts.run,
        programs.starts,
        programs.memory,
        programs.checks,
        lambda: workspaces(sizes),
        indexing.run,
    ):
        for what, measured, yardstick, held in rows():
            table.add_row(what, measured, yardstick, "yes" if held else "no")
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
