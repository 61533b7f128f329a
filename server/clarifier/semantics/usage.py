"""How a document uses its words: which nouns stand alone, and which with a word before them."""

from __future__ import annotations

from collections import Counter

from clarifier.semantics import nouns
from clarifier.semantics.kept import kept
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Passage

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
def in_specification(specification: Specification) -> Uses:
    """The same for a whole document."""
    found: Uses = Counter()
    for part in specification.passages:
        for passage in part:
            if passage is not None:
                for pair, times in in_passage(passage).items():
                    found[pair] += times
    return found
