"""Bases: what something is said to depend on ("sorted by date", "based on the role"), or not to ("regardless of the role")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.semantics.phrases import IN_PLACE, Phrase, phrase
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


@dataclass(frozen=True, slots=True)
class Basis:
    """What something depends on, or does not (`denied`), and the span of the words that say so."""

    on: Phrase
    denied: bool
    span: Span


_ASIDE = words("regardless irrespective independent independently")
_DEPENDING = {"based": ("on", "upon"), "depending": ("on", "upon"), "dependent": ("on", "upon"), "according": ("to",)}
_BY = words("sort order filter group rank classify categorize categorise select restrict determine derive limit")


def bases(sentence: Sentence) -> tuple[Basis, ...]:
    """The bases that a sentence names, in order."""
    return tuple(_found(sentence))


def _found(sentence: Sentence) -> Iterator[Basis]:
    for marker in sentence.words:
        aside = marker.lower in _ASIDE
        for word in sentence.children[marker.index]:
            if aside and word.lower == "of":
                yield from _on(sentence, marker, word, True)
            elif marker.lower in _DEPENDING and word.lower in _DEPENDING[marker.lower]:
                yield from _on(sentence, marker, word, False)
            elif marker.lemma in _BY and word.lower == "by" and word.dep in ("prep", "agent"):
                displaced = _is_displaced(sentence, word)
                yield from _on(sentence, sentence.words[word.index - 2] if displaced else word, word, displaced)


def _is_displaced(sentence: Sentence, word: Word) -> bool:
    """Whether something is said to be done in another way than this: "instead of by name"."""
    before = [w.lower for w in sentence.words[max(0, word.index - 2) : word.index]]
    return len(before) == 2 and IN_PLACE.get(before[0]) == before[1]


def _on(sentence: Sentence, first: Word, preposition: Word, denied: bool) -> Iterator[Basis]:
    for noun in sentence.children[preposition.index]:
        if noun.dep == "pobj":
            named = [noun, *(w for w in sentence.subtree(noun) if w.dep == "conj" and w.pos in ("NOUN", "PROPN"))]
            for thing in named:
                on = phrase(sentence, thing)
                yield Basis(on, denied, Span(first.span.start, max(preposition.span.end, on.span.end)))
