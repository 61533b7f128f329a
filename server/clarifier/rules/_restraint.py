"""Saying less: of several weak hits in one sentence, the first is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clarifier.rules._rule import Hit, Severity


def plain_and_first_hint(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Every hit with plain evidence; where there is none, only the weightiest of the hints, the first of equals."""
    found = list(hits)
    plain = [hit for hit in found if hit.severity is not Severity.HINT]
    yield from plain or sorted(found, key=lambda hit: -hit.weight)[:1]
