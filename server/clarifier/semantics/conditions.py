"""Conditions in a sentence: if, when, unless, only after, until, except; what they say, and whether two can hold together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.semantics.amounts import Amount, amounts, disjoint
from clarifier.semantics.opposites import opposed, same
from clarifier.semantics.roots import root
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: its marker, the roots of what it says, whether that is denied, and where it stands.

    `only` is the span of "only" where the norm holds under no other condition. `indices` are those of its words.
    """

    kind: str
    roots: frozenset[str]
    denied: bool
    span: Span
    indices: frozenset[int]
    amounts: tuple[Amount, ...] = ()
    only: Span | None = None


_MARKERS = words(
    "if when whenever unless until once while where wherever before after provided till upon during without except despite whilst each every"
)
_PREPOSITIONS = words("before after until upon during without except despite")
_NEGATED = words("not no n't never without n’t cannot neither")
EXCEPTING = words("unless except without")
_IDLE = words(
    "be have do the a an it its this that these those they their them of to in on at by for with as and or if when unless only then such any"
)


def conditions(sentence: Sentence) -> tuple[Condition, ...]:
    """The conditions of a sentence that has words, in order."""
    return tuple(sorted(_found(sentence), key=lambda c: c.span))


def _found(sentence: Sentence) -> Iterator[Condition]:
    taken: set[int] = set()
    numbers = amounts(sentence)
    for marker in sentence.words:
        if marker.lower not in _MARKERS or marker.index in taken:
            continue
        below = _governed(sentence, marker)
        if below is None:
            continue
        only = (
            sentence.words[marker.index - 1]
            if marker.index and sentence.words[marker.index - 1].lower in ("only", "solely", "exclusively")
            else None
        )
        own = [w for w in below if w is not marker and w.index not in taken]
        if not own:
            continue
        taken.update(w.index for w in own)
        indices = frozenset({*(w.index for w in own), marker.index, *([only.index] if only else [])})
        roots = frozenset(
            root(w.lemma)
            for w in own
            if w.lower not in _IDLE
            and w.lemma not in _IDLE
            and w.lower not in _NEGATED
            and w.pos not in ("PUNCT", "SPACE", "DET", "AUX")
        )
        denied = sum(w.lower in _NEGATED for w in own) % 2 == 1
        span = Span(min(marker.span.start, own[0].span.start), own[-1].span.end)
        yield Condition(
            marker.lower, roots, denied, span, indices, tuple(a for a in numbers if a.index in indices), only.span if only else None
        )


def _governed(sentence: Sentence, marker: Word) -> list[Word] | None:
    """The words of the clause or phrase that a marker opens; None where it opens none."""
    head = sentence.head(marker)
    if (
        marker.dep in ("mark", "advmod")
        and head.dep in ("advcl", "ccomp", "relcl", "acl", "pcomp", "xcomp", "conj", "dep")
        and head.index > marker.index
    ):
        if (
            marker.lower == "where"
            and head.dep == "relcl"
            and sentence.head(head).index == marker.index - 1
            and sentence.head(head).pos == "NOUN"
        ):
            return None
        return [w for w in sentence.subtree(head) if w.index >= marker.index]
    if (marker.dep == "prep" and marker.lower in _PREPOSITIONS) or (
        marker.dep in ("prep", "mark") and marker.lower in ("unless", "when", "if", "once")
    ):
        below = [w for w in sentence.subtree(marker) if w.index >= marker.index]
        # "after 30 days" is an amount of the duty itself.
        if len(below) < 2 or any(w.tag == "CD" or w.lower in ("day", "hour") for w in below[1:3]):
            return None
        return below
    if marker.index == 0 and (
        (marker.lower in ("each", "every") and len(sentence.words) > 2 and sentence.words[1].lemma in ("time", "case"))
        or marker.lower in ("if", "when", "once", "unless", "whenever")
    ):
        comma = next((w.index for w in sentence.words if w.text == ","), None)
        return list(sentence.words[:comma]) if comma else None
    return None


def exclusive(one: Condition, other: Condition) -> bool:
    """Whether two conditions cannot hold together, or one says that it is the exception of the other."""
    shared = sum(any(same(a, b) for b in other.roots) for a in one.roots)
    least = min(len(one.roots), len(other.roots))
    if least == 0:
        return False
    flips = (one.denied != other.denied) ^ ((one.kind in EXCEPTING) != (other.kind in EXCEPTING))
    if {one.kind, other.kind} in (
        {"before", "after"},
        {"until", "after"},
        {"until", "once"},
        {"before", "once"},
        {"before", "when"},
        {"until", "when"},
        {"while", "after"},
        {"during", "after"},
    ):
        flips = not flips
    if shared / least >= 0.6 and flips:
        return True
    if any(disjoint(a, b) for a in one.amounts for b in other.amounts if a.unit_root == b.unit_root or (a.unit and b.unit)):
        return True
    opposite = [(a, b) for a in one.roots - other.roots for b in other.roots - one.roots if opposed(a, b)]
    if opposite and not flips and (shared >= 1 or least == 1):
        return True
    # One slot, two values: "the mode is bridged" and "the mode is routed", or cases of one enumeration.
    left, right = one.roots - other.roots, other.roots - one.roots
    return not flips and shared >= 1 and len(left) <= 2 and len(right) <= 2 and bool(left) and bool(right)


def alike(one: Condition, other: Condition) -> bool:
    """Whether two conditions say the same."""
    return one.denied == other.denied and one.roots == other.roots and (one.kind in EXCEPTING) == (other.kind in EXCEPTING)
