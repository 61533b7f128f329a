"""Which statements are compared with each other: those that share enough words. They are found by an index, never all with all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from math import ceil

from clarifier.engine.index import SINGLE, Index, Key, Listed, frame
from clarifier.semantics.statements import Statement

# Lemmas reduced to roots, with synonyms and antonyms merged, let no labelled pair of two requirement documents slip: 53 of 53 at
# 512 of 13,089 pairs. Static word vectors (wordllama, 16 MB), asked for as many neighbours, keep 52 of them.
_SHARED = 0.5
# A long sentence says more beside what it is about.
_LONG, _SHARED_OF_LONG = 9, 0.4


def candidates(key: Key, listed: Listed, index: Index, within_file: bool, mutual: bool = False) -> Iterator[Key]:
    """The statements that share enough with one to be compared with it, and that some word of theirs links with it.

    `mutual` says that all others are asked too: then each finds those that have no fewer words. For that it need not look for
    all of its own: of those that it shares with another some must be among any so many of them, so the rarest are looked for.
    """
    own = listed[key.path][key].statement
    asked, crowded, enough = _asked(own, index, mutual)
    found = Counter(chain.from_iterable(frozenset().union(*[index.linked(name) for name in topic]) for topic in asked))
    named = frozenset().union(*[index.linked(name) for name in own.keys if name.startswith("§")])
    always = named | (index.linked(frame(own)) if crowded else frozenset())
    if enough > 1 and not mutual:
        always |= found.keys() & index.postings.get(SINGLE, frozenset())
    words = len(own.topics)
    for other in chain((other for other, count in found.items() if count >= enough and other not in always), always):
        theirs = listed[other.path][other].statement
        if other == key or (within_file and other.path != key.path) or (mutual and len(theirs.topics) < words):
            continue
        # One word of two may meet two of the other's, so both are counted: whoever is asked first, the answer is the same.
        wanted = _least(min(words, len(theirs.topics)))
        if other in named:
            yield other
        elif other in always or mutual or found[other] + crowded >= wanted:
            shared = own.shared(theirs) if mutual or crowded else found[other]
            if shared >= wanted and theirs.shared(own) >= wanted:
                yield other


def _asked(own: Statement, index: Index, mutual: bool) -> tuple[Sequence[frozenset[str]], int, int]:
    """The words of a statement that the index is asked for, how many of all of them are crowded, and how many others must meet."""
    topics, least = own.topics, _least(len(own.topics))
    free = [topic for topic in topics if index.crowded.isdisjoint(topic)]
    crowded = len(topics) - len(free)
    if mutual and least > crowded:
        enough = min(3, least - crowded)
        rarest = sorted(free, key=lambda topic: sum([len(index.linked(name)) for name in topic]))
        return rarest[: len(free) - (least - crowded) + enough], crowded, enough
    return topics, crowded, 1 if crowded else min(2, least)


@lru_cache(maxsize=1024)
def _least(words: int) -> int:
    """How many words two statements must share, of which the less wordy one has so many."""
    share = _SHARED if words < _LONG else _SHARED_OF_LONG
    return max(min(2, words), ceil(share * words))
