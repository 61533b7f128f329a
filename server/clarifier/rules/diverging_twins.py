"""Diverging twins: two clauses alike but for a few words, where no opposition is proved.

Often one is left over from an edit of the other, so that a reader does not know which one is meant; sometimes they conflict.
So it is with one duty that is a MUST here and a SHOULD there.
Members of a series that differ at one place, one after another, are not twins, nor are clauses about different cases.

Bad:  The gateway shall send the complete billing report to the finance team. The gateway shall send the billing report to the finance team.
Bad:  Authors MUST NOT use abstract roles in content. Authors should not use abstract roles in content.
Good: The gateway shall send the billing report to the finance team. The gateway shall send the usage statistics to the support team.
"""

from __future__ import annotations

from clarifier.rules._rule import Severity, conflict_rule
from clarifier.semantics.durations import durations
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.strength import strengths
from clarifier.semantics.twins import twins


@conflict_rule(
    Severity.WARNING, "This is {where} but for a few words: {here} here, {there} there", "Which of the two holds?", rank=3
)
def diverging_twins(pair: Pair) -> Clash | None:
    """Where two statements that are otherwise alike differ."""
    # Durations that were compared and fit together are no left-over of an edit.
    return None if durations(pair) is not None else strengths(pair) or twins(pair)
