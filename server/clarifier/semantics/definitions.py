"""Definitions of one term, and whether they say the same."""

from __future__ import annotations

import re

from clarifier.semantics.glossary import key
from clarifier.semantics.opposites import concept
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.roots import root
from clarifier.semantics.statements import Statement
from clarifier.semantics.wordlists import words
from clarifier.text.source import Span

_ALIKE = 0.34
_LEAST = 2
_IDLE = words(
    "the a an of to in on at by for with as and or is are be that which who whose this its it any each all one from into when where has have used means refers"
)
_WORD = re.compile(r"[\w-]+")
# What a sentence or an item says of a term need not be what the term means: these words say so, or the heading does.
_MEANING = re.compile(r"\b(?:means?|(?:is|are) defined as|refers? to|stands? for|denotes?|shall mean)\b", re.IGNORECASE)


def redefinition(pair: Pair) -> Clash | None:
    """Where a term is given two meanings that share too little to be one."""
    for term, said in pair.one.defines:
        for other, theirs in pair.other.defines:
            if term == other and _defines(pair.one) and _defines(pair.other) and _differ(said, theirs):
                spans = _place(pair.one, said), _place(pair.other, theirs)
                return Clash(*spans, (pair.one.text[spans[0].start : spans[0].end], pair.other.text[spans[1].start : spans[1].end]))
    return None


def _defines(statement: Statement) -> bool:
    opens = not statement.context.strip(" /") and any(
        key(statement.text.partition(":")[0]) == term for term, _ in statement.defines
    )
    return (statement.glossary and opens) or _MEANING.search(statement.text) is not None


def _differ(one: str, other: str) -> bool:
    left, right = _roots(one), _roots(other)
    least = min(len(left), len(right))
    return least >= _LEAST and len(left & right) < _ALIKE * least


def _roots(text: str) -> frozenset[str]:
    return frozenset(concept(root(w)) for w in _WORD.findall(text.lower()) if w not in _IDLE)


def _place(statement: Statement, said: str) -> Span:
    at = statement.text.find(said)
    start = max(at, 0)
    return Span(start, start + len(said.rstrip(" .")) if at >= 0 else len(statement.text))
