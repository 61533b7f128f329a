"""Sentences as words with their grammar: position-free values that rules read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from clarifier.syntax.prose import Mark, MarkKind
from clarifier.text.source import Span


@dataclass(frozen=True, slots=True)
class Word:
    """One token: Penn tag, universal part of speech, dependency label, index of its head (its own if root).

    Labels are those of spaCy's English models (ClearNLP dependencies); `morph` is in the UD notation,
    for example `Number=Plur|Person=3`.
    """

    index: int
    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    span: Span
    morph: str = ""

    @property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    def has(self, feature: str) -> bool:
        """Whether the morphology has a feature such as `Number=Plur`."""
        return feature in self.morph.split("|")


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is read: what it says, never where it stands.

    `words` follow from the text and are empty until a language model has read it.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    words: tuple[Word, ...] = field(default=(), compare=False, repr=False)

    def __hash__(self) -> int:
        return hash(self.text)

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits that stand for the text in stores and baselines."""
        return hashlib.blake2b(" ".join(self.text.split()).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    @cached_property
    def children(self) -> tuple[tuple[Word, ...], ...]:
        """The direct dependants of each word, in order."""
        below: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.index:
                below[word.head].append(word)
        return tuple(tuple(words) for words in below)

    def head(self, word: Word) -> Word:
        """The word that governs this one; the root governs itself."""
        return self.words[word.head]

    def ancestors(self, word: Word) -> Iterator[Word]:
        """The governors of a word, nearest first, ending at the root."""
        while word.head != word.index:
            word = self.words[word.head]
            yield word

    def subtree(self, word: Word) -> tuple[Word, ...]:
        """The word and everything below it, in order of the text."""
        found, waiting = [], [word]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting.extend(self.children[at.index])
        return tuple(sorted(found, key=lambda w: w.index))

    def extent(self, word: Word) -> Span:
        """The span from the first to the last word of a subtree."""
        below = self.subtree(word)
        return Span(below[0].span.start, below[-1].span.end)

    @property
    def roots(self) -> Iterator[Word]:
        """The words that nothing governs."""
        return (word for word in self.words if word.head == word.index)

    def in_code(self, span: Span) -> bool:
        """Whether a span lies wholly or partly in a code span."""
        return any(m.kind is MarkKind.CODE and m.span.start < span.end and span.start < m.span.end for m in self.marks)

    def code_around(self, word: Word) -> str | None:
        """The whole code span that a word lies in; None for a word outside of code."""
        found = (m for m in self.marks if m.kind is MarkKind.CODE and m.span.start < word.span.end and word.span.start < m.span.end)
        mark = next(found, None)
        return self.text[mark.span.start : mark.span.end] if mark is not None else None

    def slice(self, span: Span) -> str:
        """The text at a span."""
        return self.text[span.start : span.end]
