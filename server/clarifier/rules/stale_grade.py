"""Stale grade: a clause has changed since its prompts were graded.

A grade says how an answer follows the clause as it stood then. When the clause, its authority or its precedents
change, the grade says nothing of the new wording, and the prompts are to be run again: `clarifier test --clause ID`.

Bad:  The assistant must answer in English[^l4ng]. (graded as “The assistant should answer in English”)
Good: The assistant must answer in English[^l4ng]. (graded as it stands)
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Severity, Spot, document_rule
from clarifier.semantics.specification import Specification
from clarifier.semantics.standings import standings


@document_rule(Group.PROMPTS, Severity.INFORMATION)
def stale_grade(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for every clause with prompts that were graded by an earlier wording only."""
    for clause, stands in standings(specification).values():
        if stands.stale and stands.prompts:
            last = max(grade.at for grade in stands.outdated)
            yield Spot(
                clause.mark.span,
                f"“{clause.id}” or its prompts have changed since the grades of {last[:10]}; run its prompts again to know how it stands.",
                weight=0.2,
                clause=clause.id,
            )
