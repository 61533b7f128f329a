"""Many files on several cores: this process and others each read some of the files."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.language import Language
from clarifier.engine.lightening import lightened, with_surroundings, without_surroundings
from clarifier.engine.settings import Settings
from clarifier.semantics.specification import Surroundings
from clarifier.text.source import Source

# Fewer files than this are read sooner than a second process is ready.
_WORTHWHILE = 24
# So few that no process waits long for the last one.
_CHUNK = 4
_chunks: Sequence[Sequence[Taken]] = ()
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
    with _at_once(ProcessPoolExecutor(jobs - 1, context, _keep, (chunks, language))) as pool:
        begun = [pool.submit(_elsewhere, number) for number in range(len(chunks))]
        yield from chain.from_iterable(_in_order(chunks, begun, language))


def _in_order(
    chunks: Sequence[Sequence[Taken]], begun: Sequence[Future[list[Analysis]]], language: Language | None
) -> Iterator[list[Analysis]]:
    """What the chunks give. To hand an analysis on takes a tenth of its time, so this process does what no other has begun."""
    own: dict[int, list[Analysis]] = {}
    ahead = iter(range(len(chunks)))
    for number, elsewhere in enumerate(begun):
        while number not in own and not elsewhere.done():
            free = next((n for n in ahead if begun[n].cancel()), None)
            if free is None:
                break
            own[free] = _analysed(chunks[free], language)
        try:
            yield own.pop(number) if number in own else _received(elsewhere.result(), chunks[number])
        except BrokenProcessPool:
            # Whatever has ended it, the work can still be done here.
            yield _analysed(chunks[number], language)


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


def _keep(chunks: Sequence[Sequence[Taken]], language: Language | None) -> None:
    global _chunks, _language  # a process pool hands its workers nothing but what they keep themselves
    _chunks, _language = chunks, language
    # Ctrl-C reaches all processes at a terminal; the first of them ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _elsewhere(number: int) -> list[Analysis]:
    return [without_surroundings(analysis) for analysis in _analysed(_chunks[number], _language)]


def _received(analyses: Sequence[Analysis], chunk: Sequence[Taken]) -> list[Analysis]:
    return [with_surroundings(analysis, t.settings, t.around) for analysis, t in zip(analyses, chunk, strict=True)]


def _analysed(taken: Sequence[Taken], language: Language | None) -> list[Analysis]:
    return [lightened(analyse(t.source, t.settings, None, language, t.around)) for t in taken]
