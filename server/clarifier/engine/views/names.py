"""Where clause IDs stand: as marks, in links, in verdicts of precedents, in the head lines of prompt files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from clarifier.engine.analysis import Analysis
from clarifier.syntax.document import Clause, Document, Section
from clarifier.syntax.prompts import PromptFile
from clarifier.text.source import Span

Analyses = Mapping[str, Analysis]


class Use(StrEnum):
    """What an ID does where it stands."""

    MARK = "mark"  # it names the clause or the section
    LINK = "link"  # [text](#id)
    VERDICT = "verdict"  # BAD[#id]
    HEAD = "head"  # Examples for [^id]


@dataclass(frozen=True)
class Name:
    """A clause ID at a place: `span` is the ID alone."""

    id: str
    path: str
    span: Span
    use: Use


def names_in(analysis: Analysis) -> Iterator[Name]:
    """Every ID in a specification, in no order."""
    document, path = analysis.document, analysis.specification.path
    for p, _, block in document.blocks():
        for mark in block.ids:
            yield Name(mark.id, path, mark.name_span.shifted(document.starts[p]), Use.MARK)
    for link in document.links():
        _, sharp, target = link.target.partition("#")
        if sharp and target and link.target.startswith("#"):
            yield Name(target, path, Span(link.target_span.end - len(target), link.target_span.end), Use.LINK)
    for precedent in analysis.specification.precedents:
        verdict = precedent.verdict
        if verdict.clause and verdict.clause_span is not None:
            # The span holds what stands between the brackets, a sharp and spaces included or not.
            start = document.source.text.find(verdict.clause, verdict.clause_span.start, verdict.clause_span.end)
            if start >= 0:
                yield Name(verdict.clause, path, Span(start, start + len(verdict.clause)), Use.VERDICT)


def head_names(analysis: Analysis) -> Iterator[Name]:
    """The IDs in the head lines of the prompt files around a specification."""
    for file in prompt_files(analysis):
        if file.head_id and file.head_id_span is not None:
            yield Name(file.head_id, file.path, file.head_id_span, Use.HEAD)


def prompt_files(analysis: Analysis) -> Iterator[PromptFile]:
    """The prompt files around a specification."""
    for group in analysis.specification.surroundings.prompts.values():
        yield from group


def name_at(analyses: Analyses, path: str, offset: int) -> Name | None:
    """The ID at an offset of a specification or a prompt file."""
    if path in analyses:
        found = (name for name in names_in(analyses[path]))
    else:
        found = (name for analysis in analyses.values() for name in head_names(analysis) if name.path == path)
    at = Span(offset, offset)
    return next((name for name in found if name.span.touches(at)), None) or _around(analyses, path, offset)


def _around(analyses: Analyses, path: str, offset: int) -> Name | None:
    """The ID whose whole notation or link lies at an offset."""
    if path not in analyses:
        return None
    document = analyses[path].document
    at = Span(offset, offset)
    for clause in document.clauses:
        if clause.mark.span.touches(at):
            return Name(clause.id, path, clause.mark.name_span, Use.MARK)
    for link in document.links():
        if link.span.touches(at) and link.target.startswith("#") and len(link.target) > 1:
            return Name(link.target[1:], path, Span(link.target_span.end - len(link.target) + 1, link.target_span.end), Use.LINK)
    return None


def clauses_named(document: Document, name: str) -> tuple[Clause, ...]:
    """The clauses of an ID: more than one where it is given twice."""
    return tuple(clause for clause in document.clauses if clause.id == name)


def section_named(document: Document, name: str) -> Section | None:
    """The section that a link to `#id` leads to: by its ID, else by its title."""
    by_id = next((section for section in document.sections if section.id == name), None)
    return by_id or next((section for section in document.sections if section.heading and section.slug == name), None)


def homes(analyses: Analyses, name: Name) -> Iterator[Analysis]:
    """The specifications in which the ID of a name may be defined: its own, or those around a prompt file."""
    if name.path in analyses:
        yield analyses[name.path]
        return
    for analysis in analyses.values():
        if any(file.path == name.path for file in prompt_files(analysis)):
            yield analysis
