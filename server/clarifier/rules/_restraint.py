"""Saying less: of several weak hits in one paragraph, the first is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clarifier.rules._rule import Hit, Severity


def plain_and_first_hint(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Every hit of a passage with plain evidence; where there is none, only the weightiest of the hints, the first of equals.

    Hits whose readings would be no good text, because the parse went astray, are left out.
    """
    found = [hit for hit in hits if all(_reads_well(reading.text or "") for reading in hit.readings)]
    plain = [hit for hit in found if hit.severity is not Severity.HINT]
    yield from plain or sorted(found, key=lambda hit: -hit.weight)[:1]


def _reads_well(text: str) -> bool:
    return " ," not in text and ", ," not in text and text.count("(") == text.count(")") and "the the " not in text.lower()
