"""Where clause IDs stand: as marks, in links, in verdicts of precedents, in the head lines of prompt files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

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
    """An ID at a place: `span` is the ID alone, `home` the path of the specification that it is looked up in."""

    id: str
    path: str
    span: Span
    use: Use
    home: str


def names_in(analysis: Analysis) -> Iterator[Name]:
    """Every ID in a specification, in no order."""
    document, path = analysis.document, analysis.specification.path
    for p, _, block in document.blocks():
        for mark in block.ids:
            yield Name(mark.id, path, mark.name_span.shifted(document.starts[p]), Use.MARK, path)
    for link in document.links():
        file, _, target = link.target.partition("#")
        if target and "://" not in file:
            span = Span(link.target_span.end - len(target), link.target_span.end)
            if document.source.slice(span) == target:
                yield Name(target, path, span, Use.LINK, resolved(path, file))
    for precedent in analysis.specification.precedents:
        verdict = precedent.verdict
        if verdict.clause and verdict.clause_span is not None:
            # The span holds what stands between the brackets, a sharp and spaces included or not.
            start = document.source.text.find(verdict.clause, verdict.clause_span.start, verdict.clause_span.end)
            if start >= 0:
                yield Name(verdict.clause, path, Span(start, start + len(verdict.clause)), Use.VERDICT, path)


def resolved(path: str, file: str) -> str:
    """The path of a file that a link in the specification at `path` names; without a name the specification itself."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path


def head_names(analysis: Analysis) -> Iterator[Name]:
    """The IDs in the head lines of the prompt files around a specification."""
    for file in prompt_files(analysis):
        if file.head_id and file.head_id_span is not None:
            yield Name(file.head_id, file.path, file.head_id_span, Use.HEAD, analysis.specification.path)


def prompt_files(analysis: Analysis) -> Iterator[PromptFile]:
    """The prompt files around a specification."""
    for group in analysis.specification.surroundings.prompts.values():
        yield from group


def name_at(analyses: Analyses, path: str, offset: int) -> Name | None:
    """The ID at an offset of a specification or a prompt file; the notation around an ID counts as the ID."""
    at = Span(offset, offset)
    if path not in analyses:
        heads = (name for analysis in analyses.values() for name in head_names(analysis))
        return next((name for name in heads if name.path == path and name.span.touches(at)), None)
    document = analyses[path].document
    around = [clause.mark.span for clause in document.clauses if clause.mark.span.touches(at)]
    around += [link.span for link in document.links() if link.span.touches(at)]
    names = list(names_in(analyses[path]))
    exact = next((name for name in names if name.span.touches(at)), None)
    return exact or next((name for name in names if any(span.covers(name.span) for span in around)), None)


def clauses_named(document: Document, name: str) -> tuple[Clause, ...]:
    """The clauses of an ID: more than one where it is given twice."""
    return tuple(clause for clause in document.clauses if clause.id == name)


def section_named(document: Document, name: str) -> Section | None:
    """The section that a link to `#id` leads to: by its ID, else by its title."""
    by_id = next((section for section in document.sections if section.id == name), None)
    return by_id or next((section for section in document.sections if section.heading and section.slug == name), None)


def homes(analyses: Analyses, name: Name) -> Iterator[Analysis]:
    """The specifications in which an ID may be defined: its home, or all those around a prompt file."""
    for path, analysis in analyses.items():
        if path == name.home or (name.use is Use.HEAD and any(file.path == name.path for file in prompt_files(analysis))):
            yield analysis


def same_names(analyses: Analyses, name: Name) -> Iterator[Name]:
    """Every place where the same ID stands, in every file."""
    there = {analysis.specification.path for analysis in homes(analyses, name)}
    for analysis in analyses.values():
        yield from (n for n in names_in(analysis) if n.id == name.id and n.home in there)
        if analysis.specification.path in there:
            yield from (n for n in head_names(analysis) if n.id == name.id)
