"""What is shown: findings in the coordinates of the source, and how hits and spots become them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from clarifier.engine.settings import Settings
from clarifier.rules._rule import Group, Hit, Reading, Related, Rule, Severity, Spot
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Part, Passage
from clarifier.syntax.prose import Prose
from clarifier.text.copying import with_fields
from clarifier.text.source import Source, Span

_MARK = "[NEEDS CLARIFICATION"
_LONGEST_MARK = 1000


@dataclass(frozen=True)
class Finding:
    """Something to clarify, at an absolute span of the file at `path`.

    Each of `readings` replaces the text at `span` by its `text`. `fingerprint` stays when the finding
    moves. `weight` from 0 to 1 ranks questions.
    """

    path: str
    span: Span
    rule: str
    group: Group
    severity: Severity
    message: str
    question: str | None = None
    readings: tuple[Reading, ...] = ()
    clause: str | None = None
    related: tuple[Related, ...] = ()
    fingerprint: str = ""
    weight: float = 0.5
    data: tuple[tuple[str, str], ...] = ()


def from_hit(rule: Rule, hit: Hit, part: Part, block: int, passage: Passage, settings: Settings) -> Finding | None:
    """The finding for a hit in a block, with its span relative to the part and no path; None if the rule is off."""
    severity = settings.severity(rule, hit.severity)
    if severity is None:
        return None
    prose = part.blocks[block].prose[hit.sentence]
    span = prose.place(hit.span)
    return Finding(
        path="",
        span=span,
        rule=rule.name,
        group=rule.group,
        severity=severity,
        message=hit.message,
        question=hit.question,
        readings=tuple(_in_source(reading, hit, part, prose, span) for reading in hit.readings),
        clause=clause_in(part, block, hit),
        fingerprint=fingerprint(rule.name, passage.sentences[hit.sentence].digest, f"{hit.span.start}:{hit.span.end}"),
        weight=hit.weight,
        data=(("frame", _in_source(Reading("", hit.frame), hit, part, prose, span).text or ""),) if hit.frame else (),
    )


def placed(finding: Finding, start: int, specification: Specification) -> Finding:
    """The finding of a part that begins at an offset, in the coordinates of the whole document."""
    span = finding.span.shifted(start)
    clause = finding.clause
    if clause is None and specification.has_heading_ids:
        named = specification.document.clause_at(span)
        clause = named.id if named else None
    return with_fields(finding, path=specification.path, span=span, clause=clause)


def clause_in(part: Part, block: int, hit: Hit) -> str | None:
    """The ID of the clause that a part names in which the sentence of a hit stands, if there is one."""
    clauses = part.clauses_of.get(block, ())
    sentence = part.blocks[block].prose[hit.sentence].span if clauses else None
    return next((c.id for c in clauses if sentence and c.span.start < sentence.end and sentence.start < c.span.end), None)


def _in_source(reading: Reading, hit: Hit, part: Part, prose: Prose, place: Span) -> Reading:
    """A reading whose text keeps the markup inside the span that it replaces, where words stay."""
    if reading.text is None:
        return reading
    written, read = part.text[place.start : place.end], prose.text[hit.span.start : hit.span.end]
    if written == read:
        return reading
    origins = [prose.place(Span(hit.span.start + i, hit.span.start + i + 1)).start for i in range(len(read))]
    return replace(reading, text=_carried_over(written, read, reading.text, origins, place.start))


def _carried_over(written: str, read: str, wanted: str, origins: list[int], base: int) -> str:
    """`written` changed only where `read` and `wanted` differ, word by word."""
    old, new = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (read, wanted))
    at = [0]
    for piece in old:
        at.append(at[-1] + len(piece))
    places = [*(origin - base for origin in origins), len(written)]
    out, done = [], 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        start = places[at[i1]]
        end = places[at[i2] - 1] + 1 if i2 > i1 else start
        if i2 == i1 and i1 > 0:
            start = end = places[at[i1] - 1] + 1
        out.append(written[done:start] + "".join(new[j1:j2]))
        done = end
    return "".join(out) + written[done:]


def from_spot(rule: Rule, spot: Spot, specification: Specification, settings: Settings) -> Finding | None:
    """The finding for a spot; None if the rule is off."""
    severity = settings.severity(rule, spot.severity)
    if severity is None:
        return None
    clause = spot.clause
    if clause is None and spot.path is None:
        named = specification.document.clause_at(spot.span)
        clause = named.id if named else None
    source = specification.document.source
    context = spot.message if spot.path else source.slice(spot.span)[:400]
    return Finding(
        path=spot.path or specification.path,
        span=spot.span,
        rule=rule.name,
        group=rule.group,
        severity=severity,
        message=spot.message,
        question=spot.question,
        readings=spot.readings,
        clause=clause,
        related=spot.related,
        fingerprint=fingerprint(rule.name, context, *(r.message for r in spot.related)),
        weight=spot.weight,
        data=spot.data,
    )


def unasked(source: Source, findings: Sequence[Finding]) -> Sequence[Finding]:
    """The findings whose question does not stand in the text already."""
    return [f for f in findings if not _is_asked(source, f)] if _MARK in source.text else findings


def _is_asked(source: Source, finding: Finding) -> bool:
    """Whether the question of a finding stands in the text already: in a mark right behind the words at issue, or around them."""
    if finding.group is not Group.AMBIGUITY or finding.rule == "open-question":
        return False
    if source.text.startswith(f" {_MARK}", finding.span.end):
        return True
    mark = source.text.rfind(_MARK, max(0, finding.span.start - _LONGEST_MARK), finding.span.start)
    return mark >= 0 and "]" not in source.text[mark : finding.span.start]


def fingerprint(*of: str) -> str:
    """16 hexadecimal digits for what is given."""
    return hashlib.blake2b("\0".join(of).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def order(finding: Finding) -> tuple[object, ...]:
    """What findings are sorted by: path and position, and what is alike there by what it is related to."""
    related = tuple([(r.path, r.span.start, r.span.end) for r in finding.related]) if finding.related else ()
    return finding.path, finding.span.start, finding.span.end, finding.rule, finding.message, related


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By path and position; equal fingerprints in a file are told apart by their order."""
    return told_apart(sorted(findings, key=order))


def told_apart(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings in order, with equal fingerprints in a file told apart by that order."""
    if len({(finding.path, finding.fingerprint) for finding in findings}) == len(findings):
        return tuple(findings)
    seen: dict[tuple[str, str], int] = {}
    distinct = []
    for finding in findings:
        key = (finding.path, finding.fingerprint)
        seen[key] = seen.get(key, 0) + 1
        distinct.append(
            finding if seen[key] == 1 else replace(finding, fingerprint=fingerprint(finding.fingerprint, str(seen[key])))
        )
    return tuple(distinct)
