"""What the author has allowed is left out; what was allowed in vain, or without a reason, is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clarifier.engine.findings import Finding, from_spot, in_order
from clarifier.engine.settings import Settings
from clarifier.rules import RULES
from clarifier.rules._rule import Group
from clarifier.semantics.specification import Specification
from clarifier.semantics.suppression import Outcome, Suppression, suppressions

# These rules see the structure alone, so that they have their say before any sentence is read.
_STRUCTURAL = (Group.IDENTITY, Group.PROMPTS)


def without_allowed(
    specification: Specification, findings: Sequence[Finding], settings: Settings, complete: bool
) -> tuple[Finding, ...]:
    """The findings that are not allowed, and what is to be said of the suppressions themselves.

    `complete` says that every sentence was read: before that a rule that has found nothing may yet find something.
    """
    allowed = suppressions(specification)
    if not allowed:
        return tuple(findings)
    hidden: dict[int, list[Finding]] = {}
    left: list[Finding] = []
    for finding in findings:
        by = [i for i, s in enumerate(allowed) if s.allows(finding.rule, finding.path, finding.span, settings.today)]
        for index in by:
            hidden.setdefault(index, []).append(finding)
        if not by:
            left.append(finding)
    for index, suppression in enumerate(allowed):
        left.extend(_said(_outcome(suppression, hidden.get(index, []), settings, complete), specification, settings))
    return in_order(left)


def is_allowed(specification: Specification, finding: Finding, settings: Settings) -> bool:
    """Whether the author has allowed a finding that was made by comparing specifications."""
    return any(s.allows(finding.rule, finding.path, finding.span, settings.today) for s in suppressions(specification))


def _outcome(suppression: Suppression, hidden: Sequence[Finding], settings: Settings, complete: bool) -> Outcome:
    used = {finding.rule for finding in hidden}
    unused = tuple(name for name in suppression.rules if name not in used and _is_judged(name, settings, complete))
    return Outcome(suppression, unused, suppression.has_ended(settings.today), tuple(finding.severity.rank for finding in hidden))


def _is_judged(name: str, settings: Settings, complete: bool) -> bool:
    """Whether it can be said here that a rule finds nothing: not of one that is off, or that compares specifications."""
    rule = RULES.get(name)
    if rule is None:
        return True
    if rule.scope == "workspace" or rule.group is Group.CONFLICT or settings.severity(rule) is None:
        return False
    return complete or rule.group in _STRUCTURAL


def _said(outcome: Outcome, specification: Specification, settings: Settings) -> Iterator[Finding]:
    for rule in RULES.values():
        if rule.scope == "suppression":
            for spot in rule.check(outcome, frozenset(RULES)):
                finding = from_spot(rule, spot, specification, settings)  # type: ignore[arg-type]  # a rule of this scope gives spots
                if finding is not None:
                    yield finding
