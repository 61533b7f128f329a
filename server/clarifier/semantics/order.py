"""Order: which of two steps a norm puts first, by "before", "after", "once" and "not until"."""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.semantics.conditions import Condition
from clarifier.semantics.kept import kept
from clarifier.semantics.norms import Duty, Norm
from clarifier.semantics.opposites import concept
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.statements import Statement
from clarifier.text.source import Span

_ALIKE = 0.66
Step = frozenset[str]


def orders(pair: Pair) -> Clash | None:
    """Where both norms order the same two steps, in opposite ways."""
    if pair.cases_differ:
        return None
    for first, second, limit in _steps(pair.one):
        for earlier, later, its in _steps(pair.other):
            if _same(first, later) and _same(second, earlier) and not _same(first, earlier):
                spans = _span(pair.one, limit), _span(pair.other, its)
                said = pair.one.text[spans[0].start : spans[0].end], pair.other.text[spans[1].start : spans[1].end]
                return Clash(*spans, said)
    return None


@kept
def _steps(statement: Statement) -> tuple[tuple[Step, Step, Condition], ...]:
    """What the norms of a statement put in order."""
    return tuple(step for norm in statement.norms for step in _ordered(norm))


def _ordered(norm: Norm) -> Iterator[tuple[Step, Step, Condition]]:
    """The steps of a norm: the earlier, the later, and the condition that says so."""
    own = frozenset(map(concept, {norm.action.split(" ")[0], *(r for o in norm.objects for r in o.roots)}))
    for limit in norm.conditions:
        said = frozenset(map(concept, limit.roots))
        forbidden = norm.duty is Duty.FORBIDDEN
        if limit.denied or not said:
            continue
        if (limit.kind in ("before", "until") and forbidden) or (limit.kind in ("after", "once") and not forbidden):
            yield said, own, limit
        elif (limit.kind == "before" and not forbidden) or (limit.kind in ("after", "once") and forbidden):
            yield own, said, limit


def _same(one: Step, other: Step) -> bool:
    least = min(len(one), len(other))
    return least > 0 and len(one & other) >= _ALIKE * least and (least > 1 or len(one | other) <= 2)


def _span(statement: Statement, limit: Condition) -> Span:
    span = statement.place(limit.span)
    return span if len(span) else Span(0, len(statement.text))
