"""Incompatible value: two clauses set different values for one thing.

A number with its bound and unit, an amount such as all or some, a list, a criterion to sort by, or a named value: what is one
thing cannot have both. Where nothing but the wording says that the value is single, the finding is a warning.

Bad:  Logs shall be kept for 30 days. Logs shall be kept for 7 days.
Bad:  A password must have at least 12 characters. A password must have at least 8 characters.
Bad:  The agent shall use sha256 for transferring messages. The agent shall use any hash for transferring messages.
Bad:  The viewer shall sort files based on their size. The viewer shall sort files based on their name.
Good: Logs shall be kept for 30 days. Backups shall be kept for 7 days.
Good: The timeout must be 60 seconds. The timeout must be 1 minute.
Good: The parser MUST support JSON. The parser MUST support XML.
"""

from __future__ import annotations

from clarifier.rules._rule import Severity, conflict_rule
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.values import values


@conflict_rule(Severity.ERROR, "{here} here and {there} in {where} are two values of one thing", "Which value holds?", rank=2)
def incompatible_value(pair: Pair) -> Clash | None:
    """Where the statements give one thing two values."""
    return values(pair)
