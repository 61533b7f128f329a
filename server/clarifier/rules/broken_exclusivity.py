"""Broken exclusivity: one clause keeps something to one bearer, case or way, another does not.

"Only administrators may" and "editors may" cannot both hold; "only after approval" is void where another clause asks for it
always, and "only once" where another sets no limit. Where the grammar does not prove it, the finding is a warning.

Bad:  Only administrators may delete accounts. Editors may delete accounts.
Bad:  The system shall restrict the creation of reports to managers. Guests shall be able to create reports.
Bad:  The client shall store the session token. The client shall only store the session token after the user has agreed.
Bad:  Players may rename a character only once. Players may rename a character.
Good: Only administrators may delete accounts. Editors may delete comments.
"""

from __future__ import annotations

from clarifier.rules._rule import Severity, conflict_rule
from clarifier.semantics.exclusivity import exclusivity
from clarifier.semantics.pairs import Clash, Pair


@conflict_rule(Severity.ERROR, "{here} here does not go with {there} in {where}", rank=2)
def broken_exclusivity(pair: Pair) -> Clash | None:
    """Where one statement excludes what the other asks for."""
    return exclusivity(pair)
