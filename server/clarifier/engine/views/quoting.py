"""Texts as Markdown shows them."""

from __future__ import annotations

_LENGTH = 160


def shortened(text: str) -> str:
    """The text on one line, its end left out if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LENGTH else line[: _LENGTH - 1].rstrip() + "…"


def quoted(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in " ".join(text.split()))
