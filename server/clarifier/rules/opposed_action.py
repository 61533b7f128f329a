"""Opposed action: two clauses ask for actions that undo each other, of the same thing.

To retain and to delete, to enable and to disable: done both ways, neither is done. Where one says how long a thing lasts and
the other when it ends, they are opposed only if the end comes too early, or too late.

Bad:  The service shall retain audit logs. The service shall delete audit logs.
Bad:  The gateway must enable caching of responses. Caching of responses must be disabled by the gateway.
Bad:  The server MUST delete backups after 30 days. The server MUST retain backups for 90 days.
Good: The server MUST delete backups after 90 days. The server MUST retain backups for 30 days.
Good: The service shall retain audit logs. The service shall delete session cookies.
Good: The client shall open the connection before the transfer. The client shall close the connection after the transfer.
"""

from __future__ import annotations

from clarifier.rules._rule import Severity, conflict_rule
from clarifier.semantics.oppositions import actions
from clarifier.semantics.pairs import Clash, Pair


@conflict_rule(Severity.ERROR, "{here} here undoes {there} in {where}")
def opposed_action(pair: Pair) -> Clash | None:
    """Where the two statements ask for opposite actions."""
    return actions(pair)
