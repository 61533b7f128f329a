"""Findings in the format that was asked for, on standard output."""

from __future__ import annotations

from collections.abc import Sequence

from clarifier.adapters import ci_formats, formats, sarif, terminal
from clarifier.adapters.saying import hand_over, note, reads_along, say
from clarifier.engine.findings import Finding
from clarifier.rules._rule import Severity
from clarifier.text.source import Source


def printed(name: str, findings: Sequence[Finding], sources: dict[str, Source], files: int) -> None:
    """Print findings as text, json, sarif, github or junit; as text in colour where a person reads along.

    Hints are for the editor, where they are faint: as text they are left out.
    """
    if name == "text":
        shown = [finding for finding in findings if finding.severity is not Severity.HINT]
        if reads_along():
            terminal.show(shown, sources, files)
            if len(shown) < len(findings):
                note(f"{len(findings) - len(shown)} hints are not shown; --format json has them")
        elif shown:
            say(formats.as_text(shown, sources))
        return
    text = _AS[name](findings, sources, files)
    if text:
        hand_over(text)


_AS = {
    "json": formats.as_json,
    "sarif": sarif.as_sarif,
    "github": ci_formats.as_github,
    "junit": ci_formats.as_junit,
}
