"""What is analysed when: one thread, the newest texts first, structure before language."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from clarifier.engine.analysis import Language
from clarifier.syntax.words import Word

T = TypeVar("T")
# So many sentences take about 50 ms, the longest that an edit waits for a text that is read in the background.
_BATCH = 48


class Interrupted(Exception):
    """Something newer is waiting; what has been read so far is kept."""


class InterruptibleLanguage:
    """A language that stops between batches when something newer waits, and keeps what it has read."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._read: dict[str, tuple[Word, ...]] = {}
        self.version = language.version
        self.interrupt = Event()

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text. Raises Interrupted if told to stop before the end."""
        missing = [text for text in texts if text not in self._read]
        for start in range(0, len(missing), _BATCH):
            if start and self.interrupt.is_set():
                raise Interrupted
            batch = missing[start : start + _BATCH]
            self._read.update(zip(batch, self._language.read(batch), strict=True))
        words = [self._read[text] for text in texts]
        for text in texts:
            self._read.pop(text, None)
        return words


def load_language() -> Language:
    """The English pipeline. Raises OSError if none is installed. Takes seconds: spaCy is imported only now."""
    language: Language = importlib.import_module("clarifier.syntax.language").load()
    return language


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
