"""Long readings and large comparisons shared out between processes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from clarifier.adapters.forking import can_fork, forked
from clarifier.adapters.packing import packed, unpacked
from clarifier.engine.index import Key
from clarifier.engine.language import Language
from clarifier.engine.workspace import Clashes, Search, Share
from clarifier.syntax.words import Word

# Pipelines read so many sentences at a time; shares are whole batches, so that each batch is what it would be alone.
_BATCH = 64
# Less than this is done sooner than a second process has begun.
_FEW_SENTENCES = 4 * _BATCH
_FEW_STATEMENTS = 1_000


def shared(language: Language, texts: Sequence[str], jobs: int) -> list[tuple[Word, ...]]:
    """The words of texts, read in up to so many processes."""
    if jobs < 2 or len(texts) < _FEW_SENTENCES or not can_fork():
        return language.read(texts)
    batches = -(-len(texts) // _BATCH)
    each = -(-batches // jobs) * _BATCH
    shares = [texts[begin : begin + each] for begin in range(0, len(texts), each)]
    found = forked(lambda share: [packed(words) for words in language.read(share)], shares)
    return [unpacked(words, text) for words, text in zip(chain.from_iterable(found), texts, strict=True)]


def share_of(jobs: int) -> Share:
    """How the search for clashes is shared out between up to so many processes."""

    def share(search: Search, keys: Sequence[Key]) -> Iterable[Clashes]:
        if jobs < 2 or len(keys) < _FEW_STATEMENTS or not can_fork():
            return [search(keys)]
        return forked(search, [keys[n::jobs] for n in range(jobs)])

    return share
