"""Sets of words, written as one text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, without their order."""
    return frozenset(text.split())
