"""Findings in the format that was asked for, on standard output."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from clarifier.adapters import ci_formats, formats, sarif, terminal
from clarifier.engine.findings import Finding
from clarifier.text.source import Source


def printed(name: str, findings: Sequence[Finding], sources: dict[str, Source], files: int) -> None:
    """Print findings as text, json, sarif, github or junit; as text in colour where a person reads along."""
    if name == "text" and sys.stdout.isatty():
        terminal.show(findings, sources, files)
        return
    text = _AS[name](findings, sources, files)
    if text:
        print(text)


def _as_text(findings: Sequence[Finding], sources: dict[str, Source], files: int) -> str:
    return formats.as_text(findings, sources)


_AS = {"text": _as_text, "json": formats.as_json, "sarif": sarif.as_sarif, "github": ci_formats.as_github, "junit": ci_formats.as_junit}
