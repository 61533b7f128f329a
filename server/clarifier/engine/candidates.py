"""Which statements are compared with each other: those that share enough words. They are found by an index, never all with all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import ceil
from typing import NamedTuple

from clarifier.semantics.specification import Address
from clarifier.semantics.statements import Statement


class Key(NamedTuple):
    """What a statement is kept by: never its position. `copy` counts those of a file that speak of the same words, in order of the text."""

    path: str
    said: str
    rank: int
    copy: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement and where it stands now."""

    statement: Statement
    address: Address


Listed = Mapping[Key, Placed]
Index = Mapping[str, frozenset[Key]]
# Lemmas reduced to roots, with synonyms and antonyms merged, let no labelled pair of two requirement documents slip: 53 of 53 at
# 417 of 13,089 pairs. Static word vectors (wordllama, 16 MB), asked for as many neighbours, keep 52 of them.
_SHARED = 0.5
# A long sentence says more beside what it is about.
_LONG, _SHARED_OF_LONG = 9, 0.4
# Under this name stand the statements of one word: for all others one word in common is not enough.
_SINGLE = "\0"


def indexed(before: Index, gone: Iterable[tuple[Key, Statement]], fresh: Iterable[tuple[Key, Statement]]) -> Index:
    """The index without the statements that are gone, and with new ones."""
    touched: dict[str, set[Key]] = {}

    def posting(word: str) -> set[Key]:
        if word not in touched:
            touched[word] = set(before.get(word, ()))
        return touched[word]

    for key, statement in gone:
        for word in _names(statement):
            posting(word).discard(key)
    for key, statement in fresh:
        for word in _names(statement):
            posting(word).add(key)
    return {**before, **{word: frozenset(keys) for word, keys in touched.items()}}


def _names(statement: Statement) -> Iterable[str]:
    return (*statement.keys, _SINGLE) if len(statement.topics) == 1 else statement.keys


def candidates(key: Key, listed: Mapping[str, Listed], index: Index, within_file: bool, mutual: bool = False) -> Iterator[Key]:
    """The statements that share enough with one to be compared with it. Depends on the two of them only.

    `mutual` says that all others are asked too: then each finds those that have no fewer words. For that it need not look for
    all of its own: of those that it shares with another some must be among any so many of them, so the rarest are looked for.
    """
    own = listed[key.path][key].statement
    topics, least = own.topics, _least(len(own.topics))
    enough = min(2, least)
    if mutual:
        enough = min(3, least)
        rarest = sorted(topics, key=lambda topic: sum([len(index.get(name, ())) for name in topic]))
        topics = tuple(rarest[: len(topics) - least + enough])
    found = Counter(chain.from_iterable(frozenset().union(*[index.get(name, ()) for name in topic]) for topic in topics))
    named = frozenset().union(*[index.get(name, ()) for name in own.keys if name.startswith("§")])
    always = named | (found.keys() & index.get(_SINGLE, frozenset()) if enough > 1 and not mutual else frozenset())
    for other in chain((other for other, count in found.items() if count >= enough and other not in always), always):
        theirs = listed[other.path][other].statement
        if other == key or (within_file and other.path != key.path) or (mutual and len(theirs.topics) < len(own.topics)):
            continue
        # One word of two may meet two of the other's, so both are counted: whoever is asked first, the answer is the same.
        wanted = _least(min(len(own.topics), len(theirs.topics)))
        shared = own.shared(theirs) if mutual else found[other]
        if other in named or (shared >= wanted and theirs.shared(own) >= wanted):
            yield other


@lru_cache(maxsize=1024)
def _least(words: int) -> int:
    """How many words two statements must share, of which the less wordy one has so many."""
    share = _SHARED if words < _LONG else _SHARED_OF_LONG
    return max(min(2, words), ceil(share * words))
