"""Cases: what holds only in one case, and another statement that asks for it in another."""

from __future__ import annotations

from clarifier.semantics.conditions import Condition, alike, exclusive
from clarifier.semantics.norms import Norm
from clarifier.semantics.opposites import same
from clarifier.semantics.pairs import Clash, Pair, about_the_same
from clarifier.semantics.statements import Statement
from clarifier.text.source import Span

_ENOUGH = 0.6


def outside(pair: Pair) -> Clash | None:
    """Where one statement allows an action only in one case, and the other allows or asks for it in another case.

    It is proved where the other case is the very one that is excluded ("only if none is open", "even if some are open").
    """
    if pair.cases_differ:
        return None
    for a in pair.one.norms:
        for b in pair.other.norms:
            if not a.duty.denies and not b.duty.denies and a.objects and b.objects and about_the_same(a, b):
                found = _between(pair, a, b)
                if found is not None:
                    return found
    return None


def _between(pair: Pair, a: Norm, b: Norm) -> Clash | None:
    for x in a.conditions:
        for y in (*b.conditions, *b.conceded):
            if x.only is not None or y.only is not None:
                if alike(x, y) or (_one_case(x, y) and not y.conceded):
                    continue
                if x.only is not None and y.only is not None and not _one_bearer(a, b):
                    continue
                sure = (exclusive(x, y) and not (x.only and y.only)) or (y.conceded and _close(x, y))
                if sure or (x.kind in _CASES and y.kind in _CASES):
                    return _clash(pair, x, y, sure)
    for x in a.conceded:
        for y in b.conditions:
            if y.only is not None and _close(x, y):
                return _clash(pair, x, y, True)
    return None


def _one_bearer(a: Norm, b: Norm) -> bool:
    """Whether both name the same bearer, in the same words."""
    return (
        a.bearer is not None
        and b.bearer is not None
        and same(a.bearer.head, b.bearer.head)
        and a.bearer.narrowing == b.bearer.narrowing
    )


_CASES = ("if", "when", "whenever", "once")


def _close(one: Condition, other: Condition) -> bool:
    least = min(len(one.roots), len(other.roots))
    return least > 0 and len(one.roots & other.roots) >= _ENOUGH * least


def _one_case(one: Condition, other: Condition) -> bool:
    return one.denied == other.denied and _close(one, other)


def _clash(pair: Pair, one: Condition, other: Condition, sure: bool) -> Clash:
    spans = _span(pair.one, one), _span(pair.other, other)
    return Clash(*spans, (pair.one.text[spans[0].start : spans[0].end], pair.other.text[spans[1].start : spans[1].end]), "", sure)


def _span(statement: Statement, condition: Condition) -> Span:
    start = condition.only.start if condition.only is not None else condition.span.start
    span = statement.place(Span(min(start, condition.span.start), condition.span.end))
    return span if len(span) else Span(0, len(statement.text))
