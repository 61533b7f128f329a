"""Conditions in a sentence: if, when, unless, only after, until, except; what they say, and whether two can hold together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.semantics.amounts import Amount, amounts, disjoint, is_number
from clarifier.semantics.opposites import opposed, same
from clarifier.semantics.roots import root
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: its marker, the roots of what it says, whether that is denied, and where it stands.

    `only` is the span of "only" where the norm holds under no other condition. `conceded` is a case in which the norm holds all
    the same ("even if"). `indices` are those of its words.
    """

    kind: str
    roots: frozenset[str]
    denied: bool
    span: Span
    indices: frozenset[int]
    amounts: tuple[Amount, ...] = ()
    only: Span | None = None
    conceded: bool = False

    @property
    def idle(self) -> bool:
        """Whether it names no case: "upon request" is said of what is done because somebody wants it."""
        return self.kind == "upon" and self.roots <= _WANTED


_MARKERS = words(
    "if when whenever unless until once while where wherever before after provided till upon during without except despite whilst each every iff"
)
_CLAUSES = ("advcl", "ccomp", "relcl", "acl", "pcomp", "xcomp", "conj", "dep")
_PREPOSITIONS = words("before after until upon during without except despite")
_NEGATED = words("not no n't never without n’t cannot neither")
EXCEPTING = words("unless except without")
_GOALS = words(
    "ensure maintain guarantee prevent avoid support improve increase preserve protect facilitate reduce minimize minimise help make"
)
_PLACES = words("to in for on at under with within throughout")
_IDIOMS = words(
    "order addition general example instance particular fact turn contrast other this that these such short most all any some"
)
_WANTED = frozenset(map(root, ("request", "demand")))
_LONGEST = 30
_NOMINAL = ("DET", "NOUN", "PRON")
_QUANTIFIERS = words("all any every each none nothing anything everything anyone everyone nobody")
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
        kind = _kind(sentence, marker)
        below = _governed(sentence, marker) if kind and marker.index not in taken else None
        own = [w for w in below or () if w is not marker and w.index not in taken]
        if not own or own[0].tag in ("WDT", "WP"):
            continue  # "after which" begins a clause of its own
        taken.update(w.index for w in own)
        before = sentence.words[marker.index - 1] if marker.index else None
        only = before if before is not None and before.lower in ("only", "solely", "exclusively") else None
        only = marker if kind == "iff" else only
        indices = frozenset({*(w.index for w in own), marker.index, *([only.index] if only else [])})
        denied = sum(w.lower in _NEGATED for w in own) % 2 == 1
        span = Span(min(marker.span.start, own[0].span.start), own[-1].span.end)
        within = tuple(a for a in numbers if a.index in indices)
        conceded = before is not None and (before.lower == "even" or kind == "whether")
        roots = frozenset(root(w.lemma) for w in own if _weighs(w))
        yield Condition(kind, roots, denied, span, indices, within, only.span if only else None, conceded)


def _weighs(word: Word) -> bool:
    idle = word.lower in _IDLE or word.lemma in _IDLE or word.lower in _NEGATED
    return not idle and word.pos not in ("PUNCT", "SPACE", "DET", "AUX")


def _kind(sentence: Sentence, marker: Word) -> str:
    """The marker that a word is or ends: "if", "as soon as" is "when", "regardless of whether" is "whether"; empty for others."""
    before = [w.lower for w in sentence.words[max(0, marker.index - 2) : marker.index]]
    if marker.lower == "as" and before in (["as", "soon"], ["as", "long"]):
        return "when" if before[1] == "soon" else "while"
    if marker.lower == "that" and before[-1:] == ["such"]:
        return "where"
    if marker.lower == "but" and any(w in _QUANTIFIERS for w in before) and sentence.words[marker.index - 1].pos in _NOMINAL:
        return "except"
    if marker.lower == "than" and before[-1:] == ["other"]:
        return "except"
    if marker.lower == "whether":
        following = [w.lower for w in sentence.words[marker.index + 1 : marker.index + 3]]
        return "whether" if before[-1:] in (["of"], ["matter"]) or following == ["or", "not"] else ""
    opening = marker.index == 0 and marker.lower in _PLACES
    return marker.lower if marker.lower in _MARKERS or opening else ""


def _governed(sentence: Sentence, marker: Word) -> list[Word] | None:
    """The words of the clause or phrase that a marker opens; None where it opens none."""
    head = sentence.head(marker)
    if marker.lower in ("but", "than"):
        return _excepted(sentence, marker)
    if marker.dep in ("mark", "advmod") and head.dep in _CLAUSES and head.index > marker.index:
        noun = sentence.head(head)
        beside = head.tag == "VBG" and any(c.dep == "dobj" for c in sentence.children[head.index])
        if marker.lower in ("while", "whilst") and marker.index and beside:
            return None  # "while auditing all orders" is done at the same time, and no case
        if marker.lower == "where" and head.dep == "relcl" and noun.index == marker.index - 1 and noun.pos == "NOUN":
            return None
        return [w for w in sentence.subtree(head) if w.index >= marker.index]
    prepositional = marker.dep == "prep" and marker.lower in _PREPOSITIONS
    if prepositional or (marker.dep in ("prep", "mark") and marker.lower in ("unless", "when", "if", "once")):
        below = [w for w in sentence.subtree(marker) if w.index >= marker.index]
        # "after 30 days" is an amount of the duty itself.
        counted = marker.lower not in EXCEPTING and any(w.tag == "CD" or w.lower in ("day", "hour") for w in below[1:3])
        if len(below) >= 2 and not counted:
            return below
        if prepositional:
            return None
    return _opening(sentence, marker)


def _circumstance(sentence: Sentence) -> list[Word] | None:
    """The words before the comma of a sentence that opens with where it applies: "In safe mode, the pump must …"."""
    comma = next((w.index for w in sentence.words[2:_LONGEST] if w.text == ","), None)
    purpose = sentence.words[0].lower == "to"
    idle = sentence.words[1].lower in _IDIOMS or (purpose and (sentence.words[1].tag != "VB" or sentence.words[1].lemma in _GOALS))
    if comma is None or idle or any(w.tag == "MD" for w in sentence.words[:comma]):
        return None
    follows = any(w.pos in ("VERB", "AUX") for w in sentence.words[comma:])
    return list(sentence.words[:comma]) if follows else None


def _excepted(sentence: Sentence, marker: Word) -> list[Word]:
    """The noun phrase behind "all but" or "other than"."""
    found = [marker]
    for word in sentence.words[marker.index + 1 :]:
        if word.pos not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"):
            break
        found.append(word)
    return found


def _opening(sentence: Sentence, marker: Word) -> list[Word] | None:
    """The words up to the comma behind a marker that opens the sentence, or up to a new subject with its modal."""
    if marker.index == 0 and (marker.lower in _PLACES or marker.lower in _PREPOSITIONS):
        return _circumstance(sentence)
    timed = marker.lower in ("each", "every") and len(sentence.words) > 2 and sentence.words[1].lemma in ("time", "case")
    if marker.index != 0 or not (timed or marker.lower in ("if", "when", "once", "unless", "whenever", "except")):
        return None
    comma = next((w.index for w in sentence.words if w.text == ","), None)
    if comma is not None:
        return list(sentence.words[:comma])
    # Without a comma the parser makes two sentences of it: "If it does not know the client it shall ask".
    modal = next((w for w in sentence.words if w.tag == "MD" and sentence.head(w).index != sentence.head(marker).index), None)
    subject = next((c for c in sentence.children[modal.head] if c.dep in ("nsubj", "nsubjpass")), None) if modal else None
    begin = sentence.subtree(subject)[0].index if subject is not None else 0
    return list(sentence.words[:begin]) if begin > 2 else None


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
    if one.amounts and other.amounts:
        # "more than 80 percent" and "more than 90 percent" hold together; amounts that do not were seen above.
        left, right = (frozenset(r for r in side if not is_number(r)) for side in (left, right))
    return not flips and shared >= 1 and len(left) <= 2 and len(right) <= 2 and bool(left) and bool(right)


def alike(one: Condition, other: Condition) -> bool:
    """Whether two conditions say the same."""
    return one.denied == other.denied and one.roots == other.roots and (one.kind in EXCEPTING) == (other.kind in EXCEPTING)


_ENOUGH = 0.7


def one_case(one: Condition, other: Condition) -> bool:
    """Whether two conditions are about one case, worded a little differently."""
    least = min(len(one.roots), len(other.roots))
    return one.denied == other.denied and least > 0 and len(one.roots & other.roots) >= _ENOUGH * least
