"""Findings as diagnostics: plain JSON, made once a version, with an ID that changes when they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clarifier.adapters.lsp.client import Client
from clarifier.adapters.lsp.convert import SEVERITIES, Positions, to_uri
from clarifier.engine.findings import Finding

SOURCE = "clarifier"
_UNNECESSARY = 1
# The code of what the server says of a file that is no specification, such as a broken configuration.
CONFIGURATION = "configuration"


@dataclass(frozen=True)
class Report:
    """The diagnostics of one file as JSON, and the ID of this state of them."""

    id: str
    items: list[dict[str, Any]]


def as_diagnostics(
    findings: Sequence[Finding],
    positions: Positions,
    positions_of: Callable[[str], Positions | None],
    client: Client,
    manuals: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The findings of one file as diagnostics."""
    return [as_diagnostic(finding, positions, positions_of, client, manuals) for finding in findings]


def as_diagnostic(
    finding: Finding,
    positions: Positions,
    positions_of: Callable[[str], Positions | None],
    client: Client,
    manuals: Mapping[str, str],
) -> dict[str, Any]:
    """A finding as a diagnostic; `data` names it, so that commands can be asked about it."""
    message = f"{finding.message}\n{finding.question}" if finding.question else finding.message
    diagnostic: dict[str, Any] = {
        "range": positions.as_range(finding.span),
        "severity": SEVERITIES[finding.severity].value,
        "code": finding.rule,
        "source": SOURCE,
        "message": message,
        "data": {"fingerprint": finding.fingerprint, "group": str(finding.group), "clause": finding.clause},
    }
    if finding.rule in manuals:
        diagnostic["codeDescription"] = {"href": manuals[finding.rule]}
    if client.tags and finding.rule == "unused-suppression":
        diagnostic["tags"] = [_UNNECESSARY]
    if client.related and finding.related:
        related = []
        for place in finding.related:
            there = positions_of(place.path)
            if there is not None:
                location = {"uri": to_uri(place.path), "range": there.as_range(place.span)}
                related.append({"location": location, "message": place.message})
        diagnostic["relatedInformation"] = related
    return diagnostic


def report_of(items: list[dict[str, Any]], before: Report | None) -> Report:
    """The report on new diagnostics; if they are those of before, that very report."""
    if before is not None and before.items == items:
        return before
    return Report(str(int(before.id) + 1) if before else "1", items)
