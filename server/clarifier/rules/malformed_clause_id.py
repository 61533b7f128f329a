"""Malformed clause ID: what stands where an ID belongs cannot be one.

An ID holds letters, digits, and `.`, `-` or `_` between them, so that it can be linked to and can name a file of prompts.
Anything else in `[^…]`, or in the braces after a heading, is passed over in silence by every tool that reads it.

Bad:  The client must sign each request[^ab 12].
Bad:  ## Sign-in {#sign in}
Good: The client must sign each request[^ab12].
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Severity, Spot, document_rule
from clarifier.semantics.specification import Specification


@document_rule(Group.IDENTITY, Severity.ERROR)
def malformed_clause_id(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for every notation of an ID that holds none."""
    document = specification.document
    for part, start in zip(document.parts, document.starts, strict=True):
        for span, written in part.malformed:
            yield Spot(span.shifted(start), _message(written), weight=0.6)


def _message(written: str) -> str:
    if written.startswith("[^") and not written.endswith("]"):
        return f"“{written}” is not closed by “]”, so it names no clause."
    if written in ("[^]", "{}", "#", "{#}"):
        return f"“{written}” holds no ID."
    return f"“{written}” cannot be an ID: an ID is letters, digits, and “.”, “-” or “_” between them."
