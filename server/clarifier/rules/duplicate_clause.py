"""Duplicate clause: the same norm twice.

Sooner or later one of the two is changed and the other is not.

Bad:  The server shall record each event. The server must record each event.
Good: The server shall record each event. The server shall record each error.
"""

from __future__ import annotations

from clarifier.rules._rule import Severity, conflict_rule
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.twins import duplicate


@conflict_rule(Severity.INFORMATION, "{where} says the same", "Which of the two is to stay?", rank=4)
def duplicate_clause(pair: Pair) -> Clash | None:
    """Both statements as wholes, if they say the same."""
    return duplicate(pair)
