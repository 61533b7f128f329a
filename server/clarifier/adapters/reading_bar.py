"""How far a check has come: a bar on standard error where a person watches and waits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

# Fewer files than this are read before a bar would be seen.
_WORTHWHILE = 8


@contextmanager
def reading(files: int) -> Iterator[Callable[[], None]]:
    """What is to be called after each file while the context lasts."""
    console = Console(file=sys.stderr)
    if files < _WORTHWHILE or not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=files)
        yield lambda: bar.advance(task)
