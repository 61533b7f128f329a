"""Quantifier scope: “all”, “each” or “every” beside “a”, “any” or “not”, where either can come first.

“All services write to a log file” is true of one file that all share and of one file each. “All features are not
available” is true if some are and if none is. Silent where only one order makes sense.

Bad:  All services must write to a log file.
Bad:  All features are not available offline, and the user must be told so.
Good: All services must write to the same log file.
Good: No feature is available offline, and the user must be told so.
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_UNIVERSAL = words("all every each both")
_SHARING = words(
    "use write connect send report register log store belong access share call communicate read subscribe publish bind upload forward point attach query contact run depend refer "
    "join listen talk deploy host sync synchronise synchronize backup work operate poll mount link pass submit go"
)
_OFFERING = words("support provide offer implement include supply use contain allow")
_FULL = {"ca": "can", "wo": "will", "sha": "shall"}
_SETTLING = words(
    "own single same unique separate common shared different distinct dedicated corresponding respective new own particular given central"
)
_ABSTRACT = words(
    "way manner time moment basis case result reason right chance need order line lot number variety set range maximum minimum least most time limit"
)


@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def quantifier_scope(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every pair of quantifiers, or quantifier and negation, whose order is open."""
    for index, sentence in enumerate(passage.sentences):
        if not sentence.words or not passage.normative[index]:
            continue
        for word in sentence.words:
            if word.lower not in (*_UNIVERSAL, "any") or sentence.in_code(word.span):
                continue
            hit = _negated(index, sentence, word) or _shared(index, sentence, word) or _any_of(index, sentence, word)
            if hit is not None:
                yield hit


def _subject_verb(sentence: Sentence, quantifier: Word) -> tuple[Word, Word] | None:
    noun = quantifier if quantifier.dep in ("nsubj", "nsubjpass") else sentence.head(quantifier)
    if noun.dep not in ("nsubj", "nsubjpass") or (quantifier is not noun and quantifier.dep not in ("det", "predet")):
        return None
    return noun, sentence.head(noun)


def _negated(index: int, sentence: Sentence, quantifier: Word) -> Hit | None:
    found = _subject_verb(sentence, quantifier)
    if found is None or quantifier.lower not in ("all", "every", "each"):
        return None
    noun, verb = found
    negation = next(
        (
            c
            for c in sentence.children[verb.index]
            if c.dep == "neg" and c.lower in ("not", "n't", "n’t") and noun.index < c.index < verb.index + 2
        ),
        None,
    )
    before = sentence.words[quantifier.index - 1].lower if quantifier.index else ""
    aux = sentence.words[negation.index - 1] if negation is not None else None
    end = sentence.extent(noun).end if quantifier is noun else noun.span.end
    if negation is None or aux is None or before == "not" or aux.pos != "AUX" or sentence.slice(Span(end, aux.span.start)).strip():
        return None
    duty = aux.lower in ("must", "shall", "should")
    if duty and quantifier.lower != "all":
        return None  # “each must not” says of each one that it must not
    span = Span(quantifier.span.start, negation.span.end)
    rest = sentence.slice(Span(quantifier.span.end, end)).strip()
    helper = _FULL.get(aux.lower, aux.text)
    some = f"not {quantifier.lower} {rest} {helper}"
    allowed = "" if aux.lemma == "do" else f" {'may' if duty else helper}"
    none = f"none {rest}{allowed}" if rest.startswith("of") else f"no {rest.removeprefix('the ')}{allowed}"
    if sentence.text[quantifier.span.start].isupper():
        none, some = none[0].upper() + none[1:], some[0].upper() + some[1:]
    readings = (Reading("none of them", none), Reading("some of them, but not every one", some))
    # What all must not do, none may do: hardly anyone takes it for less.
    severity = (
        Severity.HINT if duty else Severity.INFORMATION if quantifier.lower != "all" or aux.lower == "may" else Severity.WARNING
    )
    words = sentence.slice(span)
    return Hit(
        index,
        span,
        f"“{words}” can mean none, or not every one.",
        f"Is it none, or not every one, that “{words}” speaks of?",
        readings,
        severity,
        0.15 if duty else 0.6,
    )


def _shared(index: int, sentence: Sentence, quantifier: Word) -> Hit | None:
    found = _subject_verb(sentence, quantifier)
    if found is None or quantifier.lower == "any":
        return None
    noun, verb = found
    if verb.lemma not in _SHARING:
        return None
    thing = _indefinite(sentence, verb)
    if thing is None:
        return None
    article = next(c for c in sentence.children[thing.index] if c.dep == "det")
    span = Span(article.span.start, thing.span.end)
    name = sentence.slice(Span(article.span.end, thing.span.end)).strip()
    plural = quantifier.lower in ("all", "both")
    readings = (
        Reading(f"one {name} for all of them", f"the same {name}"),
        Reading(f"one {name} for each of them", f"{'their' if plural else 'its'} own {name}"),
    )
    whole = sentence.slice(Span(quantifier.span.start, noun.span.end))
    message = f"“{whole} … {sentence.slice(span)}” can mean one {name} for all of them or one for each."
    severity = Severity.WARNING if plural and noun.has("Number=Plur") else Severity.INFORMATION
    return Hit(index, span, message, f"Is it one {name} for all, or one for each?", readings, severity, 0.6 if plural else 0.4)


def _indefinite(sentence: Sentence, verb: Word) -> Word | None:
    """The object “a …” of a verb, direct or behind a preposition, if it is a thing that could be shared."""
    for child in sentence.children[verb.index]:
        noun = (
            child
            if child.dep == "dobj"
            else next((o for o in sentence.children[child.index] if o.dep == "pobj"), None)
            if child.dep == "prep" and child.lower in ("to", "on", "in", "through", "via", "with", "from", "into")
            else None
        )
        if noun is None or noun.index < verb.index or noun.lemma in _ABSTRACT:
            continue
        below = sentence.children[noun.index]
        if (
            any(c.dep == "det" and c.lower in ("a", "an") for c in below)
            and not any(c.lower in _SETTLING for c in below)
            and not sentence.in_code(noun.span)
        ):
            return noun
    return None


def _any_of(index: int, sentence: Sentence, quantifier: Word) -> Hit | None:
    """“must support any of …”: one of them is enough, or every one."""
    if quantifier.lower != "any" or quantifier.dep != "dobj":
        return None
    verb = sentence.head(quantifier)
    below = sentence.children[verb.index]
    duty = any(c.dep == "aux" and c.lower in ("must", "shall", "should") for c in below)
    of = next((c for c in sentence.children[quantifier.index] if c.lower == "of"), None)
    if verb.lemma not in _OFFERING or not duty or of is None or any(c.dep == "neg" for c in below):
        return None
    span = Span(quantifier.span.start, of.span.end)
    readings = (Reading("every one of them", "each of"), Reading("one of them is enough", "at least one of"))
    return Hit(
        index,
        span,
        f"“{verb.text} any of” can ask for every one, or for one of them.",
        "Every one of them, or is one enough?",
        readings,
        Severity.WARNING,
        0.7,
    )
