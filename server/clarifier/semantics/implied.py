"""What a statement says of an act without naming it alike: that a thing stays as it is, that a step is left out, that all it names is forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clarifier.semantics.kept import kept
from clarifier.semantics.norms import AGAINST, Duty, Norm
from clarifier.semantics.opposites import concept, same
from clarifier.semantics.pairs import Clash, Pair, comparable, in_one_case, may_meet, same_bearer, same_objects, ways_within, within
from clarifier.semantics.phrases import Phrase
from clarifier.semantics.roots import root
from clarifier.semantics.statements import GENERIC, Statement
from clarifier.semantics.verbs import ADDING, CHANGE, CHANGING, SUPPORT, TELLING, USING
from clarifier.semantics.wording import clash_of, when, words_of

_IDLE = frozenset({"be", "have"})
_CLOSE = 0.6
_ONE = frozenset(map(root, ("single", "one", "sole", "uniform")))
_MANY = frozenset(map(root, ("multiple", "several", "many", "different", "various", "numerous")))
_TRANSPARENT = frozenset(map(root, ("information", "data", "detail", "content")))
_PASSING = ("without", "bypassing", "skipping", "omitting", "avoiding", "suppressing")
_HAVING = ADDING | USING


def implied(pair: Pair) -> Clash | None:
    """Where one statement implies that what the other asks for is not done. No proof, for the grammar of the two differs."""
    if pair.cases_differ:
        return None
    return (
        _kept_as_is(pair)
        or _supported(pair)
        or _unmentioned(pair)
        or _one_and_many(pair)
        or _spoken_against(pair)
        or _passed_over(pair)
    )


def _opposites(pair: Pair) -> Iterator[tuple[Norm, Norm, bool]]:
    """Each norm that denies with each of the other statement that asks, where both may hold; whether the one that denies comes first."""
    for a in pair.one.norms:
        for b in pair.other.norms:
            if a.duty.denies != b.duty.denies and not a.hedged and not b.hedged and may_meet(a, b) and comparable(a, b):
                yield (a, b, True) if a.duty.denies else (b, a, False)


def _supported(pair: Pair) -> Clash | None:
    """One asks to support what must not be used, or what the other has disabled."""
    for denied, asked, first in _opposites(pair):
        supported = asked.action == SUPPORT and denied.action in USING and denied.duty is Duty.FORBIDDEN
        if supported and same_objects(denied, asked) and within(asked, denied) and in_one_case(denied, asked):
            clash = clash_of(pair, denied, asked) if first else clash_of(pair, asked, denied)
            return replace(clash, sure=False)
    return None


def _unmentioned(pair: Pair) -> Clash | None:
    """One has a text contain, in one word, what the other keeps from it in another: "contain the names", "not show the names"."""
    for denied, asked, first in _opposites(pair):
        telling = denied.action in TELLING and asked.action in TELLING and denied.duty is Duty.FORBIDDEN
        if not telling or denied.bearer is None or asked.bearer is None or denied.bearer.head in GENERIC:
            continue
        things = frozenset(concept(r) for o in denied.objects for r in o.roots)
        whole = _said_of(pair.other if first else pair.one)
        told = any(concept(o.head) in {concept(r) for x in asked.objects for r in x.roots} for o in denied.objects)
        if told and things <= whole and same(denied.bearer.head, asked.bearer.head) and same_bearer(denied, asked):
            clash = clash_of(pair, denied, asked) if first else clash_of(pair, asked, denied)
            return replace(clash, sure=False)
    return None


def _one_and_many(pair: Pair) -> Clash | None:
    """One asks for a single thing where the other asks for several of them."""
    for a in pair.one.norms:
        for b in pair.other.norms:
            positive = not a.duty.denies and not b.duty.denies and a.action in _HAVING and b.action in _HAVING
            if not positive or not same_bearer(a, b) or not may_meet(a, b) or not comparable(a, b):
                continue
            for x in a.objects:
                for y in b.objects:
                    counts = [bool(n & _ONE) - bool(n & _MANY) for n in (x.narrowing, y.narrowing)]
                    named = (x.narrowing & y.narrowing) - _ONE - _MANY
                    if same(x.head, y.head) and sorted(counts) == [-1, 1] and (named or pair.overlap >= _CLOSE):
                        spans = pair.one.place(x.span), pair.other.place(y.span)
                        if all(map(len, spans)):
                            return Clash(*spans, words_of(pair, *spans), when(pair, a, b), False)
    return None


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
            things = frozenset(concept(r) for o in (*a.objects, *(o for _, o in a.others)) for r in _named(o))
            if a.action in _IDLE or any(o.other for o in a.objects):
                continue
            for b in (n for n in asked.norms if not n.duty.denies and n.objects and not n.hedged and same(n.action, a.action)):
                meets = any(same(x.head, y.head) or (x.head in _TRANSPARENT and x.narrowing) for x in a.objects for y in b.objects)
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


def _named(thing: Phrase) -> frozenset[str]:
    """The roots of what a phrase is about: "route information" is about routes."""
    return thing.narrowing if thing.head in _TRANSPARENT and thing.narrowing else thing.roots


def _passed_over(pair: Pair) -> Clash | None:
    """One does a thing "without" an act, or "bypassing" it, that the other asks for, and speaks of what that act is done to. No proof."""
    for leaving, asking, first in ((pair.one, pair.other, True), (pair.other, pair.one, False)):
        for a in leaving.norms:
            span = leaving.place(a.words)
            if a.duty is not Duty.FORBIDDEN or not leaving.text[span.start : span.end].lower().startswith(_PASSING):
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
