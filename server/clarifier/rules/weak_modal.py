"""Weak modal: a verb that does not say whether something is a duty, a permission or a possibility.

"May not" forbids for one reader and permits not to for another; "could" and "might" are neither; "can" may tell what
a system is able to do or what it has to offer. A modal that only says what may come to pass is left alone, and so are
the keywords of RFC 2119 as that text defines them. Where a document uses "should" beside "must" and nowhere says
whether it binds, the first one is asked about.

Bad:  The server might retry the request.
Bad:  The client may not send the header again.
Good: The server may retry the request.
Good: The client must not send the header again.
Good: Users may not be aware of the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule, settled_by
from clarifier.rules._vague import Explained, explained, explanations, unless_explained
from clarifier.semantics.actors import subject_of
from clarifier.semantics.agents import is_agent
from clarifier.semantics.keywords import undecided_should
from clarifier.semantics.modality import Sense, sense
from clarifier.semantics.normativity import Profile
from clarifier.semantics.specification import Specification
from clarifier.semantics.vagueness import mentioned
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_PERSONS = words(
    "user player customer person driver operator clerk admin administrator member student patient visitor guest buyer seller reader author editor employee owner applicant they he she you one we anyone "
    "everyone someone passenger nurse doctor citizen developer maintainer participant reviewer people human child parent who i staff team crew pilot learner teacher voter subscriber librarian manager"
)
# What is done as well as left: to leave it undone may be a choice.
_OPTIONAL = words(
    "send respond include return provide support log store retry implement contain update show display answer reply notify publish set use add accept process deliver cache keep list report emit follow "
    "close open wait check validate verify encrypt sign compress apply have be appear need require receive"
)
_MAY_OR_MAY_NOT = re.compile(r"\bmay or may not\b", re.IGNORECASE)
_EPISTEMIC = re.compile(r"\s(?:be|have|know|exist|contain|want|seem|apply|match)\b")
_SHOULD = "should, beside must"
_LOOSE = "can, said of a thing"
_MUST, _MAY = Reading("it is required", "must"), Reading("it is allowed, and may be left", "may")


def _facts(hit: Hit, passage: Passage, specification: Specification) -> bool | Explained:
    """Whether a hit of a kind that seldom counts does so here; of the others, how the document explains them."""
    if hit.key == _SHOULD:
        undecided = undecided_should(specification)
        return undecided is not None and undecided[0] is passage
    # “Can” said of a thing counts only where every sentence is taken for a requirement.
    return specification.profile is Profile.ALL if hit.key == _LOOSE else explained(hit, passage, specification)


def _ground(specification: Specification) -> object:
    return undecided_should(specification), specification.profile, explanations(specification)


def _settle(hit: Hit, passage: Passage, facts: bool | Explained) -> Hit | None:
    if isinstance(facts, Explained):
        return unless_explained(hit, passage, facts)
    return hit if facts and (hit.key == _LOOSE or hit.span == _first_should(passage)) else None


def _first_should(passage: Passage) -> Span | None:
    return next(
        (
            w.span
            for s, normative in zip(passage.sentences, passage.normative, strict=True)
            if normative
            for w in s.words
            if _is_should(s, w)
        ),
        None,
    )


def _is_should(sentence: Sentence, word: Word) -> bool:
    return word.text in ("should", "Should") and word.tag == "MD" and not mentioned(sentence, word)


@settled_by(_settle, _facts, _ground)
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def weak_modal(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every modal whose force is open."""
    if passage.commentary:
        return
    for index, sentence in enumerate(passage.sentences):
        if not sentence.words or not (passage.normative[index] or any(passage.normative)):
            continue
        neither = [Span(m.start(), m.end()) for m in _MAY_OR_MAY_NOT.finditer(sentence.text)]
        for span in neither:
            if passage.normative[index] and not sentence.in_code(span) and not _EPISTEMIC.search(sentence.text, span.end):
                yield Hit(
                    index,
                    span,
                    f"“{sentence.slice(span)}” permits everything and asks for nothing.",
                    "Is this allowed, or is it only said that it can happen?",
                    (),
                    Severity.INFORMATION,
                    0.4,
                )
        for word in sentence.words:
            if any(span.start <= word.span.start < span.end for span in neither):
                continue
            if word.tag == "MD" and word.dep == "aux" and not mentioned(sentence, word):
                yield from _modal(passage, index, sentence, word)


def _modal(passage: Passage, index: int, sentence: Sentence, word: Word) -> Iterator[Hit]:
    verb = sentence.head(word)
    following = sentence.words[word.index + 1] if word.index + 1 < len(sentence.words) else None
    subject = subject_of(sentence, verb)
    low = word.lower
    if low == "may" and following is not None and following.lower in ("not", "n't") and passage.normative[index]:
        yield from _may_not(passage, index, sentence, Span(word.span.start, following.span.end), word)
    elif low in ("could", "might") and sense(sentence, word) is not Sense.LIKELY and not _has_negation(sentence, verb):
        if not passage.normative[index] and not _bound_elsewhere(passage, index, subject):
            return
        person = _is_person(subject)
        yield Hit(
            index,
            word.span,
            f"“{low} {verb.lemma}” can be a duty, a permission, or no more than a possibility.",
            f"Must {_name(sentence, subject)} “{verb.lemma}”, or is it only allowed to?",
            (_MUST, _MAY),
            Severity.INFORMATION,
            0.4 if person else 0.5,
        )
    elif low == "would" and (
        verb.lemma in ("like", "love", "prefer", "want", "wish")
        or any(c.lower in ("nice", "good", "great", "fun", "desirable", "useful", "helpful") for c in sentence.children[verb.index])
    ):
        if sense(sentence, word) is not Sense.LIKELY or verb.dep == "ROOT":
            yield Hit(
                index,
                Span(word.span.start, verb.span.end),
                f"“{sentence.slice(Span(word.span.start, verb.span.end))}” tells a wish and not whether it has to be met.",
                "Is what is wished for required?",
                (),
                Severity.INFORMATION,
                0.4,
            )
    elif low == "can" and passage.normative[index] and not _is_person(subject):
        yield from _can(index, sentence, word, verb, subject)
    elif _is_should(sentence, word) and passage.normative[index] and word.span == _first_should(passage):
        yield Hit(
            index,
            word.span,
            "“should” stands here beside duties in “must” or “shall”, and the document does not say whether it binds.",
            "Does “should” bind as “must” does, or is it advice that may be set aside?",
            (),
            Severity.INFORMATION,
            0.6,
            _SHOULD,
        )
    if low == "should" and following is not None and following.lower == "be" and not _is_person(subject):
        yield from _should_be_able(index, sentence, word, following)


def _bound_elsewhere(passage: Passage, index: int, subject: Word | None) -> bool:
    """Whether another sentence of the passage binds the same subject."""
    return subject is not None and any(
        w.lemma == subject.lemma and w.dep in ("nsubj", "nsubjpass")
        for i, other in enumerate(passage.sentences)
        if i != index and passage.normative[i]
        for w in other.words
    )


def _may_not(passage: Passage, index: int, sentence: Sentence, span: Span, word: Word) -> Iterator[Hit]:
    verb = sentence.head(word)
    if sense(sentence, word) is Sense.LIKELY:
        return
    subject = _name(sentence, subject_of(sentence, verb))
    both = verb.lemma in _OPTIONAL
    yield Hit(
        index,
        span,
        f"“may not {verb.lemma}” can forbid {subject} to “{verb.lemma}”, or allow it not to.",
        f"Is it forbidden to “{verb.lemma}”, or is it allowed to leave it?",
        (Reading("it is forbidden", "must not"), Reading("it may be left", "need not")),
        Severity.WARNING if both else Severity.INFORMATION,
        0.7 if both else 0.45,
    )


def _can(index: int, sentence: Sentence, word: Word, verb: Word, subject: Word | None) -> Iterator[Hit]:
    """“The system can print”: what it is able to do, must do, or may do."""
    if (
        subject is None
        or (
            sense(sentence, word) is Sense.LIKELY
            and not (subject.pos == "NOUN" and verb.lemma in ("have", "be") and verb.dep == "ROOT")
        )
        or _has_negation(sentence, verb)
    ):
        return
    if any(c.lower in ("only", "then", "thus", "also", "therefore") for c in sentence.children[verb.index]) or verb.dep not in (
        "ROOT",
        "conj",
    ):
        return
    agent = is_agent(subject)
    passive = subject.dep == "nsubjpass"
    yield Hit(
        index,
        word.span,
        f"“can {'be ' if passive else ''}{verb.lower}” tells what is possible, and not whether it has to be.",
        f"Must it be possible, or is it left to choice that {_name(sentence, subject)} “can {'be ' if passive else ''}{verb.lower}”?",
        (_MUST, _MAY),
        Severity.HINT,
        0.3 if agent else 0.2,
        "" if agent and not passive else _LOOSE,
    )


def _should_be_able(index: int, sentence: Sentence, word: Word, be: Word) -> Iterator[Hit]:
    able = sentence.words[be.index + 1] if be.index + 1 < len(sentence.words) else None
    if able is None or able.lower not in ("able", "capable") or sense(sentence, word) is Sense.LIKELY:
        return
    yield Hit(
        index,
        Span(word.span.start, able.span.end),
        f"“{sentence.slice(Span(word.span.start, able.span.end))}” softens twice: it asks for an ability, and only as advice.",
        "Is the ability required, or would the text hold without it?",
        (Reading("it is required", f"must be {able.text}"), Reading("it may be left out", f"may be {able.text}")),
        Severity.HINT,
        0.3,
    )


def _is_person(subject: Word | None) -> bool:
    return subject is not None and (subject.lemma in _PERSONS or subject.lower in _PERSONS)


def _has_negation(sentence: Sentence, verb: Word) -> bool:
    return any(c.dep == "neg" or c.lower in ("never", "no") for c in sentence.children[verb.index])


def _name(sentence: Sentence, subject: Word | None) -> str:
    if subject is None:
        return "it"
    words_before = [
        c for c in sentence.children[subject.index] if c.index < subject.index and c.dep in ("det", "amod", "compound", "nummod")
    ]
    start = min((c.index for c in words_before), default=subject.index)
    said = sentence.text[sentence.words[start].span.start : subject.span.end]
    return f"“{said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2] == ' ' else said}”"
