"""Incompatible order: one clause puts A before B, another B before A.

Whichever is done first, one of the clauses is broken.

Bad:  The server must validate the request before logging the request. The server must log the request before validating the request.
Bad:  The client shall encrypt the archive after uploading the archive. The client shall encrypt the archive before uploading the archive.
Good: The server must validate the request before logging the request. The server must log the response before sending the response.
"""

from __future__ import annotations

from clarifier.rules._rule import Severity, conflict_rule
from clarifier.semantics.order import orders
from clarifier.semantics.pairs import Clash, Pair


@conflict_rule(Severity.ERROR, "{here} here is the other way round than {there} in {where}", "Which comes first?", rank=0)
def incompatible_order(pair: Pair) -> Clash | None:
    """Where the statements put the same two steps in opposite orders."""
    return orders(pair)
