"""Strength: the same duty as must in one place and as should, or may, in another."""

from __future__ import annotations

from clarifier.semantics.norms import Duty, Norm
from clarifier.semantics.opposites import same
from clarifier.semantics.pairs import Clash, Pair, in_one_case, within
from clarifier.semantics.statements import Statement
from clarifier.semantics.wording import modality, words_of

_ENOUGH = 0.7


def strengths(pair: Pair) -> Clash | None:
    """Where both statements ask for one thing, or forbid it, with different force and in the same cases."""
    if pair.overlap < _ENOUGH or pair.siblings or pair.one.commanded or pair.other.commanded:
        return None
    for a, b in pair.norms:
        if _one_act(a, b) and _differ(a, b) and not _is_ability(pair.one, a) and not _is_ability(pair.other, b):
            spans = pair.one.place(a.words), pair.other.place(b.words)
            one, other = (s if len(s) else modality(t) for s, t in zip(spans, (pair.one, pair.other), strict=True))
            return Clash(one, other, words_of(pair, one, other), "", False)
    return None


def _differ(a: Norm, b: Norm) -> bool:
    if a.duty is b.duty and a.duty in (Duty.OBLIGED, Duty.FORBIDDEN):
        return a.weak != b.weak
    # What must be done need not be allowed; what should be done may.
    strong = a if a.duty is Duty.OBLIGED else b
    return {a.duty, b.duty} == {Duty.OBLIGED, Duty.PERMITTED} and not strong.weak


def _one_act(a: Norm, b: Norm) -> bool:
    """Whether both are about one act in one case: neither is limited to something that the other is not."""
    if any(n.bearer is None and n.words.end >= n.verb.end for n in (a, b)):
        return False  # a command has no strength of its own
    limited = any(n.only_bearer or n.only_object or n.only_when or n.amounts for n in (a, b))
    if limited or not same(a.action, b.action) or not (a.objects and b.objects) or not in_one_case(a, b):
        return False
    return within(a, b) or within(b, a)


def _is_ability(statement: Statement, norm: Norm) -> bool:
    """Whether a permission is what somebody is able or allowed to do, rather than a "may"."""
    span = statement.place(norm.words)
    said = statement.text[span.start : span.end].lower()
    return norm.duty is Duty.PERMITTED and not said.startswith("may")
