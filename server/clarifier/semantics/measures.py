"""Measures in prose: numbers with what they count, bounds, and what they are measures of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from clarifier.text.source import Span


class Dimension(StrEnum):
    """What a measure measures."""

    TIME = "time"
    SIZE = "size"
    SHARE = "share"
    COUNT = "count"


class Measure(NamedTuple):
    """A number with its unit, at a span of the text."""

    span: Span
    dimension: Dimension


_NUMBER = r"(?:\d[\d,._ ]*(?:\d|(?<=\d))|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand|half|twice)"
_TIME = r"(?:ns|[µμ]s|us|ms|s|secs?|seconds?|milliseconds?|microseconds?|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?|fps|hz|khz|mhz|ghz|(?:business|working|calendar) days?)"
_SIZE = (
    r"(?:bits?|bytes?|octets?|[kmgtp]i?b(?:/s|ps)?|[kmg]bps|characters?|chars?|code points?|words?|lines?|pages?|tokens?|pixels?|px|dpi|pt|em|rem|[cmk]?m|mm|µm|km/h|m/s|mph"
    r"|inch(?:es)?|feet|ft|miles?|metres?|meters?|kg|g|mg|grams?|tons?|lit(?:er|re)s?|ml|[kmg]?w|kwh|[mk]?v|volts?|m?a|amps?|watts?|[°º] ?[cf]?|degrees?|db|lux|k|knots?)"
)
_MEASURE = re.compile(
    rf"(?<![\w.])(?P<number>{_NUMBER})(?:\s*(?P<share>%|percent\b|per cent\b)|[\s-]*(?P<time>{_TIME})\b(?!-)|[\s-]*(?P<size>{_SIZE})\b(?!-)|(?P<count>(?![\w.]*\w)))",
    re.IGNORECASE,
)
BOUND = re.compile(
    rf"\b(?:at (?:least|most)|no (?:more|less|fewer|later|longer|sooner|earlier|larger|smaller|greater) than|(?:more|less|fewer|greater|larger|smaller|longer|shorter|higher|lower|faster|slower|later|earlier)"
    rf" than|up to|within|under|over|above|below|exceed(?:s|ing)?|between|(?:minimum|maximum)(?: of)?|every|equal to|in (?:under|less than)|[<>≤≥]=?)\s+(?:or equal to\s+)?(?:the (?:last|first|next)\s+)?{_NUMBER}\b",
    re.IGNORECASE,
)


def measures(text: str) -> Iterator[Measure]:
    """Every number in a text that stands as a quantity, in order."""
    for found in _MEASURE.finditer(text):
        dimension = (
            Dimension.SHARE
            if found["share"]
            else Dimension.TIME
            if found["time"]
            else Dimension.SIZE
            if found["size"]
            else Dimension.COUNT
        )
        if dimension is Dimension.COUNT and found["number"].lower() in ("one", "half"):
            continue
        yield Measure(Span(found.start(), found.end()), dimension)


def measured(text: str, *dimensions: Dimension) -> bool:
    """Whether a text holds a measure, of one of the dimensions if any are given."""
    return any(not dimensions or m.dimension in dimensions for m in measures(text))
