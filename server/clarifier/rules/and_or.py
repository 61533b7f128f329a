"""And/or: a joint of which it is not said whether one, the other, or both are meant.

Readers take "A and/or B" for "A or B, or both", for "either", or for "both", and a slash between two words for any of these.

Bad:  The server must log the error and/or notify the operator.
Good: The server must log the error or notify the operator, or both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.semantics.roles import Place, place
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_AND_OR = re.compile(r"\band\s?/\s?or\b|\bor\s?/\s?and\b", re.IGNORECASE)
_SETTLED = re.compile(r"\b(?:or both|but not both|either or both|any combination|one or more of|exactly one of)\b", re.IGNORECASE)


@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def and_or(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every “and/or” that decides what must be done."""
    if passage.commentary:
        return
    for index, sentence in enumerate(passage.sentences):
        if not passage.normative[index] or not sentence.words:
            continue
        for found in _AND_OR.finditer(sentence.text):
            span = Span(found.start(), found.end())
            if not sentence.in_code(span) and not _SETTLED.search(sentence.text):
                yield _hit(index, sentence, span)


def _hit(index: int, sentence: Sentence, span: Span) -> Hit:
    sides = _sides(sentence, span)
    joint = sentence.slice(span)
    word = next((w for w in sentence.words if w.span.start >= span.start), None)
    aside = word is not None and place(sentence, word) in (Place.ASIDE, Place.PURPOSE)
    severity, weight = (Severity.INFORMATION, 0.3) if aside else (Severity.WARNING, 0.6)
    if sides is None:
        return Hit(
            index, span, f"“{joint}” can mean one, the other, or both.", f"Does “{joint}” allow one alone, and does it allow both?", severity=severity, weight=weight
        )
    left, right = sentence.slice(sides[0]), sentence.slice(sides[1])
    return Hit(
        index,
        Span(sides[0].start, sides[1].end),
        f"“{joint}” can mean “{left}” alone, “{right}” alone, or both.",
        f"Of “{left}” and “{right}”: is either enough, must it be only one, or are both meant?",
        (
            Reading("either is enough, both are allowed", f"{left}, or {right}, or both"),
            Reading("exactly one", f"either {left} or {right}, but not both"),
            Reading("both", f"both {left} and {right}"),
        ),
        severity,
        weight,
    )


def _sides(sentence: Sentence, joint: Span) -> tuple[Span, Span] | None:
    """The two things that are joined, if the parse shows a pair of the same kind next to the joint."""
    words = sentence.words
    for right in words:
        left = words[right.head]
        if right.dep != "conj" or not left.span.end <= joint.start < joint.end <= right.span.start or left.pos != right.pos:
            continue
        if any(c.dep == "conj" and c is not right for c in sentence.children[left.index]) or left.dep == "conj":
            return None
        first = _start(sentence, left, joint)
        end = max(w.span.end for w in sentence.subtree(right) if w.span.end - right.span.start < 80)
        if left.pos in ("VERB", "AUX") and any(c.tag == "MD" for c in sentence.children[right.index]):
            return None
        tail = sentence.text[first:joint.start].rstrip()
        return Span(first, first + len(tail)), Span(joint.end + 1, end)
    return None


def _start(sentence: Sentence, left: Word, joint: Span) -> int:
    if left.pos in ("VERB", "AUX"):
        return left.span.start
    return min(w.span.start for w in (left, *(c for c in sentence.children[left.index] if c.index < left.index and c.dep != "prep")))
