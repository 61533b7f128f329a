"""From an ID to where it is defined and to where it is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.engine.analysis import Analysis
from clarifier.engine.views.names import Analyses, Name, Use, clauses_named, homes, name_at, resolved, same_names, section_named
from clarifier.text.source import Span


@dataclass(frozen=True)
class Place:
    """A place in a file."""

    path: str
    span: Span


@dataclass(frozen=True)
class Leap:
    """From a span of the file at hand to places elsewhere."""

    origin: Span
    targets: tuple[Place, ...]


def definition(analyses: Analyses, path: str, offset: int) -> Leap | None:
    """From a clause to its prompts; from a link, a verdict or a head line to the clause or section; from a link to its file."""
    name = name_at(analyses, path, offset)
    if name is not None:
        places = tuple(dict.fromkeys(_prompts(analyses, name) if name.use is Use.MARK else _homes(analyses, name)))
        return Leap(name.span, places or tuple(dict.fromkeys(_homes(analyses, name))))
    if path in analyses:
        for link in analyses[path].document.links():
            if link.span.touches(Span(offset, offset)) and is_file(link.target):
                return Leap(link.target_span, (Place(resolved(path, link.target.partition("#")[0]), Span(0, 0)),))
    return None


def references(analyses: Analyses, path: str, offset: int, declaration: bool) -> tuple[Place, ...]:
    """Where the ID at an offset is used: links, verdicts and head lines of prompt files, the clause itself if wanted."""
    name = name_at(analyses, path, offset)
    if name is None:
        return ()
    found = [n for n in same_names(analyses, name) if declaration or n.use is not Use.MARK]
    return tuple(dict.fromkeys(Place(n.path, n.span) for n in sorted(found, key=lambda n: (n.path, n.span))))


def is_file(target: str) -> bool:
    """Whether a link leads to a file beside the specification."""
    return bool(target) and not target.startswith(("#", "/", "mailto:")) and "://" not in target


def target_of(analysis: Analysis, name: str) -> Span | None:
    """Where in a specification an ID leads: to the mark of the clause, else to the heading of the section."""
    clauses = clauses_named(analysis.document, name)
    if clauses:
        return clauses[0].mark.name_span
    section = section_named(analysis.document, name)
    return section.heading_span if section is not None else None


def _homes(analyses: Analyses, name: Name) -> Iterator[Place]:
    for analysis in homes(analyses, name):
        span = target_of(analysis, name.id)
        if span is not None:
            yield Place(analysis.specification.path, span)


def _prompts(analyses: Analyses, name: Name) -> Iterator[Place]:
    for analysis in homes(analyses, name):
        for file in analysis.specification.surroundings.prompts.get(name.id, ()):
            yield Place(file.path, file.head_id_span or Span(0, 0))
