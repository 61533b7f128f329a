"""A text and the places in it. A place is an offset in code points; only here do offsets meet lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from clarifier.text.copying import by_fields

# The line ends of the Language Server Protocol and of CommonMark. U+2028, VT and FF are ordinary
# characters to both, so str.splitlines, which breaks at them, is never used.
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A half-open stretch of a text, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    __reduce__ = by_fields

    def shifted(self, by: int) -> Span:
        """The same stretch, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def covers(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Whether the spans share a place, end points included."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True)
class Source:
    """A named text, kept exactly as it was given: line ends, byte order mark and all."""

    name: str
    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line begins; there is always at least one line."""
        return (0, *(end.end() for end in _LINE_END.finditer(self.text)))

    @cached_property
    def newline(self) -> str:
        """The line end that the text uses first, a line feed if it has none."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 0, the column in code points."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset) - 1
        return line, offset - self.line_starts[line]

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column in code points, clamped to the text."""
        if line < 0:
            return 0
        if line >= len(self.line_starts):
            return len(self.text)
        return min(self.line_starts[line] + max(0, column), self.line_span(line).end)

    def line_span(self, line: int) -> Span:
        """The span of a line without its line end."""
        start = self.line_starts[line]
        if line + 1 == len(self.line_starts):
            return Span(start, len(self.text))
        end = self.line_starts[line + 1]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line_text(self, line: int) -> str:
        """The text of a line without its line end."""
        return self.slice(self.line_span(line))

    def whole_lines(self, span: Span) -> Span:
        """Where the lines in which a span lies begin and end, line ends and all."""
        first, last = self.line_and_column(span.start)[0], self.line_and_column(span.end)[0]
        return Span(self.line_starts[first], self.line_starts[last + 1] if last + 1 < len(self.line_starts) else len(self.text))

    def edited(self, span: Span, text: str) -> Source:
        """The source with the text at a span replaced; the lines far from it are not sought again."""
        edited = Source(self.name, "".join((self.text[: span.start], text, self.text[span.end :])))
        # A CR and an LF may meet at either end of the edit, so its neighbours are scanned with it.
        starts = self.line_starts
        first = max(0, bisect_right(starts, span.start) - 2)
        begun = starts[first]
        last = bisect_right(starts, span.end + 1)
        until = starts[last] if last < len(starts) else len(self.text)
        shift = len(edited.text) - len(self.text)
        near = edited.text[begun : until + shift]
        found = [begun + end.end() for end in _LINE_END.finditer(near)]
        rest = [start + shift for start in starts[last + 1 :]] if last < len(starts) else []
        edited.__dict__["line_starts"] = (*starts[: first + 1], *found, *rest)
        return edited

    def slice(self, span: Span) -> str:
        """The text at a span."""
        return self.text[span.start : span.end]
