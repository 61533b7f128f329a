"""What the author has allowed is left out; what was allowed in vain, or without a reason, is said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

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
    groups = _grouped(findings)
    left: list[Finding] = []
    for suppression in allowed:
        used, ranks = _hidden(suppression, groups, settings.today)
        left.extend(_said(_outcome(suppression, used, ranks, settings, complete), specification, settings))
    left.extend(finding for of_rule in groups.values() for group in of_rule.values() for finding in group.left())
    return in_order(left)


@dataclass(frozen=True)
class _Group:
    """Findings of one rule, file and severity in order of their places, and stretches of them that are allowed."""

    findings: list[Finding] = field(default_factory=list)
    allowed: list[tuple[int, int]] = field(default_factory=list)

    def left(self) -> Iterator[Finding]:
        """The findings that nothing allows."""
        done = 0
        for first, after in sorted(self.allowed):
            yield from self.findings[done:first]
            done = max(done, after)
        yield from self.findings[done:]


_Groups = Mapping[str, dict[tuple[str, int], _Group]]


def _grouped(findings: Sequence[Finding]) -> _Groups:
    groups: dict[str, dict[tuple[str, int], _Group]] = {}
    for finding in sorted(findings, key=lambda f: f.span.start):
        of_rule = groups.setdefault(finding.rule, {})
        of_rule.setdefault((finding.path, finding.severity.rank), _Group()).findings.append(finding)
    return groups


def _hidden(suppression: Suppression, groups: _Groups, today: date | None) -> tuple[set[str], set[int]]:
    """Mark what a suppression hides; the rules of that, and the severities. Thousands of both are not set one against the other."""
    used: set[str] = set()
    ranks: set[int] = set()
    if suppression.problem or suppression.has_ended(today):
        return used, ranks
    for rule in suppression.rules:
        for (path, rank), group in groups.get(rule, {}).items():
            first, after = 0, len(group.findings)
            if suppression.covers is not None:
                start, end = suppression.covers.start, max(suppression.covers.end, suppression.covers.start + 1)
                first, after = (bisect_left(group.findings, place, key=lambda f: f.span.start) for place in (start, end))
            if first < after and (suppression.covers is None or path == suppression.path):
                used.add(rule)
                ranks.add(rank)
                group.allowed.append((first, after))
    return used, ranks


def is_allowed(specification: Specification, finding: Finding, settings: Settings) -> bool:
    """Whether the author has allowed a finding that was made by comparing specifications."""
    return any(s.allows(finding.rule, finding.path, finding.span, settings.today) for s in suppressions(specification))


def _outcome(suppression: Suppression, used: set[str], ranks: set[int], settings: Settings, complete: bool) -> Outcome:
    unused = tuple(name for name in suppression.rules if name not in used and _is_judged(name, settings, complete))
    return Outcome(suppression, unused, suppression.has_ended(settings.today), tuple(sorted(ranks)))


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
