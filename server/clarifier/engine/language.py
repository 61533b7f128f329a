"""The socket that a language plugs into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from clarifier.syntax.words import Word


class Language(Protocol):
    """What reads sentences into words."""

    @property
    def version(self) -> str:
        """What the words depend on: equal versions read alike."""

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text, in order."""
