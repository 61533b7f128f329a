"""Prose that remembers where it came from: text without markup, and the way back to the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from clarifier.text.source import Span


class MarkKind(StrEnum):
    """What markup says about a stretch of prose."""

    CODE = "code"
    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of prose that markup singles out; a link carries its target."""

    kind: MarkKind
    span: Span
    target: str = ""


class Run(NamedTuple):
    """A stretch of prose and the source it stands for.

    Equal lengths: character for character. Otherwise the run is one unit (an entity, a line break).
    """

    prose: int
    length: int
    source: int
    source_length: int


@dataclass(frozen=True)
class Prose:
    """Text as it is read, with its marks and its origins.

    `runs` are in order and cover the text without gaps; source offsets are relative to the part of
    the document in which the prose stands.
    """

    text: str
    runs: tuple[Run, ...]
    marks: tuple[Mark, ...] = ()

    def place(self, span: Span) -> Span:
        """The source span of a prose span; an empty span gives an empty one."""
        start = self._origin(span.start)[0]
        if len(span) <= 0:
            return Span(start, start)
        return Span(start, max(start, self._origin(span.end - 1)[1]))

    def _origin(self, index: int) -> tuple[int, int]:
        if not self.runs:
            return 0, 0
        run = self.runs[0]
        if len(self.runs) > 1:
            run = self.runs[max(0, bisect_right(self.runs, index, key=itemgetter(0)) - 1)]
        if run.length == run.source_length:
            at = run.source + min(index - run.prose, run.length)
            return at, at + 1
        if index >= run.prose + run.length:
            return run.source + run.source_length, run.source + run.source_length
        return run.source, run.source + run.source_length

    @property
    def span(self) -> Span:
        """The source span of the whole."""
        return self.place(Span(0, len(self.text)))

    # Marks nest, so neither their starts nor their ends need be in order; these bounds are, whatever the marks.
    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(accumulate((m.span.end for m in self.marks), max))

    @cached_property
    def _begins(self) -> tuple[int, ...]:
        return tuple(accumulate((m.span.start for m in reversed(self.marks)), min))[::-1]

    def cut(self, span: Span) -> Prose:
        """The prose at a span, with the marks that lie in it clipped to it."""
        return Prose(
            self.text[span.start : span.end],
            tuple(_cut_runs(self.runs, span)),
            tuple(
                Mark(m.kind, Span(max(m.span.start, span.start) - span.start, min(m.span.end, span.end) - span.start), m.target)
                for m in self.marks[bisect_right(self._ends, span.start) : bisect_left(self._begins, span.end)]
                if m.span.start < span.end and span.start < m.span.end
            ),
        )


def _cut_runs(runs: tuple[Run, ...], span: Span) -> Iterator[Run]:
    for index in range(max(0, bisect_right(runs, span.start, key=lambda r: r.prose) - 1), len(runs)):
        run = runs[index]
        if run.prose >= span.end:
            return
        start, end = max(run.prose, span.start), min(run.prose + run.length, span.end)
        if start >= end:
            continue
        if run.length == run.source_length:
            yield Run(start - span.start, end - start, run.source + start - run.prose, end - start)
        else:
            yield Run(start - span.start, end - start, run.source, run.source_length)
