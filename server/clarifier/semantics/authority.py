"""Authority: which of two opposed statements stands higher, and whether it gives leave to override it."""

from __future__ import annotations

import re

from clarifier.semantics.oppositions import actions, duties
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.statements import Statement

_LEAVE = re.compile(
    r"\b(?:by default|unless|overrid\w*|overrul\w*|except\w*|may be (?:changed|adjusted|relaxed)|absent|otherwise (?:instructed|specified|directed)|where (?:permitted|allowed)|default\w*)\b",
    re.IGNORECASE,
)


def inversion(pair: Pair) -> Clash | None:
    """The opposition of two statements of different rank, where the higher one grants no exception."""
    one, other = pair.ranks
    if one is None or other is None or min(one, other) < 0 or one == other:
        return None
    higher = pair.one if one < other else pair.other
    return None if leave(higher) else duties(pair) or actions(pair)


def leave(statement: Statement) -> bool:
    """Whether a statement lets others override it."""
    return _LEAVE.search(statement.text) is not None
