"""Alignment: where two statements that are alike differ, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

from clarifier.semantics.kept import kept
from clarifier.semantics.opposites import concept, opposed
from clarifier.semantics.pieces import Piece, Role, Sort
from clarifier.semantics.statements import Statement


@dataclass(frozen=True, slots=True)
class Change:
    """What stands in one statement at a place where the other has something else, or nothing."""

    one: tuple[Piece, ...]
    other: tuple[Piece, ...]

    @property
    def role(self) -> Role:
        """Where it stands: a condition or the bearer if any piece does."""
        roles = {p.role for p in (*self.one, *self.other)}
        return Role.CONDITION if Role.CONDITION in roles else Role.BEARER if Role.BEARER in roles else Role.MATTER

    @property
    def content(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """The pieces with meaning of their own, on each side."""
        return tuple(p for p in self.one if p.sort in WEIGHTY), tuple(p for p in self.other if p.sort in WEIGHTY)

    def has(self, sort: Sort) -> tuple[Piece | None, Piece | None]:
        """The first piece of a sort, on each side."""
        return next((p for p in self.one if p.sort is sort), None), next((p for p in self.other if p.sort is sort), None)


WEIGHTY = (Sort.CONTENT, Sort.NUMBER)
# Two sentences are twins from here on: what they share, of the shorter and of the longer one.
_OF_SHORTER, _OF_LONGER, _LEAST = 0.74, 0.5, 4


@dataclass(frozen=True, slots=True)
class _Row:
    """The pieces of a statement that are compared one after another: by what, how often each, and those that have meaning."""

    pieces: tuple[Piece, ...]
    names: tuple[str, ...]
    counts: Counter[str]
    weighty: Counter[str]
    weight: int


@kept
def _row(statement: Statement) -> _Row:
    pieces = tuple(p for p in statement.pieces if p.sort is not Sort.FUNCTION)
    names = tuple(map(same_as, pieces))
    weighty = Counter(name for name, p in zip(names, pieces, strict=True) if p.sort in WEIGHTY)
    return _Row(pieces, names, Counter(names), weighty, sum(weighty.values()))


def changes(one: Statement, other: Statement) -> tuple[Change, ...] | None:
    """Where twins differ, in order; None for statements that are not alike."""
    left, right = _row(one), _row(other)
    fewer, more = sorted((left.weight, right.weight))
    # In short statements one word of three or four is much, but not too much.
    enough = min(_OF_SHORTER * fewer, fewer - 1 if fewer <= _LEAST else fewer)
    enough = max(enough, _OF_LONGER * more, min(_LEAST, more - 1), 2)
    # No alignment can match more than what both hold in any order, which is much quicker to see.
    if sum([min(count, right.counts.get(name, 0)) for name, count in left.weighty.items()]) < enough:
        return None
    a, b = left.pieces, right.pieces
    alike = [o for o in LCSseq.opcodes(left.names, right.names) if o.tag == "equal"]
    both = [(o.src_start + k, o.dest_start + k) for o in alike for k in range(o.src_end - o.src_start)]
    shared = sum([a[i].sort in WEIGHTY for i, _ in both])
    if shared < enough:
        return None
    moved = sum([a[i].sort in WEIGHTY and (a[i].role is Role.CONDITION) != (b[m].role is Role.CONDITION) for i, m in both])
    if moved * 3 > shared:
        return None
    found = [Change(a[i:j], b[k:m]) for i, j, k, m in _apart(both, len(a), len(b))]
    return tuple(c for c in found if not _one_spelling(c) and any(p.sort is not Sort.MODAL for p in (*c.one, *c.other)))


def _apart(both: Sequence[tuple[int, int]], one: int, other: int) -> Iterator[tuple[int, int, int, int]]:
    """The stretches between what is aligned, of the one and of the other side; neither is empty everywhere."""
    i = k = 0
    for j, m in (*both, (one, other)):
        if j > i or m > k:
            yield i, j, k, m
        i, k = j + 1, m + 1


def _one_spelling(change: Change) -> bool:
    """Whether a change is a slip of the pen: one long word for another that is spelt almost the same."""
    if len(change.one) != 1 or len(change.other) != 1:
        return False
    a, b = change.one[0].text.lower(), change.other[0].text.lower()
    return (
        min(len(a), len(b)) >= 6
        and (a + b).isalpha()
        and SequenceMatcher(None, a, b).ratio() >= 0.9
        and not opposed(change.one[0].root, change.other[0].root)
    )


def same_as(piece: Piece) -> str:
    """What a piece is compared by."""
    if piece.sort is Sort.MODAL:
        return "§modal"
    if piece.sort is Sort.CONTENT:
        return concept(piece.root)
    if piece.sort is Sort.NUMBER:
        return piece.root  # "four" is 4, and "no less than" is "at least"
    return piece.text.lower()
