"""Double negation: two negations where the reader must work out which of them is left.

A reader who drops one negation by mistake does the opposite of what was meant. Say what is to be done.

Bad:  The system must not be unable to restart.
Bad:  The client must not send a request unless the server does not respond.
Good: The system must be able to restart.
Good: The client must not send a request unless the server responds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_POSITIVE = {
    "unable": "able", "impossible": "possible", "unavailable": "available", "inaccessible": "accessible", "unauthorized": "authorized",
    "unauthorised": "authorised", "disallowed": "allowed", "forbidden": "allowed", "prohibited": "allowed", "disabled": "enabled",
    "incapable": "capable", "unreachable": "reachable", "unreadable": "readable", "unacceptable": "acceptable", "disconnected": "connected",
    "invisible": "visible", "unaware": "aware", "ineligible": "eligible", "unprotected": "protected", "uninformed": "informed",
}  # fmt: skip
_DENYING = words("prevent prohibit forbid avoid refrain fail neglect refuse ban stop keep hinder")
_UNDONE = words("fail neglect refrain omit forget")
_FULL = {"ca": "can", "wo": "will", "sha": "shall"}
_EVERY = {"no": "every", "nobody": "everybody", "none": "each", "nothing": "everything"}
_NEGATIVE_SUBJECT = words("no none nobody nothing neither nor")


@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def double_negation(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every pair of negations that bear on the same deed."""
    for index, sentence in enumerate(passage.sentences):
        if not sentence.words or not passage.normative[index]:
            continue
        taken: set[int] = set()
        for word in sentence.words:
            if _negates(word) and word.index not in taken and not sentence.in_code(word.span):
                for hit, other in _hits(index, sentence, word):
                    taken.add(other)
                    yield hit


def _negates(word: Word) -> bool:
    return (
        word.dep == "neg"
        or word.lower in ("cannot", "never")
        or (word.dep == "det" and word.lower in _NEGATIVE_SUBJECT)
        or (word.dep in ("nsubj", "nsubjpass") and word.lower in _NEGATIVE_SUBJECT)
    )


def _hits(index: int, sentence: Sentence, negation: Word) -> Iterator[tuple[Hit, int]]:
    verb = _verb_of(sentence, negation)
    for word in sentence.children[verb.index]:
        if word.lower in _POSITIVE and word.dep in ("acomp", "oprd", "attr") and word.index > negation.index:
            yield _of_adjective(index, sentence, negation, verb, word), word.index
    if verb.lower in _POSITIVE and verb.index > negation.index:
        yield _of_adjective(index, sentence, negation, verb, verb), verb.index
    if verb.lemma in _UNDONE and verb.index > negation.index:
        done = next((c for c in sentence.children[verb.index] if c.dep == "xcomp" and c.index > verb.index and c.tag == "VB"), None)
        if done is not None:
            yield _of_failing(index, sentence, negation, verb, done), done.index
    # "unless … not" belongs to the deed that is negated above it.
    marker = next((c for c in sentence.children[verb.index] if c.dep == "mark" and c.lower == "unless"), None)
    if (
        marker is not None
        and verb.dep == "advcl"
        and marker.index < negation.index
        and _is_negated(sentence, sentence.head(verb), negation)
    ):
        yield _of_unless(index, sentence, negation, verb, marker), negation.index
    denial = _denial(sentence, verb) if negation.dep == "neg" and verb.dep in ("pcomp", "xcomp", "ccomp") else None
    if denial is not None and denial.index < negation.index:
        yield _of_denial(index, sentence, negation, denial), negation.index
    other = next(
        (
            c
            for c in sentence.subtree(verb)
            if _negates(c) and c.index > negation.index and _verb_of(sentence, c).index == verb.index
        ),
        None,
    )
    if other is not None and not _is_correlated(sentence, negation, other):
        yield _of_two(index, sentence, negation, other), other.index


def _verb_of(sentence: Sentence, negation: Word) -> Word:
    head = sentence.head(negation)
    while head.pos not in ("VERB", "AUX") and head.head != head.index:
        head = sentence.head(head)
    return head


def _is_negated(sentence: Sentence, verb: Word, but: Word) -> bool:
    return any(_negates(c) and c.index != but.index for c in sentence.children[verb.index]) or any(
        _negates(g)
        for c in sentence.children[verb.index]
        if c.dep in ("nsubj", "nsubjpass")
        for g in (c, *sentence.children[c.index])
    )


def _denial(sentence: Sentence, verb: Word) -> Word | None:
    """The verb of prevention under which a verb stands: “prevent from …”, “avoid …”, “prohibited to …”."""
    for above in sentence.ancestors(verb):
        if above.lemma in _DENYING:
            return above
        if above.pos not in ("ADP",):
            return None
    return None


def _is_correlated(sentence: Sentence, negation: Word, other: Word) -> bool:
    """Whether the two belong to one negation (“neither … nor”) or to two deeds (“must not, and never”)."""
    between = sentence.slice(Span(negation.span.end, other.span.start))
    if re.search(r"[,;:()]|\b(?:and|or|but)\b", between):
        return True
    return (
        other.lower in ("nor", "neither")
        or (negation.lower == "neither")
        or (negation.lower == "not" and other.index == negation.index + 1 and other.lower == "no")
    )


def _without(sentence: Sentence, span: Span, *drop: Word) -> str:
    out, at = "", span.start
    for word in sorted(drop, key=lambda w: w.index):
        out += sentence.text[at : word.span.start].rstrip() + " "
        at = word.span.end
    return " ".join((out + sentence.text[at : span.end]).split())


def _opening(sentence: Sentence, negation: Word) -> tuple[int, str]:
    """Where the words to replace begin, and what a replacement must begin with: “cannot” and “won't” are one word."""
    before = sentence.words[negation.index - 1] if negation.index else None
    if before is None or before.span.end < negation.span.start:
        return negation.span.start, ""
    return before.span.start, f"{_FULL.get(before.lower, before.text)} "


def _of_adjective(index: int, sentence: Sentence, negation: Word, verb: Word, word: Word) -> Hit:
    start, opening = _opening(sentence, negation)
    span = Span(start, word.span.end)
    between = sentence.slice(Span(negation.span.end, word.span.start)).strip()
    between = f"{between} " if between else ""
    positive = _POSITIVE[word.lower]
    readings = (
        Reading(f"“{positive}”", f"{opening}{between}{positive}"),
        Reading(f"“{word.text}”", f"{opening}{between}{word.text}"),
    )
    bound = any(
        c.dep == "aux" and c.lower in ("must", "shall", "should", "will", "can", "ca", "wo", "sha", "cannot")
        for c in sentence.children[verb.index]
    )
    return _hit(index, sentence, span, readings, Severity.WARNING if bound else Severity.INFORMATION)


def _of_failing(index: int, sentence: Sentence, negation: Word, verb: Word, done: Word) -> Hit:
    start, opening = _opening(sentence, negation)
    return _hit(
        index,
        sentence,
        Span(start, done.span.end),
        (Reading(f"“{done.text}” is a duty", f"{opening}{done.text}"),),
        Severity.INFORMATION,
    )


def _of_unless(index: int, sentence: Sentence, negation: Word, verb: Word, marker: Word) -> Hit:
    main = sentence.head(verb)
    span = Span(marker.span.start, max(verb, negation, key=lambda w: w.index).span.end)
    turned = sentence.slice(Span(marker.span.end, span.end)).strip()
    aux = next((c for c in sentence.children[verb.index] if c.dep == "aux" and c.lemma == "do"), None)
    plain = turned
    if aux is not None and negation.span.start >= aux.span.end:
        plain = _without(sentence, Span(marker.span.end, span.end), aux, negation)
        plain = plain[: len(plain) - len(verb.text)] + (_third_person(verb.text) if aux.lower == "does" else verb.text)
    elif negation.span.start >= marker.span.end:
        plain = _without(sentence, Span(marker.span.end, span.end), negation)
    readings = (Reading(f"forbidden if {plain}", f"if {plain}"), Reading(f"forbidden if {turned}", f"if {turned}"))
    message = f"“{main.text} … {sentence.slice(span)}” negates both the deed and its exception."
    return Hit(index, span, message, f"In which case is “{main.text}” forbidden?", readings, Severity.WARNING, 0.6)


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else verb + "s"


def _of_denial(index: int, sentence: Sentence, negation: Word, denial: Word) -> Hit:
    span = Span(denial.span.start, negation.span.end)
    one = sentence.slice(Span(denial.span.start, negation.span.start)).strip()
    return _hit(index, sentence, span, (Reading("one negation is meant", one),), Severity.WARNING)


def _of_two(index: int, sentence: Sentence, negation: Word, other: Word) -> Hit:
    span = Span(negation.span.start, other.span.end)
    inner = sentence.slice(Span(negation.span.start, other.span.start)).strip()
    positive = _EVERY.get(negation.lower) if other.lower == "not" else None
    readings = [Reading("one negation is meant", inner)]
    if positive is not None:
        every = positive.capitalize() if negation.text[:1].isupper() else positive
        readings.insert(0, Reading(f"“{positive}” without “not”", every + inner[len(negation.text) :]))
    return _hit(index, sentence, span, tuple(readings), Severity.WARNING)


def _hit(index: int, sentence: Sentence, span: Span, readings: tuple[Reading, ...], severity: Severity) -> Hit:
    words = sentence.slice(span)
    return Hit(
        index,
        span,
        f"“{words}” negates twice.",
        f"What does “{words}” ask for?",
        readings,
        severity,
        0.6 if severity is Severity.WARNING else 0.25,
    )
