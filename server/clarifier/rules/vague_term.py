"""Vague term: a quality, a standard or a manner that nothing near it makes testable.

"User-friendly", "appropriate" and "properly" say that someone is to be content, and not who or with what. A measure, a
definition, an example or a link beside the word settles it, and so does an entry of the glossary.

Bad:  The interface must be user-friendly.
Bad:  The server must handle errors properly.
Good: The interface must let a new user place an order within 2 minutes.
Good: The server must answer each invalid request with status 400.
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

_INDEFINITE = re.compile(rf"\b(?:{vague_words.INDEFINITE})\b", re.IGNORECASE)


def _settle(hit: Hit, passage: Passage, specification: Specification) -> Hit | None:
    return None if defined(specification, *hit.key.split("|")) else hit


@settled_by(_settle)
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def vague_term(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every vague word on which a duty turns."""
    if passage.commentary:
        return
    for index, sentence in enumerate(passage.sentences):
        if not passage.normative[index] or not sentence.words:
            continue
        taken: list[Span] = []
        for found in _INDEFINITE.finditer(sentence.text):
            word = word_at(passage, index, found.start(), found.end())
            if word is not None and not sentence.in_code(Span(found.start(), found.end())):
                taken.append(Span(found.start(), found.end()))
                yield _indefinite(passage, index, word, taken[-1])
        for word in sentence.words:
            if not any(span.start <= word.span.start < span.end for span in taken):
                yield from _word(passage, index, sentence, word)


def _indefinite(passage: Passage, index: int, word: Word, span: Span) -> Hit:
    severity, weight = graded(passage, index, word, True)
    said = passage.sentences[index].slice(span)
    return Hit(index, span, f"“{said}” says that there is something, and not what.", f"What exactly is meant by “{said}”?", (), severity, weight, said.lower())


def _word(passage: Passage, index: int, sentence: Sentence, word: Word) -> Iterator[Hit]:
    low = word.lower
    if mentioned(sentence, word) or settled_nearby(passage, index, word.span):
        return
    if word.pos == "ADV" and low in vague_words.MANNERS:
        head = sentence.head(word)
        severity, weight = graded(passage, index, word, True)
        yield Hit(
            index, word.span, f"“{low}” judges how to “{head.lower}” and sets no standard for it.", f"By what would one see that “{head.lower}” is done “{low}”?", (), severity, weight, low
        )
        return
    if word.pos != "ADJ":
        return
    strong = low in vague_words.QUALITIES or low in vague_words.JUDGED
    if not strong and low not in vague_words.SELECTED:
        return
    noun = sentence.head(word) if word.dep == "amod" else None
    pair = f"{low} {noun.lemma}" if noun is not None else low
    if pair in vague_words.FIXED:
        return
    severity, weight = graded(passage, index, word, strong)
    what = f"“{noun.lower}”" if noun is not None else "something"
    asked = f"Which “{noun.lower}” is meant by “{low}”?" if noun is not None and not strong else f"What must hold of {what} for it to be “{low}”, and who decides?"
    yield Hit(index, word.span, f"“{low}” leaves it to the reader to judge {what}.", asked, (), severity, weight, f"{low}|{pair}")
