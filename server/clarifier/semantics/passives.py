"""Duties in the passive: what must be done, and whether the sentence says by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.semantics.actors import modal_of
from clarifier.semantics.agents import is_agent
from clarifier.semantics.wordlists import words
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
    "abbreviate spell write model root scope version build tag situate subject initialize initialise"
)
# Of these the ones that say what is done where a modal makes a duty of them.
_DONE_BY_DUTY = words(
    "initialize initialise ask tell advise hold meet satisfy cover store sign fill place position present write build use list apply treat terminate determine share tag identify expose preserve connect"
)
_NO_DOERS = words(
    "default hand mean means end time date deadline start beginning close day week month factor number amount rule law policy convention email mail post phone chance order way name"
)
_ON = frozenset(("in", "on", "at", "within", "inside", "via", "through", "using", "with", "into"))
_FULL_STEM = re.compile(r"(?:[nscpflrx]t|sh|ch|ck|ss|[lnr]d|[rs]k|[rl]m|ll|[aeo][wy]|x)$")


@dataclass(frozen=True)
class PassiveDuty:
    """A passive main clause: its verb, its subject, the modal if there is one, and all verbs that share the subject.

    `obliging` is the verb of “needs to be”, “has to be” and the like, where one stands in the modal's place.
    """

    verb: Word
    subject: Word
    modal: Word | None
    verbs: tuple[Word, ...]
    obliging: Word | None = None

    @property
    def is_duty(self) -> bool:
        """Whether a modal or a verb of need makes it an obligation."""
        return self.obliging is not None or (
            self.modal is not None and self.modal.lower in ("must", "shall", "should", "will", "ought")
        )


def passive_duties(sentence: Sentence) -> Iterator[PassiveDuty]:
    """The passive main clauses of a sentence in which something is done and no one is said to do it."""
    for verb in sentence.words:
        obliging = _obliging(sentence, verb)
        subject = next((c for c in sentence.children[(obliging or verb).index] if c.dep in ("nsubjpass", "nsubj")), None)
        if (
            subject is None
            or verb.tag not in ("VBN", "VBD")
            or not _is_main(sentence, obliging or verb)
            or sentence.in_code(verb.span)
        ):
            continue
        passive = next((c for c in sentence.children[verb.index] if c.dep == "auxpass"), None)
        modal = modal_of(sentence, verb)
        # “Gets shuffled” tells what happens, not what someone is to do.
        if passive is None or (modal is None and passive.lemma == "get") or _has_doer(sentence, verb):
            continue
        if modal is not None and modal.index < subject.index < verb.index:
            continue  # “should it be determined that …” is a condition
        verbs = (verb, *_joined(sentence, verb))
        if any(_says_who(sentence, v) for v in verbs) or _is_state(sentence, verb, modal or obliging):
            continue
        yield PassiveDuty(verb, subject, modal, verbs, obliging)


def _obliging(sentence: Sentence, verb: Word) -> Word | None:
    """“Needs” of “needs to be closed”; None if nothing of the kind governs the verb."""
    above = sentence.head(verb)
    if (
        verb.dep != "xcomp"
        or above.lemma not in ("need", "have", "require", "be")
        or not any(c.lower == "to" for c in sentence.children[verb.index])
    ):
        return None
    return above if above.lemma != "require" or above.tag == "VBN" else None


def _has_doer(sentence: Sentence, verb: Word) -> bool:
    """Whether the clause is joined to one that binds an actor: “the server must receive it, and it must be logged”."""
    before = [
        c
        for c in sentence.children[verb.index]
        if c.dep == "ccomp" and c.index < verb.index and not any(m.dep == "mark" for m in sentence.children[c.index])
    ]
    while verb.dep == "conj":
        verb = sentence.head(verb)
        before.append(verb)
    return any(c.dep == "nsubj" and is_agent(c) for other in before for c in sentence.children[other.index])


def _joined(sentence: Sentence, verb: Word) -> Iterator[Word]:
    """The participles that share the verb's subject and stand beside it: “validated, signed and stored”."""
    at = verb
    for word in sentence.words[verb.index + 1 :]:
        if (
            word.dep == "conj"
            and word.tag in ("VBN", "VBD")
            and not any(c.dep in ("nsubj", "nsubjpass", "aux") for c in sentence.children[word.index])
        ):
            if (
                re.fullmatch(
                    r"\s*+(?:,\s*+)?(?:and then|and|or|then)?\s*+(?:\w+ly\s++)?", sentence.slice(Span(at.span.end, word.span.start))
                )
                is None
            ):
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
            if (
                is_agent(noun)
                or (prep.lower == "by" and _is_doer(sentence, noun))
                or (prep.lower == "with" and _is_anyones(sentence, noun))
            ):
                return True
    return False


def _is_doer(sentence: Sentence, noun: Word) -> bool:
    """Whether what stands behind “by” does something: “by 5 %”, “by one”, “by default” and “by email” do not."""
    named = any(c.dep in ("det", "poss") for c in sentence.children[noun.index])
    return noun.pos in ("NOUN", "PROPN", "PRON") and named and noun.lemma not in _NO_DOERS


def _is_anyones(sentence: Sentence, noun: Word) -> bool:
    """Whether an instrument belongs to an actor, who then uses it: “with the key of the client”."""
    return any(
        (c.dep == "poss" and is_agent(c)) or (c.lower == "of" and any(is_agent(g) for g in sentence.children[c.index]))
        for c in sentence.children[noun.index]
    )


def active(sentence: Sentence, duty: PassiveDuty, actor: str) -> tuple[Span, str]:
    """The stretch from the subject to the participle, and how it reads with the actor named.

    In the active where the clause lets itself be turned; else with a by-phrase.
    """
    extent = _subject_extent(sentence, duty.subject)
    if _is_cut_off(sentence, extent):
        # The parse has left part of the subject out; the verbs alone are sure.
        first = next((w for w in sentence.words[duty.subject.index + 1 :] if w.dep in ("aux", "auxpass")), duty.verb)
        extent = Span(min(first.span.start, duty.verb.span.start), min(first.span.start, duty.verb.span.start))
    last = max(duty.verbs, key=lambda v: v.index)
    span = Span(extent.start, duty.verb.span.end)
    between = [w for w in sentence.words if extent.end <= w.span.start < duty.verb.span.start]
    movable = all(w.dep in ("aux", "auxpass", "neg", "advmod") and w.head == duty.verb.index for w in between)
    particle = _trailing(sentence, duty.verb) is not None or any(w.lemma == "have" for w in between)
    before_verb = extent.end <= duty.verb.span.start
    shares = any(
        c.dep == "conj" and not any(g.dep in ("nsubj", "nsubjpass") for g in sentence.children[c.index])
        for c in sentence.children[duty.verb.index]
    )
    marked = len(extent) == 0 or any(
        m.span.start < span.end and span.start < m.span.end and not m.span.covers(span) for m in sentence.marks
    )
    if duty.modal is None or shares or not movable or particle or not before_verb or marked or not duty.verb.lemma.isalpha():
        span = Span(min(extent.start, duty.verb.span.start), last.span.end)
        trailing = _trailing(sentence, last)
        end = trailing.span.end if trailing is not None else last.span.end
        return Span(span.start, end), f"{sentence.slice(Span(span.start, end))} by {actor}"
    middle = (
        " ".join(w.text for w in between if w.dep != "auxpass")
        .replace(" n't", "n't")
        .replace(" n’t", "n’t")
        .replace("can not", "cannot")
    )
    words = [actor, middle, base_form(duty.verb)]
    if not (duty.subject.lower == "it" and _is_expletive(sentence, duty)):
        words.append(_object(sentence, duty.subject, extent))
    text = " ".join(words)
    return span, text[:1].upper() + text[1:] if sentence.text[extent.start : extent.start + 1].isupper() and _opens(
        sentence, extent.start
    ) else text


def _subject_extent(sentence: Sentence, subject: Word) -> Span:
    """The words of a subject. In “if it is full, new requests …” the parse takes “full” for one of them."""
    extent = sentence.extent(subject)
    first = next(w for w in sentence.words if w.span.start >= extent.start)
    comma = next((w for w in sentence.subtree(subject) if w.text == "," and w.index < subject.index), None)
    if comma is not None and first.index > 0 and sentence.words[first.index - 1].pos in ("AUX", "VERB"):
        return Span(sentence.words[comma.index + 1].span.start, extent.end)
    return extent


def _is_cut_off(sentence: Sentence, extent: Span) -> bool:
    """Whether the words before a subject belong to it too: it does not begin with its article, and no verb or comma parts them."""
    first = next((w for w in sentence.words if w.span.start >= extent.start), None)
    if first is not None and first.pos in ("DET", "PRON"):
        return False
    before = next((w for w in reversed(sentence.words) if w.span.end <= extent.start), None)
    return (
        before is not None
        and before.pos in ("DET", "ADJ", "NOUN", "PROPN", "ADP", "NUM", "PRON")
        and sentence.text[before.span.end : extent.start].strip() == ""
    )


def _trailing(sentence: Sentence, verb: Word) -> Word | None:
    """The particle or stranded preposition right behind a verb: “shut down”, “dealt with”."""
    return next(
        (
            c
            for c in sentence.children[verb.index]
            if c.index == verb.index + 1 and (c.dep == "prt" or (c.dep == "prep" and not sentence.children[c.index]))
        ),
        None,
    )


def base_form(verb: Word) -> str:
    """The infinitive of a verb. The pipeline makes “incremente” of “incremented”, which it does not know."""
    stem = verb.lower[:-2]
    if verb.lower.endswith("ed") and verb.lemma == stem + "e" and _FULL_STEM.search(stem):
        return stem
    return verb.lemma


def _opens(sentence: Sentence, at: int) -> bool:
    return not sentence.text[:at].strip(' *_"“(')


def _is_expletive(sentence: Sentence, duty: PassiveDuty) -> bool:
    return any(
        c.dep in ("ccomp", "advcl", "xcomp")
        and c.index > duty.verb.index
        and any(m.dep == "mark" or m.dep == "aux" for m in sentence.children[c.index])
        for c in sentence.children[duty.verb.index]
    )


def _object(sentence: Sentence, subject: Word, extent: Span) -> str:
    text = sentence.slice(extent)
    pronoun = {"he": "him", "she": "her", "they": "them", "i": "me", "we": "us"}.get(subject.lower)
    if pronoun and len(extent) == len(subject.text):
        return pronoun
    first = next(w for w in sentence.words if w.span.start >= extent.start)
    common = first.pos not in ("PROPN",) and not sentence.in_code(first.span)
    lower = common and text[:1].isupper() and not text[1:2].isupper() and _opens(sentence, extent.start)
    return text[:1].lower() + text[1:] if lower else text
