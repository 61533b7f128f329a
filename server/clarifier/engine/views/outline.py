"""The sections and clauses of a specification, as a tree and as a list to search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from clarifier.engine.analysis import Analysis
from clarifier.engine.views.names import Analyses
from clarifier.engine.views.quoting import shortened
from clarifier.text.source import Span


@dataclass
class Entry:
    """A section or a clause: its name, what is said of it, its whole span, the span of its name, what is in it."""

    name: str
    detail: str
    span: Span
    name_span: Span
    is_clause: bool
    inside: list[Entry] = field(default_factory=list)


def outline(analysis: Analysis) -> list[Entry]:
    """The sections as they contain each other, and the clauses in them."""
    document = analysis.document
    top: list[Entry] = []
    entries: list[Entry] = []
    for section in document.sections:
        detail = " ".join(filter(None, (f"#{section.id}" if section.id else "", section.authority or "")))
        name = section.title or "(before the first heading)"
        entries.append(Entry(name, detail, section.span, section.heading_span, False))
    for clause in document.clauses:
        span = Span(min(clause.span.start, clause.mark.span.start), max(clause.span.end, clause.mark.span.end))
        entries[clause.section].inside.append(Entry(clause.id, shortened(clause.text), span, clause.mark.span, True))
    for entry, section in zip(entries, document.sections, strict=True):
        if section.heading is not None or entry.inside:
            (top if section.parent is None else entries[section.parent].inside).append(entry)
    for entry in reversed(entries):
        last = max((inner.span.end for inner in entry.inside), default=0)
        entry.span = Span(entry.span.start, max(entry.span.end, last))
        entry.inside.sort(key=lambda inner: inner.span)
    return top


def search(analyses: Analyses, query: str) -> Iterator[tuple[str, Entry, str]]:
    """The sections and clauses of all specifications whose name or ID contains the query: path, entry, section around it."""
    wanted = query.casefold()
    for path, analysis in analyses.items():
        waiting = [(entry, "") for entry in reversed(outline(analysis))]
        while waiting:
            entry, above = waiting.pop()
            waiting.extend((inner, entry.name) for inner in reversed(entry.inside))
            if wanted in entry.name.casefold() or wanted in entry.detail.casefold():
                yield path, entry, above
