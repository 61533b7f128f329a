"""Weak modal: a verb that does not say whether something is a duty, a permission or a possibility.

"May not" forbids for one reader and permits not to for another; "could" and "might" are neither.

Bad:  The server might retry the request.
Bad:  The client may not retry the request.
Good: The server may retry the request.
Good: The client must not retry the request.
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.semantics.roles import Place, place
from clarifier.semantics.vagueness import mentioned
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def weak_modal(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every modal whose force is open."""
    if passage.commentary:
        return
    for index, sentence in enumerate(passage.sentences):
        if not passage.normative[index] or not sentence.words:
            continue
        for word in sentence.words:
            if word.tag == "MD" and not mentioned(sentence, word) and place(sentence, word) is Place.CORE:
                yield from _modal(index, sentence, word)


def _modal(index: int, sentence: Sentence, word: Word) -> Iterator[Hit]:
    following = sentence.words[word.index + 1] if word.index + 1 < len(sentence.words) else None
    if word.lower in ("could", "might"):
        yield Hit(
            index,
            word.span,
            f"“{word.lower}” can be a duty, a permission or a mere possibility.",
            f"Is what “{word.lower}” be done required, or allowed?",
            (Reading("it is required", "must"), Reading("it is allowed", "may")),
            Severity.INFORMATION,
            0.5,
        )
    elif word.lower == "may" and following is not None and following.lower == "not":
        yield Hit(
            index,
            Span(word.span.start, following.span.end),
            "“may not” can forbid, or permit not to.",
            "Does “may not” forbid it, or permit leaving it undone?",
            (Reading("it is forbidden", "must not"), Reading("it need not be done", "need not")),
            Severity.WARNING,
            0.7,
        )
