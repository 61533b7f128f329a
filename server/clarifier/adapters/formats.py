"""Findings as text and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from clarifier.adapters.saying import on_a_line
from clarifier.engine.findings import Finding
from clarifier.text.source import Source, Span


def utf16(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + sum(c > "\uffff" for c in text)


def as_range(source: Source, span: Span) -> dict[str, dict[str, int]]:
    """A span as LSP says it: lines and UTF-16 characters from 0."""

    def position(offset: int) -> dict[str, int]:
        line, column = source.line_and_column(offset)
        start = source.line_starts[line]
        return {"line": line, "character": utf16(source.text[start : start + column])}

    return {"start": position(span.start), "end": position(span.end)}


def as_json(findings: Sequence[Finding], sources: dict[str, Source], files: int) -> str:
    """The report of contract section 5; the same findings give the same bytes."""
    return json.dumps(
        {"version": 1, "files": files, "findings": [_finding(f, sources) for f in findings]}, ensure_ascii=False, indent=1
    )


def _finding(finding: Finding, sources: dict[str, Source]) -> dict[str, Any]:
    return {
        "path": finding.path,
        "range": as_range(sources[finding.path], finding.span),
        "rule": finding.rule,
        "group": str(finding.group),
        "severity": str(finding.severity),
        "message": finding.message,
        "question": finding.question,
        "readings": [{"label": reading.label, "text": reading.text} for reading in finding.readings],
        "clause": finding.clause,
        "related": [
            {"path": r.path, "range": as_range(sources[r.path], r.span), "message": r.message}
            for r in finding.related
            if r.path in sources
        ],
        "fingerprint": finding.fingerprint,
    }


def as_text(findings: Sequence[Finding], sources: dict[str, Source]) -> str:
    """One paragraph a finding: place, severity, message, the line with the words underlined, the question."""
    out: list[str] = []
    for finding in findings:
        source = sources[finding.path]
        line, column = source.line_and_column(finding.span.start)
        text = source.line_text(line)
        width = max(1, min(finding.span.end, source.line_span(line).end) - finding.span.start)
        from_column = max(0, column - 60)
        place = f"{finding.path}:{line + 1}:{column + 1}"
        out.append(on_a_line(f"{place}: {finding.severity}: {finding.message} [{finding.rule}]"))
        out.append(f"    {text[from_column : from_column + 120]}")
        out.append(f"    {' ' * (column - from_column)}{'^' * min(width, 120 - column + from_column)}")
        if finding.question:
            out.append(f"    ? {on_a_line(finding.question)}")
            out.extend(f"      - {on_a_line(reading.label)}" for reading in finding.readings)
    return "\n".join(out)


def as_summary(findings: Sequence[Finding], files: int, as_json: bool = False) -> str:
    """How many findings of each rule and severity there are."""
    counted = Counter((f.rule, f.severity) for f in findings)
    rows = sorted(counted.items(), key=lambda row: (row[0][1].rank, -row[1], row[0][0]))
    if as_json:
        return json.dumps(
            {"version": 1, "files": files, "rules": [{"rule": r, "severity": str(s), "findings": n} for (r, s), n in rows]},
            indent=1,
        )
    total = f"{len(findings)} finding{'' if len(findings) == 1 else 's'} in {files} file{'' if files == 1 else 's'}"
    return "\n".join([*(f"{number:5}  {severity:<11}  {rule}" for (rule, severity), number in rows), total])


def as_interview(findings: Sequence[Finding], sources: dict[str, Source]) -> str:
    """The questions alone, numbered, each with its words in their line and what each reading would write."""
    out: list[str] = []
    for number, finding in enumerate(findings, 1):
        source = sources[finding.path]
        line, column = source.line_and_column(finding.span.start)
        start = max(source.line_span(line).start, finding.span.start - 60)
        stop = min(source.line_span(source.line_and_column(finding.span.end)[0]).end, finding.span.end + 60)
        before, after = source.text[start : finding.span.start].lstrip("\ufeff"), source.text[finding.span.end : stop]
        quoted = f"{before}»{source.slice(finding.span)}«{after}"
        out.append(f"{number}. {on_a_line(finding.question or '')}")
        out.append(f"   {on_a_line(finding.path)}:{line + 1}:{column + 1} [{finding.rule}]")
        out.append(f"   {' '.join(quoted.split())}")
        out.extend(
            f"   - {on_a_line(reading.label)}{'' if reading.text is None else ': ' + ' '.join(reading.text.split())}"
            for reading in finding.readings
        )
    return "\n".join(out)
