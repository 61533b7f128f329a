"""Between our values and the protocol's. Only here are code units counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls import uris

from clarifier.engine.findings import Finding
from clarifier.rules._rule import Severity
from clarifier.text.source import Source, Span

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFORMATION: types.DiagnosticSeverity.Information,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}
_WIDTH = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
_CODEC = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


def to_path(uri: str) -> str:
    """The path of a file's URI; a text that is no file is named by its URI."""
    path = uris.to_fs_path(uri) if uri.startswith("file:") else None
    return path or uri


def to_uri(path: str) -> str:
    """The URI of a path; what is already a URI stays."""
    if path.startswith("/") or ":" not in path[2:]:
        return uris.from_fs_path(path) or path
    return path


@dataclass(frozen=True)
class Positions:
    """The places of one text in the units that the client counts in: utf-8, utf-16 or utf-32."""

    source: Source
    encoding: str = "utf-16"

    def from_position(self, position: types.Position) -> int:
        """The offset of a position; past the end of a line or of the text it is that end."""
        if position.line >= len(self.source.line_starts):
            return len(self.source.text)
        return self.source.offset(position.line, self._column(self.source.line_text(position.line), position.character))

    def _column(self, line: str, units: int) -> int:
        if units <= 0 or line.isascii():
            return max(0, units)
        width = _WIDTH[self.encoding]
        written = line.encode(_CODEC[self.encoding], "surrogatepass")
        at = min(units * width, len(written))
        # A position inside a character is taken as the place before it.
        if self.encoding == "utf-8":
            while at < len(written) and written[at] & 0xC0 == 0x80:
                at -= 1
        elif self.encoding == "utf-16" and _is_inside_pair(written, at):
            at -= width
        return len(written[:at].decode(_CODEC[self.encoding], "surrogatepass"))

    def from_range(self, within: types.Range) -> Span:
        """The span of a range; ends in the wrong order are put right."""
        start, end = self.from_position(within.start), self.from_position(within.end)
        return Span(min(start, end), max(start, end))

    def units(self, offset: int) -> tuple[int, int]:
        """The line and the character of an offset in the client's units."""
        line, column = self.source.line_and_column(offset)
        start = self.source.line_starts[line]
        before = self.source.text[start : start + column]
        if before.isascii():
            return line, column
        return line, len(before.encode(_CODEC[self.encoding], "surrogatepass")) // _WIDTH[self.encoding]

    def to_position(self, offset: int) -> types.Position:
        """The position of an offset."""
        line, character = self.units(offset)
        return types.Position(line=line, character=character)

    def to_range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(start=self.to_position(span.start), end=self.to_position(span.end))

    def as_range(self, span: Span) -> dict[str, Any]:
        """The range of a span as plain JSON."""
        (line, character), (last, end) = self.units(span.start), self.units(span.end)
        return {"start": {"line": line, "character": character}, "end": {"line": last, "character": end}}

    def changed(self, change: types.TextDocumentContentChangeEvent) -> Source:
        """The text after a change that the client reports: of a range, or of the whole."""
        if not isinstance(change, types.TextDocumentContentChangePartial):
            return Source(self.source.name, change.text)
        span, text = self.from_range(change.range), change.text
        before = after = ""
        if self.encoding == "utf-16":
            before, after = (self._half(end, at) for end, at in ((change.range.start, span.start), (change.range.end, span.end)))
            span = Span(span.start, span.end + bool(after))
            text = f"{before[:1]}{text}{after[1:]}"
        edited = self.source.edited(span, text)
        if before or after or any(_is_parted(edited.text, at) for at in (span.start, span.start + len(text))):
            return Source(edited.name, _joined(edited.text))
        return edited

    def _half(self, position: types.Position, offset: int) -> str:
        """The halves of the character that a position of UTF-16 lies in, which begins at an offset; empty if it lies in none."""
        char = self.source.text[offset : offset + 1]
        if char <= "\uffff" or self.units(offset) != (position.line, position.character - 1):
            return ""
        return _halves(char)


def _halves(char: str) -> str:
    """The two code units of a character beyond the basic plane, each by itself."""
    code = ord(char) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def _is_parted(text: str, offset: int) -> bool:
    """Whether the two halves of one character stand on either side of an offset, each by itself."""
    return "\ud800" <= text[max(0, offset - 1) : offset] <= "\udbff" and "\udc00" <= text[offset : offset + 1] <= "\udfff"


def _joined(text: str) -> str:
    """The text with halves that stand together as the characters that they are."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _is_inside_pair(written: bytes, at: int) -> bool:
    """Whether a place in UTF-16 lies between the halves of one character."""
    return 2 <= at < len(written) and 0xD8 <= written[at - 1] <= 0xDB and 0xDC <= written[at + 1] <= 0xDF


def to_severity(finding: Finding) -> types.DiagnosticSeverity:
    """The severity of a finding."""
    return SEVERITIES[finding.severity]
