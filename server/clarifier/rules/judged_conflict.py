"""Judged conflict: a model holds two clauses for contradictory that no rule proves so.

Only asked for by `clarifier check --judge MODEL`: the pairs that share most, and that no other rule speaks of, go to the
configured endpoint. An answer counts only if it quotes both clauses word for word. It is an opinion, so it is never an error
by default; answers are kept under `.clarifier` by what the clauses say, so that a text is judged once.

Bad:  Notifications are sent at once. Notifications are collected and delivered in the evening.
Good: Notifications are sent at once. Reports are collected and delivered in the evening.
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Severity, advice_rule


@advice_rule(
    Group.CONFLICT, Severity.WARNING, "{here} here and {there} in {where} are judged to conflict", "Which holds when both apply?"
)
def judged_conflict(*_: object) -> Iterator[Hit]:
    """Nothing: what a model says is no part of an analysis."""
    return iter(())
