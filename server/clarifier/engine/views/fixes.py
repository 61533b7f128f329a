"""What can be done about what was found at a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import PurePath

from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding
from clarifier.engine.ids import another_id, new_ids
from clarifier.engine.views.asking import REASONS, reading_title
from clarifier.engine.views.changes import Change, Fix, MovedFile, RemovedFile
from clarifier.engine.views.names import Analyses, clauses_named, prompt_files
from clarifier.engine.views.prompting import new_prompt_file
from clarifier.rules._rule import Edit
from clarifier.text.source import Span


def fixes(analyses: Analyses, findings: Sequence[Finding], within: Span) -> Iterator[Fix]:
    """What can be done about the findings of a file that touch a span, the nearest first."""
    touched = [f for f in findings if f.span.touches(within)]
    for finding in sorted(touched, key=lambda f: (not f.span.covers(within), len(f.span))):
        yield from fixes_of(analyses, finding)


def fixes_of(analyses: Analyses, finding: Finding) -> Iterator[Fix]:
    """What can be done about a finding."""
    for reading in finding.readings:
        own = () if reading.text is None else (Edit(finding.path, finding.span, reading.text),)
        elsewhere = any(edit.path != finding.path for edit in reading.edits)
        yield Fix(reading_title(reading.label, reading.text), (*own, *reading.edits), finding, needs_consent=elsewhere)
    for analysis in analyses.values():
        if finding.rule in _MENDED and (analysis.specification.path == finding.path or _is_prompt_file(analysis, finding.path)):
            yield from _MENDED[finding.rule](analysis, finding)


def _is_prompt_file(analysis: Analysis, path: str) -> bool:
    return any(file.path == path for file in prompt_files(analysis))


def _missing_prompts(analysis: Analysis, finding: Finding) -> Iterator[Fix]:
    clause = next(iter(clauses_named(analysis.document, finding.clause or "")), None)
    if clause is None:
        clause = analysis.document.clause_at(finding.span)
    if clause is not None:
        made = new_prompt_file(analysis, clause)
        yield Fix(f"Create {PurePath(made.path).parent.name}/{PurePath(made.path).name}", (made,), finding, preferred=True)


def _title_drift(analysis: Analysis, finding: Finding) -> Iterator[Fix]:
    for file in prompt_files(analysis):
        clause = next(iter(clauses_named(analysis.document, file.id)), None)
        if clause is None or file.head_title_span is None or finding.clause not in (None, file.id):
            continue
        title = analysis.document.sections[clause.section].title
        if (file.path == finding.path or finding.clause == file.id) and file.head_title != title:
            yield Fix(
                f"Change the title in the head line to “{title}”",
                (Edit(file.path, file.head_title_span, title),),
                finding,
                preferred=True,
            )


def _orphan(analysis: Analysis, finding: Finding) -> Iterator[Fix]:
    prompts = analysis.specification.surroundings.prompts
    bare = list(dict.fromkeys(clause.id for clause in analysis.document.clauses if clause.id not in prompts))
    for file in prompt_files(analysis):
        if file.path != finding.path and not any(related.path == file.path for related in finding.related):
            continue
        for name in get_close_matches(file.id, bare, n=3, cutoff=0.0):
            yield Fix(f"Rename to {name}.md, which has no prompts", moved_prompts(file.path, name, file.head_id_span), finding)
        yield Fix(f"Delete {PurePath(file.path).name}", (RemovedFile(file.path),), finding, needs_consent=True)


def _missing_id(analysis: Analysis, finding: Finding) -> Iterator[Fix]:
    new = new_ids(analysis.specification)
    whole = ("scope", "document") in finding.data
    for one in new:
        if one.shown == finding.span and not whole:
            yield Fix(f"Give it the ID “{one.id}”", (one.edit,), finding, preferred=True)
    if len(new) > 1:
        yield Fix(f"Give an ID to each of the {len(new)} clauses that have none", tuple(one.edit for one in new), finding)


def _duplicate_id(analysis: Analysis, finding: Finding) -> Iterator[Fix]:
    for clause in analysis.document.clauses:
        if clause.mark.name_span == finding.span:
            new = another_id(analysis.specification, clause)
            yield Fix(f"Give this one the ID “{new}”", (Edit(finding.path, finding.span, new),), finding)


def _unreasoned(analysis: Analysis, finding: Finding) -> Iterator[Fix]:
    files = {file.path: file.source for file in prompt_files(analysis)}
    source = files.get(finding.path, analysis.document.source)
    end = source.text.rfind("-->", finding.span.start, finding.span.end)
    if end >= 0:
        start = end - (len(source.text[:end]) - len(source.text[:end].rstrip()))
        for reason in REASONS:
            yield Fix(f"Add “because {reason}”", (Edit(finding.path, Span(start, end), f" because {reason} "),), finding)


def moved_prompts(path: str, name: str, head_id: Span | None) -> tuple[Change, ...]:
    """The changes that make a prompt file that of another clause ID."""
    edits = () if head_id is None else (Edit(path, head_id, name),)
    return (*edits, MovedFile(path, str(PurePath(path).with_name(f"{name}.md"))))


_MENDED = {
    "duplicate-clause-id": _duplicate_id,
    "missing-clause-id": _missing_id,
    "missing-prompts": _missing_prompts,
    "prompts-title-drift": _title_drift,
    "orphan-prompts": _orphan,
    "unreasoned-suppression": _unreasoned,
}
