"""Exclusivity: "only X may", "exclusively", "restricted to X", "only after C", and what does not keep to it."""

from __future__ import annotations

from clarifier.semantics.cases import outside
from clarifier.semantics.conditions import one_case
from clarifier.semantics.norms import Duty, Norm
from clarifier.semantics.opposites import opposed, same
from clarifier.semantics.pairs import (
    Clash,
    Pair,
    about_the_same,
    comparable,
    covering,
    in_one_case,
    may_meet,
    same_bearer,
    same_objects,
)
from clarifier.semantics.phrases import Phrase
from clarifier.semantics.pieces import Role, Sort
from clarifier.semantics.rationing import rationed
from clarifier.semantics.reserving import reserved
from clarifier.semantics.roots import root
from clarifier.semantics.statements import Statement
from clarifier.semantics.verbs import HOLDING
from clarifier.semantics.wording import modality, when, words_of
from clarifier.semantics.wordlists import words
from clarifier.text.source import Span

_ENOUGH = 0.7
_LEAST_SHARED = 3


def exclusivity(pair: Pair) -> Clash | None:
    """Where one statement excludes what the other asks for: by its bearer, or by the words that limit it."""
    if pair.cases_differ:
        return None
    return _bearers(pair) or _ways(pair) or outside(pair) or _further(pair) or _limited(pair) or reserved(pair) or rationed(pair)


def _bearers(pair: Pair) -> Clash | None:
    for a in pair.one.norms:
        for b in pair.other.norms:
            if (
                (a.only_bearer is None) == (b.only_bearer is None)
                or not same(a.action, b.action)
                or not same_objects(a, b)
                or not may_meet(a, b)
            ):
                continue
            only, free = (a, b) if a.only_bearer is not None else (b, a)
            if (
                only.bearer is None
                or free.bearer is None
                or not a.objects
                or not b.objects
                or Duty.FORBIDDEN in (a.duty, b.duty)
                or Duty.EXEMPT in (a.duty, b.duty)
            ):
                continue
            # "Core collaborators" are called "collaborators" further on; "any collaborator" is another matter.
            shorter = not free.bearer.total and not free.bearer.narrowing - only.bearer.narrowing
            if same(only.bearer.head, free.bearer.head) and (shorter or free.bearer.narrowing >= only.bearer.narrowing):
                continue
            spans = pair.one.place(_of(a)), pair.other.place(_of(b))
            return Clash(*spans, words_of(pair, *spans))
    return None


def _ways(pair: Pair) -> Clash | None:
    """One keeps an action to one way of doing it, the other allows or asks for the opposite way."""
    for a in pair.one.norms:
        for b in pair.other.norms:
            clash = _elsewhere(pair, a, b)
            if clash is not None:
                return clash
    for a, b in pair.norms:
        exclusive = a.only_object or b.only_object
        if exclusive is None or a.duty.denies or b.duty.denies or not same(a.action, b.action):
            continue
        if any(opposed(x, y) for x in a.manner - b.manner for y in b.manner - a.manner):
            spans = modality(pair.one), modality(pair.other)
            return Clash(*spans, words_of(pair, *spans))
    return None


_SOURCES = words("from to into in on via through over by with using under")
_NEAR = 12  # characters between "only" and the thing that it limits: "only from the"


def _elsewhere(pair: Pair, a: Norm, b: Norm) -> Clash | None:
    """One takes its things from one place only, the other takes the same things from another: "only from the cache"."""
    if a.duty.denies or b.duty.denies or not same(a.action, b.action) or not same_bearer(a, b) or not may_meet(a, b):
        return None
    things = any(same(x.head, y.head) and not x.other and not y.other for x in a.objects for y in b.objects)
    if not things or (a.only_object is None) == (b.only_object is None):
        return None
    limited, free = (a, b) if a.only_object is not None else (b, a)
    kept = [(p, o) for p, o in limited.others if p in _SOURCES and _follows(limited.only_object, o)]
    if len(kept) != 1 or any(c.only for c in limited.conditions):
        return None
    preposition, place = kept[0]
    others = [o for p, o in free.others if p == preposition and not o.other]
    if not others or any(same(o.head, place.head) or o.roots & place.roots for o in others):
        return None
    spans = [
        s.place(_around(limited.only_object, place.span)) if n is limited else s.place(others[0].span)
        for s, n in ((pair.one, a), (pair.other, b))
    ]
    if not all(map(len, spans)):
        return None
    said = words_of(pair, spans[0], spans[1])
    return Clash(spans[0], spans[1], said, when(pair, a, b), comparable(a, b) and in_one_case(a, b))


def _follows(only: Span | None, phrase: Phrase) -> bool:
    """Whether "only" limits a phrase: it stands just before it, or just behind."""
    return only is not None and (0 <= phrase.span.start - only.end <= _NEAR or 0 <= only.start - phrase.span.end <= 1)


def _around(only: Span | None, place: Span) -> Span:
    return place if only is None else Span(min(only.start, place.start), max(only.end, place.end))


_FURTHER = frozenset(map(root, ("additional", "further", "extra", "custom", "arbitrary", "unknown")))


def _further(pair: Pair) -> Clash | None:
    """One says what alone a thing holds, the other lets it hold more."""
    for limited, free, first in ((pair.one, pair.other, True), (pair.other, pair.one, False)):
        for a in limited.norms:
            for b in free.norms:
                holds = a.only_object is not None and a.bearer is not None and a.action in HOLDING and b.action in HOLDING
                if not holds or a.duty.denies or b.duty.denies or a.bearer is None:
                    continue
                places = {o.head for _, o in b.others} | {r for c in b.conditions for r in c.roots}
                places |= {b.bearer.head} if b.bearer is not None else set()
                more = next((y for x in a.objects for y in b.objects if same(x.head, y.head) and y.narrowing & _FURTHER), None)
                if a.bearer.head in places and more is not None and a.only_object is not None:
                    spans = limited.place(a.only_object), free.place(more.span)
                    said = limited.text[spans[0].start : spans[0].end], free.text[spans[1].start : spans[1].end]
                    clash = Clash(*spans, said)
                    return clash if first else clash.swapped
    return None


def _of(norm: Norm) -> Span:
    if norm.bearer is None:
        return norm.words
    start = min(norm.bearer.span.start, norm.only_bearer.start if norm.only_bearer is not None else norm.bearer.span.start)
    return Span(start, norm.bearer.span.end)


def _limited(pair: Pair) -> Clash | None:
    """One says "only" of what the other asks for without that limit, in the same words otherwise."""
    one, other = pair.one.only, pair.other.only
    if (one is None) == (other is None):
        return None
    limited, free = (pair.one, pair.other) if one is not None else (pair.other, pair.one)
    if (
        any(n.duty in (Duty.FORBIDDEN, Duty.EXEMPT) for s in (limited, free) for n in s.norms)
        or not limited.norms
        or not free.norms
    ):
        return None
    only = limited.only
    if _counts(limited) or any(a.amounts and not b.amounts for a in free.norms for b in limited.norms):
        return None
    if (
        only is not None
        and only.role is Role.BEARER
        and any(a.bearer and b.bearer and same(a.bearer.head, b.bearer.head) for a in limited.norms for b in free.norms)
    ):
        return None
    if free.shared(limited) < _LEAST_SHARED - (len(free.topics) <= _LEAST_SHARED) or pair.overlap < _ENOUGH:
        return None
    if (pair.changes is None and not _same_matter(limited, free)) or not any(
        may_meet(a, b) for a in pair.one.norms for b in pair.other.norms
    ):
        return None
    changes = pair.changes
    if changes is not None and any(c.role is Role.CONDITION and all(c.content) for c in changes):
        return None
    if any(
        one_case(x, y) for a in limited.norms for x in a.conditions if x.only is not None for b in free.norms for y in b.conditions
    ):
        return None
    things = frozenset(r for n in free.norms for o in n.objects for r in o.narrowing)
    if any(x.only is not None and x.roots and x.roots <= things for a in limited.norms for x in a.conditions):
        return None  # "ship paid orders" keeps to "ship orders only after they are paid"
    twins = changes is not None and len(changes) <= 2
    # What is asked for "only from the cache" here, and "from the cache" there, can be done as both say.
    sure = twins and any(all(c.content) for c in changes or ())
    if not twins and not any(same(a.action, b.action) for a in limited.norms for b in free.norms):
        return None
    spans = [_span(s) for s in (pair.one, pair.other)]
    return Clash(spans[0], spans[1], words_of(pair, spans[0], spans[1]), "", sure)


def _counts(limited: Statement) -> bool:
    """Whether "only" says how many must be there: "only one error should be added"."""
    at = limited.pieces.index(limited.only) + 1 if limited.only is not None else len(limited.pieces)
    counted = at < len(limited.pieces) and limited.pieces[at].sort is Sort.NUMBER
    return counted and all(n.duty is Duty.OBLIGED for n in limited.norms)


def _same_matter(limited: Statement, free: Statement) -> bool:
    return any(about_the_same(a, b) for a in limited.norms for b in free.norms)


def _span(statement: Statement) -> Span:
    """From "only" to the next word of weight, or the duty of a statement without it."""
    only = statement.only
    if only is None or only.span is None:
        return modality(statement)
    at = statement.pieces.index(only)
    end = next((k for k in range(at + 1, len(statement.pieces)) if statement.pieces[k].sort in (Sort.CONTENT, Sort.NUMBER)), at)
    return covering(statement.pieces[at : end + 1], only.span)
