"""What settles a vague word: a measure, a bound, a definition, an example or a link near it."""

from __future__ import annotations

import re

from clarifier.semantics.glossary import defined_keys, key
from clarifier.semantics.kept import kept
from clarifier.semantics.measures import BOUND, Dimension, measured
from clarifier.semantics.passages import LONGEST_TITLE
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Passage
from clarifier.syntax.prose import MarkKind
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_REMARK = re.compile(
    r"\b(?:e\.?g\b\.?|i\.?e\b\.?|for example|for instance|such as|that is|namely|meaning|defined|measured|as (?:described|specified|listed|given|set out|stated|laid down|shown)"
    r"|specified (?:in|by)|listed (?:in|below|above)|(?:see|per|according to|in accordance with|in line with|in compliance with|based on|as per)\s)",
    re.IGNORECASE,
)
_REMARK_START = re.compile(
    r"[,(–—:-]++\s*+(?:and\s++)?(?:within|in (?:under|less|at most|no more)|at (?:least|most)|no (?:more|less|later|fewer|longer)|under|over|above|below|up to|less than|more than"
    r"|i\.?e\b|e\.?g\b|that is|for example|for instance|such as|meaning|namely|including|measured|defined|typically\s+\d|about\s+\d|[<>≤≥=~]|\d)",
    re.IGNORECASE,
)
_REMARK_INSIDE = re.compile(f"(?<![,(–—:-]){_REMARK_START.pattern}", re.IGNORECASE)
_STOP = re.compile(r"[;:]|,\s|\.\s|\s(?:and|or|but)\s+(?:must|shall|should|may|will|can|the|it|they)\s")


def stretch(sentence: Sentence, span: Span) -> Span:
    """The stretch of a sentence, between commas and the like, in which a span stands, with a remark that follows it."""
    start = max((m.end() for m in _STOP.finditer(sentence.text, 0, span.start)), default=0)
    end = span.end
    while True:
        stop = _STOP.search(sentence.text, end)
        if stop is None:
            return Span(start, len(sentence.text))
        if not _REMARK_START.match(sentence.text, stop.start()):
            return Span(start, stop.start())
        end = stop.end()


def settled_nearby(passage: Passage, index: int, span: Span, *dimensions: Dimension) -> bool:
    """Whether the words around a span say what is meant by it.

    A measure counts in the same stretch of the sentence; one of the given dimensions also in the next sentence of the passage.
    """
    sentence = passage.sentences[index]
    around = stretch(sentence, span)
    text = sentence.slice(around)
    after = sentence.slice(Span(span.end, around.end))
    bounded = (
        measured(after, *dimensions)
        if dimensions
        else measured(after, Dimension.TIME, Dimension.SIZE, Dimension.SHARE) or BOUND.search(after)
    )
    if bounded or (dimensions and measured(text, *dimensions)) or _REMARK.search(after) or _REMARK_INSIDE.search(after):
        return True
    if re.match(r"[^.;]{0,40}:\s*(?:\S|$)", sentence.text[span.end :]):
        return True
    if linked(sentence, Span(span.start, around.end)):
        return True
    if _counted_next(passage, index, after):
        return True
    after_it = passage.sentences[index + 1] if index + 1 < len(passage.sentences) else None
    if after_it is not None and dimensions and measured(after_it.text, *dimensions):
        return True
    return after_it is not None and bool(
        re.match(
            r"(?:For example|For instance|E\.g\.|That is|Examples?\b|Specifically|In particular|This (?:means|includes)|Namely)",
            after_it.text,
        )
    )


def _counted_next(passage: Passage, index: int, after: str) -> bool:
    """Whether the next sentence counts what the words speak of: “a number of levels … Five levels are defined”."""
    noun = re.match(r"\s*(?:of\s+)?([a-z]{3,})", after)
    if noun is None or index + 1 >= len(passage.sentences):
        return False
    return bool(
        re.search(
            rf"^(?:(?:The|These|There (?:are|must be|shall be|will be)|They are)\s+)?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:\w+\s+)?{re.escape(noun[1])}\b",
            passage.sentences[index + 1].text,
            re.IGNORECASE,
        )
    )


def linked(sentence: Sentence, span: Span) -> bool:
    """Whether a link stands in or at a span."""
    return any(m.kind is MarkKind.LINK and m.span.start < span.end + 2 and span.start < m.span.end for m in sentence.marks)


def mentioned(sentence: Sentence, word: Word) -> bool:
    """Whether a word is named, not used: in code, in quotes, or a title of something."""
    if sentence.in_code(word.span):
        return True
    if _quoted(sentence.text[: word.span.start]):
        return True
    before, after = sentence.text[: word.span.start], sentence.text[word.span.end :]
    return before[-1:] in ('"', "“", "‘", "`", "'", "_") and bool(re.match(r"[^\"”’`'_]{0,40}[\"”’`'_]", after))


_LONGEST_WORD = 80


def whole(sentence: Sentence, word: Word) -> str:
    """The word with what hyphens join before it: “user-friendly” for “friendly”."""
    before = re.search(r"(?:\w+-)*$", sentence.text[max(0, word.span.start - _LONGEST_WORD) : word.span.start])
    return (before[0] if before else "") + word.text


def _quoted(before: str) -> bool:
    """Whether a quotation that began in a text is still open at its end."""
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def following(sentence: Sentence, word: Word) -> str:
    """The word and the one after it, as fixed expressions are listed: “large language”."""
    after = sentence.words[word.index + 1] if word.index + 1 < len(sentence.words) else None
    return f"{word.lower} {after.lemma}" if after is not None else word.lower


def named(sentence: Sentence, word: Word) -> bool:
    """Whether a word is part of a name: capitalised within a sentence, with a capitalised neighbour, or joined by a hyphen."""
    if sentence.text[word.span.end : word.span.end + 1] == "-":
        return True
    if not word.text[:1].isupper():
        return False
    neighbours = [sentence.words[i] for i in (word.index - 1, word.index + 1) if 0 <= i < len(sentence.words)]
    return any(n.text[:1].isupper() and n.index > 0 and n.pos in ("NOUN", "PROPN", "ADJ") for n in neighbours)


_SCALES = (
    "easy hard difficult medium normal",
    "high low medium",
    "large small medium big",
    "fast slow normal moderate medium",
    "simple complex advanced basic",
    "safe unsafe",
    "good bad",
    "long short",
    "correct incorrect",
    "appropriate inappropriate",
)


def contrasted(sentence: Sentence, word: Word) -> bool:
    """Whether a word names a value of a scale: it is coordinated with another value (“easy or hard”)."""
    for scale in _SCALES:
        values = scale.split()
        if word.lower in values:
            near = sentence.words[max(0, word.index - 4) : word.index + 5]
            if any(w is not word and w.lower in values and w.lower != word.lower for w in near):
                return True
    return False


def defined(specification: Specification, *terms: str) -> bool:
    """Whether the document or its settings define one of the terms."""
    known = defined_keys(specification)
    return any(key(term) in known for term in terms if term)


def exemplified(specification: Specification, passage: Passage) -> bool:
    """Whether the section of a passage shows by precedents, answers called good or bad, how it is meant."""
    return passage.title in exemplified_titles(specification)


@kept
def exemplified_titles(specification: Specification) -> frozenset[str]:
    """The titles of the sections that have precedents."""
    return frozenset(
        specification.document.sections[index].title[:LONGEST_TITLE] for index in specification.sections_with_precedents
    )
