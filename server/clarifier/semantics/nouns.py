"""Noun phrases as a reader hears them: where they begin and end, how many and who they are, and how to say them again."""

from __future__ import annotations

from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

PERSONS = words(
    "user person man woman driver operator customer client-person member author reader writer developer engineer administrator admin manager employee employer "
    "player patient doctor nurse student teacher owner controller-person someone somebody anyone anybody everyone everybody nobody who whoever guest visitor "
    "buyer seller worker citizen child parent adult individual reviewer editor maintainer contributor applicant candidate supervisor inspector auditor "
    "subscriber passenger leader colleague human recipient speaker programmer designer tester analyst librarian clerk officer crew expert attacker "
    "winner opponent caller"
)
# An assistant, a client or an agent is spoken of as a thing and as a person.
_EITHER = words(
    "client agent assistant model controller actor caller participant party consumer producer provider vendor supplier contractor implementer implementor"
)
_GROUPS = words(
    "team staff company organization organisation group committee government board department crew community party audience public police authority vendor contractor"
)
_BOTH_NUMBERS = words(
    "data media series species means information metadata staff everyone someone anyone everybody anybody somebody"
)
_QUANTIFIED = words("each every any no either neither another some")
# Nouns that only measure out the noun after their “of”.
MEASURES = words(
    "kind sort type variety number amount part set range series form bit rest end beginning start top majority pair group list collection number one"
)
_BEFORE = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod", "predet", "case", "punct", "npadvmod"}
)


def is_noun(word: Word) -> bool:
    """Whether the word heads a noun phrase, being no part of a compound. A noun taken for a verb or an adjective is seen by its place."""
    if word.tag in ("VBZ", "JJ") and word.dep in ("pobj", "dobj"):
        return True
    return (
        word.pos in ("NOUN", "PROPN")
        and word.dep not in ("compound", "amod", "nmod", "npadvmod", "quantmod")
        and any(c.isalpha() for c in word.text)
    )


def is_person(word: Word) -> bool:
    """Whether “it” would be rude."""
    return (word.lemma in PERSONS and word.tag in ("NN", "NNS", "PRP")) or (
        word.lemma in PERSONS and word.dep != "compound" and word.tag in ("NNP", "NNPS")
    )


def may_be_person(word: Word) -> bool:
    """Whether “he”, “she” or a singular “they” could stand for the noun."""
    return is_person(word) or word.lemma in _EITHER


def is_plural(word: Word) -> bool:
    """Whether the noun itself is in the plural."""
    return word.tag in ("NNS", "NNPS", "VBZ") or word.has("Number=Plur")


def may_be_plural(word: Word) -> bool:
    """Whether “they” could stand for the noun for its number alone."""
    return (
        is_plural(word)
        or word.lemma in _BOTH_NUMBERS
        or word.lower in _BOTH_NUMBERS
        or word.lemma in _GROUPS
        or word.lower.endswith("(s")
    )


def may_be_singular(word: Word) -> bool:
    """Whether “it” could stand for the noun for its number alone."""
    return not is_plural(word) or word.lemma in _BOTH_NUMBERS or word.lower in _BOTH_NUMBERS


def is_name(word: Word) -> bool:
    """Whether the word keeps its capital anywhere."""
    return word.tag in ("NNP", "NNPS") or not word.text[1:].islower()


def premodifiers(sentence: Sentence, noun: Word) -> tuple[Word, ...]:
    """What stands before a noun and belongs to it, in order: article, adjectives, compounds, possessor."""
    return tuple(c for c in sentence.children[noun.index] if c.index < noun.index and c.dep in _BEFORE)


def start(sentence: Sentence, noun: Word) -> int:
    """The index of the first word of the phrase, as far as it goes without a break before the noun."""
    first = noun.index
    for child in reversed(premodifiers(sentence, noun)):
        below = sentence.subtree(child)
        if below[-1].index >= noun.index or below[-1].index < first - 1:
            break
        first = below[0].index
    while first < noun.index and sentence.words[first].dep == "punct":
        first += 1
    return first


def phrase_span(sentence: Sentence, noun: Word, *, tail: bool = True) -> Span:
    """The span of a phrase, with a short “of …” behind the noun if `tail`."""
    end = noun.span.end
    for child in sentence.children[noun.index] if tail else ():
        if child.dep == "prep" and child.lower == "of" and child.index == noun.index + 1:
            below = sentence.subtree(child)
            if 2 <= len(below) <= 5 and all(w.pos in ("DET", "NOUN", "PROPN", "ADJ", "ADP", "NUM") for w in below):
                end = below[-1].span.end
    return Span(sentence.words[start(sentence, noun)].span.start, end)


def named_again(sentence: Sentence, noun: Word) -> str:
    """The phrase as a second mention says it: “the client” for “a client”, “that user” for “each user”."""
    first = sentence.words[start(sentence, noun)]
    said = sentence.slice(phrase_span(sentence, noun))
    if any(mark in said for mark in ',("“:;') or said.count(" ") > 6:
        return f"the {noun.text}"
    rest = said[len(first.text) :].lstrip()
    while first.dep in ("det", "predet") and rest.lower().startswith(("the ", "a ", "an ", "of the ")):
        rest = rest.partition("the " if "the " in rest[:7].lower() else " ")[2]
    if first.dep in ("det", "predet") and rest:
        if first.lower in _QUANTIFIED and not is_plural(noun):
            return f"that {rest}"
        if first.lower in ("a", "an", "some", "any", "no", "all", "each", "every", "both"):
            return f"the {rest}"
        return f"{first.lower} {rest}"
    if first.dep == "poss" or noun.tag in ("NNP", "NNPS") or said[:1].isdigit():
        return said
    opening = first.index == 0 and first.text.istitle()
    if first.lower == "only":
        return said[len("only ") :]
    return f"the {said[0].lower() + said[1:] if opening else said}"


def possessive(phrase: str) -> str:
    """A phrase with the ending of a possessor."""
    mark = "’" if "’" in phrase else "'"
    return f"{phrase}{mark}" if phrase.endswith("s") and not phrase.endswith("ss") else f"{phrase}{mark}s"
