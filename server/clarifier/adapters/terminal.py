"""Findings for a person at a terminal: the line, the words underlined, the question, the readings."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from clarifier.adapters.formats import as_summary
from clarifier.engine.findings import Finding
from clarifier.rules._rule import Severity
from clarifier.text.source import Source

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFORMATION: "blue", Severity.HINT: "dim"}
_AROUND = 70


def show(findings: Sequence[Finding], sources: dict[str, Source], files: int, console: Console | None = None) -> None:
    """Print findings by file, with the words at issue underlined, and how many there are."""
    screen = console or Console(highlight=False, soft_wrap=True)
    path = ""
    for finding in findings:
        if finding.path != path:
            path = finding.path
            screen.print(Text(path, style="bold underline"))
        for line in _lines(finding, sources[path]):
            screen.print(line)
    screen.print(Text(as_summary(findings, files), style="dim" if not findings else ""))


def _lines(finding: Finding, source: Source) -> list[Text]:
    line, column = source.line_and_column(finding.span.start)
    style = _STYLE[finding.severity]
    head = Text.assemble(
        (f"  {line + 1}:{column + 1}", "dim"),
        "  ",
        (str(finding.severity), style),
        "  ",
        finding.message,
        "  ",
        (finding.rule, "dim"),
    )
    lines = [head, _quoted(finding, source, style)]
    if finding.question:
        lines.append(Text.assemble("      ", ("? ", "bold"), finding.question))
        lines.extend(
            Text.assemble("        ", ("• ", "dim"), reading.label, *_written(reading.text, reading.label))
            for reading in finding.readings
        )
    return [*lines, Text("")]


def _quoted(finding: Finding, source: Source, style: str) -> Text:
    span = source.line_span(source.line_and_column(finding.span.start)[0])
    end = max(min(finding.span.end, span.end), finding.span.start)
    begin, stop = max(span.start, finding.span.start - _AROUND), min(span.end, max(end, finding.span.start) + _AROUND)
    before, after = source.text[begin : finding.span.start].lstrip("\ufeff"), source.text[end:stop]
    if begin == span.start:
        before = before.lstrip()
    return Text.assemble(
        "      ",
        "…" if begin > span.start else "",
        _plain(before),
        (_plain(source.text[finding.span.start : end]) or "▏", f"underline {style}"),
        _plain(after),
        "…" if stop < span.end else "",
    )


def _written(text: str | None, label: str) -> tuple[tuple[str, str], ...]:
    return () if text is None or text.casefold() in label.casefold() else ((f": {_plain(' '.join(text.split()))}", "italic"),)


def _plain(text: str) -> str:
    """Text without characters that would move the cursor or speak to the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
