"""Noun phrases, and clauses that stand for one: what a norm is about, by roots."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clarifier.semantics.agents import is_person
from clarifier.semantics.roots import root
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_TOTAL = words("all every each any whole entire both")
_PARTS = words("all each any some most both none many few half part parts")
_BASED = words("based according depending regardless")
IN_PLACE = {"instead": "of", "rather": "than"}  # what follows is not done
POINTING = words("it they them this that these those")  # heads that stand for what was named before
CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "X", "ADV")
EMPTY = words(
    "be have do a an the this that these those its their it they them such only also then very more most least less at up to not no just so able following"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: the root of its head, the roots of the content words that narrow it, and its span."""

    head: str
    narrowing: frozenset[str]
    span: Span
    total: bool = False  # all, every, any, each
    person: bool = False  # whether it names people
    definite: bool = False  # "the" and a singular: one thing that is known
    other: bool = False  # "other", "another": what it names depends on what was named before
    aside: frozenset[str] = frozenset()  # what a phrase behind it says, which may be the verb's: "information for clients"

    @property
    def roots(self) -> frozenset[str]:
        """Every content root."""
        return self.narrowing | {self.head}


def name(sentence: Sentence, word: Word) -> str:
    """What a word is compared by: its root, or the whole code span that it is a part of, which is one name."""
    return sentence.code_around(word) or root(word.lemma)


def clause_phrase(sentence: Sentence, verb: Word, inside: frozenset[int]) -> Phrase:
    """What a verb says, thinks or tries, as one thing that it is done to."""
    below = [w for w in sentence.subtree(verb) if w.index not in inside]
    roots = frozenset(name(sentence, w) for w in below if w is not verb and w.pos in CONTENT and w.lemma not in EMPTY)
    return Phrase(root(verb.lemma), roots, Span(below[0].span.start, below[-1].span.end) if below else verb.span)


def displaces(sentence: Sentence, one: Word, other: Word) -> bool:
    """Whether one thing is done or meant "rather than" the other, which the parser joins to it."""
    return any(w.lower in IN_PLACE for w in sentence.words[one.index : other.index])


def in_name(sentence: Sentence, word: Word) -> bool:
    """Whether "only" is a part of a name written without its hyphen: "a receive only operation"."""
    if word.lower != "only" or not 1 < word.index < len(sentence.words) - 1:
        return False
    opening, before, after = (sentence.words[word.index + k] for k in (-2, -1, 1))
    opens = opening.lower in ("a", "an") or opening.pos == "ADP"
    return opens and before.pos in ("NOUN", "VERB", "PROPN", "ADJ") and before.tag != "NNS" and after.pos == "NOUN"


def only(sentence: Sentence, noun: Word) -> Span | None:
    """The word that makes a noun phrase exclusive."""
    below = sentence.subtree(noun)
    for word in below:
        if word.lower in ("only", "exclusively", "solely", "nothing") and word.head == noun.index and not in_name(sentence, word):
            return word.span
    first = below[0].index
    before = sentence.words[first - 1] if first else None
    limits = before is not None and before.lower in ("only", "exclusively", "solely") and not in_name(sentence, before)
    return before.span if before is not None and limits else None


def phrase(sentence: Sentence, noun: Word, without: frozenset[int] = frozenset()) -> Phrase:
    """The noun phrase that a noun heads; coordinated phrases and conditions are left out. "All of the logs" is headed by logs."""
    part = _part_of(sentence, noun) if noun.lower in _PARTS else None
    if part is not None:
        inner = phrase(sentence, part, without)
        return replace(inner, span=Span(noun.span.start, inner.span.end), total=noun.lower in _TOTAL)
    kept: list[Word] = []
    waiting = [noun]
    while waiting:
        word = waiting.pop()
        kept.append(word)
        waiting.extend(
            c
            for c in sentence.children[word.index]
            if c.dep not in ("cc", "conj", "punct", "appos") and c.index not in without and c.tag != "VB" and c.lower not in _BASED
        )
    kept.sort(key=lambda w: w.index)
    head = name(sentence, noun)
    narrowing = frozenset(name(sentence, w) for w in kept if w is not noun and (_narrows(w) or sentence.code_around(w))) - {head}
    narrowing |= {n for w in kept if (n := _number(sentence, w)) is not None}
    definite = noun.tag == "NN" and any(w.lower == "the" and w.head == noun.index for w in kept)
    other = any(w.lower in ("other", "another") and w.head == noun.index for w in kept)
    total = any(w.lower in _TOTAL for w in kept)
    return Phrase(head, narrowing, Span(kept[0].span.start, kept[-1].span.end), total, is_person(noun), definite, other)


def _number(sentence: Sentence, word: Word) -> str | None:
    """The number that a noun bears as a name: "type 7", "Phase 2", wherever the parser hangs it."""
    if word.pos not in ("NOUN", "PROPN") or word.index + 1 >= len(sentence.words):
        return None
    text = sentence.words[word.index + 1].text
    return text if text[0].isdigit() or (len(text) == 1 and text.isupper()) else None


def _part_of(sentence: Sentence, noun: Word) -> Word | None:
    """What a word such as "all" is a part of."""
    of = (c for c in sentence.children[noun.index] if c.lower == "of")
    return next((k for c in of for k in sentence.children[c.index] if k.dep == "pobj"), None)


def _narrows(word: Word) -> bool:
    empty = word.lower in EMPTY or word.lemma in EMPTY or word.lower in _TOTAL
    return word.pos in CONTENT and not empty and any(c.isalnum() for c in word.text)
