"""Where “and” or “or” joins two words and a third stands beside them that can belong to one of them or to both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from clarifier.semantics import nouns
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


class Shape(StrEnum):
    """What stands beside the two."""

    BEFORE = "before"  # old | men and women
    HEAD = "head"  # maintenance and calibration | program
    BEHIND = "behind"  # the number and use | of safe modes
    OBJECT = "object"  # review and approve | changes
    MANNER = "manner"  # carefully | marked and stored
    PLAIN = "plain"  # systems and components, with nothing beside them


@dataclass(frozen=True, slots=True)
class Coordination:
    """Two joined words, the conjunction, and the words beside them: `first` to `last` is all of it."""

    shape: Shape
    left: Word
    right: Word
    conjunction: Word
    beside: tuple[Word, ...]
    first: int
    last: int

    def span(self, sentence: Sentence) -> Span:
        """Where it stands in the sentence."""
        return Span(sentence.words[self.first].span.start, sentence.words[self.last].span.end)


_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "poss", "advmod"})
_BEHIND = frozenset({"prep", "relcl", "acl"})


def coordinations(sentence: Sentence) -> Iterator[Coordination]:
    """Every pair joined by “and” or “or”, with what stands beside it, in order."""
    for cc in sentence.words:
        if cc.dep != "cc" or cc.lower not in ("and", "or", "and/or", "&", "nor"):
            continue
        left = sentence.head(cc)
        right = next((c for c in sentence.children[left.index] if c.dep == "conj" and c.index > cc.index), None)
        if right is None or sentence.in_code(cc.span):
            continue
        if left.pos in ("NOUN", "PROPN", "PRON") or right.pos in ("NOUN", "PROPN"):
            yield from _of_nouns(sentence, left, right, cc)
        elif left.pos == "VERB" and right.pos == "VERB":
            yield from _of_verbs(sentence, left, right, cc)


def _of_nouns(sentence: Sentence, left: Word, right: Word, cc: Word) -> Iterator[Coordination]:
    begin = nouns.start(sentence, left)
    before = tuple(w for w in sentence.words[begin : left.index] if w.dep in _MODIFIERS and w.head == left.index)
    outer = left
    while outer.dep == "conj" and outer.head != outer.index and nouns.is_noun(outer):
        outer = sentence.head(outer)
    head = sentence.head(outer)
    top = right
    found = False
    if outer.dep in ("compound", "nmod", "amod") and head.index > right.index:
        yield Coordination(Shape.HEAD, left, right, cc, (head,), begin, head.index)
        found, top = True, head
    else:
        own = tuple(c for c in sentence.children[right.index] if cc.index < c.index < right.index and c.dep in _MODIFIERS)
        if own and not before:
            yield Coordination(Shape.HEAD, left, right, cc, (*own, right), begin, right.index)
            found = True
        elif before:
            yield Coordination(Shape.BEFORE, left, right, cc, before, begin, right.index)
            found = True
    behind = next(
        (c for w in (right, top, left) for c in sentence.children[w.index] if c.dep in _BEHIND and c.index > top.index), None
    )
    if behind is not None:
        below = sentence.subtree(behind)
        opening, last = below[0].index, below[-1].index
        if opening > top.index:
            yield Coordination(Shape.BEHIND, left, right, cc, sentence.words[opening : last + 1], begin, last)
            found = True
    if not found:
        yield Coordination(Shape.PLAIN, left, right, cc, (), begin, right.index)


def _of_verbs(sentence: Sentence, left: Word, right: Word, cc: Word) -> Iterator[Coordination]:
    own = [
        c
        for c in sentence.children[left.index]
        if left.index < c.index < cc.index and c.dep in ("dobj", "prep", "ccomp", "xcomp", "attr", "acomp", "agent", "dative")
    ]
    thing = next((c for c in sentence.children[right.index] if c.dep in ("dobj", "prep", "agent") and c.index > right.index), None)
    manner = next(
        (c for c in sentence.children[left.index] if c.dep == "advmod" and c.index == left.index - 1 and c.lower.endswith("ly")),
        None,
    )
    if manner is not None and not own:
        yield Coordination(Shape.MANNER, left, right, cc, (manner,), manner.index, right.index)
    if thing is not None and not own:
        yield Coordination(Shape.OBJECT, left, right, cc, sentence.subtree(thing), left.index, sentence.subtree(thing)[-1].index)
    elif manner is None:
        yield Coordination(Shape.PLAIN, left, right, cc, (), left.index, right.index)


def mixed(sentence: Sentence) -> Iterator[tuple[Word, Word, Word, Word, Word]]:
    """Every “A and B or C” without a comma or a “both” or “either” that groups it: A, its conjunction, B, its conjunction, C."""
    for second in sentence.words:
        if second.dep != "cc" or second.lower not in ("and", "or") or sentence.in_code(second.span):
            continue
        middle = sentence.head(second)
        last = _joined(sentence, middle, second)
        if middle.dep == "conj":
            first = sentence.head(middle)
            cc = next((c for c in sentence.children[first.index] if c.dep == "cc" and first.index < c.index < middle.index), None)
        else:
            earlier = [c for c in sentence.children[middle.index] if c.dep == "cc" and c.index < second.index]
            first, cc = middle, earlier[-1] if earlier else None
            joined = _joined(sentence, first, cc) if cc is not None else None
            middle = joined or middle
        if last is None or cc is None or middle is first or cc.lower == second.lower or cc.lower not in ("and", "or"):
            continue
        if not first.index < cc.index < middle.index < second.index < last.index or not _alike(first, middle, last):
            continue
        before = sentence.words[: cc.index]
        grouped = any(
            w.lower in ("both", "either", "whether", "between", "neither")
            for w in (*before, *sentence.words[cc.index : last.index])
        )
        grouped = grouped or any(
            sentence.words[c.index + 1].lower == "then" for c in (cc, second)
        )  # “and then” begins the next step
        if grouped or any(w.text in (",", ";", "(", ")", ":", "/", '"') for w in sentence.words[cc.index - 1 : last.index]):
            continue
        yield first, cc, middle, second, last


def _joined(sentence: Sentence, left: Word, cc: Word) -> Word | None:
    return next((c for c in sentence.children[left.index] if c.dep == "conj" and c.index > cc.index), None)


def _alike(*words: Word) -> bool:
    sorts = {"NOUN" if w.pos in ("NOUN", "PROPN") else w.pos for w in words}
    return len(sorts) == 1 and sorts <= {"NOUN", "VERB", "ADJ"}


_ENDINGS = (
    "tion",
    "sion",
    "ment",
    "ance",
    "ence",
    "ity",
    "ness",
    "ing",
    "ism",
    "ship",
    "age",
    "ure",
    "sis",
    "ery",
    "ise",
    "ize",
    "ate",
)


def has_same_ending(found: Coordination) -> bool:
    """Whether the two are formed alike (“creation and deletion”), so that what follows is heard with both."""
    endings = [next((e for e in _ENDINGS if w.lemma.endswith(e)), "") for w in (found.left, found.right)]
    return endings[0] == endings[1] != ""


def differs_in_number(found: Coordination) -> bool:
    """Whether one is in the plural and the other is not."""
    return nouns.is_plural(found.left) != nouns.is_plural(found.right)


def own_words(sentence: Sentence, found: Coordination) -> tuple[Word, ...]:
    """The article and the modifiers that the right one has for itself."""
    return tuple(
        c
        for c in sentence.children[found.right.index]
        if found.conjunction.index < c.index < found.right.index and c.dep in (*_MODIFIERS, "det") and c not in found.beside
    )


def is_listed(sentence: Sentence, found: Coordination) -> bool:
    """Whether more than two are joined."""
    return found.left.dep == "conj" or any(c.dep == "conj" for c in sentence.children[found.right.index])
