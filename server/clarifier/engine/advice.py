"""What a model may be asked about conflicts, and what counts of its answer. The model plugs in from above, by a Protocol.

Specifications are data here: a judge sees the text of two clauses and nothing in it may instruct it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from clarifier.engine.findings import Finding, fingerprint
from clarifier.engine.index import Key
from clarifier.engine.reconciling import Side
from clarifier.engine.workspace import Workspace, candidates, conflict_finding
from clarifier.rules import RULES
from clarifier.semantics.pairs import Clash
from clarifier.text.source import Span

_RULE = "judged-conflict"
_OVERLAP = 0.5


@dataclass(frozen=True)
class Doubt:
    """Two clauses about one matter of which no rule says anything."""

    one: Side
    other: Side
    weight: float

    @property
    def fingerprint(self) -> str:
        """What the two clauses say, for stores."""
        return fingerprint(*sorted((self.one.text, self.other.text)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says: whether the clauses conflict, why, and the words of each that do."""

    conflict: bool
    why: str = ""
    one: str = ""
    other: str = ""


class Judge(Protocol):
    """Who is asked."""

    def judge(self, doubts: Sequence[Doubt]) -> Sequence[Judgement | None]:
        """A judgement of each doubt, in order; None where there is no answer."""


def doubts(workspace: Workspace, most: int = 40) -> tuple[Doubt, ...]:
    """The pairs that share most and that no rule speaks of, the closest first."""
    found: dict[tuple[Key, Key], float] = {}
    for listed in workspace.listed.values():
        for key, placed in listed.items():
            if not placed.statement.norms or placed.statement.apart:
                continue
            for other in candidates(workspace, key):
                theirs = workspace.listed[other.path][other].statement
                pair = (key, other) if key < other else (other, key)
                if pair in found or pair in workspace.clashes or not theirs.norms or theirs.apart:
                    continue
                weight = len(placed.statement.keys & theirs.keys) / max(1, len(placed.statement.keys | theirs.keys))
                if weight >= _OVERLAP:
                    found[pair] = weight
    closest = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))[:most]
    return tuple(Doubt(_side(workspace, one), _side(workspace, other), weight) for (one, other), weight in closest)


def _side(workspace: Workspace, key: Key) -> Side:
    return Side(workspace.analyses[key.path], workspace.listed[key.path][key].address)


def judged(doubt: Doubt, judgement: Judgement | None) -> tuple[Finding, ...]:
    """The findings on both sides; none unless the judgement quotes both clauses word for word."""
    if judgement is None or not judgement.conflict or not judgement.one.strip() or not judgement.other.strip():
        return ()
    places = doubt.one.text.find(judgement.one), doubt.other.text.find(judgement.other)
    if min(places) < 0:
        return ()
    spans = Span(places[0], places[0] + len(judgement.one)), Span(places[1], places[1] + len(judgement.other))
    clash = Clash(*spans, (judgement.one, judgement.other), " ".join(judgement.why.split())[:300].rstrip("."), False)
    seen = (
        conflict_finding(RULES[_RULE], doubt.one, doubt.other, clash),
        conflict_finding(RULES[_RULE], doubt.other, doubt.one, clash.swapped),
    )
    return tuple(f for f in seen if f is not None)


def advised(workspace: Workspace, judge: Judge, most: int = 40) -> tuple[Finding, ...]:
    """What a judge finds in the closest pairs of a workspace."""
    asked = doubts(workspace, most)
    return tuple(f for doubt, said in zip(asked, judge.judge(asked), strict=True) for f in judged(doubt, said))
