"""What a pronoun can stand for: the nouns before it that agree with it, each with how strongly it comes to mind.

The strengths are the salience factors of Lappin & Leass, “An Algorithm for Pronominal Anaphora Resolution”
(Computational Linguistics 20, 1994), in their values: they were not fitted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clarifier.semantics import binding, nouns
from clarifier.semantics.pleonasm import is_pleonastic
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_SINGULAR = words("it its itself")
_PLURAL = words("they them their theirs themselves")
_PERSONAL = words("he him his she her hers")
_REFLEXIVE = words("itself themselves himself herself")
# Nouns that say how, when or how much, and are not taken up again by a pronoun.
_HOLLOW = words(
    "case order time way manner addition example accordance means moment point regard respect basis purpose reason event minute second hour day week month year "
    "instance lot side view sake extent degree possibility ability capability need duration period fact matter thing place use conjunction behalf terms "
    "conformance compliance % percent section chapter figure clause appendix paragraph default general particular practice detail full effect turn advance future past contrary hand "
    "present means mean monday tuesday wednesday thursday friday saturday sunday maximum minimum"
)
_RECENCY, _SUBJECT, _EXISTENTIAL, _OBJECT, _OBLIQUE, _HEAD, _PLAIN, _PARALLEL = 100, 80, 70, 50, 40, 80, 50, 35
_REPEATED, _MOST = 35, 450  # not theirs: a noun said again, and the bound to that
_LOCAL = 35  # not theirs: a possessive and the subject of its own clause


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun that a pronoun could stand for: how to say it again, its strength, and how many sentences back it is."""

    word: Word
    said: str
    strength: float
    back: int


def is_candidate_pronoun(sentence: Sentence, word: Word) -> bool:
    """Whether the word is a pronoun that must stand for something said before."""
    if word.lower not in _SINGULAR | _PLURAL | _PERSONAL or word.lower in _REFLEXIVE or word.pos not in ("PRON", "DET"):
        return False
    return not sentence.in_code(word.span) and not _is_set_apart(sentence, word) and not is_pleonastic(sentence, word)


def _is_set_apart(sentence: Sentence, word: Word) -> bool:
    """Whether the word is quoted or part of a word with hyphens."""
    around = sentence.text[max(0, word.span.start - 1) : word.span.start] + sentence.text[word.span.end : word.span.end + 1]
    before = sentence.text[: word.span.start]
    return "-" in around or before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def is_taken_up(sentence: Sentence, pronoun: Word) -> bool:
    """Whether the same thing is already named by a pronoun before, in the same clause: “it … its”."""
    subject = binding.subject_of_clause(sentence, pronoun)
    number = _PLURAL if pronoun.lower in _PLURAL else _SINGULAR
    if pronoun.lower not in binding.POSSESSIVE or subject is None:
        return False
    return (subject.lower in number and is_candidate_pronoun(sentence, subject)) or _is_its_own(sentence, pronoun)


def _is_its_own(sentence: Sentence, pronoun: Word) -> bool:
    """Whether the subject right beside the verb has what the verb does something to: “the ball changes its direction”."""
    thing = sentence.head(pronoun)
    verb = sentence.head(thing)
    subject = next((c for c in sentence.children[verb.index] if c.dep == "nsubj"), None)
    if (
        thing.dep != "dobj"
        or subject is None
        or not nouns.is_noun(subject)
        or any(c.dep in ("conj", "prep") for c in sentence.children[subject.index])
    ):
        return False
    return nouns.is_plural(subject) if pronoun.lower in _PLURAL else not nouns.is_plural(subject) and not nouns.is_person(subject)


def candidates(sentence: Sentence, pronoun: Word, before: Sentence | None = None) -> tuple[Candidate, ...]:
    """What the pronoun can stand for, strongest first; the sentence before is asked if its own has nothing."""
    own = _best(_in_sentence(sentence, pronoun))
    if own or before is None or not before.words or _is_cataphoric(sentence, pronoun):
        return own
    return _best(_in_before(before, pronoun, sentence))


def _best(found: Iterator[Candidate]) -> tuple[Candidate, ...]:
    strongest: dict[str, Candidate] = {}
    for candidate in found:
        key = candidate.said.lower().removeprefix("the ").removeprefix("that ").removeprefix("same ")
        if key not in strongest:
            strongest[key] = candidate
        else:
            known = strongest[key]
            better = max(known, candidate, key=lambda c: c.strength)
            strongest[key] = replace(better, strength=min(better.strength + _REPEATED, _MOST))
    for key in list(strongest):  # “the website” after “a malicious website” is the same
        longer = next(
            (
                k
                for k in strongest
                if k != key and k.endswith(f" {key}") and " of " not in k and not k.startswith(("other ", "another "))
            ),
            None,
        )
        if longer is not None:
            short = strongest.pop(key)
            strongest[longer] = replace(strongest[longer], strength=max(short.strength, strongest[longer].strength))
    return tuple(sorted(strongest.values(), key=lambda c: (-c.strength, c.word.index)))


def _in_sentence(sentence: Sentence, pronoun: Word) -> Iterator[Candidate]:
    barred = binding.barred(sentence, pronoun)
    subject = binding.subject_of_clause(sentence, pronoun) if pronoun.lower in binding.POSSESSIVE else None
    own = subject.index if subject is not None else -1
    for noun, said in _nouns(sentence, pronoun):
        if noun.index < pronoun.index and noun.index not in barred:
            local = _LOCAL if noun.index == own else 0
            yield Candidate(noun, said, _strength(sentence, noun, sentence, pronoun) + local, 0)


def _in_before(before: Sentence, pronoun: Word, sentence: Sentence) -> Iterator[Candidate]:
    for noun, said in _nouns(before, pronoun):
        yield Candidate(noun, said, _strength(before, noun, sentence, pronoun) - _RECENCY / 2, 1)


def _nouns(sentence: Sentence, pronoun: Word) -> Iterator[tuple[Word, str]]:
    """The phrases that agree with the pronoun in number and person."""
    for noun in sentence.words:
        if not nouns.is_noun(noun) or noun.lemma in _HOLLOW or (sentence.in_code(noun.span) and not noun.text.isalpha()):
            continue
        if noun.dep == "npadvmod" or _is_of_adverb(sentence, noun) or (noun.lemma in nouns.MEASURES and _has_of(sentence, noun)):
            continue
        if pronoun.lower in _PERSONAL:
            agrees = nouns.may_be_person(noun) and not nouns.is_plural(noun)
        elif pronoun.lower in _PLURAL:
            pair = _pair(sentence, noun)
            if pair is not None and pair < pronoun.index:
                yield noun, _said_of_pair(sentence, noun, pair)
                continue
            if (
                noun.dep == "conj"
                and nouns.is_noun(sentence.head(noun))
                and pair is None
                and (top := _first_of(sentence, noun)) is not None
                and top.index < pronoun.index
            ):
                continue
            agrees = nouns.may_be_plural(noun) or (nouns.is_person(noun) and not nouns.is_plural(noun))
        else:
            if noun.dep == "conj" and nouns.is_noun(sentence.head(noun)):  # “it” takes up none of several
                continue
            one_of = _one_of(sentence, noun)
            if one_of is not None and not nouns.is_person(noun):
                yield noun, sentence.slice(Span(one_of.span.start, nouns.phrase_span(sentence, noun).end)).lower()
                continue
            agrees = nouns.may_be_singular(noun) and not nouns.is_person(noun)
        if agrees:
            yield noun, nouns.named_again(sentence, noun)


def _one_of(sentence: Sentence, noun: Word) -> Word | None:
    """The “each” in “each of the nodes”, asked with the noun."""
    of = sentence.head(noun)
    each = sentence.head(of)
    return each if noun.dep == "pobj" and of.lower == "of" and each.lower in ("each", "one", "either", "neither", "any") else None


def _pair(sentence: Sentence, noun: Word) -> int | None:
    """The index of the last noun joined to this one by “and” or “or”."""
    if noun.dep == "conj":
        return None
    last: int | None = None
    at = noun
    while True:
        joined = [c for c in sentence.children[at.index] if c.dep == "conj" and nouns.is_noun(c)]
        if not joined:
            return last
        at = joined[0]
        last = at.index


def _first_of(sentence: Sentence, noun: Word) -> Word | None:
    at = noun
    while at.dep == "conj" and at.head != at.index:
        at = sentence.head(at)
        if not nouns.is_noun(at):
            return None
    return at


def _said_of_pair(sentence: Sentence, noun: Word, last: int) -> str:
    begin = nouns.named_again(sentence, noun)
    return f"{begin}{sentence.text[nouns.phrase_span(sentence, noun).end : sentence.words[last].span.end]}"


def _has_of(sentence: Sentence, noun: Word) -> bool:
    return any(c.dep == "prep" and c.lower == "of" for c in sentence.children[noun.index])


def _is_of_adverb(sentence: Sentence, noun: Word) -> bool:
    """Whether the noun only fills an expression such as “in accordance with” or “on board”."""
    if noun.dep != "pobj" or sentence.children[noun.index]:
        return False
    preposition = sentence.head(noun)
    return f"{preposition.lower} {noun.lower}" in _FIXED


_FIXED = words(
    "on board|on ground|in place|on time|by default|in use|at least|at most|on request|on demand|in parallel|in sequence|in advance|on top|in turn|by hand|in total|at run|at runtime|at random"
    "|for example|in practice|in general|in progress|on purpose|by mistake|in error|in doubt|in scope|out scope|by design|by name|by value|of course|in transit|at rest|on failure|in full",
    "|",
)


def _is_cataphoric(sentence: Sentence, pronoun: Word) -> bool:
    """Whether the pronoun stands in a clause before the main one and agrees with the subject of that."""
    clause = next((up for up in sentence.ancestors(pronoun) if up.dep == "advcl"), None)
    if clause is None:
        return False
    main = sentence.head(clause)
    subject = next((c for c in sentence.children[main.index] if c.dep in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.index < pronoun.index or not nouns.is_noun(subject):
        return False
    return nouns.may_be_plural(subject) if pronoun.lower in _PLURAL else nouns.may_be_singular(subject)


def _strength(sentence: Sentence, noun: Word, home: Sentence, pronoun: Word) -> float:
    role = _role(sentence, noun)
    strength = float(_RECENCY)
    strength += {"subject": _SUBJECT, "existential": _EXISTENTIAL, "object": _OBJECT, "oblique": _OBLIQUE}.get(role, 0)
    if role != "inner":
        strength += _HEAD
    if not _is_fronted(sentence, noun):
        strength += _PLAIN
    if role == _role(home, pronoun):
        strength += _PARALLEL
    if _is_aside(sentence, noun, pronoun if home is sentence else None):
        strength -= _HEAD
    return strength


def _role(sentence: Sentence, word: Word) -> str:
    """subject, existential, object, oblique, or inner: inside another noun's phrase."""
    at = word
    while at.dep == "conj" and at.head != at.index:
        at = sentence.head(at)
    if at.dep in ("nsubj", "nsubjpass"):
        return "subject"
    if at.dep in ("attr",) and any(c.dep == "expl" for c in sentence.children[at.head]):
        return "existential"
    if at.dep in ("dobj", "attr", "oprd"):
        return "object"
    if at.dep in ("dative",):
        return "oblique"
    if at.dep in ("pobj", "pcomp"):
        return "inner" if nouns.is_noun(sentence.head(sentence.head(at))) else "oblique"
    return "inner" if at.dep in ("poss", "compound", "appos", "nmod") else "other"


def _is_fronted(sentence: Sentence, noun: Word) -> bool:
    """Whether the noun's phrase is set before the subject: “on the screen it shall …”."""
    verb = sentence.head(sentence.head(noun))
    clause = next((up for up in sentence.ancestors(noun) if up.dep == "advcl"), None)
    if clause is not None and clause.tag == "VBG" and clause.index < clause.head:
        return True
    return noun.dep == "pobj" and any(
        c.dep in ("nsubj", "nsubjpass") and c.index > noun.index for c in sentence.children[verb.index]
    )


def _is_aside(sentence: Sentence, noun: Word, pronoun: Word | None) -> bool:
    """Whether the noun only helps to describe another, in a relative or participial clause without the pronoun."""
    above = {w.index for w in sentence.ancestors(pronoun)} if pronoun is not None else set()
    return any(up.dep in ("relcl", "acl") and up.index not in above for up in sentence.ancestors(noun))
