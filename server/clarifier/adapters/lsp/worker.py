"""What is analysed when: one thread, the newest texts first, structure before language."""

from __future__ import annotations

import asyncio
import gc
import importlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from clarifier.adapters.cache import CachedLanguage, cached_language
from clarifier.engine.language import Language
from clarifier.engine.workspace import Clashes, Key, Search, Share
from clarifier.syntax.words import Word

T = TypeVar("T")
# So many sentences take about 50 ms, the longest that an edit waits for a text that is read in the background.
_BATCH = 48
_FEW = 16
_FEW_STATEMENTS = 8


class Interrupted(Exception):
    """Something newer is waiting; what has been read so far is kept."""


class InterruptibleLanguage:
    """A language that stops between batches when something newer waits, and keeps what it has read.

    Until the pipeline is loaded it knows what the cache on disk holds.
    """

    def __init__(self, cache: CachedLanguage) -> None:
        self.version = cache.version
        self.interrupt = Event()
        self.pipeline: Language | None = None
        self._cache = cache
        self._read: dict[str, tuple[Word, ...]] = {}

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text. Raises Interrupted if told to stop before the end, or if it needs the pipeline too early."""
        pipeline = self.pipeline
        # What one edit leaves to read is read sooner than sought, and seldom wanted again.
        if pipeline is None or len(texts) > _FEW:
            self._read.update(self._cache.known([text for text in texts if text not in self._read]))
        missing = [text for text in texts if text not in self._read]
        if missing and pipeline is None:
            raise Interrupted
        for start in range(0, len(missing), _BATCH):
            if pipeline is not None and not (start and self.interrupt.is_set()):
                batch = missing[start : start + _BATCH]
                self._read.update(zip(batch, pipeline.read(batch), strict=True))
            else:
                raise Interrupted
        words = {text: self._read.pop(text) for text in dict.fromkeys(texts)}
        if len(missing) > _FEW:
            self._cache.keep({text: words[text] for text in missing})
        return [words[text] for text in texts]

    def known_so_far(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text, none where the cache has none. Raises Interrupted if it lacks more than one in ten."""
        known = {text: self._read[text] for text in texts if text in self._read}
        known.update(self._cache.known([text for text in texts if text not in known]))
        if len(texts) - len(known) > max(_FEW, len(texts) // 10):
            raise Interrupted
        return [known.get(text, ()) for text in texts]


def piecewise(interrupt: Event) -> Share:
    """A search for clashes that stops between a few statements and the next when something newer waits."""

    def share(search: Search, keys: Sequence[Key]) -> Iterator[Clashes]:
        for start in range(0, len(keys), _FEW_STATEMENTS):
            if start and interrupt.is_set():
                raise Interrupted
            yield search(keys[start : start + _FEW_STATEMENTS])

    return share


class SoFar:
    """What a language knows before its pipeline is loaded, under a version of its own: it is read again when it is."""

    def __init__(self, language: InterruptibleLanguage) -> None:
        self.version = f"{language.version}-so-far"
        self.read = language.known_so_far


def installed_language() -> InterruptibleLanguage:
    """The installed pipeline, as yet only what the cache holds of it. Raises CannotRun if none is installed."""
    return InterruptibleLanguage(cached_language())


def load_pipeline() -> Language:
    """The English pipeline. Raises OSError if it is broken. Takes seconds: spaCy is imported only now."""
    language: Language = importlib.import_module("clarifier.syntax.language").load()
    return language


def settle_memory() -> None:
    """Have the garbage collector pass over what is there now: to search a large analysis again and again takes 150 ms each time."""
    gc.collect()
    gc.freeze()


class Worker:
    """Runs one job at a time in a thread of its own, and answers on the event loop."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "clarifier-analysis")

    async def run(self, job: Callable[[], T]) -> T:
        """The result of a job, run after those before it."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, job)

    def stop(self) -> None:
        """Take no more jobs."""
        self._thread.shutdown(wait=False, cancel_futures=True)
