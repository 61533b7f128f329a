"""What a person sees at a terminal: findings with their line, the words underlined, the question, the readings."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, ConsoleRenderable, RenderHook
from rich.text import Text

from clarifier.adapters.formats import as_summary
from clarifier.adapters.saying import on_a_line, plain
from clarifier.engine.findings import Finding
from clarifier.rules._rule import Severity
from clarifier.text.source import Source

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFORMATION: "blue", Severity.HINT: "dim"}
_AROUND = 70


class _Plainly(RenderHook):
    """Shows texts without what speaks to the terminal; only the styles that they were given do."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """The same, with a sign for each character that is not to be shown."""
        return [_without_control(r) if isinstance(r, Text) else r for r in renderables]


def _without_control(text: Text) -> Text:
    shown = text.copy()
    shown.plain = plain(text.plain)
    return shown


def screen(soft_wrap: bool = False) -> Console:
    """The terminal. What is in brackets is text and no markup, and no text speaks to the terminal."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=soft_wrap)
    console.push_render_hook(_Plainly())
    return console


def show(findings: Sequence[Finding], sources: dict[str, Source], files: int) -> None:
    """Print findings by file, with the words at issue underlined, and how many there are."""
    console = screen(soft_wrap=True)
    path = ""
    for finding in findings:
        if finding.path != path:
            path = finding.path
            console.print(Text(on_a_line(path), style="bold underline"))
        for line in _lines(finding, sources[path]):
            console.print(line)
    console.print(Text(as_summary(findings, files), style="dim" if not findings else ""))


def _lines(finding: Finding, source: Source) -> list[Text]:
    line, column = source.line_and_column(finding.span.start)
    style = _STYLE[finding.severity]
    head = Text.assemble(
        (f"  {line + 1}:{column + 1}", "dim"),
        "  ",
        (str(finding.severity), style),
        "  ",
        on_a_line(finding.message),
        "  ",
        (finding.rule, "dim"),
    )
    lines = [head, _quoted(finding, source, style)]
    if finding.question:
        lines.append(Text.assemble("      ", ("? ", "bold"), on_a_line(finding.question)))
        lines.extend(
            Text.assemble("        ", ("• ", "dim"), on_a_line(reading.label), *_written(reading.text, reading.label))
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
        before.replace("\t", " "),
        (source.text[finding.span.start : end].replace("\t", " ") or "▏", f"underline {style}"),
        after.replace("\t", " "),
        "…" if stop < span.end else "",
    )


def _written(text: str | None, label: str) -> tuple[tuple[str, str], ...]:
    return () if text is None or text.casefold() in label.casefold() else ((f": {' '.join(text.split())}", "italic"),)
