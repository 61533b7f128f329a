"""Findings of conflicts whose statements stand as they stood, some characters further on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding
from clarifier.engine.index import Placed
from clarifier.rules._rule import Edit, Reading, Related
from clarifier.semantics.suppression import suppressions
from clarifier.text.copying import with_fields
from clarifier.text.source import Span


@dataclass(frozen=True, slots=True)
class Move:
    """The lines of a statement as they were in the file at `path`, and how many characters further on they stand now."""

    path: str
    lines: Span
    by: int


def move(now: Analysis, then: Analysis, placed: Placed, before: Placed) -> Move | None:
    """Where a statement went that is written, named and read as before; None for one that is not, or where something is allowed."""
    spec, earlier = now.specification, then.specification
    block, old = spec.block(placed.address), earlier.block(before.address)
    if [(p.text, p.marks) for p in block.prose] != [(p.text, p.marks) for p in old.prose]:
        return None
    span, was = (
        block.span.shifted(spec.document.starts[placed.address.part]),
        old.span.shifted(earlier.document.starts[before.address.part]),
    )
    here, there = spec.document.source.whole_lines(span), earlier.document.source.whole_lines(was)
    by = span.start - was.start
    if here != there.shifted(by) or spec.document.source.slice(here) != earlier.document.source.slice(there):
        return None
    if block.kind is not old.kind or suppressions(spec) or suppressions(earlier):
        return None
    named, before_named = spec.clause(placed.address), earlier.clause(before.address)
    return Move(earlier.path, there, by) if (named and named.id) == (before_named and before_named.id) else None


def unmoved(path: str) -> Move:
    """That all of a file stands where it stood."""
    return Move(path, Span(0, sys.maxsize), 0)


def all_moved(findings: tuple[Finding, ...], moves: Sequence[Move | None]) -> tuple[Finding, ...] | None:
    """The findings where the statements that they speak of went: the very same if those stay; None where they must be made anew."""
    known = [m for m in moves if m is not None]
    if len(known) < len(moves):
        return None
    if not any(m.by for m in known):
        return findings
    went = tuple(_moved(finding, known) for finding in findings)
    return None if None in went else tuple(f for f in went if f is not None)


def _moved(finding: Finding, moves: Sequence[Move]) -> Finding | None:
    span = _place(finding.path, finding.span, moves)
    related = [(r, _place(r.path, r.span, moves)) for r in finding.related]
    edits = [[(e, _place(e.path, e.span, moves)) for e in reading.edits] for reading in finding.readings]
    if span is None or any(place is None for _, place in related) or any(place is None for of in edits for _, place in of):
        return None
    return with_fields(
        finding,
        span=span,
        related=tuple(Related(r.path, place, r.message) for r, place in related if place is not None),
        readings=tuple(
            Reading(reading.label, reading.text, tuple(Edit(e.path, place, e.text) for e, place in of if place is not None))
            for reading, of in zip(finding.readings, edits, strict=True)
        ),
    )


def _place(path: str, span: Span, moves: Sequence[Move]) -> Span | None:
    return next((span.shifted(m.by) for m in moves if m.path == path and m.lines.covers(span)), None)
