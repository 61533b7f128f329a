"""Duties in the passive: what must be done, and whether the sentence says by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.semantics.actors import is_agent, modal_of
from clarifier.semantics.lexicon import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

# Passives that say what a thing is, or what is known of it, rather than what is done to it.
_STATES = words(
    "define base call name know consider deem intend mean suppose compose comprise relate associate limit restrict contain include locate situate concern "
    "interpret understand see link connect structure sort order separate delimit prefix suffix enclose quote capitalize capitalise denote identify "
    "label specify describe represent format nest align reserve expose use list give note govern cover determine divide derive require allow permit forbid "
    "prohibit recommend encourage discourage oblige expect entitle authorize authorise advise tell ask say prefer need make assume apply treat mean size "
    "express attach bind found bear own inspire design equip involve interest concern dedicate sign-extend zero-pad terminate arrange spread surround accompany "
    "precede follow fill populate satisfy meet place position store hold preserve present respect regard reflect constrain align interleave share match "
    "abbreviate spell write model root scope version build tag situate subject"
)
# Of these the ones that say what is done where a modal makes a duty of them.
_DONE_BY_DUTY = words("store sign fill place position present write build use list apply treat terminate determine share tag identify expose preserve connect")
_ON = frozenset(("in", "on", "at", "within", "inside", "via", "through", "using", "with", "into"))
_FULL_STEM = re.compile(r"(?:[nscpflrx]t|sh|ch|ck|ss|[lnr]d|[rs]k|[rl]m|ll|[aeo][wy]|x)$")


@dataclass(frozen=True)
class PassiveDuty:
    """A passive main clause: its verb, its subject, the modal if there is one, and all verbs that share the subject."""

    verb: Word
    subject: Word
    modal: Word | None
    verbs: tuple[Word, ...]

    @property
    def is_duty(self) -> bool:
        """Whether a modal makes it an obligation."""
        return self.modal is not None and self.modal.lower in ("must", "shall", "should", "will", "ought")


def passive_duties(sentence: Sentence) -> Iterator[PassiveDuty]:
    """The passive main clauses of a sentence in which something is done and no one is said to do it."""
    for verb in sentence.words:
        subject = next((c for c in sentence.children[verb.index] if c.dep == "nsubjpass"), None)
        if subject is None or verb.tag not in ("VBN", "VBD") or not _is_main(sentence, verb) or sentence.in_code(verb.span):
            continue
        passive = next((c for c in sentence.children[verb.index] if c.dep == "auxpass"), None)
        modal = modal_of(sentence, verb)
        # “Gets shuffled” tells what happens, not what someone is to do.
        if passive is None or (modal is None and passive.lemma == "get"):
            continue
        verbs = (verb, *_joined(sentence, verb))
        if any(_says_who(sentence, v) for v in verbs) or _is_state(sentence, verb, modal):
            continue
        yield PassiveDuty(verb, subject, modal, verbs)


def _joined(sentence: Sentence, verb: Word) -> Iterator[Word]:
    """The participles that share the verb's subject and stand beside it: “validated, signed and stored”."""
    at = verb
    for word in sentence.words[verb.index + 1 :]:
        if word.dep == "conj" and word.tag in ("VBN", "VBD") and not any(c.dep in ("nsubj", "nsubjpass", "aux") for c in sentence.children[word.index]):
            if re.fullmatch(r"\s*(?:,\s*)?(?:and|or|then|and then)?\s*(?:\w+ly\s+)?", sentence.slice(Span(at.span.end, word.span.start))) is None:
                return
            at = word
            yield word


def _is_main(sentence: Sentence, verb: Word) -> bool:
    while verb.dep == "conj":
        verb = sentence.head(verb)
    return verb.head == verb.index


def _is_state(sentence: Sentence, verb: Word, modal: Word | None) -> bool:
    if modal is not None and verb.lemma in _DONE_BY_DUTY:
        return any(c.dep == "prep" and c.lower == "as" for c in sentence.children[verb.index])
    if verb.lemma == "give" and any(c.lower == "to" for c in sentence.children[verb.index]):
        return False
    return verb.lemma in _STATES or verb.lemma.endswith("ed")


def _says_who(sentence: Sentence, verb: Word) -> bool:
    """Whether a by-phrase names an agent, or a place or instrument is someone who can act."""
    for prep in sentence.children[verb.index]:
        if prep.lower not in _ON and prep.lower != "by":
            continue
        for noun in sentence.children[prep.index]:
            if noun.dep not in ("pobj", "dobj"):
                continue
            if prep.lower == "by":
                # "by 5 %", "by one", "by default" and "by email" are no agents.
                return noun.pos in ("NOUN", "PROPN", "PRON") and (is_agent(noun) or any(c.dep in ("det", "poss") for c in sentence.children[noun.index])) and noun.lemma not in ("default", "hand", "mean", "means")
            if is_agent(noun):
                return True
    return False


def active(sentence: Sentence, duty: PassiveDuty, actor: str) -> tuple[Span, str]:
    """The stretch from the subject to the participle, and how it reads with the actor named.

    In the active where the clause lets itself be turned; else with a by-phrase.
    """
    extent = sentence.extent(duty.subject)
    last = max(duty.verbs, key=lambda v: v.index)
    span = Span(extent.start, duty.verb.span.end)
    between = [w for w in sentence.words if extent.end <= w.span.start < duty.verb.span.start]
    movable = all(w.dep in ("aux", "auxpass", "neg", "advmod") and w.head == duty.verb.index for w in between)
    particle = any(c.dep == "prt" for c in sentence.children[duty.verb.index])
    before_verb = extent.end <= duty.verb.span.start
    if duty.modal is None or len(duty.verbs) > 1 or not movable or particle or not before_verb or not duty.verb.lemma.isalpha():
        span = Span(min(extent.start, duty.verb.span.start), last.span.end)
        end = next((c.span.end for c in sentence.children[last.index] if c.dep == "prt" and c.index == last.index + 1), last.span.end)
        return Span(span.start, end), f"{sentence.slice(Span(span.start, end))} by {actor}"
    middle = " ".join(w.text for w in between if w.dep != "auxpass").replace(" n't", "n't").replace("can not", "cannot")
    words = [actor, middle, base_form(duty.verb)]
    if not (duty.subject.lower == "it" and _is_expletive(sentence, duty)):
        words.append(_object(sentence, duty.subject, extent))
    text = " ".join(words)
    return span, text[:1].upper() + text[1:] if sentence.text[extent.start : extent.start + 1].isupper() and _opens(sentence, extent.start) else text


def base_form(verb: Word) -> str:
    """The infinitive of a verb. The pipeline makes “incremente” of “incremented”, which it does not know."""
    stem = verb.lower[:-2]
    if verb.lower.endswith("ed") and verb.lemma == stem + "e" and _FULL_STEM.search(stem):
        return stem
    return verb.lemma


def _opens(sentence: Sentence, at: int) -> bool:
    return not sentence.text[:at].strip(" *_\"“(")


def _is_expletive(sentence: Sentence, duty: PassiveDuty) -> bool:
    return any(c.dep in ("ccomp", "advcl", "xcomp") and c.index > duty.verb.index and any(m.dep == "mark" or m.dep == "aux" for m in sentence.children[c.index]) for c in sentence.children[duty.verb.index])


def _object(sentence: Sentence, subject: Word, extent: Span) -> str:
    text = sentence.slice(extent)
    pronoun = {"he": "him", "she": "her", "they": "them", "i": "me", "we": "us"}.get(subject.lower)
    if pronoun and len(extent) == len(subject.text):
        return pronoun
    first = next(w for w in sentence.words if w.span.start >= extent.start)
    common = first.pos not in ("PROPN",) and not sentence.in_code(first.span)
    lower = common and text[:1].isupper() and not text[1:2].isupper() and _opens(sentence, extent.start)
    return text[:1].lower() + text[1:] if lower else text
