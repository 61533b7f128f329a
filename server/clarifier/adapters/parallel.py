"""Many files on several cores: this process and others each read some of the files."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.language import Language
from clarifier.engine.lightening import lightened
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
    """The analyses, without words, in the order of the files, each when it is there."""
    if jobs < 2 or len(taken) < _WORTHWHILE:
        for one in taken:
            yield from _analysed([one], language)
        return
    forks = "fork" in multiprocessing.get_all_start_methods()
    if forks and language is not None:
        # Read once before the fork, the pipeline is in memory once for all processes.
        language.read(["The system must start."])
        gc.freeze()
    context = multiprocessing.get_context("fork" if forks else "spawn")
    chunks = [taken[begin : begin + _CHUNK] for begin in range(0, len(taken), _CHUNK)]
    with _at_once(ProcessPoolExecutor(jobs - 1, context, _speak, (language,))) as pool:
        done: dict[int, list[Analysis]] = {}
        running: dict[Future[list[Analysis]], int] = {}
        waiting = iter(range(len(chunks)))
        for number in range(len(chunks)):
            while number not in done:
                running.update(_begun(pool, chunks, waiting, 2 * (jobs - 1) - len(running)))
                # To hand an analysis from process to process takes a tenth of its time, so this one works too.
                own = next(waiting, None)
                if own is not None:
                    done[own] = _analysed(chunks[own], language)
                elif number not in done:
                    wait(running, return_when=FIRST_COMPLETED)
                for ready in [future for future in running if future.done()]:
                    done[running.pop(ready)] = ready.result()
            yield from done.pop(number)


def _begun(
    pool: ProcessPoolExecutor, chunks: Sequence[Sequence[Taken]], waiting: Iterator[int], most: int
) -> dict[Future[list[Analysis]], int]:
    """Further chunks given to the pool, by what they will give."""
    return {pool.submit(_elsewhere, chunks[number]): number for number in islice(waiting, max(0, most))}


@contextmanager
def _at_once(pool: ProcessPoolExecutor) -> Iterator[ProcessPoolExecutor]:
    """A pool that is ended, and not waited for, where what it is to do is of no more use."""
    with pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise


def _speak(language: Language | None) -> None:
    global _language  # a process pool hands its workers nothing but what they keep themselves
    _language = language
    # Ctrl-C reaches all processes at a terminal; the first of them ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _elsewhere(taken: Sequence[Taken]) -> list[Analysis]:
    return _analysed(taken, _language)


def _analysed(taken: Sequence[Taken], language: Language | None) -> list[Analysis]:
    return [lightened(analyse(t.source, t.settings, None, language, t.around)) for t in taken]
