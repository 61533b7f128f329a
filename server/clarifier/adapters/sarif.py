"""Findings as SARIF 2.1.0, which code hosts read."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from clarifier import __version__
from clarifier.adapters.formats import utf16
from clarifier.engine.findings import Finding
from clarifier.rules import RULES
from clarifier.rules._rule import Rule, Severity
from clarifier.text.source import Source, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note", Severity.HINT: "note"}


def as_sarif(findings: Sequence[Finding], sources: dict[str, Source], files: int) -> str:
    """One run with the rules that it mentions, their manuals as help, and a result a finding."""
    rules = sorted({finding.rule for finding in findings})
    driver = {
        "name": "clarifier",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(RULES[name]) for name in rules],
    }
    results = [_result(finding, rules.index(finding.rule), sources) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "utf16CodeUnits", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(rule: Rule) -> dict[str, Any]:
    first = rule.title.partition(":")
    return {
        "id": rule.name,
        "name": rule.name.title().replace("-", ""),
        "shortDescription": {"text": (first[2] or first[0]).strip()},
        "fullDescription": {"text": rule.manual.split("\n\n")[1].replace("\n", " ") if "\n\n" in rule.manual else rule.title},
        "help": {"text": rule.manual, "markdown": rule.manual.replace("\nBad:", "\n\nBad:").replace("\nGood:", "\n\nGood:")},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {
            "tags": [str(rule.group)],
            "problem.severity": "error"
            if rule.severity is Severity.ERROR
            else "warning"
            if rule.severity is Severity.WARNING
            else "recommendation",
        },
    }


def _result(finding: Finding, index: int, sources: dict[str, Source]) -> dict[str, Any]:
    said = [
        finding.message,
        *([finding.question] if finding.question else []),
        *(f"- {reading.label}" for reading in finding.readings),
    ]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVEL[finding.severity],
        "message": {"text": "\n".join(said)},
        "locations": [_location(finding.path, finding.span, sources)],
        "partialFingerprints": {"clarifier/v1": finding.fingerprint},
    }
    related = [r for r in finding.related if r.path in sources]
    if related:
        result["relatedLocations"] = [
            {"id": n, **_location(r.path, r.span, sources), "message": {"text": r.message}} for n, r in enumerate(related)
        ]
    fixes = [reading for reading in finding.readings if reading.text is not None]
    if fixes:
        deleted = _region(sources[finding.path], finding.span)
        result["fixes"] = [
            {
                "description": {"text": reading.label},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": _uri(finding.path)},
                        "replacements": [{"deletedRegion": deleted, "insertedContent": {"text": reading.text}}],
                    }
                ],
            }
            for reading in fixes
        ]
    properties = {key: value for key, value in (("clause", finding.clause), ("question", finding.question)) if value}
    return {**result, "properties": properties} if properties else result


def _location(path: str, span: Span, sources: dict[str, Source]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": _region(sources[path], span)}}


def _region(source: Source, span: Span) -> dict[str, int]:
    (line, column), (last, end) = _place(source, span.start), _place(source, span.end)
    return {"startLine": line + 1, "startColumn": column + 1, "endLine": last + 1, "endColumn": end + 1}


def _place(source: Source, offset: int) -> tuple[int, int]:
    line, column = source.line_and_column(offset)
    start = source.line_starts[line]
    return line, utf16(source.text[start : start + column])


def _uri(path: str) -> str:
    """A path as a URI: relative to where the check ran, or of the file system."""
    if PurePosixPath(path).is_absolute():
        return "file://" + quote(path, errors="replace")
    return quote(posixpath.normpath(path.replace("\\", "/")), errors="replace")
