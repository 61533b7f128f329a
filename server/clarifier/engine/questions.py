"""Which questions matter first: what an interview asks, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clarifier.engine.findings import Finding
from clarifier.rules._rule import Severity
from clarifier.semantics.specification import Specification

# What a severity adds to a weight from 0 to 1: evidence outranks everything but a much weightier doubt.
_BY_SEVERITY: Mapping[Severity, float] = {Severity.ERROR: 1.0, Severity.WARNING: 0.6, Severity.INFORMATION: 0.2, Severity.HINT: 0.0}
_NAMED = 0.1
_AUTHORITY = 0.1


def questions(findings: Iterable[Finding], specifications: Iterable[Specification] = ()) -> tuple[Finding, ...]:
    """The findings that ask something worth an answer, the weightiest first.

    A question weighs more the worse its finding, the surer the rule that two readers would differ, and if a named clause
    hangs on it; with the specifications given, more the higher the authority under which it stands.
    """
    by_path = {s.path: s for s in specifications}
    asking = [f for f in findings if asks(f)]
    return tuple(sorted(asking, key=lambda f: (-_impact(f, by_path.get(f.path)), f.path, f.span, f.rule)))


def asks(finding: Finding) -> bool:
    """Whether a finding is worth an author's answer: it has a question, and it is more than a hint."""
    return finding.question is not None and finding.severity is not Severity.HINT


def _impact(finding: Finding, specification: Specification | None) -> float:
    impact = finding.weight + _BY_SEVERITY[finding.severity] + _NAMED * (finding.clause is not None)
    if specification is not None and specification.document.sections:
        document = specification.document
        level = document.sections[document.section_at(finding.span.start)].authority
        if level in specification.levels:
            impact += _AUTHORITY * (1 - specification.levels.index(level) / len(specification.levels))
    return round(impact, 6)
