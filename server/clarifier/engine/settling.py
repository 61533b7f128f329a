"""What the whole document makes of the hits in its parts, and the findings that this gives, in order.

The findings of a part are kept relative to it. After an edit they stand while what they turned on is as it was.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clarifier.engine.examining import Examined
from clarifier.engine.findings import Finding, clause_in, from_hit, order, placed
from clarifier.engine.settings import Settings
from clarifier.rules import RULES
from clarifier.rules._rule import Hit, Rule
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Block, Passage


@dataclass(frozen=True)
class Settled:
    """What the document makes of the hits of a part: of each the facts on which it turned, the hit that is left, and its finding.

    `shown` are the findings in order, relative to the part.
    """

    examined: Examined
    facts: tuple[object, ...]
    hits: tuple[Hit | None, ...]
    findings: tuple[Finding | None, ...]
    shown: tuple[Finding, ...]


@dataclass(frozen=True)
class Placed:
    """The findings of a part that begins at an offset, in the coordinates of the document."""

    shown: tuple[Finding, ...]
    start: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Before:
    """What the document made of a hit before the edit."""

    facts: object
    hit: Hit | None
    finding: Finding | None
    block: Block


@dataclass(frozen=True)
class Settlement:
    """What a document makes of its parts, by their texts, and the grounds of each rule on which it does."""

    grounds: Mapping[str, object]
    parts: Mapping[str, Settled]


def settle(
    examined: Mapping[str, Examined], specification: Specification, settings: Settings, earlier: Settlement | None
) -> Settlement:
    """What the document makes of each of its parts."""
    grounds = {rule.name: rule.ground(specification) for rule in RULES.values() if rule.ground is not None}
    before = earlier.parts if earlier is not None else {}
    firm = earlier is not None and earlier.grounds == grounds
    gone = _by_hit([old for text, old in before.items() if examined.get(text) is not old.examined])
    found: dict[str, Settled] = {}
    for text, part in examined.items():
        old = before.get(text)
        stands = old is not None and old.examined is part
        if old is not None and stands and firm:
            found[text] = old
            continue
        facts = tuple([_facts(rule, hit, part.passages[block], specification) for block, rule, hit in part.hits])
        if old is not None and stands and old.facts == facts:
            found[text] = old
        else:
            found[text] = _settled(part, facts, _by_hit([old]) if old is not None and stands else gone, settings)
    return Settlement(grounds, found)


def _facts(rule: Rule, hit: Hit, passage: Passage | None, specification: Specification) -> object:
    return rule.facts(hit, passage, specification) if rule.facts is not None and passage is not None else None


def _by_hit(parts: Iterable[Settled]) -> dict[int, _Before]:
    """What came of each hit, by its identity: a hit that an analysis takes over is the very one of before."""
    return {
        id(seen): _Before(facts, hit, finding, part.examined.part.blocks[block])
        for part in parts
        for (block, _, seen), facts, hit, finding in zip(part.examined.hits, part.facts, part.hits, part.findings, strict=True)
    }


def _settled(part: Examined, facts: Sequence[object], before: Mapping[int, _Before], settings: Settings) -> Settled:
    hits: list[Hit | None] = []
    findings: list[Finding | None] = []
    for (index, rule, seen), now in zip(part.hits, facts, strict=True):
        passage, block = part.passages[index], part.part.blocks[index]
        old = before.get(id(seen))
        if old is not None and old.facts == now:
            hit, finding = old.hit, old.finding if old.block is block else None
        else:
            hit = rule.settle(seen, passage, now) if rule.settle is not None else seen
            finding = None
        if hit is not None and passage is not None and (finding is None or finding.clause != clause_in(part.part, index, hit)):
            finding = from_hit(rule, hit, part.part, index, passage, settings)
        hits.append(hit)
        findings.append(finding)
    shown = tuple(sorted((f for f in findings if f is not None), key=order))
    return Settled(part, tuple(facts), tuple(hits), tuple(findings), shown)


def place(
    parts: Sequence[Settled], specification: Specification, before: Specification | None, earlier: Sequence[Placed]
) -> tuple[Placed, ...]:
    """The findings of each part where it stands. Those of parts that stand where they stood before are taken over."""
    found: list[Placed] = []
    # The clauses that headings name are known to the document alone.
    alike = (
        before is not None and before.path == specification.path and not (before.has_heading_ids or specification.has_heading_ids)
    )
    for index, (part, start) in enumerate(zip(parts, specification.document.starts, strict=True)):
        old = earlier[index] if alike and index < len(earlier) else None
        if old is None or old.shown is not part.shown or old.start != start:
            old = Placed(part.shown, start, tuple([placed(finding, start, specification) for finding in part.shown]))
        found.append(old)
    return tuple(found)


def merged(parts: Sequence[Placed], others: Iterable[Finding], path: str) -> list[Finding]:
    """The findings of the parts of the file at a path, and others, by path and position."""
    starts = [part.start for part in parts]
    within: dict[int, list[Finding]] = {}
    elsewhere: list[Finding] = []
    for finding in others:
        if finding.path == path:
            within.setdefault(bisect_right(starts, finding.span.start) - 1, []).append(finding)
        else:
            elsewhere.append(finding)
    found: list[Finding] = []
    apart = True
    for index, part in enumerate(parts):
        here = tuple(sorted((*part.findings, *within[index]), key=order)) if index in within else part.findings
        # A finding of no length at the very end of a part may belong behind one at the start of the next.
        apart = apart and not (found and here and order(found[-1]) > order(here[0]))
        found.extend(here)
    if elsewhere or not apart:
        return sorted((*found, *elsewhere), key=order)
    return found
