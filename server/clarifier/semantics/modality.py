"""What a modal does where it stands: oblige, permit, forbid, say what can happen, or foretell."""

from __future__ import annotations

import re
from enum import StrEnum

from clarifier.semantics.actors import subject_of
from clarifier.semantics.agents import is_agent
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word


class Sense(StrEnum):
    """What is meant by a modal."""

    BINDING = "binding"  # it sets what is to be done or left
    LIKELY = "likely"  # it says what can be, or what will come
    ABILITY = "ability"  # it says what someone is able or free to do


# Verbs of state: who "may be" or "may want" is not told to.
_STATES = words(
    "be have know see want need like prefer understand believe think feel seem appear look sound contain include exist mean depend belong matter lack own hold equal differ "
    "align agree expect hope wish remember forget realize realise notice mistype misremember intend recognize recognise doubt care hear suffer suppose reflect satisfy represent relate correspond "
    "involve concern indicate suggest imply resemble consist comprise vary range happen occur arise result cause lead fail become remain stay get turn seek encounter face experience misunderstand "
    "span point produce come benefit harm affect impact"
)
_HABIT = words(
    "often frequently usually typically sometimes generally normally likely probably eventually rarely occasionally seldom commonly"
)
_EXAMPLE = re.compile(r"^\W*(?:for example|for instance|e\.g\.|example|suppose|note that|imagine|consider)\b", re.IGNORECASE)


def sense(sentence: Sentence, modal: Word) -> Sense:
    """What a modal does, by its verb, its subject and the clause in which it stands."""
    verb = sentence.head(modal)
    if verb.dep in ("aux", "auxpass"):
        verb = sentence.head(verb)
    subject = subject_of(sentence, verb)
    if verb.dep == "conj":
        first = next((c for c in sentence.children[verb.head] if c.tag == "MD" and c.lower == modal.lower), None)
        if first is not None and sense(sentence, first) is Sense.LIKELY:
            return Sense.LIKELY
    if _EXAMPLE.match(sentence.text) or _subordinate(sentence, verb):
        return Sense.LIKELY
    if (
        verb.tag == "VBG"
        or (modal.lower in ("will", "may", "can") and habitual(sentence, verb))
        or any(c.lower in ("have", "been", "being") and c.dep == "aux" for c in sentence.children[verb.index])
    ):
        return Sense.LIKELY
    person = subject is not None and (subject.lower in ("they", "he", "she", "you", "we", "it", "one") or is_agent(subject))
    below = sentence.children[verb.index]
    placed = any(c.dep == "prep" and c.index > verb.index for c in below) and not any(c.dep in ("attr", "acomp") for c in below)
    state = verb.lemma in _STATES and not (verb.lemma == "be" and placed)
    passive = any(c.dep in ("nsubjpass", "auxpass") for c in sentence.children[verb.index])
    if modal.lower in ("may", "might", "could", "can") and (subject is None or subject.tag in ("WDT", "EX", "DT") or state):
        return Sense.LIKELY
    if modal.lower in ("will", "wo", "'ll") and state and not any(c.dep == "expl" for c in sentence.children[verb.index]):
        return Sense.LIKELY
    if modal.lower in ("can", "ca", "cannot", "could") and not passive and person:
        return Sense.ABILITY
    return Sense.BINDING if person or passive or not modal.lower.startswith(("might", "could")) else Sense.LIKELY


def habitual(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb tells what is often or usually so."""
    return any(c.lower in _HABIT for c in sentence.children[verb.index])


def _subordinate(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb governs a clause that only tells of something: a relative, a reason, a reported thought."""
    for at in (verb, *sentence.ancestors(verb)):
        if at.dep in ("relcl", "advcl", "acl", "pcomp", "csubj"):
            return True
        if (
            at.dep == "ccomp"
            and sentence.head(at).pos in ("VERB", "NOUN", "ADJ", "ADV")
            and any(c.lower in ("that", "whether", "what", "how", "which", "who") for c in sentence.subtree(at)[:2])
        ):
            return True
    return False


def negated(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb is negated."""
    return any(c.dep == "neg" for c in sentence.children[verb.index])
