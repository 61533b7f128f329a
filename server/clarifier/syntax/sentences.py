"""Running text into sentences, by punctuation alone: it must work before any language model is loaded."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from clarifier.syntax.prose import Mark, MarkKind
from clarifier.text.source import Span

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"')\]’”]*+(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|viz|approx|incl|resp|fig|figs|sec|ch|no|nos|vol|pp|ed|eds|est|al|mr|mrs|ms|dr|prof|st|jr|sr|inc|ltd|co"
    r"|corp|dept|max|min|ver|art|par|para|ref|a\.k\.a|w\.r\.t|[a-z])|\b(?:[A-Z]\.)+[A-Z])$",
    re.IGNORECASE,
)
_NOT_SPACE = re.compile(r"\S")
_LONGEST_ABBREVIATION = 24
# What goes on for longer than this is cut at white space: the time that a sentence takes may grow with its square.
_LONGEST = 2_000
_ENDS_ANYWAY = re.compile(r"\b(?:etc|a\.m|p\.m)$", re.IGNORECASE)


def opens(text: str) -> bool:
    """Whether a text ends in a colon, whatever signs follow it: more is to come."""
    for char in reversed(text):
        if char in ":：":
            return True
        if char.isalnum() or char == "_":
            return False
    return False


def sentences(text: str, marks: tuple[Mark, ...] = ()) -> Iterator[Span]:
    """The spans of the sentences of a text, without the white space between them. A code span is never cut."""
    start = 0
    held = bytearray(len(text) if marks else 0)
    code: set[int] = set()
    for m in marks:
        if m.kind is MarkKind.CODE or m.kind is MarkKind.LINK:
            # In `[?](#id)` the question mark stands for the title of what it links to.
            last = m.span.end - (m.kind is MarkKind.LINK and len(m.span) > 1)
            held[m.span.start : last] = b"\1" * max(0, last - m.span.start)
            code.update([m.span.start] if m.kind is MarkKind.CODE else ())
    for end in _END.finditer(text):
        if not (marks and held[end.start()]) and _ends_here(text, start, end, code):
            yield from _trimmed(text, start, end.end())
            start = end.end()
    yield from _trimmed(text, start, len(text))


def _ends_here(text: str, start: int, end: re.Match[str], code: Container[int]) -> bool:
    following = _NOT_SPACE.search(text, end.end())
    first, at = (following[0], following.start()) if following else ("", len(text))
    if first.islower() and at not in code:
        return False
    if end[0][0] != "." or end[0].startswith(".."):
        return end[0][0] in "!?" or first.isupper()
    before = text[max(start, end.start() - _LONGEST_ABBREVIATION) : end.start()]
    if start + _LONGEST_ABBREVIATION > end.start() and before.strip().isdigit():
        return False
    return bool(_ENDS_ANYWAY.search(before)) or not _ABBREVIATION.search(before)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        gap = max(text.rfind(" ", start, start + _LONGEST), text.rfind("\n", start, start + _LONGEST))
        cut = gap if gap > start else start + _LONGEST
        yield Span(start, cut)
        start = cut + (cut == gap)
    if start < end:
        yield Span(start, end)
