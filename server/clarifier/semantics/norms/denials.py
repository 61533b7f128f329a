"""What a sentence says in passing is not done: "without validation", "disable the encryption of mails", "suspend logging"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clarifier.semantics.norms.acts import Act, Scope, act_of_noun, act_of_verb
from clarifier.semantics.norms.duty import Duty
from clarifier.semantics.phrases import IN_PLACE, POINTING
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Word
from clarifier.text.source import Span

_LEAVING_OUT = words("disable deactivate bypass skip suppress omit suspend stop halt cease inhibit avoid pause discontinue forgo")
_REFRAINING = words("refrain abstain desist")
DENIED = {Duty.OBLIGED: Duty.FORBIDDEN, Duty.PERMITTED: Duty.EXEMPT}


def denied(within: Scope, doing: Word, subject: Word | None) -> Iterator[tuple[Act, Span]]:
    """The acts that are left out when a verb is done as the sentence says, each with the words that say so."""
    actor = subject if subject is not None and subject.dep == "nsubj" else None
    aside = frozenset(w.index for w in within.sentence.subtree(subject)) if subject is not None else frozenset()
    for word in within.sentence.subtree(doing):
        if word.index in aside:
            continue
        if word.lower == "without":
            for step in within.below(word):
                if step.dep in ("pobj", "pcomp"):
                    yield _left_out(within.free_of(word), doing, step, actor), Span(word.span.start, step.span.end)
        elif word.lower in IN_PLACE and (other := _displaced(within, word)) is not None:
            yield _foregone(within, doing, subject, word, other), Span(word.span.start, other.span.end)
        elif word.tag == "VBG" and word.lemma in _LEAVING_OUT and word.dep in ("advcl", "acl") and word.index > doing.index:
            thing = next((c for c in within.below(word) if c.dep == "dobj"), None)
            act = act_of_noun(within, thing) if thing is not None else None
            if act is not None and act.objects:
                yield (
                    replace(act, bearer=act.bearer or (within.phrase(actor) if actor else None)),
                    Span(word.span.start, act.verb.end),
                )
        elif word.head == doing.index and doing.lemma in _LEAVING_OUT:
            if word.dep == "xcomp" and word.tag == "VBG":
                yield act_of_verb(within, word, actor, False), Span(doing.span.start, word.span.end)
            elif word.dep in ("dobj", "nsubjpass"):
                act = act_of_noun(within, word)
                if act.objects:
                    yield act, doing.span
        elif word.lower == "from" and word.head == doing.index and doing.lemma in _REFRAINING:
            for step in within.below(word):
                if step.dep == "pcomp":
                    yield act_of_verb(within, step, actor, False), Span(doing.span.start, step.span.end)


def _foregone(within: Scope, doing: Word, subject: Word | None, marker: Word, other: Word) -> Act:
    """What is not done because something else is: another act, or the same one on another thing or at another place."""
    act = act_of_verb(within, doing, subject, subject is not None and subject.dep == "nsubjpass")
    if other.tag == "VBG":
        instead = act_of_verb(within, other, None, False)
        pointing = all(o.head in POINTING for o in instead.objects)
        return replace(instead, bearer=act.bearer, objects=act.objects if pointing else instead.objects)
    named = within.phrase(other)
    chosen = within.sentence.words[marker.index - 1]
    preposition = within.sentence.head(chosen)
    if chosen.dep == "pobj" and preposition.index > doing.index and preposition.lower != "of":
        rest = tuple((p, o) for p, o in act.others if p != preposition.lower)
        return replace(act, others=((preposition.lower, named), *rest))
    return replace(act, objects=(named,))


def _displaced(within: Scope, marker: Word) -> Word | None:
    """What something is done in the place of: "use YAML instead of JSON", "mask names rather than deleting them"."""
    following = within.sentence.words[marker.index + 1 :]
    if not following or following[0].lower != IN_PLACE[marker.lower]:
        return None
    noun: Word | None = None
    for word in following[1:]:
        if word.tag == "VBG" and noun is None:
            return word
        if word.pos not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "X"):
            break
        noun = word if word.pos in ("NOUN", "PROPN") else noun
    return noun


def _left_out(within: Scope, doing: Word, step: Word, actor: Word | None) -> Act:
    """The act behind "without"; where it names no thing, it is one on what the verb acts on."""
    bearer = within.phrase(actor) if actor is not None else None
    if step.dep == "pcomp":
        light = next((c for c in within.below(step) if c.dep == "dobj" and is_light(step, c)), None)
        act = act_of_noun(within, light) if light is not None else act_of_verb(within, step, actor, False)
    else:
        act = act_of_noun(within, step)
    act = replace(act, bearer=act.bearer or bearer, verb=step.span)
    if act.objects and not all(o.head in POINTING for o in act.objects):
        return act
    leading = within.sentence.head(doing) if doing.dep == "conj" else doing
    things = [c for v in dict.fromkeys((doing, leading)) for c in within.below(v) if c.dep in ("dobj", "nsubjpass")]
    return replace(act, objects=tuple(map(within.phrase, things)))


_LIGHT = words("perform conduct execute undertake carry do make apply initiate")
_ACTS = ("tion", "sion", "ment", "ance", "ence", "ysis", "al", "ing", "ery", "age")
_NO_ACTS = words(
    "operation action function transaction application information documentation section position option condition version session question instruction "
    "location document element component statement argument environment performance sequence reference evidence sentence message page image package "
    "string thing king ring meal goal signal terminal manual journal interval query"
)


def is_light(verb: Word, noun: Word) -> bool:
    """Whether a verb only says that what its object names is done: "perform the deletion of"."""
    return verb.lemma in _LIGHT and noun.lemma.lower().endswith(_ACTS) and noun.lemma.lower() not in _NO_ACTS
