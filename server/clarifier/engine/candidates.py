"""Which statements are compared with each other: those that share enough words. They are found by an index, never all with all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from math import ceil

from clarifier.engine.index import SINGLE, Index, Key, Listed, frame

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
    topics, least = own.topics, _least(len(own.topics))
    crowded = not own.keys.isdisjoint(index.crowded)
    enough = 1 if crowded else min(3 if mutual else 2, least)
    if mutual and not crowded:
        rarest = sorted(topics, key=lambda topic: sum([len(index.linked(name)) for name in topic]))
        topics = tuple(rarest[: len(topics) - least + enough])
    found = Counter(chain.from_iterable(frozenset().union(*[index.linked(name) for name in topic]) for topic in topics))
    named = frozenset().union(*[index.linked(name) for name in own.keys if name.startswith("§")])
    if crowded:
        found.update(index.linked(frame(own)))
    always = named | (found.keys() & index.postings.get(SINGLE, frozenset()) if enough > 1 and not mutual else frozenset())
    counted = not mutual and not crowded
    for other in chain((other for other, count in found.items() if count >= enough and other not in always), always):
        theirs = listed[other.path][other].statement
        if other == key or (within_file and other.path != key.path) or (mutual and len(theirs.topics) < len(own.topics)):
            continue
        # One word of two may meet two of the other's, so both are counted: whoever is asked first, the answer is the same.
        wanted = _least(min(len(own.topics), len(theirs.topics)))
        shared = found[other] if counted else own.shared(theirs)
        if other in named or (shared >= wanted and theirs.shared(own) >= wanted):
            yield other


@lru_cache(maxsize=1024)
def _least(words: int) -> int:
    """How many words two statements must share, of which the less wordy one has so many."""
    share = _SHARED if words < _LONG else _SHARED_OF_LONG
    return max(min(2, words), ceil(share * words))
