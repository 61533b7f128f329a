"""Proofs that two statements cannot both be obeyed: by their duties, or by opposite actions."""

from __future__ import annotations

from dataclasses import replace

from clarifier.semantics.alignment import Change
from clarifier.semantics.conditions import EXCEPTING
from clarifier.semantics.durations import durations
from clarifier.semantics.implied import implied
from clarifier.semantics.norms import AGAINST, Duty, Norm
from clarifier.semantics.opposites import opposed, same
from clarifier.semantics.pairs import (
    Clash,
    Pair,
    comparable,
    covering,
    in_one_case,
    may_meet,
    within,
)
from clarifier.semantics.phrases import Phrase
from clarifier.semantics.pieces import Piece, Role, Sort
from clarifier.semantics.statements import GENERIC, Statement
from clarifier.semantics.verbs import REVERSIBLE
from clarifier.semantics.wording import clash_of, modality, said, when, words_of
from clarifier.text.source import Span

# Items of one list are told apart by words that the grammar may hang elsewhere.
_OF_SIBLINGS = 0.75
_SHARED = 0.5
_TIMES = frozenset({"before", "after", "once", "until", "upon"})


def duties(pair: Pair) -> Clash | None:
    """One requires or permits what the other forbids, or calls optional what the other requires."""
    if pair.one.text == pair.other.text and pair.one.led == pair.other.led:
        return None
    for a, b in pair.norms:
        if same(a.action, b.action) and frozenset({a.duty, b.duty}) in AGAINST and comparable(a, b) and not _left_open(a, b):
            # What is forbidden, or optional, only in one way or of some things may be asked for in another.
            denied, asked = (a, b) if a.duty.denies else (b, a)
            if _tells_how(asked, denied) or (denied.duty is Duty.EXEMPT and (asked.only_object or asked.only_when)):
                continue
            if within(asked, denied):
                return replace(clash_of(pair, a, b), sure=_is_sure(pair, a, b))
            # Whoever asks it of all things leaves no room for some of them.
            every = any(o.total and same(o.head, d.head) for o in asked.objects for d in denied.objects)
            if asked.duty is Duty.OBLIGED and every and within(denied, asked):
                return replace(clash_of(pair, a, b), sure=False)
    return _denied(pair) or _disregarded(pair) or _of_fields(pair) or implied(pair)


def _left_open(a: Norm, b: Norm) -> bool:
    """Whether what is typically so leaves room for the other norm, which is about a case or a kind of its own."""
    if not (a.hedged or b.hedged):
        return False
    alike = any(same(x.head, y.head) and x.narrowing == y.narrowing for x in a.objects for y in b.objects)
    return bool(a.conditions or b.conditions) or not alike


def _tells_how(asked: Norm, denied: Norm) -> bool:
    """Whether one says how to do what the other allows only in a case: "merge by squashing", "do not merge without a review"."""
    limited = any(c.kind in EXCEPTING or c.kind == "until" for c in denied.conditions)
    return limited and bool(asked.manner or {p for p, _ in asked.others} & {"by", "with", "through", "via", "as"})


def _is_sure(pair: Pair, a: Norm, b: Norm) -> bool:
    """Whether two opposed norms hold in one case for certain: not two steps of a procedure, and not in two cases that may differ."""
    steps = [is_step(s, n) for s, n in ((pair.one, a), (pair.other, b))]
    # What should not be done may be done for a reason.
    advised = (a.weak and b.duty is Duty.PERMITTED) or (b.weak and a.duty is Duty.PERMITTED)
    denied, asked = (a, b) if a.duty.denies else (b, a)
    # What one must not do, another may; "it must be done" does not say by whom.
    others = denied.duty.denies and denied.bearer is not None and denied.bearer.head not in GENERIC and asked.bearer is None
    return not all(steps) and not advised and not others and in_one_case(a, b)


def is_step(statement: Statement, norm: Norm) -> bool:
    """Whether a norm is a command about one thing, which holds at its place in a procedure: "close the ticket"."""
    commanded = norm.bearer is None and (statement.commanded or norm.words.end >= norm.verb.end)
    return commanded and any(o.definite for o in norm.objects)


def _of_fields(pair: Pair) -> Clash | None:
    """Two places say of one entry that it is required, and that it is not."""
    one, other = pair.one.field, pair.other.field
    if one is None or other is None or (one.name, one.owner) != (other.name, other.owner) or one.form == other.form:
        return None
    if one.duty is other.duty or {one.duty, other.duty} == {Duty.EXEMPT, Duty.FORBIDDEN}:
        return None
    return Clash(one.span, other.span, words_of(pair, one.span, other.span), sure=False, entry=one.name)


def _denied(pair: Pair) -> Clash | None:
    """Twins of which one denies what the other says."""
    changes = pair.changes
    if not changes or pair.cases_differ or not any(may_meet(a, b) for a in pair.one.norms for b in pair.other.norms):
        return None
    outside = [c for c in changes if c.role is not Role.CONDITION]
    if len(outside) != len(changes):
        return None
    negations = [c for c in outside if (c.has(Sort.NEGATION)[0] is None) != (c.has(Sort.NEGATION)[1] is None)]
    if (
        len(negations) != 1
        or any(a and b for c in outside for a, b in [c.content] if c is not negations[0])
        or any(map(len, negations[0].content))
    ):
        return None
    one, other = negations[0].has(Sort.NEGATION)
    denied, said = (pair.one, pair.other) if one is not None else (pair.other, pair.one)
    piece = one or other
    # What else the denying statement says may be what the prohibition is limited to.
    if any(c.content[0 if denied is pair.one else 1] for c in outside if c is not negations[0]):
        return None
    if (
        piece is None
        or not any(n.duty is Duty.FORBIDDEN for n in denied.norms)
        or any(n.duty is Duty.FORBIDDEN for n in said.norms)
    ):
        return None
    spans = [_around(s, piece.span) if s is denied else modality(s) for s in (pair.one, pair.other)]
    return Clash(spans[0], spans[1], words_of(pair, spans[0], spans[1]))


def _disregarded(pair: Pair) -> Clash | None:
    """Where one statement has something depend on what the other sets aside for it."""
    if pair.overlap < _SHARED or pair.cases_differ:
        return None
    for one in pair.one.bases:
        for other in pair.other.bases:
            if one.denied != other.denied and _are_one(one.on, other.on):
                spans = pair.one.place(one.span), pair.other.place(other.span)
                if len(spans[0]) and len(spans[1]):
                    return Clash(*spans, words_of(pair, *spans), "", False)
    return None


def _are_one(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases name one thing: "the status of the case" and "the case's status"."""
    return one.head in other.roots and other.head in one.roots and (one.roots <= other.roots or other.roots <= one.roots)


def _around(statement: Statement, span: Span | None) -> Span:
    near = modality(statement)
    if span is None:
        return near
    return near if near.start <= span.end and span.start <= near.end else span


def actions(pair: Pair) -> Clash | None:
    """Both require, of the same things, actions that undo each other, and not only after the one has lasted as long as it must."""
    timed = durations(pair)
    if timed is not None:
        return timed.clash
    for a, b in pair.norms:
        positive = a.duty not in (Duty.FORBIDDEN, Duty.EXEMPT) and b.duty not in (Duty.FORBIDDEN, Duty.EXEMPT)
        required = Duty.OBLIGED in (a.duty, b.duty) if positive else a.duty is b.duty is Duty.FORBIDDEN
        if (
            opposed(a.action, b.action)
            and not _reversed_at_will(a, b)
            and not _left_open(a, b)
            and not (a.only_object or b.only_object or a.only_when or b.only_when)
            and not _one_after_the_other(a, b)
            and (not pair.siblings or pair.overlap > _OF_SIBLINGS)
            and positive
            and required
            and comparable(a, b)
            and a.objects
            and b.objects
            and (within(a, b) or within(b, a))
        ):
            one, other = said(pair.one, a), said(pair.other, b)
            # Commands may be those of two procedures, or of two examples.
            commanded = pair.one.commanded or pair.other.commanded
            return Clash(one, other, words_of(pair, one, other), when(pair, a, b), not commanded and _is_sure(pair, a, b))
    if any(all(c.content) and _opposed_in(c) is None for c in pair.changes or ()):
        return None
    asked = {n.duty for s in (pair.one, pair.other) for n in s.norms}
    if Duty.OBLIGED not in asked or Duty.FORBIDDEN in asked:
        return None
    for change in pair.changes or ():
        if pair.changes is not None and len(pair.changes) <= 2 and change.role is Role.MATTER and not pair.cases_differ:
            found = _opposed_in(change)
            if found is not None:
                left, right = found
                if (
                    left.pos in ("VERB", "NOUN")
                    and (left.pos == "VERB") == (right.pos == "VERB")
                    and _doing(pair, left.root, right.root)
                ):
                    return Clash(
                        covering((left,), modality(pair.one)), covering((right,), modality(pair.other)), (left.text, right.text)
                    )
    return None


def _reversed_at_will(a: Norm, b: Norm) -> bool:
    """Whether two reversible acts are not both what one bearer must always do."""
    both = a.action.split(" ")[0] in REVERSIBLE and b.action.split(" ")[0] in REVERSIBLE
    due = (
        a.duty is b.duty is Duty.OBLIGED and a.bearer is not None and b.bearer is not None and not a.conditions and not b.conditions
    )
    return both and not due


def _one_after_the_other(a: Norm, b: Norm) -> bool:
    """Whether a time is said of one only: to open, and to close after use."""
    timed = [any(c.kind in _TIMES and not c.idle for c in n.conditions) for n in (a, b)]
    return timed[0] != timed[1]


def _doing(pair: Pair, one: str, other: str) -> bool:
    return any(n.action.split(" ")[0] == one for n in pair.one.norms) and any(
        n.action.split(" ")[0] == other for n in pair.other.norms
    )


def _opposed_in(change: Change) -> tuple[Piece, Piece] | None:
    return next(((a, b) for a in change.one for b in change.other if opposed(a.root, b.root)), None)
