"""Relative comparison: better, faster, more than nothing that is named, or the best of no set that is given.

Bad:  The new version must be faster.
Good: The new version must be at least 20 % faster than version 2.
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Severity, passage_rule
from clarifier.rules._vague import graded
from clarifier.semantics.vagueness import mentioned, settled_nearby
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word

_EVALUATED = words("better worse faster slower easier simpler safer cheaper stronger weaker clearer smoother higher lower larger smaller bigger greater longer shorter best worst fastest easiest simplest cheapest")
_GROUND = words("than of among compared relative to")


@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def relative_comparison(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every comparison that a duty turns on and that has no ground."""
    if passage.commentary:
        return
    for index, sentence in enumerate(passage.sentences):
        if not passage.normative[index] or not sentence.words:
            continue
        for word in sentence.words:
            if word.pos in ("ADJ", "ADV") and word.lower in _EVALUATED and not mentioned(sentence, word) and not _grounded(sentence, word) and not settled_nearby(passage, index, word.span):
                severity, weight = graded(passage, index, word, True)
                yield Hit(index, word.span, f"“{word.lower}” compares with nothing that is named.", f"“{word.lower}” than what, and by how much?", (), severity, weight)


def _grounded(sentence: Sentence, word: Word) -> bool:
    return any(w.lower in _GROUND for w in sentence.words[word.index :])
