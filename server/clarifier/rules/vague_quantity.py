"""Vague quantity: how many, how much, how large, without a number.

Bad:  The system must keep several backups.
Bad:  Large files must be rejected.
Good: The system must keep the last 3 backups.
Good: Large files (over 10 MB) must be rejected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Severity, passage_rule, settled_by
from clarifier.rules._vague import graded, word_at
from clarifier.semantics import vague_words
from clarifier.semantics.specification import Specification
from clarifier.semantics.vagueness import defined, mentioned, settled_nearby
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_WORDS = {kind: re.compile(rf"\b(?:{words})(?=\W|$)", re.IGNORECASE) for kind, words in vague_words.QUANTITIES.items()}


def _settle(hit: Hit, passage: Passage, specification: Specification) -> Hit | None:
    return None if defined(specification, *hit.key.split("|")) else hit


@settled_by(_settle)
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def vague_quantity(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every quantity that a duty turns on and that has no number."""
    if passage.commentary:
        return
    for index, sentence in enumerate(passage.sentences):
        if not passage.normative[index] or not sentence.words:
            continue
        taken = 0
        spans = sorted((found.start(), -found.end(), kind) for kind, pattern in _WORDS.items() for found in pattern.finditer(sentence.text))
        for start, end, kind in spans:
            span = Span(start, -end)
            word = word_at(passage, index, start, -end)
            if start < taken or word is None or sentence.in_code(span) or mentioned(sentence, word) or not _counts(sentence, word, kind, span):
                continue
            if kind != "about" and settled_nearby(passage, index, span):
                continue
            taken = span.end
            yield _hit(passage, index, sentence, word, span, kind)


def _counts(sentence: Sentence, word: Word, kind: str, span: Span) -> bool:
    """Whether the words stand for a quantity, by their place in the parse."""
    head = sentence.head(word)
    if kind == "extent":
        if word.pos != "ADJ":
            return False
        noun = head if word.dep == "amod" else next((c for c in sentence.children[head.index] if c.dep in ("nsubj", "nsubjpass")), None) if word.dep in ("acomp", "oprd") else None
        return noun is not None and noun.lemma in vague_words.MEASURABLE and f"{word.lower} {noun.lemma}" not in vague_words.FIXED
    if kind == "some":
        return head.tag == "NNS" and word.dep == "det"
    if kind == "about":
        return bool(re.match(r"\s*(?:\d|one|two|three|four|five|ten)", sentence.text[span.end :])) or sentence.slice(span).lower() in ("or so", "more or less")
    return True


def _hit(passage: Passage, index: int, sentence: Sentence, word: Word, span: Span, kind: str) -> Hit:
    said = sentence.slice(span)
    noun = sentence.head(word).lower
    severity, weight = graded(passage, index, word, kind in ("count", "extent", "degree"))
    asked = f"What tolerance does “{said}” allow?" if kind == "about" else f"From what number on is it “{said.lower()}”, and up to which?"
    return Hit(index, span, f"“{said}” gives no number for “{noun}”.", asked, (), severity, weight, f"{said.lower()}|{word.lower} {noun}")
