"""Acts: who does what to what, how. Of a verb, active or passive, and of a noun that stands for one ("the deletion of logs")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from clarifier.semantics.agents import is_person
from clarifier.semantics.amounts import Amount, amounts
from clarifier.semantics.conditions import Condition, conditions
from clarifier.semantics.phrases import CONTENT, EMPTY, IN_PLACE, Phrase, clause_phrase, displaces, in_name, name, only, phrase
from clarifier.semantics.roots import root
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


@dataclass(frozen=True)
class Scope:
    """A sentence with the conditions and amounts that its norms are read under."""

    sentence: Sentence
    conditions: tuple[Condition, ...]
    amounts: tuple[Amount, ...]
    conceded: tuple[Condition, ...] = ()

    @cached_property
    def inside(self) -> frozenset[int]:
        """The words that belong to conditions."""
        return frozenset(i for c in (*self.conditions, *self.conceded) for i in c.indices)

    def below(self, word: Word) -> tuple[Word, ...]:
        """The direct dependants of a word."""
        return self.sentence.children[word.index]

    def phrase(self, noun: Word, without: frozenset[int] = frozenset()) -> Phrase:
        """The noun phrase of a noun, without conditions."""
        inside: frozenset[int] = frozenset() if noun.index in self.inside else self.inside
        return phrase(self.sentence, noun, inside | without)

    def object_of(self, word: Word, *prepositions: str, without: frozenset[int] = frozenset()) -> Word | None:
        """What a preposition that hangs on a word governs."""
        governed = (k for c in self.below(word) if c.lower in prepositions for k in self.below(c))
        return next((k for k in governed if _is_governed(k) and k.index not in without), None)

    def free_of(self, word: Word) -> Scope:
        """The scope without the condition that a word belongs to."""
        return Scope(self.sentence, tuple(c for c in self.conditions if word.index not in c.indices), self.amounts, self.conceded)


def _is_governed(word: Word) -> bool:
    # The parser takes the first of several modifiers for a gerund: "updates to billing and contact information".
    return word.dep == "pobj" or (word.dep == "pcomp" and word.tag == "VBG")


def scope(sentence: Sentence) -> Scope:
    """The scope of the norms of a sentence that has words."""
    limits = conditions(sentence)
    conceded = tuple(c for c in limits if c.conceded)
    return Scope(sentence, tuple(c for c in limits if not c.conceded), amounts(sentence), conceded)


@dataclass(frozen=True, slots=True)
class Act:
    """`bearer` does `action` (a root, with its particle) to `objects`.

    `verb` is where the action stands, `manner` how it is done, as roots, `others` are the remaining phrases, by preposition.
    `only_bearer` and `only_object` are spans of what makes it exclusive.
    """

    bearer: Phrase | None
    action: str
    objects: tuple[Phrase, ...]
    verb: Span
    others: tuple[tuple[str, Phrase], ...] = ()
    manner: frozenset[str] = frozenset()
    only_bearer: Span | None = None
    only_object: Span | None = None


_ADVERBS = words(
    "never always typically generally usually normally exclusively solely therefore thus hence however otherwise instead still even "
    "too again first next finally simply please"
)
ONLY = words("only exclusively solely")
# Adjectives that say how something is done, also where the noun says what it is done to: "manual card loading".
_WAYS = frozenset(map(root, ("manual", "automatic", "direct", "immediate", "explicit", "automated")))
_OBJECTS = ("dobj", "attr", "acomp", "oprd")
_OCCURRING = words("occur happen")
DEEDS = ("tion", "sion", "ment", "ing")  # how the nouns of what is done end
_MODIFIERS = ("compound", "nmod", "amod", "nummod", "poss")


def act_of_verb(within: Scope, verb: Word, subject: Word | None, passive: bool, through: Word | None = None) -> Act:
    """What a verb says is done; `through` is the verb that allows or asks for it, whose phrases count too."""
    if subject is not None and not passive and verb.lemma in _OCCURRING and subject.lemma.lower().endswith(DEEDS):
        done = act_of_noun(within, subject)
        placed = _phrases(within, (*within.below(verb), *(within.below(through) if through is not None else ())))
        return replace(done, others=(*done.others, *placed), verb=verb.span)
    below = [c for c in within.below(verb) if c.index not in within.inside]
    outer = within.below(through) if through is not None else ()
    agent = next((k for c in below if c.dep == "agent" for k in within.below(c) if k.dep == "pobj"), None)
    things = [c for c in below if c is not subject and _is_object(c)]
    if passive and subject is not None:
        things.insert(0, subject)
    for thing in things:
        things.extend(
            k
            for k in within.below(thing)
            if k.dep in ("conj", "appos") and k.pos in ("NOUN", "PROPN") and not displaces(within.sentence, thing, k)
        )
    bearer = agent if passive else subject
    clause = next((c for c in below if c.dep in ("ccomp", "xcomp") and c.index > verb.index), None)
    said = (clause_phrase(within.sentence, clause, within.inside),) if clause is not None else ()
    only_object = next((o for t in things if (o := only(within.sentence, t)) is not None), None)
    only_bearer = only(within.sentence, bearer) if bearer is not None else None
    adverb = next((c for c in (*below, *outer) if c.lower in ONLY and not in_name(within.sentence, c)), None)
    if adverb is not None and through is not None and adverb.head == through.index and bearer is not None and only_bearer is None:
        only_bearer = adverb.span
    elif adverb is not None and only_bearer is None and only_object is None and not passive and _limits_nothing(within):
        only_object = adverb.span
    # The parser hangs "to services" in "release orders to services" on the verb or on its object, so both count as the verb's.
    aside = [p for t in things for p in within.below(t) if p.dep == "prep" and p.lower not in ("of", "than")]
    apart = frozenset(w.index for p in aside for w in within.sentence.subtree(p))
    objects = (replace(within.phrase(t, apart), aside=_behind(within, t)) for t in things)
    return Act(
        within.phrase(bearer) if bearer is not None and bearer.lower != "you" else None,
        root(verb.lemma) + next((f" {c.lemma}" for c in below if c.dep == "prt" and c.tag in ("RP", "IN", "RB")), ""),
        (*objects, *said),
        verb.span,
        tuple(_phrases(within, (*below, *outer, *aside))),
        frozenset(root(c.lemma) for c in below if _is_manner(c)),
        only_bearer,
        only_object,
    )


def _behind(within: Scope, thing: Word) -> frozenset[str]:
    """The roots that the phrases behind a noun name, whether the parser hangs them on it or on the verb."""
    behind = (
        p for p in (*within.below(thing), *within.below(within.sentence.head(thing))) if p.dep == "prep" and p.index > thing.index
    )
    return frozenset(r for p in behind for k in within.below(p) if k.dep == "pobj" for r in within.phrase(k).roots)


def _limits_nothing(within: Scope) -> bool:
    """Whether no condition is exclusive, so that "only" must limit something else."""
    return all(c.only is None for c in within.conditions)


def _is_object(word: Word) -> bool:
    return word.dep in _OBJECTS or (word.dep == "dative" and word.tag not in ("IN", "TO"))


def _is_manner(word: Word) -> bool:
    plain = word.lower not in EMPTY and word.lemma not in EMPTY and word.lower not in _ADVERBS
    return word.dep in ("advmod", "npadvmod") and plain


def _phrases(within: Scope, below: tuple[Word, ...]) -> Iterator[tuple[str, Phrase]]:
    for word in below:
        if word.lower == "at" and any(k.lemma == "time" for k in within.below(word)):
            continue  # "one at a time" counts, and says no place
        before = within.sentence.words[word.index - 1].lower if word.index else ""
        if word.lower in IN_PLACE or IN_PLACE.get(before) == word.lower:
            continue  # what stands behind "instead of" is not meant
        if (word.dep == "prep" or (word.dep == "dative" and word.tag in ("IN", "TO"))) and word.index not in within.inside:
            yield from ((word.lower, within.phrase(k)) for k in within.below(word) if k.dep == "pobj")


def act_of_noun(within: Scope, noun: Word, without: frozenset[int] = frozenset()) -> Act:
    """What a noun says is done: "the deletion of old logs", "log deletion", "access to logs", "manual entry of names"."""
    # The parser reads "message formatting" as a message that formats.
    gerund = next((c for c in within.below(noun) if c.dep == "acl" and c.tag == "VBG" and c.index == noun.index + 1), None)
    if gerund is not None and not any(c.dep in _OBJECTS for c in within.below(gerund)):
        others = without | {w.index for w in within.sentence.subtree(gerund)}
        return Act(None, root(gerund.lemma), (within.phrase(noun, others),), gerund.span)
    narrowing = [c for c in within.below(noun) if c.dep in _MODIFIERS and c.index not in without and c.lower not in EMPTY]
    nouns = [c for c in narrowing if c.tag.startswith("NN") or c.dep == "compound"]
    thing = within.object_of(noun, "of", "to", without=without) or (
        None if nouns else within.object_of(noun, "for", without=without)
    )
    bearer = next((c for c in narrowing if c.dep in ("compound", "poss") and is_person(c)), None)
    ways = [c for c in narrowing if c.dep == "amod" and (thing is not None or root(c.lemma) in _WAYS)]
    if thing is not None:
        things: tuple[Phrase, ...] = (within.phrase(thing, without),)
        things += tuple(within.phrase(k, without) for k in within.below(thing) if k.dep == "conj" and k.pos in ("NOUN", "PROPN"))
    else:
        own = (w for c in narrowing if c not in (*ways, bearer) for w in within.sentence.subtree(c) if w.index not in without)
        words_of = dict.fromkeys(name(within.sentence, w) for w in own if w.pos in CONTENT and w.lower not in EMPTY)
        things = tuple(Phrase(r, frozenset(), noun.span) for r in words_of)
    manner = frozenset(root(c.lemma) for c in ways)
    actor = within.phrase(bearer, without) if bearer is not None else None
    return Act(actor, name(within.sentence, noun), things, noun.span, (), manner, only(within.sentence, noun))
