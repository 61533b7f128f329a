"""Where analyses are made, and the language that they are made with."""

from __future__ import annotations

import asyncio
import gc
import importlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import TypeVar

from clarifier.adapters.cache import CachedLanguage, cached_language
from clarifier.engine.language import Language
from clarifier.syntax.words import Word

T = TypeVar("T")
# So many sentences take about 20 ms, the longest that an edit waits for a text that is read in the background; of fewer, each
# would take longer.
_BATCH = 8
_FEW = 16


class Interrupted(Exception):
    """Something newer is waiting; what has been read so far is kept."""


class WindowLanguage:
    """The language of a window. It keeps what it has read when it is told to stop before the end.

    Until the pipeline is loaded it knows what the cache on disk holds.
    """

    def __init__(self, cache: CachedLanguage) -> None:
        self.version = cache.version
        self.interrupt = Event()
        self.pipeline: Language | None = None
        self._cache = cache
        self._kept: dict[str, tuple[Word, ...]] = {}
        # Two threads may ask, and a pipeline serves one at a time.
        self._serving, self._keeping = Lock(), Lock()

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text. Raises Interrupted if something newer waits, or if it needs the pipeline too early."""
        return self.words(texts, self._stop_if_interrupted)

    def _stop_if_interrupted(self) -> None:
        if self.interrupt.is_set():
            raise Interrupted

    def words(self, texts: Sequence[str], between: Callable[[], None]) -> list[tuple[Word, ...]]:
        """The words of each text. `between` is called between two batches, and may raise Interrupted."""
        pipeline = self.pipeline
        with self._keeping:
            known = {text: self._kept.pop(text) for text in dict.fromkeys(texts) if text in self._kept}
        try:
            # What one edit leaves to read is read sooner than sought, and seldom wanted again.
            if pipeline is None or len(texts) > _FEW:
                known.update(self._cache.known([text for text in texts if text not in known]))
            missing = [text for text in dict.fromkeys(texts) if text not in known]
            if missing and pipeline is None:
                raise Interrupted
            for start in range(0, len(missing), _BATCH):
                if start:
                    between()
                batch = missing[start : start + _BATCH]
                with self._serving:
                    known.update(zip(batch, pipeline.read(batch) if pipeline is not None else (), strict=True))
        except Interrupted:
            with self._keeping:
                self._kept.update(known)
            raise
        if len(missing) > _FEW:
            self._cache.keep({text: known[text] for text in missing})
        return [known[text] for text in texts]

    def known_so_far(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text, none where the cache has none. Raises Interrupted if it lacks more than one in ten."""
        with self._keeping:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        known.update(self._cache.known([text for text in texts if text not in known]))
        if len(texts) - len(known) > max(_FEW, len(texts) // 10):
            raise Interrupted
        return [known.get(text, ()) for text in texts]


class Patient:
    """The same language for work that stands still while something is urgent, instead of being told to stop."""

    def __init__(self, language: WindowLanguage, pause: Callable[[], None]) -> None:
        self.version = language.version
        self._language, self._pause = language, pause

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text. Raises Interrupted if it needs the pipeline too early."""
        words = self._language.words(texts, self._pause)
        self._pause()
        return words


class SoFar:
    """What a language knows before its pipeline is loaded, under a version of its own: it is read again when it is."""

    def __init__(self, language: WindowLanguage) -> None:
        self.version = f"{language.version}-so-far"
        self.read = language.known_so_far


def installed_language() -> WindowLanguage:
    """The installed pipeline, as yet only what the cache holds of it. Raises CannotRun if none is installed."""
    return WindowLanguage(cached_language())


def load_pipeline() -> Language:
    """The English pipeline. Raises OSError if it is broken. Takes seconds: spaCy is imported only now."""
    language: Language = importlib.import_module("clarifier.syntax.language").load()
    return language


def _settle_memory() -> None:
    """Have the garbage collector pass over what is there now: to search all analyses again and again would take 150 ms each time."""
    gc.collect(1)
    gc.freeze()


class Worker:
    """Runs jobs in two threads: what the author waits for in one, all else, one at a time, in the other; answers on the event loop."""

    def __init__(self) -> None:
        self._urgent = ThreadPoolExecutor(1, "clarifier-urgent")
        self._patient = ThreadPoolExecutor(1, "clarifier-patient")
        self._calm = Event()
        self._calm.set()
        self._hurried = 0
        self._stopped = False

    async def run(self, job: Callable[[], T]) -> T:
        """The result of a job that can wait, run after those before it."""

        def work() -> T:
            try:
                return job()
            finally:
                _settle_memory()

        return await asyncio.get_running_loop().run_in_executor(self._patient, work)

    async def hurry(self, job: Callable[[], T]) -> T:
        """The result of a job that cannot wait. What calls `pause` meanwhile stands still, so that it has the processor."""
        self._hurried += 1
        self._calm.clear()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._urgent, job)
        finally:
            self._hurried -= 1
            if not self._hurried:
                self._calm.set()

    def pause(self) -> None:
        """Stand still while something is urgent. Raises Interrupted if there are to be no more jobs."""
        if not self._calm.is_set():
            self._calm.wait()
        if self._stopped:
            raise Interrupted

    def stop(self) -> None:
        """Take no more jobs, and break off what can wait."""
        self._stopped = True
        self._calm.set()
        for thread in (self._urgent, self._patient):
            thread.shutdown(wait=False, cancel_futures=True)
