"""Help while writing: IDs that can be completed, and what a reference stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.engine.analysis import Analysis
from clarifier.engine.views.names import Analyses, clauses_named, prompt_files, resolved, section_named
from clarifier.engine.views.navigation import is_file, target_of
from clarifier.engine.views.quoting import shortened
from clarifier.text.source import Span

_BEFORE = re.compile(r"(?:(?P<footnote>\[\^)|(?P<link>\(#|\b(?:GOOD|BAD)\[#?))(?P<typed>[A-Za-z0-9_.\-]*)$")
_AFTER = re.compile(r"[A-Za-z0-9_.\-]*")


@dataclass(frozen=True)
class Candidate:
    """An ID to complete: what it names, and the span of what has been typed of it."""

    id: str
    detail: str
    documentation: str
    span: Span


@dataclass(frozen=True)
class Hint:
    """Text to show after a place of the source, with more to show on it."""

    offset: int
    text: str
    more: str


@dataclass(frozen=True)
class Tie:
    """A stretch of the text that leads to a place of a file: `span` there, None for its beginning."""

    origin: Span
    path: str
    span: Span | None
    about: str


def completions(analysis: Analysis, offset: int) -> Iterator[Candidate]:
    """The IDs that may stand at an offset: after `[^` those of clauses and of prompt files, after `(#` also those of sections."""
    source = analysis.document.source
    line = source.line_span(source.line_and_column(offset)[0])
    typed = _BEFORE.search(source.text[line.start : offset])
    if typed is None:
        return
    after = _AFTER.match(source.text, offset, line.end)
    span = Span(offset - len(typed["typed"]), after.end() if after else offset)
    seen: set[str] = set()
    for name, detail, text in _targets(analysis, links=typed["link"] is not None):
        if name not in seen:
            seen.add(name)
            yield Candidate(name, detail, text, span)


def _targets(analysis: Analysis, links: bool) -> Iterator[tuple[str, str, str]]:
    document = analysis.document
    for clause in document.clauses:
        yield clause.id, document.sections[clause.section].title, shortened(clause.text)
    if links:
        for section in document.sections:
            if section.heading:
                yield section.id or section.slug, section.title, ""
    else:
        for file in prompt_files(analysis):
            yield file.id, file.head_title or "", shortened(file.prompts[0].first_user_turn) if file.prompts else ""


def hints(analyses: Analyses, path: str, within: Span) -> Iterator[Hint]:
    """What each `[?](#id)` in a span stands for: the title of the section, or the words of the clause."""
    for link in analyses[path].document.links():
        if link.text.strip() != "?" or not link.span.touches(within) or "#" not in link.target:
            continue
        file, _, name = link.target.partition("#")
        home = analyses.get(resolved(path, file))
        if home is None:
            continue
        section, clauses = section_named(home.document, name), clauses_named(home.document, name)
        if section is not None and section.title:
            yield Hint(link.span.end, section.title, clauses[0].text if clauses else "")
        elif clauses:
            yield Hint(link.span.end, home.document.sections[clauses[0].section].title or name, clauses[0].text)


def ties(analyses: Analyses, path: str) -> Iterator[Tie]:
    """The links of a specification that lead to a file or a clause, and its clause IDs that have prompts."""
    analysis = analyses[path]
    for link in analysis.document.links():
        file, _, name = link.target.partition("#")
        if (is_file(link.target) or link.target.startswith("#")) and (file or name):
            home = analyses.get(resolved(path, file))
            yield Tie(
                link.target_span, resolved(path, file), target_of(home, name) if home is not None and name else None, name or file
            )
    for clause in analysis.document.clauses:
        for prompts in analysis.specification.surroundings.prompts.get(clause.id, ())[:1]:
            yield Tie(clause.mark.name_span, prompts.path, None, f"prompts of {clause.id}")
