"""Actions that one statement keeps to somebody, to one thing or to one case, and another speaks of for all."""

from __future__ import annotations

from clarifier.semantics.conditions import one_case
from clarifier.semantics.norms import Norm
from clarifier.semantics.opposites import concept, same
from clarifier.semantics.pairs import Clash, Pair, may_meet
from clarifier.semantics.phrases import POINTING
from clarifier.semantics.pieces import Role
from clarifier.semantics.statements import GENERIC, Statement
from clarifier.semantics.wording import modality, words_of

_OF_GROUP = 0.7
_OF_MATTER = 0.75
_OF_WHOLE = 0.6
_LEAST_SHARED = 3


def reserved(pair: Pair) -> Clash | None:
    """One keeps an action to somebody or to one case, the other speaks of the same action on the same things for all.

    The grammar need not be alike ("the creation of reports", "reports are created"), so this is no proof.
    """
    for limited, free in ((pair.one, pair.other), (pair.other, pair.one)):
        if not free.norms or free.only is not None or any(n.only_bearer or n.duty.denies for n in free.norms):
            continue
        for norm in limited.norms:
            exclusive = norm.only_bearer or norm.only_object or norm.only_when
            if exclusive is not None and not norm.duty.denies and _is_broken(norm, limited, free):
                spans = [limited.place(exclusive) if s is limited else modality(s) for s in (pair.one, pair.other)]
                return Clash(spans[0], spans[1], words_of(pair, spans[0], spans[1]), "", False)
    return None


def _is_broken(norm: Norm, limited: Statement, free: Statement) -> bool:
    """Whether a statement speaks of a reserved action without its limit."""
    if norm.objects and all(o.head in POINTING for o in norm.objects):
        return False
    said = frozenset(concept(p.root) for p in free.content if p.role is not Role.CONDITION and p.root not in GENERIC)
    if not _speaks_of(norm, free, said) or not _is_close(norm, limited, said) or not any(may_meet(norm, n) for n in free.norms):
        return False
    if norm.only_bearer is not None and _keeps_to(norm, free, said):
        return False
    limits = [c for c in norm.conditions if c.only is not None]
    things = frozenset(r for n in free.norms for o in n.objects for r in o.narrowing)
    if any(c.roots and c.roots <= things for c in limits):
        return False  # "paid orders" are those that "are paid"
    return not any(one_case(x, y) for x in limits for n in free.norms for y in n.conditions)


def _speaks_of(norm: Norm, free: Statement, said: frozenset[str]) -> bool:
    """Whether a statement names the action, or does what the reserved action is done to ("enable the viewing")."""
    acts = {_act(norm)} | ({concept(o.head) for o in norm.objects} if norm.only_bearer is not None else set())
    return _act(norm) in said or bool(acts & {_act(n) for n in free.norms})


def _act(norm: Norm) -> str:
    return concept(norm.action.split(" ")[0])


def _keeps_to(norm: Norm, free: Statement, said: frozenset[str]) -> bool:
    """Whether a statement is about the group that an action is kept to, or speaks of that very group."""
    group = norm.bearer
    if group is None:
        return False
    bearers = [n.bearer for n in free.norms if n.bearer is not None]
    if any(same(b.head, group.head) and b.narrowing >= group.narrowing for b in bearers):
        return True
    return len(group.narrowing) > 1 and sum(concept(r) in said for r in group.roots) >= _OF_GROUP * len(group.roots)


def _is_close(norm: Norm, limited: Statement, said: frozenset[str]) -> bool:
    """Whether a statement says most of what the reserved action is about, or is itself mostly about that."""
    matter = frozenset(map(concept, {norm.action.split(" ")[0], *(r for o in norm.objects for r in o.roots)}))
    whole = frozenset(concept(p.root) for p in limited.content if p.role is not Role.CONDITION)
    shared, covered = len(matter & said), len(said & whole)
    return shared >= max(_LEAST_SHARED, _OF_MATTER * len(matter)) or covered >= max(_LEAST_SHARED, _OF_WHOLE * len(said))
