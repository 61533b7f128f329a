"""Duplicate clause ID: two clauses of one name.

A reference to the ID, its prompts and its precedents then belong to no one clause.

An ID is given twice when two footnote references, two labels, two rules or two headings carry it. A row of a table that
only lists an ID named elsewhere is no second clause, and an ordinary footnote, which has a definition, is no clause.

Bad:  - **FR-1**: The client must sign each request. - **FR-1**: The server must keep each log for 30 days.
Good: - **FR-1**: The client must sign each request. - **FR-2**: The server must keep each log for 30 days.
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Related, Severity, Spot, document_rule
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import IdMark, IdStyle


@document_rule(Group.IDENTITY, Severity.ERROR)
def duplicate_clause_id(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for every place where an ID is given again."""
    if _are_distinct(specification):
        return
    seen: dict[tuple[bool, str], IdMark] = {}
    for mark in _marks(specification):
        first = seen.setdefault((mark.style is IdStyle.HEADING, mark.id), mark)
        if first is not mark:
            line = specification.document.source.line_and_column(first.span.start)[0] + 1
            yield Spot(
                mark.name_span,
                f"The ID “{mark.id}” is given a second time; line {line} gives it first.",
                related=(Related(specification.path, first.name_span, f"“{mark.id}” is given here first."),),
                weight=0.8,
                clause=mark.id,
                data=(("clause", mark.id),),
            )


def _are_distinct(specification: Specification) -> bool:
    """Whether each ID is given once, as it is in nearly every document."""
    document = specification.document
    clauses = [clause.id for clause in document.clauses if clause.style is not IdStyle.HEADING]
    sections = [section.id for section in document.sections if section.id is not None]
    return len(set(clauses)) == len(clauses) and len(set(sections)) == len(sections)


def _marks(specification: Specification) -> Iterator[IdMark]:
    document = specification.document
    marks = [clause.mark for clause in document.clauses if clause.style is not IdStyle.HEADING]
    for section in document.sections:
        if section.heading is not None and section.heading.id is not None:
            by = document.starts[document.part_at(section.heading_span.start)]
            mark = section.heading.id
            marks.append(IdMark(mark.id, mark.style, mark.span.shifted(by), mark.name_span.shifted(by)))
    return iter(sorted(marks, key=lambda mark: mark.span))
