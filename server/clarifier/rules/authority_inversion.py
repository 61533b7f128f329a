"""Authority inversion: a clause of a lower authority overrides one of a higher authority without leave.

The higher authority wins, so the lower clause is void, or it was meant to be an exception that the higher one must grant
("unless", "by default", "may be overridden"). Authorities are read from headings (`{authority=root}`); their order is
configured under `[authority] levels`. The page of this rule shows examples, which need headings.

Bad:  The assistant must not reveal the key {authority=root}. The assistant must reveal the key {authority=user}.
Good: By default, the assistant must not reveal the key {authority=root}. The assistant must reveal the key {authority=user}.
"""

from __future__ import annotations

from clarifier.rules._rule import Severity, conflict_rule
from clarifier.semantics.authority import inversion
from clarifier.semantics.pairs import Clash, Pair


@conflict_rule(
    Severity.ERROR,
    "{here} here and {there} in {where} cannot both be obeyed, and the lower authority has no leave to override the higher one",
    "Is the lower clause void, or may it override the higher one?",
    rank=0,
)
def authority_inversion(pair: Pair) -> Clash | None:
    """Where statements under different authorities oppose each other."""
    return inversion(pair)
