"""Rations: an action that one statement allows once, or so many times, and another allows without such a limit."""

from __future__ import annotations

from clarifier.semantics.amounts import Bound
from clarifier.semantics.norms import Duty, Norm
from clarifier.semantics.pairs import Clash, Pair, about_the_same
from clarifier.semantics.roots import root
from clarifier.semantics.wording import modality, words_of
from clarifier.text.source import Span

_TIMES = frozenset({"", root("time"), "once", "twice"})


def rationed(pair: Pair) -> Clash | None:
    """Where one statement rations what the other allows. No proof: the ration may be meant for both."""
    for a, b in pair.norms:
        for limited, free, statement in ((a, b, pair.one), (b, a, pair.other)):
            span = _ration(limited)
            if span is None or not _is_free(free) or not about_the_same(limited, free) or not limited.objects or not free.objects:
                continue
            other = pair.other if statement is pair.one else pair.one
            spans = (statement.place(span), modality(other))
            one, two = spans if statement is pair.one else spans[::-1]
            return Clash(one, two, words_of(pair, one, two), "", False)
    return None


def _ration(norm: Norm) -> Span | None:
    """The words that ration an action: "only once", "at most three times", what is forbidden "more than once"."""
    for amount in norm.amounts:
        if any(amount.index in c.indices for c in norm.conditions):
            continue
        counted = amount.unit_root in _TIMES or amount.unit_root in {o.head for o in norm.objects}
        if norm.duty is Duty.FORBIDDEN and amount.bound is Bound.MORE and counted:
            return amount.span
        if norm.duty is Duty.PERMITTED and amount.unit_root in _TIMES and amount.bound.below:
            return amount.span
    return norm.only_when if norm.duty is Duty.PERMITTED and norm.only_when is not None and norm.bearer is None else None


def _is_free(norm: Norm) -> bool:
    """Whether a norm allows or asks for its action without any limit."""
    limited = norm.only_bearer or norm.only_object or norm.only_when or norm.conditions or norm.amounts
    return not norm.duty.denies and not limited
