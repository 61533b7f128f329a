"""Pieces: the words of a statement as they are compared, each with what it does and where in the statement it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from clarifier.semantics.amounts import amounts
from clarifier.semantics.conditions import Condition
from clarifier.semantics.norms import Norm
from clarifier.semantics.phrases import in_name
from clarifier.semantics.roots import root
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.copying import by_fields
from clarifier.text.source import Span


class Role(StrEnum):
    """Where in a statement a piece stands."""

    BEARER = "bearer"
    CONDITION = "condition"
    MATTER = "matter"


class Sort(StrEnum):
    """What a piece does."""

    MODAL = "modal"
    NEGATION = "negation"
    ONLY = "only"
    QUANTIFIER = "quantifier"
    NUMBER = "number"
    OPERATOR = "operator"
    CONTENT = "content"
    FUNCTION = "function"


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a statement: what it is compared by, and where it stands; no span in what the lead says."""

    text: str
    root: str
    sort: Sort
    role: Role
    pos: str
    span: Span | None
    list: int = -1  # the index of the first word of the coordination that it belongs to

    __reduce__ = by_fields


_NEGATIONS = words("not n't never no neither nor cannot n’t without")
_ONLY = words("only exclusively solely")
TOTAL = words("all every each any whole entire everything everyone always")
PARTIAL = words("some most few several many certain sometimes partial occasionally")
_MODALS = words("must shall should may might can could will would ought")
_OPERATORS = words("< > <= >= ≤ ≥ = == !=")
CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "X", "ADV", "SYM")
_IDLE = words(
    "be have do also then very such own there here so as just however otherwise please able strictly given when where how why if"
)
# Numbers and marks of priority that stand before a sentence name it and say nothing: "5.2.2.61 The call", "(M) The archive".
_LABEL = re.compile(r"(?:\(?[A-Z]{1,3}\)\s*)?(?:\d++(?:\.\d++)++\w*+\.?\s++)?")


def pieces(read: Sentence, found: tuple[Norm, ...], limits: tuple[Condition, ...], shift: int) -> Iterator[Piece]:
    """The pieces of a sentence with its norms and conditions; `shift` is how much of it the lead says."""
    inside = {i for c in limits for i in c.indices}
    bearers = [n.bearer.span for n in found if n.bearer is not None]
    if found and read.words:
        # The subject of the sentence is the topic also where it is what something is done to.
        subject = next((w for w in read.words if w.dep in ("nsubj", "nsubjpass", "csubj") and w.index not in inside), None)
        if subject is not None:
            bearers.append(read.extent(subject))
    lists = _lists(read)
    numbers = {a.index: f"{a.bound} {a.value}" for a in amounts(read)}
    bounds = {
        w.index
        for a in amounts(read)
        for w in read.words
        if a.bounded.covers(w.span) and w.index < a.index and w.lower not in _ONLY
    }
    first = next((w.index for w in read.words if w.pos in ("VERB", "AUX")), 0)
    label = _LABEL.match(read.text)
    named = label.end() if label and not shift else 0
    for word in read.words:
        code = read.in_code(word.span)
        if (word.pos in ("PUNCT", "SPACE") and word.text not in _OPERATORS and not code) or word.span.end <= named:
            continue
        role = (
            Role.BEARER
            if code and word.index < first
            else Role.CONDITION
            if word.index in inside
            else Role.BEARER
            if any(b.covers(word.span) for b in bearers)
            else Role.MATTER
        )
        span = Span(word.span.start - shift, word.span.end - shift) if word.span.start >= shift else None
        yield Piece(
            word.text,
            numbers.get(word.index) or (root(word.lemma) if word.text.isalnum() else word.text.lower()),
            Sort.CONTENT if code or in_name(read, word) else Sort.FUNCTION if word.index in bounds else _sort(word),
            role,
            word.pos,
            span,
            lists.get(word.index, -1),
        )


def _lists(read: Sentence) -> dict[int, int]:
    """The words in coordinated phrases, each with the first head of its coordination."""
    found: dict[int, int] = {}
    for word in read.words:
        if word.dep == "conj":
            first = word
            while first.dep == "conj" and first.head != first.index:
                first = read.head(first)
            if first.pos not in ("VERB", "AUX") and len(read.subtree(first)) < 40:
                found.update({w.index: first.index for w in read.subtree(first)})
    return found


def _sort(word: Word) -> Sort:
    lower = word.lower
    if word.tag == "MD" or (lower in _MODALS and word.dep == "aux"):
        return Sort.MODAL
    if lower in _NEGATIONS or (word.lemma in ("fail", "lack") and word.pos == "VERB"):
        return Sort.NEGATION
    if lower in _ONLY:
        return Sort.ONLY
    if lower in TOTAL or lower in PARTIAL:
        return Sort.QUANTIFIER
    if word.text in _OPERATORS:
        return Sort.OPERATOR
    if (
        word.tag == "CD"
        or (any(c.isdigit() for c in lower) and lower[0].isdigit())
        or lower in ("once", "twice", "single", "infinite", "unlimited")
    ):
        return Sort.NUMBER
    if (
        word.pos in CONTENT and lower not in _IDLE and word.lemma not in _IDLE and word.dep not in ("aux", "auxpass", "mark")
    ) or word.lemma in ("before", "after", "until", "unless"):
        return Sort.CONTENT
    return Sort.FUNCTION
