"""How a document uses its words: which nouns stand alone, and which with a word before them."""

from __future__ import annotations

from collections import Counter

from clarifier.semantics import nouns
from clarifier.semantics.kept import carried, kept
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Passage, Passages

Uses = Counter[tuple[str, str]]  # (word before, noun); the word is empty where the noun stands alone


@kept
def in_passage(passage: Passage) -> Uses:
    """The nouns of a passage, each with the words before it. The later ones of a coordination are left out."""
    found: Uses = Counter()
    for sentence in passage.sentences:
        for noun in sentence.words:
            if noun.pos not in ("NOUN", "PROPN"):
                continue
            before = [w for w in nouns.premodifiers(sentence, noun) if w.dep != "det"]
            found.update((w.lemma, noun.lemma) for w in before if not any(c.dep == "cc" for c in sentence.children[w.index]))
            if not before and noun.dep not in ("conj", "compound"):
                found["", noun.lemma] += 1
    return found


@kept
def _in_part(part: Passages) -> Uses:
    found: Uses = Counter()
    for passage in part:
        if passage is not None:
            found.update(in_passage(passage))
    return found


def times(specification: Specification, before: str, noun: str) -> int:
    """How often a whole document uses a noun with a word before it; alone, where the word is empty."""
    return uses(specification)[before, noun]


def _by_part(specification: Specification) -> list[Uses]:
    return [_in_part(part) for part in specification.passages]


@carried(_by_part)
def uses(parts: list[Uses]) -> Uses:
    """How often a whole document uses each noun, with the word before it."""
    found: Uses = Counter()
    for part in parts:
        found.update(part)
    return found
