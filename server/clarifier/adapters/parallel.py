"""Many files on several cores: processes that each read some of the files and hand the analyses back."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.language import Language
from clarifier.engine.settings import Settings
from clarifier.semantics.specification import Surroundings
from clarifier.text.source import Source

# Fewer files than this are read sooner than a second process is ready.
_WORTHWHILE = 24
_CHUNK = 8
_language: Language | None = None


@dataclass(frozen=True)
class Taken:
    """A file taken in: its text, its settings, what lies around it."""

    source: Source
    settings: Settings
    around: Surroundings


def analysed(taken: Sequence[Taken], language: Language | None, jobs: int) -> Iterator[Analysis]:
    """The analyses in the order of the files, each when it is there."""
    if jobs < 2 or len(taken) < _WORTHWHILE:
        yield from (analyse(t.source, t.settings, None, language, t.around) for t in taken)
        return
    forks = "fork" in multiprocessing.get_all_start_methods()
    if forks and language is not None:
        # Read once before the fork, the pipeline is in memory once for all processes.
        language.read(["The system must start."])
        gc.freeze()
    context = multiprocessing.get_context("fork" if forks else "spawn")
    with ProcessPoolExecutor(jobs, context, _speak, (language,)) as pool:
        yield from pool.map(_analysed, taken, chunksize=_CHUNK)


def _speak(language: Language | None) -> None:
    global _language  # a process pool hands its workers nothing but what they keep themselves
    _language = language


def _analysed(taken: Taken) -> Analysis:
    return analyse(taken.source, taken.settings, None, _language, taken.around)
