"""How far a run has come, on standard error: a bar where a person watches, a line now and then where nobody does."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from clarifier.adapters.saying import note, on_a_line
from clarifier.assist.progress import Progress

_SECONDS = 15.0


@contextmanager
def shown(label: str) -> Iterator[Callable[[Progress], None]]:
    """What shows the progress of a run while the context lasts."""
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield _lines(label)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[spent]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console) as bar:
        task = bar.add_task(escape(on_a_line(label)), total=None, spent="")

        def show(progress: Progress) -> None:
            bar.update(
                task,
                total=progress.total,
                completed=progress.done,
                description=escape(on_a_line(f"{label} {progress.clause}")),
                spent=_spent(progress),
            )

        yield show


def _lines(label: str) -> Callable[[Progress], None]:
    last = time.monotonic()

    def show(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= _SECONDS:
            last = time.monotonic()
            note(f"{label}: {progress.done} of {progress.total}, {_spent(progress)}")

    return show


def _spent(progress: Progress) -> str:
    failed = f", {len(progress.failed)} failed" if progress.failed else ""
    return f"{progress.asked} asked, {progress.kept} kept, {progress.tokens_in + progress.tokens_out:,} tokens{failed}"
