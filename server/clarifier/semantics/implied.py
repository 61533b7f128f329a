"""What a statement says of an act without naming it alike: that a thing stays as it is, that a step is left out, that all it names is forbidden."""

from __future__ import annotations

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
    for a in pair.one.norms:
        for b in pair.other.norms:
            if a.duty.denies != b.duty.denies and not a.hedged and not b.hedged:
                denied, asked, denying, asking = (a, b, pair.one, pair.other) if a.duty.denies else (b, a, pair.other, pair.one)
                shown = any(proof(denied, asked, denying, asking) for proof in _PROOFS)
                if shown and same_bearer(a, b) and may_meet(a, b) and comparable(a, b):
                    return replace(clash_of(pair, a, b), sure=False)
    return _one_and_many(pair)


def _kept_as_is(denied: Norm, asked: Norm, denying: Statement, asking: Statement) -> bool:
    """One forbids to change a thing, the other asks for a change of one kind: to replace or to rename it."""
    if asked.action not in CHANGING or not same(denied.action, CHANGE) or frozenset({denied.duty, asked.duty}) not in AGAINST:
        return False
    spoken_of = frozenset(r for o in (*asked.objects, *(o for _, o in asked.others)) for r in o.roots)
    return (same_objects(denied, asked) and within(asked, denied)) or any(o.roots <= spoken_of for o in denied.objects)


def _supported(denied: Norm, asked: Norm, denying: Statement, asking: Statement) -> bool:
    """One asks to support what must not be used, or what the other has disabled."""
    if asked.action != SUPPORT or denied.action not in USING or denied.duty is not Duty.FORBIDDEN:
        return False
    return same_objects(denied, asked) and within(asked, denied) and in_one_case(denied, asked)


def _unmentioned(denied: Norm, asked: Norm, denying: Statement, asking: Statement) -> bool:
    """One has a text contain, in one word, what the other keeps from it in another: "contain the names", "not show the names"."""
    if denied.action not in TELLING or asked.action not in TELLING or denied.duty is not Duty.FORBIDDEN:
        return False
    if denied.bearer is None or asked.bearer is None or denied.bearer.head in GENERIC:
        return False
    things = frozenset(concept(r) for o in denied.objects for r in o.roots)
    asked_for = frozenset(concept(r) for x in asked.objects for r in x.roots)
    told = any(concept(o.head) in asked_for for o in denied.objects)
    return told and things <= _said_of(asking) and same(denied.bearer.head, asked.bearer.head)


def _spoken_against(denied: Norm, asked: Norm, denying: Statement, asking: Statement) -> bool:
    """One forbids an act, the other asks for or allows the same act and speaks of all that the first one does.

    The grammar of the two may differ ("the customer and product information").
    """
    if denied.duty is not Duty.FORBIDDEN or not denied.objects or not asked.objects or not same(denied.action, asked.action):
        return False
    if denied.action in _IDLE or any(o.other for o in denied.objects):
        return False
    things = frozenset(concept(r) for o in (*denied.objects, *(o for _, o in denied.others)) for r in _named(o))
    transparent = any(o.head in _TRANSPARENT and o.narrowing for o in denied.objects)
    meets = transparent or any(same(x.head, y.head) for x in denied.objects for y in asked.objects)
    return meets and things <= _said_of(asking) and ways_within(asked, denied)


def _passed_over(denied: Norm, asked: Norm, denying: Statement, asking: Statement) -> bool:
    """One does a thing "without" an act, or "bypassing" it, that the other asks for, and speaks of what that act is done to."""
    if denied.duty is not Duty.FORBIDDEN or asked.duty is not Duty.OBLIGED or not same(denied.action, asked.action):
        return False
    span = denying.place(denied.words)
    if not denying.text[span.start : span.end].lower().startswith(_PASSING):
        return False
    heads = frozenset(concept(o.head) for o in asked.objects)
    things = heads | frozenset(concept(r) for o in asked.objects for r in o.narrowing)
    own = bool(heads & _said_of(denying)) or any(concept(o.head) in things for o in denied.objects)
    return own and ways_within(asked, denied)


_PROOFS = (_kept_as_is, _supported, _unmentioned, _spoken_against, _passed_over)


def _one_and_many(pair: Pair) -> Clash | None:
    """One asks for a single thing where the other asks for several of them."""
    counted = _counted(pair.one), _counted(pair.other)
    for a, x, many in counted[0]:
        for b, y, several in counted[1]:
            if many != several and same(x.head, y.head) and same_bearer(a, b) and may_meet(a, b) and comparable(a, b):
                named = (x.narrowing & y.narrowing) - _ONE - _MANY
                spans = pair.one.place(x.span), pair.other.place(y.span)
                if (named or pair.overlap >= _CLOSE) and all(map(len, spans)):
                    return Clash(*spans, words_of(pair, *spans), when(pair, a, b), False)
    return None


@kept
def _counted(statement: Statement) -> tuple[tuple[Norm, Phrase, bool], ...]:
    """What a statement asks for one or for several of; whether it is several."""
    return tuple(
        (norm, thing, bool(thing.narrowing & _MANY))
        for norm in statement.norms
        if norm.action in _HAVING and not norm.duty.denies
        for thing in norm.objects
        if bool(thing.narrowing & _ONE) != bool(thing.narrowing & _MANY)
    )


@kept
def _said_of(statement: Statement) -> frozenset[str]:
    """All that a statement speaks of."""
    return frozenset(concept(p.root) for p in statement.content)


def _named(thing: Phrase) -> frozenset[str]:
    """The roots of what a phrase is about: "route information" is about routes."""
    return thing.narrowing if thing.head in _TRANSPARENT and thing.narrowing else thing.roots
