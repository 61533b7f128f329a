"""Two statements beside each other: where they differ, what they are both about, and when both apply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz.distance import LCSseq

from clarifier.semantics.conditions import EXCEPTING, Condition, alike, exclusive
from clarifier.semantics.kept import kept
from clarifier.semantics.norms import Norm
from clarifier.semantics.opposites import concept, opposed, same
from clarifier.semantics.phrases import Phrase
from clarifier.semantics.pieces import Piece, Role, Sort
from clarifier.semantics.roots import root
from clarifier.semantics.statements import GENERIC, Statement
from clarifier.text.source import Span


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
        return tuple(p for p in self.one if p.sort in _WEIGHTY), tuple(p for p in self.other if p.sort in _WEIGHTY)

    def has(self, sort: Sort) -> tuple[Piece | None, Piece | None]:
        """The first piece of a sort, on each side."""
        return next((p for p in self.one if p.sort is sort), None), next((p for p in self.other if p.sort is sort), None)


_WEIGHTY = (Sort.CONTENT, Sort.NUMBER)
# Two sentences are twins from here on: what they share, of the shorter and of the longer one.
_OF_SHORTER, _OF_LONGER, _LEAST = 0.74, 0.5, 4


@dataclass(frozen=True, slots=True)
class Clash:
    """Where two statements oppose: a span of each one's sentence, and the words on each side, empty where there is nothing.

    `note` is what else a reader should know; `sure` is whether the opposition is proved. `entry` is the field whose duty is at issue. Statements that differ from each
    other at one place (`series`), one after another, are a list and no conflict.
    """

    one: Span
    other: Span
    words: tuple[str, str]
    note: str = ""
    sure: bool = True
    series: str = ""
    entry: str = ""

    @property
    def swapped(self) -> Clash:
        """The same, seen from the other statement."""
        return Clash(self.other, self.one, (self.words[1], self.words[0]), self.note, self.sure, self.series, self.entry)


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
    names = tuple(map(_same_as, pieces))
    weighty = Counter(name for name, p in zip(names, pieces, strict=True) if p.sort in _WEIGHTY)
    return _Row(pieces, names, Counter(names), weighty, sum(weighty.values()))


@dataclass(frozen=True)
class Pair:
    """Two statements in order of the text. `ranks` are the authorities under which they stand, 0 the highest."""

    one: Statement
    other: Statement
    ranks: tuple[int | None, int | None] = (None, None)

    @cached_property
    def overlap(self) -> float:
        """How much of the less wordy statement the other is about too, from 0 to 1."""
        fewer, more = sorted((self.one, self.other), key=lambda s: len(s.topics))
        return fewer.shared(more) / len(fewer.topics) if fewer.topics else 0.0

    @cached_property
    def changes(self) -> tuple[Change, ...] | None:
        """Where twins differ, in order; None for statements that are not alike."""
        left, right = _row(self.one), _row(self.other)
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
        shared = sum([a[i].sort in _WEIGHTY for i, _ in both])
        if shared < enough:
            return None
        moved = sum([a[i].sort in _WEIGHTY and (a[i].role is Role.CONDITION) != (b[m].role is Role.CONDITION) for i, m in both])
        if moved * 3 > shared:
            return None
        found = [Change(a[i:j], b[k:m]) for i, j, k, m in _apart(both, len(a), len(b))]
        return tuple(c for c in found if not _one_spelling(c) and any(p.sort is not Sort.MODAL for p in (*c.one, *c.other)))

    @cached_property
    def common(self) -> str:
        """What twins share, for series of them."""
        changed = {id(p) for c in self.changes or () for p in c.one}
        return " ".join(_same_as(p) for p in self.one.pieces if p.sort in _WEIGHTY and id(p) not in changed)

    @cached_property
    def cases_differ(self) -> bool:
        """Whether the statements speak of different rows of a table, of different entries, or of what stands before each."""
        if self.one.entry != self.other.entry and self.one.entry and self.other.entry:
            return True
        if self.one.context.strip(" /") != self.other.context.strip(" /"):
            return True
        return bool(self.one.case and self.other.case and self.one.case != self.other.case)

    @cached_property
    def siblings(self) -> bool:
        """Whether both are members of one list."""
        return bool(self.one.lead) and self.one.lead == self.other.lead

    @cached_property
    def norms(self) -> tuple[tuple[Norm, Norm], ...]:
        """The norms of both that are about the same matter and may hold together."""
        if self.cases_differ:
            return ()
        return tuple((a, b) for a in self.one.norms for b in self.other.norms if about_the_same(a, b) and may_meet(a, b))


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


def _same_as(piece: Piece) -> str:
    if piece.sort is Sort.MODAL:
        return "§modal"
    if piece.sort is Sort.CONTENT:
        return concept(piece.root)
    if piece.sort is Sort.NUMBER:
        return piece.root  # "four" is 4, and "no less than" is "at least"
    return piece.text.lower()


def may_meet(one: Norm, other: Norm) -> bool:
    """Whether both norms can apply in one situation, as far as their conditions and exceptions say."""
    if any(exclusive(a, b) for a in one.conditions for b in other.conditions):
        return False
    return not _excepted(one, other) and not _excepted(other, one)


def _excepted(one: Norm, other: Norm) -> bool:
    """Whether a norm is about the very thing that another one leaves out: "all but the last"."""
    phrases = [*other.objects, *(o for _, o in other.others), *([other.bearer] if other.bearer is not None else [])]
    spoken_of = [*(p.roots for p in phrases), *(c.roots for c in other.conditions if not c.denied and c.kind not in EXCEPTING)]
    left_out = (c.roots for c in one.conditions if c.kind in EXCEPTING and not c.denied and c.roots)
    return any(roots <= said for roots in left_out for said in spoken_of)


def in_one_case(one: Norm, other: Norm) -> bool:
    """Whether both hold in the very same cases, as far as their conditions say, so that neither is a case of the other."""
    return _among(one.conditions, other.conditions) and _among(other.conditions, one.conditions)


def _among(some: tuple[Condition, ...], others: tuple[Condition, ...]) -> bool:
    return all(any(alike(a, b) for b in others) for a in some)


def comparable(one: Norm, other: Norm) -> bool:
    """Whether their conditions are such that nobody would take one norm for a case of its own: alike, or on one side only."""
    cases, others = ([c for c in n.conditions if not c.idle] for n in (one, other))
    if not cases or not others:
        return True
    return all(any(alike(a, b) or _overlapping(a, b) for b in others) for a in cases)


def _overlapping(one: Condition, other: Condition) -> bool:
    least = min(len(one.roots), len(other.roots))
    return least > 0 and len(one.roots & other.roots) / least >= 0.75


def about_the_same(one: Norm, other: Norm) -> bool:
    """Whether two norms are about one action, or its opposite, on the same things by the same bearer."""
    if not (same(one.action, other.action) or opposed(one.action, other.action)):
        return False
    return same_bearer(one, other) and same_objects(one, other)


def within(narrow: Norm, wide: Norm) -> bool:
    """Whether all that the wide norm is limited to, but for its conditions, holds of the narrow one too."""
    if not ways_within(narrow, wide):
        return False
    theirs = {(p, o.head) for p, o in narrow.others}
    # "messages received from the station" are messages from the station.
    told = frozenset(r for o in narrow.objects if _RECEIVED & o.narrowing for r in o.narrowing)
    for preposition, phrase in wide.others:
        if (preposition, phrase.head) in theirs or phrase.total or (phrase.head in GENERIC and not phrase.narrowing):
            continue
        if preposition != "from" or not phrase.roots <= told:
            return False
    if not wide.objects:
        return True
    return any(same(n.head, w.head) and (w.total or w.narrowing <= n.narrowing) for n in narrow.objects for w in wide.objects)


_RECEIVED = frozenset(map(root, ("receive", "send", "come", "obtain", "retrieve", "read", "get")))


def ways_within(narrow: Norm, wide: Norm) -> bool:
    """Whether the narrow norm is done in every way that the wide one is limited to."""
    return not wide.manner - narrow.manner - (_BY_HAND if _may_be_by_hand(narrow) else frozenset())


_BY_HAND = frozenset({root("manual")})
_BY_ITSELF = frozenset({root("automatic"), root("automated")})


def _may_be_by_hand(norm: Norm) -> bool:
    """Whether what is done is done by people, so that "manually" says nothing more."""
    return norm.bearer is not None and norm.bearer.person and not norm.manner & _BY_ITSELF


def same_bearer(one: Norm, other: Norm) -> bool:
    """Whether one actor may bear both norms; an unnamed bearer may be anyone."""
    if one.bearer is None or other.bearer is None:
        return True
    a, b = one.bearer, other.bearer
    if same(a.head, b.head) or (a.head in GENERIC and b.head in GENERIC and {a.head, b.head} != {"user", "system"}):
        return not (a.narrowing - b.narrowing and b.narrowing - a.narrowing)
    return a.head in ("it", "they", "this", "you") or b.head in ("it", "they", "this", "you")


def same_objects(one: Norm, other: Norm) -> bool:
    """Whether both norms are about the same things, or one about some of the other's."""
    for preposition, phrase in one.others:
        for its, theirs in other.others:
            if (
                its == preposition
                and preposition in ("to", "from", "of", "with", "in", "on", "by", "as", "for", "into", "through", "via")
                and not _meets(phrase, theirs)
                and not (phrase.head[:1].isdigit() or theirs.head[:1].isdigit())
            ):
                return False
    if one.objects and other.objects:
        return any(_meets(a, b) for a in one.objects for b in other.objects)
    if not one.objects and not other.objects:
        specific = one.bearer is not None and other.bearer is not None
        both = [(a, b) for p, a in one.others for q, b in other.others if p == q]
        return specific or any(_meets(a, b) for a, b in both)
    return False


def _meets(one: Phrase, other: Phrase) -> bool:
    if not same(one.head, other.head) or one.head in ("one", "it", "this", "that", "they") or one.other or other.other:
        return False
    return not (one.narrowing - other.narrowing - other.aside and other.narrowing - one.narrowing - one.aside)


def covering(pieces: tuple[Piece, ...], otherwise: Span) -> Span:
    """The span of the pieces in the sentence's own text; another one where they all stand in the lead."""
    spans = [p.span for p in pieces if p.span is not None]
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else otherwise


def quoted(pieces: tuple[Piece, ...]) -> str:
    """The pieces as a reader sees them."""
    return " ".join(p.text for p in pieces)
