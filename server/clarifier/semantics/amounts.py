"""Amounts in a sentence: numbers with a unit or what they count, and the bound they set."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import isfinite
from typing import Any

from clarifier.semantics.roots import root
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


class Bound(StrEnum):
    """How an amount limits what it measures."""

    EXACT = "exactly"
    LEAST = "at least"
    MOST = "at most"
    MORE = "more than"
    LESS = "less than"

    @property
    def below(self) -> bool:
        """Whether it is an upper bound."""
        return self in (Bound.MOST, Bound.LESS)

    @property
    def above(self) -> bool:
        """Whether it is a lower bound."""
        return self in (Bound.LEAST, Bound.MORE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at a span of the sentence, its bound, the unit as written and its root, and the lemma of the word that it limits."""

    value: float
    bound: Bound
    unit: str
    unit_root: str
    span: Span
    index: int
    limits: str
    bounded: Span  # with the words that set the bound


_WORDS = {w: float(n) for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "once": 1.0, "twice": 2.0, "single": 1.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "ninety": 90.0, "hundred": 100.0,
    "infinite": float("inf"), "unlimited": float("inf"), "dozen": 12.0, "multiple": 2.0, "several": 2.0,
}  # fmt: skip
_ROOTS = frozenset(map(root, _WORDS))
_NUMBERED = words(
    "section clause chapter version table figure step level rfc appendix document item page article schedule phase type tier class grade stage category code"
)
_NUMBER = re.compile(r"[$€£]?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([a-zA-Zµ%°]{0,4})")
_MOST = re.compile(
    r"(?:at most|no (?:more|later|longer|larger|greater|higher|bigger) than|not (?:more|later|longer|larger|greater|higher) than|up to|within|maximum of|limit of|(?:not|never) exceed(?:ing)?|maximum|<=|≤|limited to)[^.,;\d]{0,24}$|\bonly\s*$",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?:at ?least|no (?:less|fewer|sooner|earlier|shorter|smaller|lower) than|not (?:less|fewer) than|minimum of|minimum|>=|≥)[^.,;\d]{0,24}$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:(?:more|longer|larger|greater|higher|later|bigger) than|over|above|exceed(?:s|ing)?|>)\s*(?:the |a )?$", re.IGNORECASE
)
_LESS = re.compile(r"(?:(?:less|fewer|shorter|smaller|lower|sooner|earlier) than|under|below|<)\s*$", re.IGNORECASE)
_BOUNDS = ((_MOST, Bound.MOST), (_LEAST, Bound.LEAST), (_MORE, Bound.MORE), (_LESS, Bound.LESS))
_AFTERWARDS = re.compile(
    r"\s*(?:[\w%-]+\s+)?or\s+(?P<way>more|longer|greater|above|higher|larger|less|fewer|below|lower|smaller|shorter)\b",
    re.IGNORECASE,
)
_UP = ("more", "longer", "greater", "above", "higher", "larger")


def is_number(word: str) -> bool:
    """Whether a word, or a root, is a number."""
    return word[:1].isdigit() or word in _WORDS or word in _ROOTS


def amounts(sentence: Sentence) -> tuple[Amount, ...]:
    """The amounts in a sentence that has words, in order."""
    return tuple(a for word in sentence.words if (a := _amount(sentence, word)) is not None)


def _amount(sentence: Sentence, word: Word) -> Amount | None:
    written = _NUMBER.fullmatch(word.text)
    if written is None and (word.lower not in _WORDS or (word.lower == "one" and (word.tag != "CD" or word.dep != "nummod"))):
        return None
    if word.lower == "once" and sentence.head(word).index > word.index and sentence.head(word).dep in ("advcl", "ccomp", "relcl"):
        return None  # "once they are paid" says when
    if word.dep == "nmod" and word.tag == "CD" and not sentence.head(word).tag.startswith("NN"):
        return None
    code = sentence.code_around(word)
    if code is not None and code.strip() != word.text:
        return None  # a part of a name, such as `retry(3)`
    value = float(written[1].replace(",", "")) if written else _WORDS[word.lower]
    unit, end = _unit(sentence, word, written[2] if written else "")
    if _numbered(sentence, word) or (_names(sentence, word) and not unit):
        return None
    begin = max(0, word.span.start - 48)
    before = sentence.text[begin : word.span.start]
    said, bound = next(((m, b) for pattern, b in _BOUNDS if (m := pattern.search(before))), (None, Bound.EXACT))
    bounded = Span(begin + said.start() if said else word.span.start, end)
    if word.lower in ("multiple", "several"):
        bound = Bound.LEAST
    after = _AFTERWARDS.match(sentence.text, word.span.end)
    if after and bound is Bound.EXACT:
        bound = Bound.LEAST if after["way"].lower() in _UP else Bound.MOST
    head = sentence.head(word)
    limits = sentence.head(head) if head.dep in ("pobj", "npadvmod", "dobj", "attr") else head
    return Amount(value, bound, unit, root(unit.lower()), Span(word.span.start, end), word.index, limits.lemma, bounded)


def _unit(sentence: Sentence, word: Word, attached: str) -> tuple[str, int]:
    """What the number counts, and where it ends: letters on the number, the next noun, or the head."""
    if attached:
        return attached, word.span.end
    if word.text[0] in "$€£":
        return word.text[0], word.span.end
    head = sentence.head(word)
    if word.dep == "nummod" and head.tag.startswith("NN") and word.index < head.index <= word.index + 3:
        return (head.text if head.text.isupper() or len(head.text) < 3 else head.lemma), head.span.end
    for follower in sentence.words[word.index + 1 : word.index + 4]:
        if follower.text == "%" or follower.tag.startswith("NN"):
            return (follower.text if follower.text.isupper() or len(follower.text) < 3 else follower.lemma), follower.span.end
        if (follower.pos not in ("ADJ", "PUNCT") and not follower.tag.startswith("VB")) or follower.text in ",.;:()":
            break
    return "", word.span.end


def _numbered(sentence: Sentence, word: Word) -> bool:
    """Whether a number tells one of several kinds or parts from the others ("tier 2 platforms", "section 3")."""
    return word.index > 0 and sentence.words[word.index - 1].lemma in _NUMBERED


def _names(sentence: Sentence, word: Word) -> bool:
    """Whether a number is part of a name ("RFC 2119") rather than an amount."""
    if word.index == 0:
        return True
    before = sentence.words[word.index - 1]
    return (before.text[:1].isupper() and before.index > 0 and before.pos in ("PROPN", "NOUN")) or before.text in "#§.-/"


def incompatible(one: Amount, other: Amount) -> bool:
    """Whether two amounts of one thing cannot both be the limit that is meant; False where their units cannot be compared."""
    scaled = in_one_unit(one, other)
    if scaled is None:
        return False
    a, b = scaled
    if a == b or (isfinite(a) and isfinite(b) and abs(a - b) <= _slack(one, other) * max(abs(a), abs(b))):
        return {one.bound, other.bound} in (
            {Bound.MOST, Bound.MORE},
            {Bound.LEAST, Bound.LESS},
            {Bound.MORE, Bound.LESS},
            {Bound.EXACT, Bound.MORE},
            {Bound.EXACT, Bound.LESS},
        )
    if one.bound.below and other.bound.above:
        return a < b
    if one.bound.above and other.bound.below:
        return a > b
    if one.bound is Bound.EXACT and other.bound is not Bound.EXACT:
        return a > b if other.bound.below else a < b
    if other.bound is Bound.EXACT and one.bound is not Bound.EXACT:
        return b > a if one.bound.below else b < a
    return True


def _slack(one: Amount, other: Amount) -> float:
    """How far apart two equal values may be: what is converted from one unit to another is rounded."""
    return 1e-9 if one.unit_root == other.unit_root else 0.01


def disjoint(one: Amount, other: Amount) -> bool:
    """Whether no value satisfies both."""
    scaled = in_one_unit(one, other)
    if (
        scaled is None
        or (one.bound == other.bound and one.bound is not Bound.EXACT)
        or (one.bound.below and other.bound.below)
        or (one.bound.above and other.bound.above)
    ):
        return False
    return incompatible(one, other)


def in_one_unit(one: Amount, other: Amount) -> tuple[float, float] | None:
    """Both values in one unit; None where their units cannot be compared."""
    if one.unit_root == other.unit_root:
        return one.value, other.value
    first, second = _measured(one.unit), _measured(other.unit)
    if first is None or second is None or first[0] != second[0]:
        return None
    return one.value * first[1] + first[2], other.value * second[1] + second[2]


_ALIASES = {
    "KB": "kB",
    "kb": "kB",
    "mb": "MB",
    "gb": "GB",
    "%": "percent",
    "sec": "second",
    "secs": "second",
    "mins": "minute",
    "hrs": "hour",
    "min": "minute",
    "octet": "byte",
    "char": "character",
    "m": "meter",
}


@lru_cache(maxsize=2_000)
def _measured(unit: str) -> tuple[str, float, float] | None:
    """The dimension of a unit, its size in base units and its offset; None for what is only counted ("items")."""
    # pint takes a second to load, and only amounts in two different units ask for it.
    pint = importlib.import_module("pint")
    try:
        quantity: Any = _registry().Quantity(1, _ALIASES.get(unit, unit))
        zero: Any = _registry().Quantity(0, quantity.units).to_base_units()
        base: Any = quantity.to_base_units()
    except (pint.errors.PintError, AttributeError, ValueError, TypeError, AssertionError, SyntaxError):
        return None
    return str(base.dimensionality), float(base.magnitude - zero.magnitude), float(zero.magnitude)


@lru_cache(maxsize=1)
def _registry() -> Any:
    return importlib.import_module("pint").UnitRegistry()
