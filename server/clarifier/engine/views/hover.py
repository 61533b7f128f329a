"""What there is to know about a place: of a clause ID, and of what was found there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding
from clarifier.engine.views.grading import about_grades
from clarifier.engine.views.manual import manual_text
from clarifier.engine.views.names import Analyses, Name, Use, clauses_named, homes, name_at, names_in, section_named
from clarifier.engine.views.quoting import quoted, shortened
from clarifier.rules import RULES
from clarifier.syntax.document import Clause
from clarifier.text.source import Span

_SHOWN = 5


@dataclass(frozen=True)
class Shown:
    """Markdown to show, and the span that it is about, if it is one."""

    markdown: str
    span: Span | None


def hover(analyses: Analyses, path: str, offset: int, findings: tuple[Finding, ...]) -> Shown | None:
    """What there is to know about an offset; `findings` are those of the file."""
    here = [f for f in findings if f.span.start <= offset <= f.span.end]
    name = name_at(analyses, path, offset)
    shown = [about_finding(f) for f in here]
    if name is not None:
        shown.extend(about_name(analyses, name))
    if not shown:
        return None
    span = name.span if name is not None and not here else min((f.span for f in here), key=len)
    return Shown("\n\n---\n\n".join(shown), span)


def about_finding(finding: Finding) -> str:
    """The message, the question, the readings and the manual of a finding."""
    lines = [f"**{finding.rule}**: {quoted(finding.message)}"]
    if finding.question:
        lines.append(f"**{quoted(finding.question)}**")
    if finding.readings:
        lines.append(
            "\n".join(f"- {quoted(r.label)}" + (f": “{quoted(shortened(r.text))}”" if r.text else "") for r in finding.readings)
        )
    if finding.rule in RULES:
        lines.append(manual_text(RULES[finding.rule]))
    return "\n\n".join(lines)


def about_name(analyses: Analyses, name: Name) -> Iterator[str]:
    """What an ID names, in each specification where it may be defined."""
    for analysis in homes(analyses, name):
        clauses = clauses_named(analysis.document, name.id)
        if clauses:
            yield about_clause(analyses, analysis, clauses[0])
            continue
        section = section_named(analysis.document, name.id)
        if section is not None and (name.use is not Use.MARK or section.id == name.id):
            told = f"**{quoted(section.title)}** (section)"
            yield told + (f", authority **{quoted(section.authority)}**" if section.authority else "")


def about_clause(analyses: Analyses, analysis: Analysis, clause: Clause) -> str:
    """The ID, the authority, the prompts, the precedents of a clause, and who refers to it."""
    section = analysis.document.sections[clause.section]
    head = f"**{quoted(clause.id)}**" + (f" in *{quoted(section.title)}*" if section.title else "")
    if section.authority:
        head += f", authority **{quoted(section.authority)}**"
    return "\n\n".join(
        [
            head,
            f"> {quoted(shortened(clause.text))}",
            *_prompts(analysis, clause),
            *about_grades(analysis.specification, clause),
            *_precedents(analysis, clause),
            *_references(analyses, analysis.specification.path, clause),
        ]
    )


def _prompts(analysis: Analysis, clause: Clause) -> Iterator[str]:
    files = analysis.specification.surroundings.prompts.get(clause.id, ())
    prompts = [prompt for file in files for prompt in file.prompts]
    if not prompts:
        yield "No prompts test this clause yet."
        return
    lines = [f"- {quoted(p.title or 'untitled')}: “{quoted(shortened(p.first_user_turn))}”" for p in prompts[:_SHOWN]]
    if len(prompts) > _SHOWN:
        lines.append(f"- … and {len(prompts) - _SHOWN} more")
    yield f"Prompts ({len(prompts)}):\n\n" + "\n".join(lines)


def _precedents(analysis: Analysis, clause: Clause) -> Iterator[str]:
    document = analysis.document
    named = {clause.id, document.sections[clause.section].id}
    found = [
        p
        for p in analysis.specification.precedents
        if p.verdict.clause in named or (p.verdict.clause is None and p.section == clause.section)
    ]
    if not found:
        return
    lines = [
        f"- {'GOOD' if p.verdict.good else 'BAD'}: “{quoted(shortened(p.answer.text))}”"
        + (f" ({quoted(p.verdict.reason)})" if p.verdict.reason else "")
        for p in found[:_SHOWN]
    ]
    if len(found) > _SHOWN:
        lines.append(f"- … and {len(found) - _SHOWN} more")
    yield f"Precedents ({len(found)}):\n\n" + "\n".join(lines)


def _references(analyses: Analyses, home: str, clause: Clause) -> Iterator[str]:
    lines = []
    for analysis in analyses.values():
        for name in names_in(analysis):
            if name.id == clause.id and name.use is not Use.MARK and name.home == home:
                section = analysis.document.sections[analysis.document.section_at(name.span.start)]
                lines.append(
                    f"- *{quoted(section.title or analysis.specification.path)}*, line {analysis.document.source.line_and_column(name.span.start)[0] + 1}"
                )
    if lines:
        yield f"Referred to by ({len(lines)}):\n\n" + "\n".join(lines[:_SHOWN])
