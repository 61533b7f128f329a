"""Unreasoned suppression: something is allowed, and nobody says why.

The next reader cannot tell whether it was weighed or waved through. The comment does hide what it allows, so that nothing
is said twice; in exchange this finding weighs at least as much as what is hidden, so that no gate is passed by it.

Bad:  <!-- clarifier: allow vague-time --> The server must answer fast.
Good: <!-- clarifier: allow vague-time because the test plan says how fast --> The server must answer fast.
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Severity, Spot, suppression_rule
from clarifier.semantics.suppression import Outcome


@suppression_rule(Group.SUPPRESSION, Severity.WARNING)
def unreasoned_suppression(outcome: Outcome, names: frozenset[str]) -> Iterator[Spot]:
    """Yield a spot for a comment that allows something and gives no reason."""
    suppression = outcome.suppression
    if not suppression.reason and suppression.rules and not suppression.problem:
        allowed = ", ".join(f"“{name}”" for name in suppression.rules)
        severity = list(Severity)[min((Severity.WARNING.rank, *outcome.hidden))]
        message = f"{allowed} is allowed here without a reason; add “because …”."
        yield Spot(suppression.span, message, severity=severity, weight=0.2, path=suppression.path)
