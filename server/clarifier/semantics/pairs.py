"""Two statements beside each other: where they differ, what they are both about, and when both apply."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from clarifier.semantics.alignment import WEIGHTY, Change, changes, same_as
from clarifier.semantics.conditions import EXCEPTING, Condition, alike, exclusive
from clarifier.semantics.norms import Norm
from clarifier.semantics.opposites import opposed, same
from clarifier.semantics.phrases import Phrase
from clarifier.semantics.pieces import Piece
from clarifier.semantics.roots import root
from clarifier.semantics.statements import GENERIC, Statement
from clarifier.text.source import Span


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
        return changes(self.one, self.other)

    @cached_property
    def common(self) -> str:
        """What twins share, for series of them."""
        changed = {id(p) for c in self.changes or () for p in c.one}
        return " ".join(same_as(p) for p in self.one.pieces if p.sort in WEIGHTY and id(p) not in changed)

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
    implied = (_BY_HAND if _may_be_by_hand(narrow) else frozenset()) | (_DIRECT if _may_be_direct(narrow) else frozenset())
    return not wide.manner - narrow.manner - implied


_BY_HAND = frozenset({root("manual")})
_DIRECT = frozenset({root("direct")})
_BY_ITSELF = frozenset({root("automatic"), root("automated")})


def _may_be_direct(norm: Norm) -> bool:
    """Whether what is done is done without anything between, so that "directly" says nothing more."""
    return not any(p in ("through", "via", "by", "over", "with") for p, _ in norm.others)


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
