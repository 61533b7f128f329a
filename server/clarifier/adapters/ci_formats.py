"""Findings for what runs checks: annotations of GitHub's workflows, and JUnit's XML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from clarifier.engine.findings import Finding
from clarifier.rules._rule import Severity
from clarifier.text.source import Source

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "notice", Severity.HINT: "notice"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_github(findings: Sequence[Finding], sources: dict[str, Source], files: int) -> str:
    """A workflow command a finding; GitHub shows them beside the lines of a pull request."""
    return "\n".join(_command(finding, sources[finding.path]) for finding in findings)


def _command(finding: Finding, source: Source) -> str:
    (line, column), (last, end) = (source.line_and_column(offset) for offset in (finding.span.start, finding.span.end))
    place = f"file={_property(finding.path)},line={line + 1},endLine={last + 1}"
    if line == last:
        place += f",col={column + 1},endColumn={max(end, column + 1)}"
    said = "\n".join(
        [finding.message, *([finding.question] if finding.question else []), *(f"- {r.label}" for r in finding.readings)]
    )
    return f"::{_LEVEL[finding.severity]} {place},title={_property(finding.rule)}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_junit(findings: Sequence[Finding], sources: dict[str, Source], files: int) -> str:
    """A test suite a file and a test case a finding; errors and warnings fail, the rest is said as output."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.path, []).append(finding)
    failed = sum(_fails(f) for f in findings)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="clarifier" tests="{len(findings)}" failures="{failed}" errors="0">',
    ]
    for path, found in by_file.items():
        out.append(
            f'  <testsuite name={_attribute(path)} tests="{len(found)}" failures="{sum(map(_fails, found))}" errors="0" skipped="0">'
        )
        for finding in found:
            out.extend(_case(finding, sources[path]))
        out.append("  </testsuite>")
    if not findings:
        out.append(f'  <testsuite name="clarifier" tests="{files}" failures="0" errors="0" skipped="0"/>')
    return "\n".join([*out, "</testsuites>"])


def _case(finding: Finding, source: Source) -> list[str]:
    line, column = source.line_and_column(finding.span.start)
    said = [f"{finding.path}:{line + 1}:{column + 1}", " ".join(source.slice(finding.span).split())[:200]]
    if finding.question:
        said += [finding.question, *(f"- {reading.label}" for reading in finding.readings)]
    body = escape(_xml("\n".join(said)))
    name = _attribute(f"{finding.rule} {line + 1}:{column + 1}")
    opened = f"    <testcase classname={_attribute(finding.path)} name={name}>"
    inner = (
        f"      <failure type={_attribute(finding.rule)} message={_attribute(f'{finding.severity}: {finding.message}')}>{body}</failure>"
        if _fails(finding)
        else f"      <system-out>{escape(_xml(f'{finding.severity}: {finding.message}'))}\n{body}</system-out>"
    )
    return [opened, inner, "    </testcase>"]


def _fails(finding: Finding) -> bool:
    return finding.severity in (Severity.ERROR, Severity.WARNING)


def _attribute(text: str) -> str:
    return quoteattr(_xml(text))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
