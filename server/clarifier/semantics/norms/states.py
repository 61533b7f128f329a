"""Duties that an adjective or a participle says: "is REQUIRED", "are not allowed to V", "it is possible to V"."""

from __future__ import annotations

from dataclasses import dataclass

from clarifier.semantics.agents import is_agent
from clarifier.semantics.norms.acts import DEEDS, Act, Scope, act_of_noun, act_of_verb
from clarifier.semantics.norms.duty import NEGATED, Duty, negation
from clarifier.semantics.roots import root
from clarifier.semantics.verbs import CHANGE
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Word
from clarifier.text.source import Span

_SAID = {
    Duty.OBLIGED: words("required mandatory compulsory obligatory recommended obliged necessary"),
    Duty.EXEMPT: words("optional voluntary unnecessary"),
    Duty.FORBIDDEN: words("forbidden prohibited disallowed banned impossible illegal unacceptable"),
    Duty.PERMITTED: words("allowed permitted authorized authorised entitled"),
}
_DUTIES = {word: duty for duty, listed in _SAID.items() for word in listed}
_COMPLEMENTS = ("acomp", "attr", "oprd")


@dataclass(frozen=True, slots=True)
class State:
    """A duty that a state says, its words, and the act that it is about; no act where the sentence names none."""

    duty: Duty
    words: Span
    act: Act | None
    weak: bool = False


def state(within: Scope, verb: Word, subject: Word | None, duty: Duty) -> State | None:
    """What the state that a verb ascribes says of a duty; None where it is no such state. `duty` is the one that the verb is under."""
    below = within.below(verb)
    possible = next((c for c in below if c.dep == "acomp" and c.lower in ("possible", "acceptable", "legal")), None)
    found = verb if verb.lower in _DUTIES else next((c for c in below if c.dep in _COMPLEMENTS and c.lower in _DUTIES), None)
    if found is None and possible is not None and any(c.lower == "it" and c.dep in ("nsubj", "expl") for c in below):
        found = possible
    if found is None or any(c.dep == "agent" for c in below) or (found is verb and verb.tag not in ("VBN", "JJ", "VBD")):
        return None
    denial = negation(within.sentence, verb)
    said = _DUTIES.get(found.lower, Duty.PERMITTED)
    if (denial is not None) != (duty is Duty.FORBIDDEN and denial is None):
        said = NEGATED[said]
    weak = found.lower == "recommended"
    span = Span(min(found.span.start, denial.span.start if denial else found.span.start), found.span.end)
    target = next((c for w in (found, verb) for c in within.below(w) if _is_target(c)), None)
    if target is not None and subject is not None and subject.lemma.endswith(DEEDS) and not is_agent(subject):
        target = None  # "validation is RECOMMENDED to prevent errors" says what for
    if target is not None:
        someone = within.object_of(found, "for") or (
            subject if subject is not None and subject.lower not in ("it", "there") else None
        )
        own = next((c for c in within.below(target) if c.dep in ("nsubj", "nsubjpass")), None)
        passive = any(c.dep == "auxpass" for c in within.below(target))
        return State(said, span, act_of_verb(within, target, own or someone, passive), weak)
    return State(said, span, act_of_noun(within, subject) if subject is not None else None, weak)


_STAYING = words("remain stay")
_LEAVING = words("leave keep")
_UNALTERED = words("intact constant fixed same immutable")


def unaltered(within: Scope, verb: Word, subject: Word | None) -> Act | None:
    """The act that must not happen where a thing "remains unchanged" or is "left intact"; None for other verbs."""
    if verb.lemma not in _STAYING and verb.lemma not in _LEAVING:
        return None
    below = within.below(verb)
    inner = next((c for c in below if c.dep == "ccomp"), None)
    complements = [c for c in below if c.dep in (*_COMPLEMENTS, "advcl", "amod", "conj", "acl")] + (
        [inner] if inner is not None else []
    )
    for word in complements:
        if word.lower in _UNALTERED:
            action = CHANGE
        elif word.lower.startswith("un") and word.lower.endswith(("ed", "en", "wn")) and len(word.lower) > 5:
            action = root(word.lower.removeprefix("un"))
        else:
            continue
        thing = subject
        if verb.lemma in _LEAVING and not any(c.dep == "auxpass" for c in below):
            owner = within.below(inner) if inner is not None else below
            thing = next((c for c in owner if c.dep in ("dobj", "nsubj") and c is not subject), None)
        if thing is not None:
            return Act(None, action, (within.phrase(thing),), word.span)
    return None


def _is_target(word: Word) -> bool:
    return word.dep in ("xcomp", "ccomp", "advcl") and word.tag in ("VB", "VBN")
