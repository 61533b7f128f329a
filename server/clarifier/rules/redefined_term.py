"""Redefined term: two clauses say that one term means two things.

What is written with the term in mind holds in one sense and fails in the other.

Bad:  “Session” means the time between login and logout. “Session” means a single request and its response.
Good: “Session” means the time between login and logout. “Request” means a single message to the server.
"""

from __future__ import annotations

from clarifier.rules._rule import Severity, conflict_rule
from clarifier.semantics.definitions import redefinition
from clarifier.semantics.pairs import Clash, Pair


@conflict_rule(Severity.ERROR, "{here} here and {there} in {where} are two meanings of one term", "Which meaning holds?", rank=0)
def redefined_term(pair: Pair) -> Clash | None:
    """Where both statements define one term, and not alike."""
    return redefinition(pair)
