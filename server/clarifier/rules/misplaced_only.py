"""Misplaced only: “only” before the verb, where it can limit one of several things that follow.

“Only” limits what comes after it. Before a verb it can limit the deed, what is acted on, or to whom, where and how it
is done; put it directly before what it limits. Silent where one reading is left: before a condition (“only if”), and
where nothing but one thing follows.

Bad:  The service shall only send alerts to administrators.
Good: The service shall send alerts only to administrators.
Good: The field must only contain digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_CONDITION = words("if when whenever after before until unless once while where because as upon during")
_PLACES = words("to for from with at by on in via through within into under over using between among against")
_OF_THE_DEED = words("to via through by at using into over")


@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def misplaced_only(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every “only” before a verb that could limit its object or something else that follows."""
    for index, sentence in enumerate(passage.sentences):
        if not sentence.words or not passage.normative[index]:
            continue
        for only in sentence.words:
            if only.lower == "only" and only.dep == "advmod" and not sentence.in_code(only.span):
                hit = _hit(index, sentence, only)
                if hit is not None:
                    yield hit


def _hit(index: int, sentence: Sentence, only: Word) -> Hit | None:
    verb = sentence.head(only)
    if verb.pos not in ("VERB", "AUX") or only.index > verb.index or only.index == 0:
        return None
    following = [c for c in sentence.children[verb.index] if c.index > verb.index]
    if any(_is_condition(sentence, c) for c in following) or sentence.words[only.index - 1].lower in ("not", "if"):
        return None
    objects = [c for c in following if c.dep == "dobj"]
    places = [
        c
        for c in following
        if c.dep in ("prep", "dative", "agent") and c.lower in _PLACES and any(o.dep == "pobj" for o in sentence.children[c.index])
    ]
    if len(objects) == 1 and not places:
        places = [
            c
            for c in sentence.children[objects[0].index]
            if c.dep == "prep" and c.lower in _OF_THE_DEED and c.index > objects[0].index
        ]
    if len(objects) == 1 and places:
        return _between_object_and_place(index, sentence, only, objects[0], places[0])
    if not objects and len(places) > 1 and verb.tag == "VBN":
        return _between_places(index, sentence, only, places[0], places[1])
    return None


def _is_condition(sentence: Sentence, word: Word) -> bool:
    if word.dep in ("advcl", "ccomp") or (word.dep in ("prep", "mark") and word.lower in _CONDITION):
        return True
    # "only in response to", "only on request", "only for the purpose of" are conditions too.
    noun = next((o for o in sentence.children[word.index] if o.dep == "pobj"), None)
    return noun is not None and noun.lemma in (
        "response",
        "request",
        "case",
        "event",
        "purpose",
        "situation",
        "circumstance",
        "order",
        "time",
        "basis",
        "extent",
        "presence",
        "absence",
    )


def _between_object_and_place(index: int, sentence: Sentence, only: Word, thing: Word, place: Word) -> Hit | None:
    if place.index < thing.index or thing.pos == "PRON" or _is_torn(sentence, thing, place):
        return None
    span = Span(only.span.start, sentence.extent(place).end)
    if re.match(rf"\s*,?\s*(?:(?:and|but)\s+)?(?:not|never)\s+{re.escape(place.lower)}\b", sentence.text[span.end :]):
        return None  # “…, not to guests” says which of them is limited
    rest, tail = _after(sentence, only), sentence.slice(Span(place.span.start, span.end))
    head = sentence.slice(Span(rest, sentence.extent(thing).start))
    what = sentence.slice(Span(sentence.extent(thing).start, place.span.start)).strip()
    definite = any(c.dep in ("det", "poss") and c.lower not in ("a", "an", "any", "some") for c in sentence.children[thing.index])
    readings = (
        Reading(f"nothing but “{what}” goes {tail}", f"{head}only {what} {tail}"),
        Reading(f"“{what}” goes nowhere but {tail}", f"{head}{what} only {tail}"),
    )
    message = f"“only” could limit “{what}” or “{tail}”."
    # “Only show messages for the user” limits the messages for the user, taken together.
    sure = not definite and place.lower in _OF_THE_DEED and place.head != thing.index
    severity = Severity.WARNING if sure else Severity.INFORMATION
    return Hit(index, span, message, f"Does “only” limit “{what}” or “{tail}”?", readings, severity, 0.6 if sure else 0.3)


def _between_places(index: int, sentence: Sentence, only: Word, first: Word, second: Word) -> Hit | None:
    span = Span(only.span.start, sentence.extent(second).end)
    head = sentence.slice(Span(_after(sentence, only), first.span.start))
    one, two = (sentence.slice(sentence.extent(p)) for p in (first, second))
    between = sentence.slice(Span(sentence.extent(first).end, second.span.start))
    if (
        between.strip()
        or sentence.slice(Span(sentence.extent(first).start, first.span.start))
        or sentence.extent(second).start != second.span.start
    ):
        return None
    readings = (
        Reading(f"“only” limits “{one}”", f"{head}only {one}{between}{two}"),
        Reading(f"“only” limits “{two}”", f"{head}{one}{between}only {two}"),
    )
    return Hit(
        index,
        span,
        f"“only” could limit “{one}” or “{two}”.",
        f"Does “only” limit “{one}” or “{two}”?",
        readings,
        Severity.INFORMATION,
        0.4,
    )


def _after(sentence: Sentence, only: Word) -> int:
    return sentence.words[only.index + 1].span.start


def _is_torn(sentence: Sentence, thing: Word, place: Word) -> bool:
    """Whether something stands between the object and the phrase, so that reordering would tear the sentence."""
    end = max((w.span.end for w in sentence.subtree(thing) if w.index < place.index), default=thing.span.end)
    return bool(sentence.text[end : place.span.start].strip())
