"""What a word does in its sentence: under which force it stands, and in which part of the duty."""

from __future__ import annotations

from enum import StrEnum

from clarifier.semantics.actors import subject_of
from clarifier.semantics.agents import is_agent
from clarifier.semantics.modality import Sense, habitual, sense
from clarifier.semantics.normativity import is_imperative, is_normative
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word


class Force(StrEnum):
    """How strongly a clause binds."""

    DUTY = "duty"  # must, shall, is required to, a command
    ADVICE = "advice"  # should, ought to
    PERMISSION = "permission"  # may, can, could, might
    FACT = "fact"  # an indicative


class Place(StrEnum):
    """The part of a duty in which a word stands."""

    CORE = "core"  # what is to be done or to hold
    SUBJECT = "subject"  # who or what it holds of
    CONDITION = "condition"  # when it holds
    PURPOSE = "purpose"  # what it is for, or why
    ASIDE = "aside"  # an example, a parenthesis


_MODALS = {
    "must": Force.DUTY, "shall": Force.DUTY, "will": Force.DUTY, "wo": Force.DUTY, "'ll": Force.DUTY, "should": Force.ADVICE, "ought": Force.ADVICE,
    "may": Force.PERMISSION, "can": Force.PERMISSION, "ca": Force.PERMISSION, "could": Force.PERMISSION, "might": Force.PERMISSION,
    "cannot": Force.DUTY, "would": Force.ADVICE,
}  # fmt: skip
_CONDITIONS = words("if when unless where whenever while until till once after before whether wherever provided")
_REASONS = words("because since as so although though whereas that")
_BINDING = words("require oblige mandate need have forbid prohibit")
_ADVISING = words("recommend encourage expect advise suggest")
_ALLOWING = words("allow permit")
_MEANS = words("use serve exist help aim intend design order effort way mean purpose allow enable let")
# Verbs and adjectives whose infinitive is what is to be done: "has to", "is able to", "must try to".
_CARRYING = (
    _BINDING
    | _ADVISING
    | _ALLOWING
    | words(
        "want try attempt begin start continue fail choose decide agree refuse plan like wish seem appear tend prove ask tell instruct force cause expect strive seek learn promise offer prefer be set suppose "
        "go get come remain ought obligate wait opt elect arrange manage hesitate stop commit undertake endeavour endeavor guarantee ensure entitle authorise authorize prompt configure program"
    )
)
_BOUND_NOUNS = words(
    "ability right duty obligation requirement need permission attempt decision request option possibility capability opportunity responsibility command instruction failure freedom choice"
)


def force(passage: Passage, index: int, word: Word) -> Force:
    """The force of the clause in which a word stands; a condition has that of what it conditions."""
    sentence = passage.sentences[index]
    own = _own_force(sentence, word)
    if own is Force.FACT and passage.lead is not None and passage.lead.words and passage.lead.text.rstrip().endswith(":"):
        last = list(passage.lead.roots)[-1]
        return _own_force(passage.lead, last)
    # Where a profile takes a plain statement for a norm, it binds.
    if own is Force.FACT and passage.normative[index] and not is_normative(sentence.text):
        return Force.DUTY
    return own


def _own_force(sentence: Sentence, word: Word) -> Force:
    chain = [word, *sentence.ancestors(word)]
    outer = max((i for i, w in enumerate(chain) if w.dep == "advcl"), default=-1) + 1
    for at in chain[outer:]:
        below = sentence.children[at.index]
        negated = any(c.dep == "neg" or c.lower == "only" for c in below)
        # The parser at times hangs the modal on the auxiliary: "must | be shown".
        for child in (*below, *(c for aux in below if aux.dep in ("aux", "auxpass") for c in sentence.children[aux.index])):
            if child.tag == "MD" and child.lower in _MODALS:
                modal = _MODALS[child.lower]
                if child.lower not in ("must", "shall", "should", "ought") and sense(sentence, child) is Sense.LIKELY:
                    return Force.FACT
                if child.lower in ("will", "wo", "'ll") and not _acts(sentence, at):
                    return Force.ADVICE
                return Force.DUTY if modal is Force.PERMISSION and negated else modal
        stem = at.lemma
        if habitual(sentence, at):
            continue
        if stem in _BINDING and (any(c.dep == "auxpass" for c in below) or any(c.dep == "xcomp" for c in below)):
            return Force.DUTY
        if stem in _ADVISING and any(c.dep == "auxpass" for c in below):
            return Force.ADVICE
        if stem in _ALLOWING and any(c.dep == "auxpass" for c in below):
            return Force.DUTY if negated else Force.PERMISSION
    root = chain[-1]
    below = sentence.children[root.index]
    if is_imperative(sentence.text) and (root.tag != "VBZ" or not any(c.dep in ("nsubj", "nsubjpass") for c in below)):
        return Force.DUTY
    if root.tag == "VB" and not any(c.dep in ("nsubj", "nsubjpass", "expl") for c in below):
        return Force.DUTY
    return Force.FACT


def _acts(sentence: Sentence, verb: Word) -> bool:
    """Whether the subject of a verb can act, or is acted upon; “a simple example will show” is a forecast."""
    subject = subject_of(sentence, verb)
    return subject is None or subject.dep == "nsubjpass" or subject.pos == "PRON" or is_agent(subject)


def place(sentence: Sentence, word: Word) -> Place:
    """In which part of the duty a word stands."""
    if _in_brackets(sentence, word):
        return Place.ASIDE
    found = Place.CORE
    chain = [word, *sentence.ancestors(word)]
    for position, at in enumerate(chain):
        if at.dep == "prep" and (
            at.lower in ("like", "unlike", "than")
            or (at.lower == "as" and at.index > 0 and sentence.words[at.index - 1].lower == "such")
        ):
            return Place.ASIDE
        if at.dep in ("advcl", "acl", "xcomp", "relcl", "ccomp", "pcomp"):
            marks = {c.lower for c in sentence.children[at.index] if c.dep in ("mark", "advmod", "aux") and c.index < at.index}
            if at.dep == "advcl" and "even" in marks:
                return Place.ASIDE
            if at.dep in ("advcl", "ccomp") and marks & _CONDITIONS:
                found = Place.CONDITION
            elif at.dep == "advcl" and marks & (_REASONS | {"to"}):
                return Place.PURPOSE
            elif at.dep == "advcl" and at.tag == "VBN" and found is Place.CORE:
                found = Place.CONDITION
        if at.dep == "dep":
            return Place.ASIDE  # the parser found no place for it
        if at.dep in ("xcomp", "acl") and at.tag == "VB" and _is_purpose(sentence, at):
            return Place.PURPOSE
        if at.dep in ("nsubj", "csubj") and found is Place.CORE and _is_main(sentence, chain[position + 1 :]):
            found = Place.SUBJECT
    return found


def _is_purpose(sentence: Sentence, verb: Word) -> bool:
    """Whether an infinitive says what something is for, and not what is to be done."""
    if not any(c.lower == "to" for c in sentence.children[verb.index]):
        return False
    head = sentence.head(verb)
    if verb.dep == "acl":
        return head.lemma not in _BOUND_NOUNS
    return head.lemma in _MEANS or (head.pos == "VERB" and head.lemma not in _CARRYING)


def _is_main(sentence: Sentence, chain: list[Word]) -> bool:
    return all(w.dep in ("ROOT", "conj", "ccomp") for w in chain)


def _in_brackets(sentence: Sentence, word: Word) -> bool:
    before = sentence.text[: word.span.start]
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")


def verb_of(sentence: Sentence, word: Word) -> Word | None:
    """The verb whose clause holds a word; None if there is none."""
    return next((w for w in sentence.ancestors(word) if w.pos in ("VERB", "AUX")), None)


def modal_of(sentence: Sentence, verb: Word) -> Word | None:
    """The modal of a verb: its own, else that of the verb it is coordinated with."""
    own = next((c for c in sentence.children[verb.index] if c.tag == "MD"), None)
    if own is not None or verb.dep != "conj":
        return own
    if any(c.dep in ("nsubj", "nsubjpass") for c in sentence.children[verb.index]):
        return None
    return modal_of(sentence, sentence.head(verb))
