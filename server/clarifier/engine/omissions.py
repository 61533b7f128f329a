"""What is left out of a text that is too much to read or to tell: nothing is passed over without a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.text.source import Source

# More findings than this help nobody, and to place them all after each keystroke takes seconds.
MOST_FINDINGS = 10_000


@dataclass(frozen=True)
class Omission:
    """From an offset on something is left out, and what."""

    at: int
    message: str


def omissions(source: Source, read: int, findings: int) -> Iterator[Omission]:
    """What is left out of a text of which so much was read and in which so many findings were made."""
    if read < len(source.text):
        line = source.line_and_column(read)[0] + 1
        yield Omission(
            read,
            f"from line {line} on the text is not read, for it has more lines and marks than can be read in time; split the file",
        )
    if findings >= MOST_FINDINGS:
        yield Omission(0, f"only the first {MOST_FINDINGS:,} findings are told; the others are when these are settled")
