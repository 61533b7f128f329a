"""Unclear pronoun: “it” or “they” where two things named before could be meant.

What a pronoun can stand for is decided by number, person, grammar and how strongly each noun before it comes to mind.
Silent where one noun stands out, where “it” stands for nothing (“it is possible to …”), and before a noun
that it announces (“if it fails, the server …”).

Bad:  The client must send the request to the server when it is ready.
Bad:  Components read messages from queues, and they must be restarted daily.
Good: The client must send the request to the server when the server is ready.
Good: It must be possible to stop the server.
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._restraint import plain_and_first_hint
from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule, settled_by
from clarifier.semantics.actors import Actor, actor_keys, actors, key_of, protagonist
from clarifier.semantics.agents import is_agent
from clarifier.semantics.antecedents import Candidate, candidates, is_candidate_pronoun, is_taken_up
from clarifier.semantics.binding import POSSESSIVE, acts, befalls
from clarifier.semantics.nouns import is_person, is_plural, possessive
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word

_RIVAL = 0.45  # how strong the second must be beside the first to count at all,
_CLOSE = 0.65  # to be more than a hint, or to be as plausible if both can act,
_EVEN = 0.85  # and to be as plausible if neither can

_PLAIN = 280  # how strong the first must be: subject or object of a clause


def cast(hit: Hit, _: Passage, specification: Specification) -> tuple[Actor | None, frozenset[str]]:
    """Whom the document is all about, and the keys of all that act in it; no one for a question that is not weak."""
    if not hit.key or hit.severity is not Severity.HINT:
        return None, frozenset()
    return protagonist(specification), actor_keys(specification)


def settle(hit: Hit, _: Passage, cast: tuple[Actor | None, frozenset[str]]) -> Hit | None:
    """Let a weak question go where one of the nouns is whom the document is all about, and no other actor is among them."""
    lead, everyone = cast
    if lead is None:
        return hit
    named = hit.key.split("|")
    return hit if lead.key not in named or any(key in everyone and key != lead.key for key in named) else None


@settled_by(settle, cast, actors)
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def unclear_pronoun(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every pronoun with two or more antecedents of similar strength."""
    hits = []
    for index, sentence in enumerate(passage.sentences):
        if not sentence.words or not passage.normative[index]:
            continue
        for word in sentence.words:
            if is_candidate_pronoun(sentence, word) and not is_taken_up(sentence, word):
                found = candidates(sentence, word, passage.preceding(index))
                if befalls(sentence, word):
                    found = tuple(c for c in found if not is_agent(c.word)) or found
                rivals = [c for c in found if c.strength >= _RIVAL * found[0].strength]
                if len(rivals) > 1 and not _is_doer(sentence, word, rivals):
                    hits.append(_hit(index, sentence, word, rivals))
    yield from plain_and_first_hint(hits)


def _is_doer(sentence: Sentence, word: Word, rivals: list[Candidate]) -> bool:
    """Whether the pronoun acts and only the likeliest of the nouns names one who can."""
    able = [is_agent(c.word) or is_person(c.word) for c in rivals]
    return acts(sentence, word) and able[0] and not any(able[1:])


def _is_near(sentence: Sentence, word: Word, rivals: list[Candidate]) -> bool:
    """Whether the first two are of one sort and no other hint tells them apart."""
    first, second = rivals[:2]
    if is_agent(first.word) != is_agent(second.word) or (acts(sentence, word) and not is_agent(first.word)):
        return False
    return second.strength >= _CLOSE * first.strength and first.word.lemma != second.word.lemma


def _hit(index: int, sentence: Sentence, word: Word, rivals: list[Candidate]) -> Hit:
    first, closeness = rivals[0], rivals[1].strength / rivals[0].strength
    even = _even(sentence, word, rivals)
    if even:
        rivals = [first, *even]
    elif len(rivals) > 2 and rivals[2].strength < _CLOSE * first.strength:
        rivals = rivals[:2]
    severity = Severity.WARNING if even else Severity.INFORMATION if _is_near(sentence, word, rivals) else Severity.HINT
    named = [f"*{c.said}*" for c in rivals[:3]]
    choice = f"{', '.join(named[:-1])} or {named[-1]}"
    asked = f"What does “{word.text}” stand for here: {choice.replace('*', '')}?"
    readings = tuple(Reading(f"“{word.lower}” is {c.said}", _put_in(word, c.said)) for c in rivals[:3])
    weight = min(0.95, 0.2 + 0.5 * closeness + (0.2 if even else 0))
    return Hit(
        index,
        word.span,
        f"“{word.text}” could be {choice}.",
        asked,
        readings,
        severity,
        round(weight, 2),
        _key(sentence, word, rivals),
    )


def _key(sentence: Sentence, word: Word, rivals: list[Candidate]) -> str:
    """The nouns that could be meant, where the pronoun does something or has something; empty elsewhere."""
    if word.dep not in ("nsubj", "nsubjpass") and word.lower not in POSSESSIVE:
        return ""
    return "|".join(c.word.lemma if c.back else key_of(sentence, c.word) for c in rivals)


def _even(sentence: Sentence, word: Word, rivals: list[Candidate]) -> list[Candidate]:
    """The nouns that are as plausible as the first: of one sort with it, and coming to mind alike."""
    first = rivals[0]
    if first.back or word.tag == "PRP$" or any(w.lower == word.lower for w in sentence.words[: word.index]):
        return []
    agents = [c for c in rivals if is_agent(c.word)]
    if (agents and first not in agents) or (not agents and acts(sentence, word)):
        return []
    if first.strength < _PLAIN:
        return []
    least = (_CLOSE if agents else _EVEN) * first.strength
    return [
        c
        for c in agents or rivals
        if c is not first
        and c.strength >= least
        and c.word.lemma != first.word.lemma
        and is_plural(c.word) == is_plural(first.word)
    ]


def _put_in(word: Word, said: str) -> str:
    owner = word.dep == "poss" or word.tag == "PRP$"
    text = possessive(said) if owner else said
    return text[0].upper() + text[1:] if word.text[0].isupper() else text
