"""Noun phrases, and clauses that stand for one: what a norm is about, by roots."""

from __future__ import annotations

from dataclasses import dataclass

from clarifier.semantics.agents import is_person
from clarifier.semantics.roots import root
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_TOTAL = words("all every each any whole entire both")
CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "X", "ADV")
EMPTY = words(
    "be have do a an the this that these those its their it they them such other own only also then very more most least less at up to not no just so same able following"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: the root of its head, the roots of the content words that narrow it, and its span."""

    head: str
    narrowing: frozenset[str]
    span: Span
    total: bool = False  # all, every, any, each
    person: bool = False  # whether it names people

    @property
    def roots(self) -> frozenset[str]:
        """Every content root."""
        return self.narrowing | {self.head}


def clause_phrase(sentence: Sentence, verb: Word, inside: frozenset[int]) -> Phrase:
    """What a verb says, thinks or tries, as one thing that it is done to."""
    below = [w for w in sentence.subtree(verb) if w.index not in inside]
    roots = frozenset(root(w.lemma) for w in below if w is not verb and w.pos in CONTENT and w.lemma not in EMPTY)
    return Phrase(root(verb.lemma), roots, Span(below[0].span.start, below[-1].span.end) if below else verb.span)


def only(sentence: Sentence, noun: Word) -> Span | None:
    """The word that makes a noun phrase exclusive."""
    below = sentence.subtree(noun)
    for word in below:
        if word.lower in ("only", "exclusively", "solely", "nothing") and word.head == noun.index:
            return word.span
    first = below[0].index
    before = sentence.words[first - 1] if first else None
    return before.span if before is not None and before.lower in ("only", "exclusively", "solely") else None


def phrase(sentence: Sentence, noun: Word, without: frozenset[int] = frozenset()) -> Phrase:
    """The noun phrase that a noun heads; coordinated phrases and conditions are left out."""
    kept: list[Word] = []
    waiting = [noun]
    while waiting:
        word = waiting.pop()
        kept.append(word)
        waiting.extend(
            c
            for c in sentence.children[word.index]
            if c.dep not in ("cc", "conj", "punct", "appos") and c.index not in without and c.tag != "VB"
        )
    kept.sort(key=lambda w: w.index)
    narrowing = frozenset(
        root(w.lemma)
        for w in kept
        if w is not noun and w.pos in CONTENT and w.lower not in EMPTY and w.lemma not in EMPTY and w.lower not in _TOTAL
    )
    total = any(w.lower in _TOTAL for w in kept)
    return Phrase(root(noun.lemma), narrowing, Span(kept[0].span.start, kept[-1].span.end), total, is_person(noun))
