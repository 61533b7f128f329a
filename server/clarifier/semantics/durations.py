"""How long something lasts against when it ends: to delete after 30 days, and to keep for 90 days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from clarifier.semantics.amounts import Amount, Bound, in_one_unit
from clarifier.semantics.conditions import Condition
from clarifier.semantics.kept import kept
from clarifier.semantics.norms import Duty, Norm
from clarifier.semantics.opposites import opposed
from clarifier.semantics.pairs import Clash, Pair, about_the_same, comparable, may_meet
from clarifier.semantics.roots import root
from clarifier.semantics.statements import Statement
from clarifier.semantics.wordlists import words
from clarifier.text.source import Span

_KEEPING = frozenset(root(v) for v in ("keep", "hold", "leave"))
_STAYING = frozenset(root(v) for v in ("remain", "stay"))
_TIMES = words("before after once until till upon when whenever during while")
_ENDS = words("after within in")
_EVENTS = words("after once when whenever upon")
_LONGEST = 80
_OLDER = re.compile(r"\bolder than\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the durations of two statements say: how they clash, or that they fit together."""

    clash: Clash | None


@kept
def durations(pair: Pair) -> Verdict | None:
    """Whether an end comes while the thing is to last, or after it may last; None where the statements do not give both."""
    if pair.cases_differ:
        return None
    for a in (n for norm in pair.one.norms for n in _readings(norm)):
        for b in (n for norm in pair.other.norms for n in _readings(norm)):
            if opposed(a.action, b.action) and a.objects and b.objects and about_the_same(a, b) and may_meet(a, b):
                found = _between(pair, a, b)
                if found is not None:
                    return found
    return None


def _readings(norm: Norm) -> Iterator[Norm]:
    """The norm, and the state that it keeps a thing in: "keep the port open", "remain enabled"."""
    yield norm
    if norm.action in _KEEPING and len(norm.objects) > 1:
        *things, state = norm.objects
        yield replace(norm, action=state.head, objects=tuple(things))
    if norm.action in _STAYING and norm.objects and norm.bearer is not None:
        yield replace(norm, action=norm.objects[0].head, objects=(norm.bearer,), bearer=None)


def _between(pair: Pair, a: Norm, b: Norm) -> Verdict | None:
    left, right = (_timed(s, n) for s, n in ((pair.one, a), (pair.other, b)))
    for lasts, ends, first in ((left[0], right[1], True), (right[0], left[1], False)):
        if lasts is None or ends is None:
            continue
        scaled = in_one_unit(lasts, ends)
        if scaled is None:
            return None
        if not _cannot_hold(lasts, ends, *scaled) or not _both_asked(a, b) or not _one_clock(a, b, lasts, ends, first):
            return Verdict(None)
        one, other = (lasts, ends) if first else (ends, lasts)
        spans = pair.one.place(one.span), pair.other.place(other.span)
        if not len(spans[0]) or not len(spans[1]):
            return Verdict(None)
        alike = any(x.narrowing == y.narrowing for x in a.objects for y in b.objects)
        return Verdict(Clash(*spans, (_said(pair.one, a, spans[0]), _said(pair.other, b, spans[1])), sure=alike))
    for lasts, ending, ended, first in ((left[0], b, right[1], True), (right[0], a, left[1], False)):
        event = next((c for c in ending.conditions if c.kind in _EVENTS and not c.amounts and not c.idle), None)
        if lasts is not None and ended is None and event is not None:
            return Verdict(_cut_short(pair, a, b, lasts, event, first))
    return None


def _cut_short(pair: Pair, a: Norm, b: Norm, lasts: Amount, event: Condition, first: bool) -> Clash | None:
    """What is to last so long, and is to end with an event that may come sooner. No proof, for the event may come later."""
    lasting, ending = (a, b) if first else (b, a)
    if lasts.bound.below or any(not c.idle for c in lasting.conditions) or not _both_asked(a, b) or ending.duty is not Duty.OBLIGED:
        return None
    if not any(x.narrowing == y.narrowing for x in a.objects for y in b.objects):
        return None
    spans = pair.one.place(lasts.span if first else event.span), pair.other.place(event.span if first else lasts.span)
    if not len(spans[0]) or not len(spans[1]):
        return None
    return Clash(*spans, (_said(pair.one, a, spans[0]), _said(pair.other, b, spans[1])), sure=False)


def _timed(statement: Statement, norm: Norm) -> tuple[Amount | None, Amount | None]:
    """How long the action lasts, and when it is done; None where that is not said, or said twice."""
    own = [x for x in norm.amounts if x.unit and not any(x.index in c.indices for c in norm.conditions)]
    lasting = [
        x for x in own if x.limits == "for" or root(x.limits) == norm.action or (x.limits == "than" and x.bound is not Bound.EXACT)
    ]
    older = [x for x in own if x.limits == "than" and _OLDER.search(statement.text[: statement.place(x.span).start])]
    ending = [x for x in own if x.limits in _ENDS or (x.limits == "than" and x.bound is not Bound.EXACT)] + older
    return (lasting[0] if len(lasting) == 1 else None), (ending[0] if len(ending) == 1 else None)


def _cannot_hold(lasts: Amount, ends: Amount, kept: float, gone: float) -> bool:
    slack = 1e-9 * max(kept, gone)
    if lasts.bound.below:
        return not ends.bound.below and gone > kept + slack
    return not ends.bound.above and gone < kept - slack


def _both_asked(a: Norm, b: Norm) -> bool:
    duties = {a.duty, b.duty}
    return Duty.OBLIGED in duties and duties <= {Duty.OBLIGED, Duty.PERMITTED}


def _one_clock(a: Norm, b: Norm, lasts: Amount, ends: Amount, first: bool) -> bool:
    """Whether both count from one moment, and nothing else tells the statements apart."""
    if not comparable(a, b) or _moments(a) != _moments(b):
        return False
    one, other = (lasts, ends) if first else (ends, lasts)
    return _measured(a, one) == _measured(b, other) and _elsewhere(a, one) == _elsewhere(b, other) and a.manner == b.manner


def _moments(norm: Norm) -> set[frozenset[str]]:
    return {c.roots for c in norm.conditions if c.kind in _TIMES}


def _measured(norm: Norm, amount: Amount) -> frozenset[str]:
    """What the time is counted of: "30 days of inactivity"."""
    return frozenset(
        r for _, o in norm.others if _holds(o.span, amount.span) for r in o.narrowing if not r[:1].isdigit() and r != "least"
    )


def _elsewhere(norm: Norm, amount: Amount) -> set[tuple[str, str]]:
    return {(p, o.head) for p, o in norm.others if not _holds(o.span, amount.span)}


def _holds(whole: Span, part: Span) -> bool:
    return whole.start < part.end and part.start < whole.end


def _said(statement: Statement, norm: Norm, amount: Span) -> str:
    verb = statement.place(norm.verb)
    whole = Span(min(verb.start, amount.start), max(verb.end, amount.end)) if len(verb) else amount
    said = whole if len(whole) <= _LONGEST else amount
    return statement.text[said.start : said.end]
