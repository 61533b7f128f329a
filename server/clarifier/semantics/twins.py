"""Twins: statements alike but for a few words. Which differences matter, and which say that there are two cases."""

from __future__ import annotations

from clarifier.semantics.opposites import opposed, same
from clarifier.semantics.oppositions import modality
from clarifier.semantics.pairs import Change, Clash, Pair, covering, may_meet, quoted
from clarifier.semantics.pieces import Piece, Role, Sort
from clarifier.text.source import Span

_MOST_CHANGES = 4
_LEAST_SHARED = 4


def twins(pair: Pair) -> Clash | None:
    """The first difference between twins that may be about one case; None for a series of cases and for equals."""
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
    changed = sum(max(len(a), len(b)) for c in told for a, b in [c.content])
    shared = len(pair.one.content) - sum(len(c.content[0]) for c in told)
    if not told or shared < _LEAST_SHARED or changed > shared:
        return None
    replaced = [c for c in told if all(c.content)]
    if len(replaced) > 1 or any(len(a) > 4 and len(b) > 4 for c in replaced for a, b in [c.content]):
        return None
    if not pair.one.norms or not pair.other.norms or any(_other_duty(pair, c) for c in replaced):
        return None
    if not _one_action(pair, replaced):
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
