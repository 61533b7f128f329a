"""Opposed duty: one clause requires or permits what another forbids, or calls optional what another requires.

Nobody can obey both, so each reader obeys the one found first. What is left out in passing ("without encrypting it"), set aside
("regardless of the role"), displaced ("YAML instead of JSON") or called required in a table and optional in the text counts too, and
so does a step that one clause requires first and another lets be skipped. Conditions that cannot hold
together and stated exceptions are no conflict; where one clause may be a special case of the other, the finding is a warning.

Bad:  The server MUST log each request. The server MUST NOT log requests.
Bad:  Guests may post comments. Guests are not allowed to post comments.
Bad:  The name field is REQUIRED. The name field is OPTIONAL.
Bad:  The mailer must encrypt every attachment. The mailer must send every attachment without encrypting it.
Bad:  Each release must be signed before it is published. The maintainer may publish unsigned releases.
Bad:  The exporter must use YAML instead of JSON. The exporter must use JSON.
Good: The server MUST log each request. The server MUST NOT log passwords.
Good: If the token is valid, the server MUST accept the request. If the token is not valid, the server MUST NOT accept the request.
"""

from __future__ import annotations

from clarifier.rules._rule import Severity, conflict_rule
from clarifier.semantics.oppositions import duties
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.prerequisites import skipped


@conflict_rule(Severity.ERROR, "{here} here and {there} in {where} cannot both be obeyed")
def opposed_duty(pair: Pair) -> Clash | None:
    """Where one statement obliges or permits what the other forbids."""
    return duties(pair) or skipped(pair)
