"""What the rules on vague wording share: how evidence becomes a severity and a weight."""

from __future__ import annotations

from clarifier.rules._rule import Severity
from clarifier.semantics.roles import Force, Place, force, place
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Word


def graded(passage: Passage, index: int, word: Word, strong: bool) -> tuple[Severity, float]:
    """The severity and weight of a vague word: a warning only where a duty turns on it and readers would build different things."""
    binding, part = force(passage, index, word), place(passage.sentences[index], word)
    if part in (Place.PURPOSE, Place.ASIDE):
        return Severity.HINT, 0.2
    turns = part in (Place.CORE, Place.CONDITION)
    if binding is Force.DUTY and turns:
        return (Severity.WARNING, 0.7) if strong else (Severity.INFORMATION, 0.5)
    if binding is Force.ADVICE and turns:
        return (Severity.INFORMATION, 0.45) if strong else (Severity.HINT, 0.3)
    return Severity.HINT, 0.25


def word_at(passage: Passage, index: int, start: int, end: int) -> Word | None:
    """The word of a sentence that governs the others between two offsets; None if no word begins there."""
    inside = [w for w in passage.sentences[index].words if start <= w.span.start < end]
    return next((w for w in inside if not start <= passage.sentences[index].words[w.head].span.start < end or w.head == w.index), None)
