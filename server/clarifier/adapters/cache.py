"""Sentences that were read before, kept on disk: a warm check need not load the language model at all.

Keyed by the text and the versions of whatever reads it, so a hit is what reading would give; deleting the file
is harmless. Whatever goes wrong with the disk costs time, never an answer.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from clarifier.adapters.disk import folder, kept
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.packing import packed, unpacked
from clarifier.adapters.sharing import shared
from clarifier.engine.language import Language
from clarifier.syntax import pipelines
from clarifier.syntax.words import Word

# About 400 bytes a sentence: 200,000 sentences, some forty books of requirements, are 80 MB.
LARGEST = 200_000
_LAYOUT = 2
_TABLE = "sentence (at INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, words TEXT NOT NULL)"


def cached_language(file: Path | None = None, jobs: int = 1) -> CachedLanguage:
    """The installed pipeline behind the cache; spaCy is imported at the first sentence that the cache lacks.

    What it lacks is read in up to so many processes. Raises CannotRun if no pipeline is installed.
    """
    name = pipelines.installed()
    if name is None:
        raise CannotRun(
            f"no English pipeline is installed; install one with: pip install {pipelines.NAMES[1].replace('_', '-')}==3.8.0"
        )
    return CachedLanguage(pipelines.version(name), _load, file, jobs=jobs)


def _load() -> Language:
    # Importing spaCy takes longer than all else that a warm check does.
    from clarifier.syntax import language  # noqa: PLC0415

    return language.load()


class CachedLanguage:
    """A language that reads each sentence once in the life of the cache. `load` is called for the first miss."""

    def __init__(
        self, version: str, load: Callable[[], Language], file: Path | None = None, largest: int = LARGEST, jobs: int = 1
    ) -> None:
        self.version = version
        self._load = load
        self._loaded: Language | None = None
        self._largest = largest
        self._jobs = jobs
        self._file = file or folder() / f"words-{_LAYOUT}-{hashlib.blake2b(version.encode(), digest_size=6).hexdigest()}.sqlite"

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text, from the cache where it has them."""
        known = self.known(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            if self._loaded is None:
                self._loaded = self._load()
            read = dict(zip(missing, shared(self._loaded, missing, self._jobs), strict=True))
            self.keep(read)
            known.update(read)
        return [known[text] for text in texts]

    def known(self, texts: Sequence[str]) -> dict[str, tuple[Word, ...]]:
        """The words of those texts that the cache has."""
        keys = {_key(text): text for text in texts}
        with kept(self._file, _TABLE) as store:
            return {keys[key]: words for key, words in _known(store, keys)} if store is not None else {}
        return {}

    def keep(self, read: Mapping[str, tuple[Word, ...]]) -> None:
        """Put the words of texts into the cache."""
        with kept(self._file, _TABLE) as store:
            if store is not None:
                _keep(store, {_key(text): words for text, words in read.items()}, self._largest)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _known(store: sqlite3.Connection, wanted: dict[bytes, str]) -> Iterator[tuple[bytes, tuple[Word, ...]]]:
    keys = list(wanted)
    for begin in range(0, len(keys), 500):
        some = keys[begin : begin + 500]
        marks = ",".join("?" * len(some))
        for key, words in store.execute(f"SELECT key, words FROM sentence WHERE key IN ({marks})", some):
            try:
                yield key, unpacked(words, wanted[key])
            except (ValueError, TypeError):
                continue


def _keep(store: sqlite3.Connection, read: dict[bytes, tuple[Word, ...]], largest: int) -> None:
    with store:
        count = store.execute("SELECT count(*) FROM sentence").fetchone()[0]
        if count + len(read) > largest:
            # The oldest go, and half of the room with them, so that this does not happen at every turn.
            excess = count + len(read) - largest // 2
            store.execute("DELETE FROM sentence WHERE at IN (SELECT at FROM sentence ORDER BY at LIMIT ?)", (excess,))
        store.executemany(
            "INSERT OR IGNORE INTO sentence (key, words) VALUES (?, ?)",
            [(key, packed(words)) for key, words in list(read.items())[:largest]],
        )
