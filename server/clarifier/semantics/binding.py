"""What grammar says of a pronoun and the nouns around it: what it cannot stand for, and whether it acts."""

from __future__ import annotations

from clarifier.semantics import nouns
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word

POSSESSIVE = words("its their his")
_EVENTS = (
    "tion",
    "sion",
    "ment",
    "change",
    "update",
    "increase",
    "decrease",
    "access",
    "use",
    "loss",
    "failure",
    "interest",
    "removal",
    "approval",
)
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "csubj", "csubjpass", "pcomp", "xcomp"})

_OF_THINGS = words("expire lapse elapse occur happen arise overflow last cost consist pertain")
_STATES = words(
    "have contain include comprise consist equal match remain exist apply represent describe denote define mean refer specify correspond conform belong relate differ "
    "depend occur start end begin follow precede appear become stay seem point hold fit need affect cause fail change expire exceed result concern lead pass take lie"
)


def barred(sentence: Sentence, pronoun: Word) -> frozenset[int]:
    """The words that grammar keeps the pronoun from standing for."""
    found: set[int] = set()
    crossed = inside = False
    at = pronoun
    for up in sentence.ancestors(pronoun):
        if not crossed and nouns.is_noun(up) and not nouns.is_person(up):  # the phrase that contains the pronoun
            found.add(up.index)
        elif nouns.is_noun(up) and at.dep == "prep" and up.lemma.endswith(_EVENTS) and pronoun.dep != "nsubj":
            found.add(up.index)  # “changes in their requirements”
        has_own = at.dep in ("relcl", "acl") and not any(c.dep == "mark" for c in sentence.children[at.index])
        if has_own and not inside and pronoun.lower not in POSSESSIVE:  # whose “that” stands for the noun already
            found.add(up.index)
        crossed = (
            crossed
            or up.dep in _CLAUSES
            or up.dep in ("conj", "appos")
            or up.pos in ("VERB", "AUX")
            or (up.dep == "prep" and up.lower != "of")
        )
        at = up
    if pronoun.lower not in POSSESSIVE and pronoun.dep not in ("nsubj", "nsubjpass"):
        subject = subject_of_clause(sentence, pronoun)
        if subject is not None:
            found.add(subject.index)
            found.update(c.index for c in sentence.children[subject.index] if c.dep == "conj")
    clause = next((up for up in sentence.ancestors(pronoun) if up.pos in ("VERB", "AUX")), pronoun)
    joined = [
        c
        for c in sentence.children[clause.index]
        if c.dep == "conj" and not any(d.dep in ("nsubj", "nsubjpass") for d in sentence.children[c.index])
    ]
    with_it = [
        *(c for verb in joined for c in sentence.children[verb.index]),
        *sentence.children[clause.index],
        *(n for c in sentence.children[clause.index] if c.dep in ("prep", "agent") for n in sentence.children[c.index]),
    ]
    beside = [
        c
        for c in with_it
        if c.index > pronoun.index and nouns.is_noun(c) and c.dep in ("dobj", "pobj", "dative") and not _is_indefinite(sentence, c)
    ]
    if pronoun.lower not in POSSESSIVE:  # what is named beside the pronoun would not be named twice
        found.update(w.index for w in sentence.words[: pronoun.index] if any(_names(sentence, c, w) for c in beside))
    if pronoun.dep in ("nsubj", "nsubjpass"):
        found.update(
            w.index for w in sentence.subtree(sentence.head(pronoun)) if w.dep in ("nsubj", "nsubjpass") and w.head == pronoun.head
        )
    return frozenset(found)


def _is_indefinite(sentence: Sentence, noun: Word) -> bool:
    return any(c.lower in ("a", "an", "another") for c in sentence.children[noun.index])


def _names(sentence: Sentence, later: Word, earlier: Word) -> bool:
    """Whether the later noun can name what the earlier one does: the same word with no modifier of its own."""
    return later.lemma == earlier.lemma and _modifiers(sentence, later) <= _modifiers(sentence, earlier)


def _modifiers(sentence: Sentence, noun: Word) -> set[str]:
    return {c.lemma for c in nouns.premodifiers(sentence, noun) if c.dep != "det"}


def subject_of_clause(sentence: Sentence, word: Word) -> Word | None:
    """What the clause around a word says something of, also where the subject stands further up."""
    for up in sentence.ancestors(word):
        if up.pos not in ("VERB", "AUX"):
            continue
        at = up
        while True:
            subject = next((c for c in sentence.children[at.index] if c.dep in ("nsubj", "nsubjpass")), None)
            if subject is not None:
                if subject.lower in ("that", "which", "who") and at.dep == "relcl":
                    return sentence.head(at)
                return subject
            if (
                at.dep in ("conj", "xcomp", "advcl", "pcomp", "acomp", "prep")
                and at.head != at.index
                and sentence.head(at).pos in ("VERB", "AUX", "ADP", "ADJ", "SCONJ")
            ):
                at = sentence.head(at)
                continue
            return None
    return None


def befalls(sentence: Sentence, pronoun: Word) -> bool:
    """Whether the pronoun is the subject of a verb that is said of things and events, never of one who acts: “it expires”."""
    return pronoun.dep == "nsubj" and sentence.head(pronoun).lemma in _OF_THINGS


def acts(sentence: Sentence, pronoun: Word) -> bool:
    """Whether the pronoun stands for one who does or owes something: the subject of an active verb that is no state."""
    verb = sentence.head(pronoun)
    if (
        pronoun.dep != "nsubj"
        or verb.pos != "VERB"
        or (verb.tag == "VBN" and any(c.dep == "auxpass" for c in sentence.children[verb.index]))
    ):
        return False
    return verb.lemma not in _STATES
