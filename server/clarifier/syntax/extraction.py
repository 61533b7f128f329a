"""Prose without the IDs that are written in it, and the IDs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clarifier.syntax.building import Building
from clarifier.syntax.document import IdMark, IdStyle
from clarifier.syntax.ids import footnotes, leading_label
from clarifier.syntax.prose import Mark, MarkKind, Prose, Run
from clarifier.text.source import Span

_TASK = re.compile(r"\[[ xX]\][ \t]+")


def before(prose: Prose, offset: int) -> int:
    """How much of the prose stands before a source offset."""
    return sum(
        min(run.length, offset - run.source) if run.length == run.source_length else run.length
        for run in prose.runs
        if run.source < offset
    )


def without_label(prose: Prose, written: str, begun: int) -> tuple[Prose, tuple[IdMark, ...]]:
    """The prose after a leading `**FR-001**:`, task box or the like, and the label."""
    task = _TASK.match(written)
    offset = task.end() if task else 0
    found = leading_label(written[offset:])
    if not found and not task:
        return prose, ()
    after = begun + offset + (found[1] if found else 0)
    skipped = before(prose, after)
    while skipped < len(prose.text) and prose.text[skipped].isspace():
        skipped += 1
    rest = prose.cut(Span(skipped, len(prose.text)))
    if not found:
        return rest, ()
    mark = found[0]
    by = begun + offset
    return rest, (IdMark(mark.id, mark.style, mark.span.shifted(by), mark.name_span.shifted(by)),)


def without_ids(prose: Prose, b: Building, skip: int = 0) -> tuple[Prose, tuple[IdMark, ...]]:
    """The prose without footnote references, and the IDs they name."""
    if "[^" not in prose.text:
        return prose, ()
    ids: list[IdMark] = []
    kept: list[Span] = []
    at = 0
    for mark, span in footnotes(prose.text):
        if any(m.kind is MarkKind.CODE and m.span.start <= span.start < m.span.end for m in prose.marks):
            continue
        place = prose.place(span)
        if place.start < skip:
            pass
        elif mark is None:
            b.malformed.append((place, prose.text[span.start : span.end]))
            continue
        else:
            ids.append(IdMark(mark.id, mark.style, place, prose.place(mark.name_span)))
        kept.append(Span(at, span.start))
        at = span.end
    kept.append(Span(at, len(prose.text)))
    return _joined(prose, kept), tuple(ids)


def _joined(prose: Prose, kept: Sequence[Span]) -> Prose:
    """The prose with only the kept spans, in order."""
    text, length = "", 0
    runs: list[Run] = []
    marks: list[Mark] = []
    for span in kept:
        piece = prose.cut(span)
        runs.extend(Run(run.prose + length, run.length, run.source, run.source_length) for run in piece.runs)
        marks.extend(Mark(mark.kind, mark.span.shifted(length), mark.target) for mark in piece.marks)
        text, length = text + piece.text, length + len(piece.text)
    return Prose(text, tuple(runs), tuple(marks))


def all_label(prose: Prose) -> tuple[Prose, tuple[IdMark, ...]]:
    """A cell that holds an ID and nothing else."""
    name = prose.text.strip()
    start = prose.text.index(name)
    span = prose.place(Span(start, start + len(name)))
    return Prose("", ()), (IdMark(name, IdStyle.LABEL, span, span),)
