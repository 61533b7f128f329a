"""From an answer to what it changes: edits of the sources, and the entry of the log. Nothing is written here.

All edits of one answer speak of the text as it stands and do not overlap; `applied` applies them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding
from clarifier.rules._rule import Edit
from clarifier.syntax.document import Block, BlockKind, Document
from clarifier.text.source import Source, Span

IN_SPECIFICATION = "specification"
NO_LOG = "none"
_MODAL = re.compile(r"\b(?:must|shall|should|may|will|can|is|are|has|have|needs?)\b", re.IGNORECASE)
_TITLE = re.compile(r"clarifications", re.IGNORECASE)
_PREFIX = re.compile(r"[ \t>]*")
_MARKER = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+")


@dataclass(frozen=True, slots=True)
class PickReading:
    """One of the finding's readings, by its index."""

    index: int


@dataclass(frozen=True, slots=True)
class Free:
    """Words of the author's own, which take the place of the words at issue; of a hidden actor, those that name it."""

    text: str


@dataclass(frozen=True, slots=True)
class LeaveOpen:
    """Not decided yet: the question is written into the text."""


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Not ambiguous, and why."""

    reason: str


Answer = PickReading | Free | LeaveOpen | Dismiss


def answer_edits(analysis: Analysis, finding: Finding, answer: Answer) -> tuple[Edit, ...]:
    """What an answer changes, in order of path and place; the log too where it is kept in the specification.

    An answer that cannot be carried out (a reading that the finding lacks, a question that stands open already) changes nothing.
    """
    source = analysis.document.source
    edits = list(_in_text(analysis, finding, answer))
    entry = log_entry(finding, answer)
    if edits and entry is not None and analysis.settings.log_answers == IN_SPECIFICATION:
        edits.append(log_edit(source, entry, analysis.document))
    return tuple(sorted(edits, key=lambda e: (e.path, e.span)))


def _in_text(analysis: Analysis, finding: Finding, answer: Answer) -> Iterator[Edit]:
    source = analysis.document.source
    here = finding.path == source.name
    if isinstance(answer, PickReading):
        if 0 <= answer.index < len(finding.readings):
            reading = finding.readings[answer.index]
            if reading.text is not None:
                yield Edit(finding.path, finding.span, reading.text)
            yield from reading.edits
    elif isinstance(answer, Free):
        if answer.text.strip():
            yield Edit(
                finding.path, finding.span, re.sub(r"\r\n?|\n", source.newline, _framed(source, finding, answer.text.strip()))
            )
    elif isinstance(answer, LeaveOpen):
        if finding.rule != "open-question" and finding.question:
            asked = finding.question.translate(str.maketrans("[]|", "()/"))
            yield Edit(finding.path, Span(finding.span.end, finding.span.end), f" [NEEDS CLARIFICATION: {_line(asked)}]")
    elif here:
        yield _suppression(analysis.document, finding, answer.reason)


def _framed(source: Source, finding: Finding, said: str) -> str:
    """A free answer in the text that the rule holds ready for it; as it is where it is a clause itself."""
    frame = dict(finding.data).get("frame", "")
    if "{}" not in frame or len(said.split()) > 6 or _MODAL.search(said):
        return said
    opens = (
        frame.startswith("{}")
        and finding.path == source.name
        and source.text[finding.span.start : finding.span.start + 1].isupper()
    )
    return frame.replace("{}", f"{said[:1].upper()}{said[1:]}" if opens else said, 1)


def log_entry(finding: Finding, answer: Answer) -> str | None:
    """The line of the log for an answer, `- Q: … → A: …`; None for a question that was left open."""
    if isinstance(answer, PickReading):
        said = finding.readings[answer.index].label if 0 <= answer.index < len(finding.readings) else ""
    elif isinstance(answer, Free):
        said = answer.text
    elif isinstance(answer, Dismiss):
        said = f"as written, because {_because(answer.reason)}"
    else:
        return None
    return f"- Q: {_line(finding.question or finding.message)} → A: {_line(said)}"


def log_edit(source: Source, entry: str, document: Document | None = None) -> Edit:
    """The edit that adds an entry to the log in a source: under its Clarifications heading, which is made at the end if need be.

    `document` is what the source says; without it the source is a file of its own, which holds nothing but the log.
    """
    newline = source.newline
    if document is None:
        at, before = len(source.text.rstrip()), f"# Clarifications{newline}{newline}"
        opening = newline if source.text.strip("\ufeff").strip() else before
        return Edit(source.name, Span(at, len(source.text)), f"{opening}{entry}{newline}")
    section = next((s for s in document.sections if s.heading and _TITLE.fullmatch(s.title.strip())), None)
    end = section.span.end if section else len(source.text)
    at = len(source.text[:end].rstrip())
    after = source.text[at:end]
    if section:
        gap = newline if at > section.heading_span.end else newline * 2
        return Edit(source.name, Span(at, at), f"{gap}{entry}{'' if after else newline}")
    gap = newline * 2 if at else ""
    return Edit(source.name, Span(at, end), f"{gap}## Clarifications{newline}{newline}{entry}{newline}")


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits applied, each at its place in the text as given."""
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _suppression(document: Document, finding: Finding, reason: str) -> Edit:
    """A comment on a line of its own before the block in which the finding stands, at a place that keeps the block what it is."""
    source = document.source
    block, before = _block_at(document, finding.span)
    line = source.line_and_column(block.start if block else finding.span.start)[0]
    if block and before and before.kind is BlockKind.ROW:
        while line > 0 and "|" in source.line_text(line - 1):
            line -= 1
    at = source.line_span(line).start
    if line == 0 and source.text.startswith("\ufeff"):
        at = 1
    comment = f"<!-- clarifier: allow {finding.rule} because {_because(reason).replace('--', '–')} -->"
    return Edit(source.name, Span(at, at), f"{_indent(source, line, before)}{comment}{source.newline}")


def _indent(source: Source, line: int, block: Block | None) -> str:
    """What a comment on the line before must begin with so that it stands in the same quote or list."""
    text = source.line_text(line).removeprefix("\ufeff")
    prefix = _PREFIX.match(text)
    own = prefix[0] if prefix else ""
    item = _MARKER.match(text)
    if block is None or block.kind is not BlockKind.ITEM or not item:
        return own
    # Inside the item before, so that the comment does not cut the list in two.
    above = next((source.line_text(n) for n in range(line - 1, -1, -1) if source.line_text(n).strip(" \t>")), "")
    sibling = _MARKER.match(above)
    outer = _PREFIX.match(above)
    deeper = outer is not None and outer[0] != own and outer[0].startswith(own)
    return own + " " * (len(item[0]) - len(own)) if deeper or (sibling and outer and outer[0] == own) else own


def _block_at(document: Document, span: Span) -> tuple[Span | None, Block | None]:
    part = document.part_at(span.start)
    start = document.starts[part]
    around = [b for b in document.parts[part].blocks if b.span.shifted(start).covers(span) and b.kind.is_prose]
    if not around:
        return None, None
    block = min(around, key=lambda b: len(b.span))
    return block.span.shifted(start), block


def _because(reason: str) -> str:
    return re.sub(r"^because\s+", "", _line(reason), flags=re.IGNORECASE)


def _line(text: str) -> str:
    return " ".join(text.split())
