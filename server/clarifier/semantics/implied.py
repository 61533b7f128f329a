"""What a statement says of an act without naming it alike: that a thing stays as it is, that a step is left out, that all it names is forbidden."""

from __future__ import annotations

from dataclasses import replace

from clarifier.semantics.kept import kept
from clarifier.semantics.norms import AGAINST, Duty
from clarifier.semantics.opposites import concept, same
from clarifier.semantics.pairs import Clash, Pair, comparable, may_meet, same_bearer, same_objects, ways_within, within
from clarifier.semantics.statements import Statement
from clarifier.semantics.verbs import CHANGE, CHANGING
from clarifier.semantics.wording import clash_of

_IDLE = frozenset({"be", "have"})


def implied(pair: Pair) -> Clash | None:
    """Where one statement implies that what the other asks for is not done. No proof, for the grammar of the two differs."""
    if pair.cases_differ:
        return None
    return _kept_as_is(pair) or _spoken_against(pair) or _passed_over(pair)


@kept
def _said_of(statement: Statement) -> frozenset[str]:
    """All that a statement speaks of."""
    return frozenset(concept(p.root) for p in statement.content)


def _kept_as_is(pair: Pair) -> Clash | None:
    """One forbids to change a thing, the other asks for a change of one kind: to replace or to rename it."""
    for a in pair.one.norms:
        for b in pair.other.norms:
            denied, asked = (a, b) if a.duty.denies else (b, a)
            changed = same(denied.action, CHANGE) and asked.action in CHANGING
            if not changed or frozenset({a.duty, b.duty}) not in AGAINST or denied.hedged or asked.hedged:
                continue
            spoken_of = frozenset(r for o in (*asked.objects, *(o for _, o in asked.others)) for r in o.roots)
            meets = (same_objects(a, b) and within(asked, denied)) or any(o.roots <= spoken_of for o in denied.objects)
            if meets and same_bearer(a, b) and may_meet(a, b) and comparable(a, b):
                return replace(clash_of(pair, a, b), sure=False)
    return None


def _spoken_against(pair: Pair) -> Clash | None:
    """One forbids an act, the other asks for or allows the same act and speaks of all that the first one does.

    The grammar of the two may differ ("the customer and product information"), so this is no proof.
    """
    for denied, asked, first in ((pair.one, pair.other, True), (pair.other, pair.one, False)):
        for a in denied.norms:
            if a.duty is not Duty.FORBIDDEN or not a.objects or a.hedged:
                continue
            things = frozenset(concept(r) for o in (*a.objects, *(o for _, o in a.others)) for r in o.roots)
            if a.action in _IDLE or any(o.other for o in a.objects):
                continue
            for b in (n for n in asked.norms if not n.duty.denies and n.objects and not n.hedged and same(n.action, a.action)):
                meets = any(same(x.head, y.head) for x in a.objects for y in b.objects)
                if (
                    meets
                    and things <= _said_of(asked)
                    and same_bearer(a, b)
                    and may_meet(a, b)
                    and comparable(a, b)
                    and ways_within(b, a)
                ):
                    clash = clash_of(pair, a, b) if first else clash_of(pair, b, a)
                    return replace(clash, sure=False)
    return None


def _passed_over(pair: Pair) -> Clash | None:
    """One does a thing "without" an act that the other asks for, and speaks of what that act is done to. No proof."""
    for leaving, asking, first in ((pair.one, pair.other, True), (pair.other, pair.one, False)):
        for a in leaving.norms:
            span = leaving.place(a.words)
            if a.duty is not Duty.FORBIDDEN or not leaving.text[span.start : span.end].lower().startswith("without"):
                continue
            spoken_of = _said_of(leaving)
            for b in asking.norms:
                things = {concept(o.head) for o in b.objects} | {concept(r) for o in b.objects for r in o.narrowing}
                own = {concept(o.head) for o in b.objects} & spoken_of or {concept(o.head) for o in a.objects} & things
                due = b.duty is Duty.OBLIGED and same(a.action, b.action) and not b.hedged
                if due and own and same_bearer(a, b) and may_meet(a, b) and ways_within(b, a):
                    clash = clash_of(pair, a, b) if first else clash_of(pair, b, a)
                    return replace(clash, sure=False)
    return None
