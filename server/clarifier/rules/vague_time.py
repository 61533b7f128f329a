"""Vague time: how soon, how long or how often, without a bound or an event.

Bad:  The server must respond quickly.
Bad:  Backups must be made periodically.
Good: The server must respond quickly, within 200 ms.
Good: The lock must be released immediately after the transaction ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Severity, passage_rule, settled_by
from clarifier.rules._vague import graded, word_at
from clarifier.semantics import vague_words
from clarifier.semantics.measures import Dimension
from clarifier.semantics.specification import Specification
from clarifier.semantics.vagueness import defined, mentioned, settled_nearby
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_WORDS = {kind: re.compile(rf"\b(?:{words})\b(?!-)", re.IGNORECASE) for kind, words in vague_words.TIMES.items()}
_ASKED = {"soon": "Within what time, counted from what, is “{}”?", "often": "How often is “{}”, or at which events?", "long": "How long is “{}”, or until which event?"}
_EVENT = re.compile(r"\s*(?:after|before|when|upon|on|once|if|following|prior to|preced\w+|as soon as|adjacent|below|above|by|followed|next|between|inside|within|under|under\w*|follow\w*|success\w*|expression)\b", re.IGNORECASE)


def _settle(hit: Hit, passage: Passage, specification: Specification) -> Hit | None:
    return None if defined(specification, *hit.key.split("|")) else hit


@settled_by(_settle)
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def vague_time(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every time that a duty turns on and that has no bound."""
    if passage.commentary:
        return
    for index, sentence in enumerate(passage.sentences):
        if not passage.normative[index] or not sentence.words:
            continue
        for kind, pattern in _WORDS.items():
            for found in pattern.finditer(sentence.text):
                span = Span(found.start(), found.end())
                word = word_at(passage, index, *found.span())
                if word is None or mentioned(sentence, word) or not _is_time(sentence, word, span) or settled_nearby(passage, index, span, Dimension.TIME):
                    continue
                severity, weight = graded(passage, index, word, True)
                said = found[0]
                yield Hit(index, span, f"“{said}” gives no bound.", _ASKED[kind].format(said), (), severity, weight, said.lower())


def _is_time(sentence: Sentence, word: Word, span: Span) -> bool:
    if word.dep == "amod" and f"{word.lower} {sentence.head(word).lemma}" in vague_words.FIXED:
        return False
    return not _EVENT.match(sentence.text[span.end :])
