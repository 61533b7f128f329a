"""Who can be bound: the people and machines that a document speaks of, and how many duties it gives to each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clarifier.semantics.agents import is_agent
from clarifier.semantics.kept import carried, kept
from clarifier.semantics.specification import Specification
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage, Passages
from clarifier.syntax.words import Sentence, Word

DUTY = frozenset({"must", "shall", "should", "will", "ought"})
MODALS = DUTY | {"may", "can", "might", "could", "would", "cannot", "ca", "wo", "sha"}

_STATES = words(
    "be have contain include comprise consist equal match remain exist apply represent describe denote define mean refer specify correspond conform belong relate "
    "differ depend occur start end begin follow precede appear become stay look seem point list indicate hold fit support"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that acts: the key that mentions share, how to name it in a sentence, and how many duties bind it."""

    key: str
    name: str
    duties: int
    plural: bool = False


def key_of(sentence: Sentence, noun: Word) -> str:
    """What mentions of the same actor share: its compound and its head, in the singular and lower case."""
    parts = [w.lemma for w in sentence.children[noun.index] if w.dep == "compound" and w.index < noun.index]
    return " ".join([*parts, noun.lemma]).lower()


def mentioned(sentence: Sentence) -> tuple[tuple[str, Word], ...]:
    """The actors that a sentence speaks of, each with its noun, in order."""
    return tuple(
        (key_of(sentence, w), w) for w in sentence.words if w.dep != "compound" and is_agent(w) and not sentence.in_code(w.span)
    )


def modal_of(sentence: Sentence, verb: Word) -> Word | None:
    """The modal that governs a verb, its own or that of the verb it is joined to; None if there is none."""
    seen = 0
    while seen < 8:
        for child in sentence.children[verb.index]:
            if child.dep == "aux" and child.lower in MODALS:
                return child
        if verb.dep != "conj" or any(c.dep in ("nsubj", "nsubjpass") for c in sentence.children[verb.index]):
            return None
        verb, seen = sentence.head(verb), seen + 1
    return None


def subject_of(sentence: Sentence, verb: Word) -> Word | None:
    """The subject of a verb, its own or that of the verb it is joined to; None if there is none."""
    for _ in range(8):
        own = next((c for c in sentence.children[verb.index] if c.dep in ("nsubj", "nsubjpass")), None)
        if own is not None or verb.dep != "conj":
            return own
        verb = sentence.head(verb)
    return None


def _bound(sentence: Sentence) -> Iterator[tuple[str, str, bool, bool]]:
    for verb in sentence.words:
        if verb.pos not in ("VERB", "AUX"):
            continue
        subject = next((c for c in sentence.children[verb.index] if c.dep == "nsubj"), None)
        if subject is None or subject.dep != "nsubj" or not is_agent(subject):
            continue
        modal = modal_of(sentence, verb)
        duty = modal is not None and modal.lower in DUTY and verb.lemma not in _STATES
        yield key_of(sentence, subject), _name(sentence, subject), subject.has("Number=Plur"), duty


def _name(sentence: Sentence, noun: Word) -> str:
    parts = [w.text for w in sentence.children[noun.index] if w.dep == "compound" and w.index < noun.index]
    return " ".join([*parts, noun.text])


@kept
def bound(passage: Passage) -> tuple[tuple[str, str, bool, bool], ...]:
    """The actors that are subjects in a passage: key, name, whether plural, and whether the clause is a duty."""
    return tuple(x for s, n in zip(passage.sentences, passage.normative, strict=True) if n for x in _bound(s))


@kept
def _bound_in(part: Passages) -> tuple[tuple[str, str, bool, bool], ...]:
    return tuple(x for passage in part if passage is not None for x in bound(passage))


Bound = tuple[tuple[str, str, bool, bool], ...]


def _by_part(specification: Specification) -> list[Bound]:
    return [_bound_in(part) for part in specification.passages]


@carried(_by_part)
def actors(parts: list[Bound]) -> tuple[Actor, ...]:
    """The actors to which a specification gives something to do, those with most duties first."""
    duties: Counter[str] = Counter()
    acts: Counter[str] = Counter()
    names: dict[str, tuple[str, bool]] = {}
    for part in parts:
        for name_key, name, plural, duty in part:
            names.setdefault(name_key, (name, plural))
            acts[name_key] += 1
            duties[name_key] += duty
    for longer in [k for k in names if " " in k and k.split()[-1] in names]:
        shorter = longer.split()[-1]
        rivals = [k for k in names if k.endswith(f" {shorter}") and duties[k] > 0]
        # “The system” is the Payment system where no other system is bound.
        if len(rivals) < 2 or min(duties[longer], duties[shorter]) < 2:
            duties[shorter] += duties.pop(longer, 0)
            acts[shorter] += acts.pop(longer, 0)
            del names[longer]
    ranked = sorted(names, key=lambda k: (-duties[k], -acts[k], k))
    return tuple(Actor(k, _with_article(*names[k]), duties[k], names[k][1]) for k in ranked)


_LEADING = 12  # how many duties make someone what a document is about


@carried(actors)
def actor_keys(ranked: tuple[Actor, ...]) -> frozenset[str]:
    """The keys of all who act in a specification."""
    return frozenset(actor.key for actor in ranked)


@carried(actors)
def protagonist(ranked: tuple[Actor, ...]) -> Actor | None:
    """The one whom a document is about: most of its many duties bind him. None where there is no such one."""
    leads = bool(ranked) and ranked[0].duties >= _LEADING and ranked[0].duties * 2 > sum(a.duties for a in ranked)
    return ranked[0] if leads else None


@kept
def bearers(specification: Specification) -> Mapping[int, frozenset[str]]:
    """The keys of the actors that each section gives duties to, by the identity of each passage in it."""
    found: dict[int, frozenset[str]] = {}
    for part in specification.passages:
        found.update(_bearers_in(part))
    return found


@kept
def _bearers_in(part: Passages) -> Mapping[int, frozenset[str]]:
    # A section lies in one part: parts are cut at headings.
    found: dict[int, frozenset[str]] = {}
    for begin, end in zip((0, *part.part.headings), (*part.part.headings, len(part)), strict=True):
        inside = [p for p in part[begin:end] if p is not None]
        keys = frozenset(name_key for p in inside for name_key, _, _, duty in bound(p) if duty)
        found.update((id(p), keys) for p in inside)
    return found


def _with_article(name: str, plural: bool) -> str:
    if name.lower() in ("everyone", "anyone", "nobody", "someone", "people"):
        return name.lower()
    # A capital at the start of a sentence is not the name's own; one in the middle is.
    plain = name if re.search(r"(?<=.)[A-Z]", name) else name[:1].lower() + name[1:]
    return plain if plural else f"the {plain}"
