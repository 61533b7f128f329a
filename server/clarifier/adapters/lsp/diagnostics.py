"""Findings as diagnostics: JSON text, made once for each state of a file, with an ID that changes when they do.

After every keystroke hundreds of them are sent again with other line numbers. So what does not move is written once and kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clarifier.adapters.lsp.client import Client
from clarifier.adapters.lsp.convert import SEVERITIES, Positions, to_uri
from clarifier.engine.findings import Finding
from clarifier.rules._rule import Severity
from clarifier.syntax.parts import difference
from clarifier.text.source import Source

SOURCE = "clarifier"
# The codes of what no rule says: what is wrong with a configuration, and that a file cannot be read.
CONFIGURATION = "configuration"
UNREADABLE = "unreadable"
_UNNECESSARY = 1
_MOST_KEPT = 50_000
_START = '{"start":{"line":0,"character":0},"end":{"line":0,"character":0}}'

Key = tuple[str, str, Severity, str | None, str | None]


@dataclass(frozen=True)
class Report:
    """The diagnostics of one file, each as JSON text, and the ID of this state of them."""

    id: str
    items: tuple[str, ...]

    @property
    def array(self) -> str:
        """All of them as one JSON array."""
        return f"[{','.join(self.items)}]"


@dataclass(frozen=True)
class Written:
    """The findings of a text, and the diagnostic of each."""

    source: Source
    findings: Sequence[Finding]
    items: tuple[str, ...]


def _unmoved(before: Written, findings: Sequence[Finding], source: Source) -> tuple[int, int]:
    """How many findings at the start and at the end are written as before: those before an edit that stand at no other place,
    and those in lines behind it, if it has left their numbers as they were."""
    old, changed = before.source, difference(before.source.text, source.text)
    by, last = changed.new.end - changed.old.end, source.line_and_column(changed.new.end)[0]
    shortest = min(len(findings), len(before.findings))
    head = tail = 0
    while head < shortest and _is_same(before.findings[head], findings[head], 0) and findings[head].span.end < changed.new.start:
        head += 1
    if old.line_and_column(changed.old.end)[0] == last and last + 1 < len(source.line_starts):
        behind = source.line_starts[last + 1]
        while tail < shortest - head and findings[-1 - tail].span.start >= behind:
            if not _is_same(before.findings[-1 - tail], findings[-1 - tail], by):
                break
            tail += 1
    return head, tail


def _is_same(old: Finding, new: Finding, by: int) -> bool:
    """Whether a finding is an old one moved on; not if it speaks of other places, which may have moved otherwise."""
    if new is old:
        return by == 0 and not new.related
    return (
        new.span.start == old.span.start + by
        and new.span.end == old.span.end + by
        and new.message == old.message
        and new.fingerprint == old.fingerprint
        and new.question == old.question
        and new.severity is old.severity
        and new.clause == old.clause
        and new.rule == old.rule
        and not (new.related or old.related)
    )


@dataclass
class Writer:
    """Writes findings as diagnostics for one client, and keeps what of them does not move with the text."""

    client: Client
    manuals: Mapping[str, str]
    positions_of: Callable[[str], Positions | None]
    _kept: dict[Key, str] = field(default_factory=dict)

    def diagnostics(self, findings: Sequence[Finding], positions: Positions, before: Written | None = None) -> Written:
        """The findings of one file as diagnostics. What was written before stays where nothing has moved."""
        if (
            before is not None
            and before.source is positions.source
            and before.findings is findings
            and not any(f.related for f in findings)
        ):
            return before
        if before is None:
            return Written(positions.source, findings, tuple([self.diagnostic(finding, positions) for finding in findings]))
        head, tail = _unmoved(before, findings, positions.source)
        middle = [self.diagnostic(finding, positions) for finding in findings[head : len(findings) - tail]]
        kept = before.items[len(before.items) - tail :]
        return Written(positions.source, findings, (*before.items[:head], *middle, *kept))

    def diagnostic(self, finding: Finding, positions: Positions) -> str:
        """A finding as a diagnostic; its `data` names it, so that commands can be asked about it."""
        (line, character), (last, end) = positions.units(finding.span.start), positions.units(finding.span.end)
        within = f'{{"start":{{"line":{line},"character":{character}}},"end":{{"line":{last},"character":{end}}}}}'
        related = self._related(finding) if self.client.related and finding.related else ""
        return f'{{"range":{within},{related}{self._rest(finding)}'

    def _rest(self, finding: Finding) -> str:
        key = (finding.fingerprint, finding.message, finding.severity, finding.question, finding.clause)
        if key not in self._kept:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = json.dumps(self._fields(finding))[1:]
        return self._kept[key]

    def _fields(self, finding: Finding) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "severity": SEVERITIES[finding.severity].value,
            "code": finding.rule,
            "source": SOURCE,
            "message": f"{finding.message}\n{finding.question}" if finding.question else finding.message,
            "data": {"fingerprint": finding.fingerprint, "group": str(finding.group), "clause": finding.clause},
        }
        if finding.rule in self.manuals:
            fields["codeDescription"] = {"href": self.manuals[finding.rule]}
        if self.client.tags and finding.rule == "unused-suppression":
            fields["tags"] = [_UNNECESSARY]
        return fields

    def _related(self, finding: Finding) -> str:
        places = []
        for place in finding.related:
            there = self.positions_of(place.path)
            if there is not None:
                location = {"uri": to_uri(place.path), "range": there.as_range(place.span)}
                places.append({"location": location, "message": place.message})
        return f'"relatedInformation":{json.dumps(places)},'


def at_beginning(message: str, code: str, severity: Severity) -> str:
    """What is to be said of a file as a whole, as a diagnostic at its beginning."""
    return f'{{"range":{_START},"severity":{SEVERITIES[severity].value},"code":"{code}","source":"{SOURCE}","message":{json.dumps(message)}}}'


def at_place(message: str, offset: int, positions: Positions) -> str:
    """What is to be said of a file from a place on, as a diagnostic on the line of that place."""
    line = positions.source.line_span(positions.source.line_and_column(offset)[0])
    within = json.dumps(positions.as_range(line))
    return f'{{"range":{within},"severity":{SEVERITIES[Severity.WARNING].value},"code":"{UNREADABLE}","source":"{SOURCE}","message":{json.dumps(message)}}}'


def report_of(items: tuple[str, ...], before: Report | None) -> Report:
    """The report on new diagnostics; if they are those of before, that very report."""
    if before is not None and before.items == items:
        return before
    return Report(str(int(before.id) + 1) if before else "1", items)
