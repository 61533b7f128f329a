"""Duties, and the verbs of a sentence that stand under one: by a modal, as a command, or as a plain statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from clarifier.semantics.modality import habitual
from clarifier.semantics.phrases import displaces
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


class Duty(StrEnum):
    """What a norm does to an action."""

    OBLIGED = "required"
    FORBIDDEN = "forbidden"
    PERMITTED = "permitted"
    EXEMPT = "optional"

    @property
    def denies(self) -> bool:
        """Whether it keeps from the action, or frees of it."""
        return self in (Duty.FORBIDDEN, Duty.EXEMPT)


# "must not be allowed", "is not optional": what a negation makes of the duty that it stands before.
NEGATED = {
    Duty.OBLIGED: Duty.EXEMPT,
    Duty.PERMITTED: Duty.FORBIDDEN,
    Duty.FORBIDDEN: Duty.PERMITTED,
    Duty.EXEMPT: Duty.OBLIGED,
}


# Duties that nobody can obey together.
AGAINST = {
    frozenset({Duty.OBLIGED, Duty.FORBIDDEN}),
    frozenset({Duty.PERMITTED, Duty.FORBIDDEN}),
    frozenset({Duty.OBLIGED, Duty.EXEMPT}),
}


@dataclass(frozen=True, slots=True)
class Force:
    """A verb under a duty. `weak` is should rather than must; `words` is the span of the words that say so.

    `plain` is a sentence that only states what is done, `hedged` one that says what is typically to be done. `misread` is a verb
    that the parser hangs on a noun before it, although it governs the sentence.
    """

    verb: Word
    duty: Duty
    weak: bool
    words: Span
    plain: bool = False
    hedged: bool = False
    misread: bool = False


_WEAK = {
    "must": False,
    "shall": False,
    "will": False,
    "should": True,
    "may": False,
    "might": True,
    "can": False,
    "could": True,
    "ought": True,
}
_SHORT = {"ca": "can", "wo": "will", "sha": "shall"}
_FORETELLING = words("will may can might could")
_HEDGES = words("typically generally usually normally ordinarily mostly commonly often")
_PERMIT = words("may might can could")
_NEGATIONS = words("not n't never no neither nor cannot n’t")
_NOBODY = words("nobody none nothing no-one noone neither")
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_MEANING = words("indicate mean denote represent signify describe")


def forces(sentence: Sentence) -> Iterator[Force]:
    """The verbs of a sentence that stand under a duty, in order."""
    main = _misread(sentence)
    for word in sentence.words:
        if sentence.code_around(word) is not None:
            continue  # a name, whatever the parser makes of it
        leading = (word.dep == "ROOT" and word.tag != "MD") or word is main
        force = _modal(sentence, word) or (_plain(sentence, word) if leading else None)
        if force is not None:
            yield replace(force, misread=True) if word is main else force


def _misread(sentence: Sentence) -> Word | None:
    """The verb of a sentence that opens with a phrase and no comma: the parser hangs it on the noun before it.

    "By clicking on a topic the full text is shown" is not about a topic that is shown.
    """
    opening = sentence.words[0]
    if opening.tag != "IN" or opening.head != 0:
        return None
    return next(
        (
            w
            for w in reversed(sentence.words)
            if w.dep == "relcl"
            and any(
                c.dep in ("nsubj", "nsubjpass") and not c.tag.startswith("W") and c.index > w.head
                for c in sentence.children[w.index]
            )
            and not any(c.tag.startswith("W") for c in sentence.children[w.index])
        ),
        None,
    )


def _modal(sentence: Sentence, verb: Word) -> Force | None:
    modal = next((c for c in sentence.children[verb.index] if c.tag == "MD" and c.dep == "aux"), None)
    lemma = _SHORT.get(modal.lemma, modal.lemma) if modal is not None else ""
    if modal is None or lemma not in _WEAK or (verb.tag == "MD" and verb.dep == "ROOT"):
        return None
    if lemma in _FORETELLING and habitual(sentence, verb):
        return None
    denial = negation(sentence, verb)
    duty = Duty.FORBIDDEN if denial is not None else Duty.PERMITTED if lemma in _PERMIT else Duty.OBLIGED
    start = min(modal.span.start, denial.span.start if denial else modal.span.start)
    end = max(modal.span.end, denial.span.end if denial is not None and denial.index > modal.index else 0)
    hedged = any(c.lower in _HEDGES for c in sentence.children[verb.index])
    return Force(verb, duty, _WEAK[lemma], Span(start, end), False, hedged)


def _plain(sentence: Sentence, verb: Word) -> Force | None:
    """A command, or a sentence in the present that says how something is."""
    commanded = verb.tag in ("VB", "VBP") and not any(c.dep in _SUBJECTS for c in sentence.children[verb.index])
    if not commanded and (verb.lemma in _MEANING or verb.tag not in ("VBZ", "VBP", "VBN", "VBD", "VB", "JJ")):
        return None
    if not commanded and verb.tag == "VB" and verb.lemma != "be":
        return None
    denial = negation(sentence, verb)
    duty = Duty.FORBIDDEN if denial and verb.lemma != "be" else Duty.OBLIGED
    span = Span(denial.span.start, verb.span.end) if denial and denial.index < verb.index else verb.span
    return Force(verb, duty, False, span, not commanded)


def negation(sentence: Sentence, verb: Word) -> Word | None:
    """The word that denies a verb: beside it, or in its subject ("no user may")."""
    for child in sentence.children[verb.index]:
        if child.lower in _NEGATIONS and (child.dep == "neg" or child.lower in ("never", "not")):
            return child
    for child in sentence.children[verb.index]:
        if child.dep in ("nsubj", "nsubjpass"):
            if child.lower in _NOBODY:
                return child
            return next((c for c in sentence.children[child.index] if c.lower == "no" and c.dep == "det"), None)
    return None


def joined(sentence: Sentence, verb: Word) -> Iterator[Word]:
    """The verbs coordinated with a verb that share its modality."""
    for child in sentence.children[verb.index]:
        own = (c for c in sentence.children[child.index] if c.dep in ("nsubj", "nsubjpass", "aux"))
        if (
            child.dep == "conj"
            and not displaces(sentence, verb, child)
            and child.tag.startswith("VB")
            and not any(c.tag in ("MD", "NN", "NNS", "NNP", "PRP") for c in own)
        ):
            yield child
            yield from joined(sentence, child)
