"""And/or: a joint of which it is not said whether one, the other, or both are meant.

Readers take "A and/or B" for "A or B, or both", for "either", or for "both", and a slash between two words for any of these.

Bad:  The server must log the error and/or notify the operator.
Good: The server must log the error or notify the operator, or both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.rules._vague import duties
from clarifier.semantics.modality import negated
from clarifier.semantics.roles import Force, Place, force, place
from clarifier.semantics.vagueness import linked
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_AND_OR = re.compile(r"\band\s?/\s?or\b|\bor\s?/\s?and\b|\band\s\(or\)(?=\s)|\band, or\b", re.IGNORECASE)
_SETTLED = re.compile(
    r"\b(?:or both|but not both|either or both|(?:any|a) combination|one or more of|exactly one of|at least one of)\b",
    re.IGNORECASE,
)
_SLASH = re.compile(r"(?<![\w/.:<-])(?P<left>[A-Za-z][a-z]{2,})\s?/\s?(?P<right>[a-z]{3,})(?![\w/.-])")
# Pairs that name one thing, or that a slash joins by custom.
_PAIRS = words(
    "read/write input/output client/server request/response key/value yes/no true/false start/stop open/close upload/download import/export before/after pass/fail publish/subscribe push/pull "
    "dev/prod name/value source/destination his/her he/she him/her she/he her/his singular/plural pros/cons plus/minus producer/consumer master/slave primary/secondary left/right black/white "
    "host/port train/test user/password username/password set/get get/set copy/paste drag/drop enable/disable enabled/disabled lock/unlock encode/decode attach/detach trial/error cause/effect "
    "open/close enter/leave group/subgroup lower/raise login/logout on/off show/hide expand/collapse accept/reject buy/sell sign/verify compress/decompress call/message miles/hour requests/second bytes/second meters/second tokens/second supply/demand day/night parent/child subject/object signal/noise cost/benefit their/them path/filename"
)


@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def and_or(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every “and/or”, and every slash between two words, that decides what must be done."""
    for index, sentence in duties(passage):
        if _SETTLED.search(sentence.text):
            continue
        for found in _AND_OR.finditer(sentence.text):
            span = Span(found.start(), found.end())
            if not sentence.in_code(span) and not _quoted(sentence, span):
                yield _hit(passage, index, sentence, span)
        for found in _SLASH.finditer(sentence.text):
            span = Span(found.start(), found.end())
            pair = found[0].lower().replace(" ", "")
            if (
                not sentence.in_code(span)
                and not _counterparts(pair)
                and pair not in ("and/or", "or/and")
                and not linked(sentence, span)
                and not _quoted(sentence, span)
            ):
                yield from _slash(passage, index, sentence, span, found["left"], found["right"])


def _counterparts(pair: str) -> bool:
    """Whether a slash joins two sides of one thing: “open/close”, “registered/deregistered”."""
    left, right = (re.sub(r"(?:ing|ed|ion|s|e)$", "", side) for side in pair.split("/"))
    stems = {"/".join(re.sub(r"(?:ing|ed|ion|s|e)$", "", side) for side in known.split("/")) for known in _PAIRS}
    return pair in _PAIRS or f"{left}/{right}" in stems or left.endswith(right) or right.endswith(left)


def _quoted(sentence: Sentence, span: Span) -> bool:
    return sentence.text[: span.start].count('"') % 2 == 1 or sentence.text[: span.start].count("“") > sentence.text[
        : span.start
    ].count("”")


def _hit(passage: Passage, index: int, sentence: Sentence, span: Span) -> Hit:
    sides = _sides(sentence, span) if len(_AND_OR.findall(sentence.text)) == 1 else None
    joint = sentence.slice(span)
    word = next((w for w in sentence.words if w.span.start >= span.start), None)
    severity, weight = _grade(passage, index, sentence, word)
    if sides is None:
        return Hit(
            index,
            span,
            f"“{joint}” can mean one, the other, or both.",
            f"Is one alone enough where it says “{joint}”, and may it be both?",
            severity=severity,
            weight=weight,
        )
    left, right = sentence.slice(sides[0]), sentence.slice(sides[1])
    if (
        word is not None
        and force(passage, index, word) is Force.ADVICE
        and severity is Severity.INFORMATION
        and not _forbids(sentence, word)
    ):
        severity, weight = Severity.WARNING, 0.5
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


def _grade(passage: Passage, index: int, sentence: Sentence, word: Word | None) -> tuple[Severity, float]:
    if word is None:
        return Severity.INFORMATION, 0.3
    binding = force(passage, index, word)
    if place(sentence, word) in (Place.ASIDE, Place.PURPOSE) or binding is Force.FACT:
        return Severity.HINT, 0.2
    # A permission or a prohibition covers both cases under every reading but the exclusive one.
    return (Severity.WARNING, 0.6) if binding is Force.DUTY and not _forbids(sentence, word) else (Severity.INFORMATION, 0.4)


def _forbids(sentence: Sentence, word: Word) -> bool:
    verb = next((w for w in (word, *sentence.ancestors(word)) if w.pos in ("VERB", "AUX")), None)
    return verb is not None and negated(sentence, verb)


def _slash(passage: Passage, index: int, sentence: Sentence, span: Span, left: str, right: str) -> Iterator[Hit]:
    ends = [w for w in sentence.words if span.start <= w.span.start < span.end and w.text != "/"]
    binding = force(passage, index, ends[0]) if ends else Force.FACT
    if binding is Force.FACT or (ends and place(sentence, ends[0]) in (Place.ASIDE, Place.PURPOSE)):
        return
    yield Hit(
        index,
        span,
        f"The slash in “{sentence.slice(span)}” can mean and, or, or that both are one thing.",
        f"Does “{sentence.slice(span)}” mean “{left} and {right}”, “{left} or {right}”, or one thing with two names?",
        (Reading("both", f"{left} and {right}"), Reading("one of them", f"{left} or {right}")),
        Severity.INFORMATION if binding is Force.DUTY else Severity.HINT,
        0.35,
    )


def _sides(sentence: Sentence, joint: Span) -> tuple[Span, Span] | None:
    """The two things that are joined, if the parse shows a pair of the same kind next to the joint, and no third."""
    words_ = sentence.words
    for right in words_:
        left = words_[right.head]
        if right.dep != "conj" or not left.span.end <= joint.start < joint.end <= right.span.start or left.pos != right.pos:
            continue
        if (
            left.dep == "conj"
            or sum(c.dep == "conj" for c in sentence.children[left.index]) > 1
            or any(c.dep == "conj" for c in sentence.children[right.index])
        ):
            return None
        first = _start(sentence, left, joint)
        below = sentence.subtree(right)
        end = below[-1].span.end
        text = sentence.text
        if (
            any(c.dep in ("nsubj", "nsubjpass") for c in sentence.children[right.index])
            or end - joint.end > 90
            or joint.start - first > 90
        ):
            return None
        if "," in text[first : joint.start].rstrip(" ,") or re.search(r"[;:()\"“”]", text[first:end]):
            return None
        start = min(w.span.start for w in below if w.span.start >= joint.end)
        end = max(w.span.end for w in below if w.pos != "PUNCT")
        # "email and/or postal address" shares its noun, and what follows the second side may belong to both.
        shared = any(w.dep in ("relcl", "acl", "advcl", "prep") and w.index > right.index for w in sentence.children[right.index])
        if shared and left.pos in ("NOUN", "PROPN"):
            end = right.span.end
        if (
            not first < joint.start < joint.end <= start < end
            or sentence.in_code(Span(first, first + 1))
            or sentence.in_code(Span(end - 1, end))
        ):
            return None
        return Span(first, first + len(text[first : joint.start].rstrip(" ,"))), Span(start, end)
    return None


def _start(sentence: Sentence, left: Word, joint: Span) -> int:
    if left.pos in ("VERB", "AUX"):
        return left.span.start
    return min(
        w.span.start
        for w in (
            left,
            *(c for c in sentence.children[left.index] if c.index < left.index and c.dep not in ("prep", "aux", "nsubj")),
        )
    )
