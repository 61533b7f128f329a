"""Escape clause: words that let the one who is bound decide whether to obey.

"Where possible" and "as appropriate" turn a duty into a wish unless the condition is said.

Bad:  The server must, where possible, encrypt the backup.
Bad:  Log entries must be deleted if necessary.
Good: The server must encrypt the backup unless the operator has turned encryption off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.rules._vague import graded, word_at
from clarifier.semantics import vague_words
from clarifier.semantics.vagueness import settled_nearby
from clarifier.syntax.document import Passage
from clarifier.text.source import Span

_ESCAPES = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in vague_words.ESCAPES.items()}
_ASKED = {
    "possible": "When is it not possible, and what is to be done then?",
    "needed": "Who decides whether “{}” holds, and by what criterion?",
    "appropriate": "Who decides whether “{}” holds, and by what criterion?",
    "usual": "Which are the exceptions to “{}”?",
    "ideal": "Is what is said “{}” required, or may it be left undone?",
    "effort": "What must have been tried before “{}” is enough?",
    "exception": "Which exceptions does “{}” allow, and who grants them?",
}


@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def escape_clause(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every phrase that lets a duty go."""
    if passage.commentary:
        return
    for index, sentence in enumerate(passage.sentences):
        if not passage.normative[index] or not sentence.words:
            continue
        for kind, pattern in _ESCAPES.items():
            for found in pattern.finditer(sentence.text):
                span = Span(found.start(), found.end())
                word = word_at(passage, index, *found.span())
                if word is None or sentence.in_code(span) or settled_nearby(passage, index, span):
                    continue
                severity, weight = graded(passage, index, word, kind in ("possible", "needed", "appropriate", "effort"))
                yield Hit(index, span, f"“{found[0]}” lets the reader decide whether the rest applies.", _ASKED[kind].format(found[0]), _readings(kind, found[0]), severity, weight)


def _readings(kind: str, said: str) -> tuple[Reading, ...]:
    capital = said[:1].isupper()
    texts = {
        "possible": (("always", "in every case"), ("as it chooses", "at its discretion")),
        "usual": (("always", "always"), ("unless another clause says otherwise", "unless another clause says otherwise")),
    }.get(kind, ())
    return tuple(Reading(label, text[:1].upper() + text[1:] if capital else text) for label, text in texts)
