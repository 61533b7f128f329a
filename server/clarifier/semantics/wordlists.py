"""How word lists are written down: as they are read, with a blank or a separator between."""

from __future__ import annotations


def words(listed: str, separator: str | None = None) -> frozenset[str]:
    """The words of a list."""
    return frozenset(listed.split(separator))
