"""Twins: statements alike but for a few words. Which differences matter, and which say that there are two cases."""

from __future__ import annotations

from clarifier.semantics.alignment import Change
from clarifier.semantics.norms import Duty
from clarifier.semantics.opposites import opposed, same
from clarifier.semantics.pairs import Clash, Pair, covering, may_meet, quoted, same_bearer, same_objects, within
from clarifier.semantics.pieces import Piece, Role, Sort
from clarifier.semantics.statements import GENERIC
from clarifier.semantics.verbs import ADDING, COMPLEMENTS
from clarifier.semantics.wording import modality
from clarifier.text.source import Span

_MOST_CHANGES = 4
_LEAST_SHARED = 4


def twins(pair: Pair) -> Clash | None:
    """The first difference between twins that may be about one case; None for a series of cases and for equals."""
    return _one_duty_in_both_cases(pair) or _differing(pair)


def _one_duty_in_both_cases(pair: Pair) -> Clash | None:
    """One thing is to be done if something is so, and if it is not: one of the two has slipped, or the case says nothing."""
    if pair.cases_differ or pair.siblings:
        return None
    for a in pair.one.norms:
        for b in pair.other.norms:
            alike = same(a.action, b.action) and a.duty is b.duty and a.objects and same_bearer(a, b) and same_objects(a, b)
            if alike and len(a.conditions) == len(b.conditions) == 1 and within(a, b) and within(b, a):
                x, y = a.conditions[0], b.conditions[0]
                if x.denied != y.denied and x.kind == y.kind and (x.roots <= y.roots or y.roots <= x.roots):
                    spans = pair.one.place(x.span), pair.other.place(y.span)
                    return Clash(
                        *spans, (pair.one.text[spans[0].start : spans[0].end], pair.other.text[spans[1].start : spans[1].end])
                    )
    return None


def _differing(pair: Pair) -> Clash | None:
    changes = pair.changes
    if (
        not changes
        or len(changes) > _MOST_CHANGES
        or pair.cases_differ
        or pair.siblings
        or not pair.one.normative
        or not pair.other.normative
    ):
        return None
    if _two_cases(changes):
        return None
    flipped = any(c.role is not Role.CONDITION and _flips(c) for c in changes)
    if flipped and not any(may_meet(a, b) for a in pair.one.norms for b in pair.other.norms):
        return None
    # "only if" beside "if": the one is a case of the other.
    told = [c for c in changes if any(p.sort not in (Sort.MODAL, Sort.ONLY) for p in (*c.one, *c.other))]
    changed = sum(max(len(_telling(a)), len(_telling(b))) for c in told for a, b in [c.content])
    shared = len(_telling(pair.one.content)) - sum(len(_telling(c.content[0])) for c in told)
    if not told or shared < _LEAST_SHARED or changed > shared:
        return None
    replaced = [c for c in told if all(c.content)]
    if len(replaced) > 1 or any(len(a) > 4 and len(b) > 4 for c in replaced for a, b in [c.content]):
        return None
    if not pair.one.norms or not pair.other.norms or any(_other_duty(pair, c) for c in replaced):
        return None
    if not _one_action(pair, replaced) or (replaced and _due_and_allowed(pair)) or any(_two_things(pair, c) for c in replaced):
        return None
    first = (replaced or told)[0]
    one, other = _visible(first.one), _visible(first.other)
    return Clash(
        covering(one, modality(pair.one)),
        covering(other, modality(pair.other)),
        (quoted(one), quoted(other)),
        "",
        True,
        pair.common,
    )


def _telling(pieces: tuple[Piece, ...]) -> list[Piece]:
    """The pieces that tell statements apart: not those that every other requirement begins with."""
    return [p for p in pieces if p.root not in GENERIC]


def _two_things(pair: Pair, change: Change) -> bool:
    """Whether the difference names two things or two services that go beside each other, rather than two versions of one."""
    one, other = ({p.root for p in side} for side in change.content)
    acts = [{n.action.split(" ")[0] for n in s.norms} for s in (pair.one, pair.other)]
    things = [{o.head for n in s.norms for o in n.objects} for s in (pair.one, pair.other)]
    if any(frozenset({a, b}) in COMPLEMENTS for a in one & acts[0] for b in other & acts[1]):
        return True
    named = bool(one & things[0]) and bool(other & things[1])
    allowed = all(n.duty is Duty.PERMITTED for s in (pair.one, pair.other) for n in s.norms)
    if allowed and (named or (one & acts[0] and other & acts[1])):
        return True
    return named and ((acts[0] | acts[1]) <= ADDING or (len(one) > 1 and len(other) > 1))


def _due_and_allowed(pair: Pair) -> bool:
    """Whether one must, or may, do the one thing and may do the other: what is allowed excludes nothing."""
    one, other = (frozenset(n.duty for n in s.norms) for s in (pair.one, pair.other))
    allowed = frozenset({Duty.PERMITTED})
    if one == other == allowed:
        said = [s.text[span.start : span.end].lower() for s in (pair.one, pair.other) for span in [modality(s)]]
        return all(text.startswith(("may", "can")) for text in said)
    return {one, other} == {frozenset({Duty.OBLIGED}), allowed}


def _one_action(pair: Pair, replaced: list[Change]) -> bool:
    """Whether both ask for the same action, or for one verb in the place of another."""
    one, other = ({n.action.split(" ")[0] for n in s.norms} for s in (pair.one, pair.other))
    if any(same(a, b) for a in one for b in other):
        return True
    return any(len(a) == len(b) == 1 and a[0].root in one and b[0].root in other for c in replaced for a, b in [c.content])


def _other_duty(pair: Pair, change: Change) -> bool:
    """Whether the difference holds an action with what it is done to: two duties, not two versions of one."""
    one, other = change.content
    verbs = [{n.action.split(" ")[0] for n in s.norms} for s in (pair.one, pair.other)]
    acting = any(p.root in verbs[0] for p in one), any(p.root in verbs[1] for p in other)
    return any(acting) and max(len(one), len(other)) > 1 and change.role is Role.MATTER and all(acting)


def _visible(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return tuple(p for p in pieces if p.sort is not Sort.MODAL)


def _two_cases(changes: tuple[Change, ...]) -> bool:
    """Whether the difference tells two bearers or two conditions apart rather than two versions of one norm."""
    for change in changes:
        one, other = change.content
        if change.role is Role.BEARER and (one or other):
            return True
        if change.role is Role.CONDITION and one and other and not _flips(change):
            return True
    return any(_flips(c) for c in changes if c.role is Role.CONDITION) and any(c.role is Role.MATTER and _flips(c) for c in changes)


def _flips(change: Change) -> bool:
    """Whether a change turns what is said into its contrary."""
    one, other = change.has(Sort.NEGATION)
    if (one is None) != (other is None):
        return True
    if all(change.has(Sort.OPERATOR)):
        return True
    return any(opposed(a.root, b.root) for a in change.one for b in change.other)


def duplicate(pair: Pair) -> Clash | None:
    """Both statements as wholes, where nothing but the modality or small words differ."""
    if pair.changes != () or pair.cases_differ or not pair.one.normative or not pair.other.normative:
        return None
    if (
        not pair.one.norms
        or not pair.other.norms
        or {n.duty for n in pair.one.norms} != {n.duty for n in pair.other.norms}
        or len(pair.one.content) < _LEAST_SHARED - 1
    ):
        return None
    return Clash(Span(0, len(pair.one.text)), Span(0, len(pair.other.text)), (pair.one.text, pair.other.text))
