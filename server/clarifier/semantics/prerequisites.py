"""Prerequisites: what must be done before an act ("signed before they are released", "only after", "unless"), and what skips it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.semantics.conditions import EXCEPTING, Condition
from clarifier.semantics.kept import kept
from clarifier.semantics.norms import Duty, Norm
from clarifier.semantics.opposites import concept, opposed, same
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.phrases import Phrase
from clarifier.semantics.roots import root
from clarifier.semantics.statements import Statement
from clarifier.semantics.wording import modality
from clarifier.text.source import Span

_ALIKE = 0.6
_UNTIL_THEN = frozenset({"unless", "until", "before", "without"})
_FIRST = frozenset({"after", "once", "if", "when"})
_IDLE = frozenset(map(root, ("be", "have", "any", "can", "make", "take", "do")))


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """What has to be so (`first`, by root) before any of the acts `then` is done to the things; `limit` is where that is said."""

    first: frozenset[str]
    then: frozenset[str]
    things: frozenset[str]
    limit: Condition


def skipped(pair: Pair) -> Clash | None:
    """Where one statement lets or has an act be done on things, or in a case, that lack what the other requires first.

    No proof: whoever does what it says may do what is required first all the same.
    """
    if pair.cases_differ:
        return None
    for bound, free, first in ((pair.one, pair.other, True), (pair.other, pair.one, False)):
        for needed in _prerequisites(bound):
            for norm in free.norms:
                lack = _lack(needed, norm)
                if lack is not None:
                    here, there = bound.place(needed.limit.span), free.place(lack)
                    here = here if len(here) else modality(bound)
                    there = there if len(there) else modality(free)
                    said = bound.text[here.start : here.end], free.text[there.start : there.end]
                    clash = Clash(here, there, said, "", False)
                    return clash if first else clash.swapped
    return None


@kept
def _prerequisites(statement: Statement) -> tuple[Prerequisite, ...]:
    """What a statement requires before other acts."""
    return tuple(found for norm in statement.norms for found in _of(norm))


def _of(norm: Norm) -> Iterator[Prerequisite]:
    things = frozenset(o.head for o in norm.objects)
    act = norm.action.split(" ")[0]
    own = frozenset({act, *(r for o in norm.objects for r in o.roots)})
    for limit in norm.conditions:
        said = limit.roots - _IDLE
        if not said or limit.idle or limit.conceded or limit.denied:
            continue
        if limit.kind == "before" and norm.duty is Duty.OBLIGED:
            yield Prerequisite(own, said, things | said, limit)
        elif (norm.duty is Duty.FORBIDDEN and limit.kind in _UNTIL_THEN) or (
            limit.only is not None and limit.kind in _FIRST and not norm.duty.denies
        ):
            yield Prerequisite(said, frozenset({act}), things, limit)


def _lack(needed: Prerequisite, norm: Norm) -> Span | None:
    """The words by which a norm is about what lacks a prerequisite: "unsigned orders", "if it is not signed"."""
    done = next((then for then in needed.then if same(norm.action.split(" ")[0], then)), None)
    # "before any selection is made" is said of whatever is selected.
    concerned = _concerns(needed, norm.objects) or (needed.then == frozenset({done}) and needed.limit.kind == "before")
    if norm.duty.denies or done is None or not concerned:
        return None
    for thing in norm.objects:
        if any(opposed(r, p) and r.startswith(("un", "non")) for r in thing.narrowing for p in needed.first):
            return thing.span
    for case in norm.conditions:
        without = case.kind in EXCEPTING and not case.denied
        shared = sum(any(same(r, p) for p in needed.first) for r in case.roots)
        least = min(len(case.roots), len(needed.first))
        if (without or case.denied) and case.kind != "unless" and least and shared >= _ALIKE * least:
            return case.span
    return None


def _concerns(needed: Prerequisite, objects: tuple[Phrase, ...]) -> bool:
    """Whether an act is done on the things of which something is required first."""
    things = frozenset(map(concept, needed.things))
    return any(concept(o.head) in things for o in objects)
