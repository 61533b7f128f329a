"""Unused suppression: something is allowed that does not occur.

A comment `<!-- clarifier: allow RULE because … -->` holds for the block after it, or the one in which it stands: a
paragraph, a list item with all that is in it, a whole table. `allow-file` holds for the file; several rules are separated
by commas; `until 2027-01-31` at the end names the last day. An allowance is reported when it hides nothing, names no
rule there is, or has ended: it would hide the next fault of its kind, which nobody has looked at.

Bad:  <!-- clarifier: allow vague-time because the test plan says it --> The server must keep each log for 30 days.
Good: <!-- clarifier: allow vague-time because the test plan says it --> The server must answer fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from clarifier.rules._rule import Group, Reading, Severity, Spot, suppression_rule
from clarifier.semantics.suppression import Outcome, Suppression


@suppression_rule(Group.SUPPRESSION, Severity.WARNING)
def unused_suppression(outcome: Outcome, names: frozenset[str]) -> Iterator[Spot]:
    """Yield a spot for each rule that a comment allows in vain, or for the comment that cannot be read."""
    suppression = outcome.suppression
    if suppression.problem:
        yield _spot(suppression, f"This allows nothing: {suppression.problem}.", ())
    elif outcome.ended:
        yield _spot(suppression, f"What this allowed ended on {suppression.until}.", (Reading("Remove the comment", ""),))
    else:
        for name in outcome.unused:
            known = name in names
            message = (
                f"“{name}” is allowed here, but nothing of the kind is found."
                if known
                else f"There is no rule “{name}” to be allowed."
            )
            near = [] if known else get_close_matches(name, sorted(names), n=2)
            readings = [Reading(f"“{other}” is meant", suppression.written.replace(name, other, 1)) for other in near]
            yield _spot(suppression, message, (*readings, _without(suppression, name)))


def _without(suppression: Suppression, name: str) -> Reading:
    if len(suppression.rules) == 1:
        return Reading("Remove the comment", "")
    return Reading(
        f"Remove “{name}” from the comment",
        re.sub(rf",\s*{re.escape(name)}\b|\b{re.escape(name)}\s*,\s*", "", suppression.written, count=1),
    )


def _spot(suppression: Suppression, message: str, readings: tuple[Reading, ...]) -> Spot:
    return Spot(suppression.span, message, readings=readings, weight=0.1, path=suppression.path)
