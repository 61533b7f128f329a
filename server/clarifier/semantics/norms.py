"""Norms: who must, may or must not do what, to what, and when. Passive and active give the same norm.

Where the grammar shows no such thing there is no norm; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from clarifier.semantics.amounts import Amount, amounts
from clarifier.semantics.conditions import Condition, conditions
from clarifier.semantics.opposites import root
from clarifier.semantics.phrases import EMPTY, Phrase, clause_phrase, only, phrase
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


class Duty(StrEnum):
    """What a norm does to an action."""

    OBLIGED = "required"
    FORBIDDEN = "forbidden"
    PERMITTED = "permitted"
    EXEMPT = "optional"


@dataclass(frozen=True, slots=True)
class Norm:
    """One duty: `bearer` does `action` (a root, with its particle) to `objects`. `weak` is should rather than must.

    `words` is the span of the modality as written, `verb` that of the action. `only_bearer`, `only_object` and `only_when` are
    spans of what makes the norm exclusive. `manner` is how it is done, as roots. `others` are the remaining phrases, by preposition.
    """

    duty: Duty
    weak: bool
    bearer: Phrase | None
    action: str
    objects: tuple[Phrase, ...]
    others: tuple[tuple[str, Phrase], ...]
    conditions: tuple[Condition, ...]
    amounts: tuple[Amount, ...]
    words: Span
    verb: Span
    manner: frozenset[str] = frozenset()
    only_bearer: Span | None = None
    only_object: Span | None = None
    only_when: Span | None = None


_FORCE = {
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
_PERMIT = words("may might can could")
_NEGATIONS = words("not n't never no neither nor cannot n’t")
_CAUSE_MAY = words("allow permit enable let authorize authorise entitle")
_CAUSE_NOT = words("prevent prohibit forbid disallow bar stop block restrict ban")
_CAUSE_MUST = words("require oblige force compel")
_ABILITY = words("ability option capability possibility mean way mechanism permission right choice capacity power facility")
_STATES = {
    "required": Duty.OBLIGED, "mandatory": Duty.OBLIGED, "compulsory": Duty.OBLIGED, "obligatory": Duty.OBLIGED, "optional": Duty.EXEMPT, "voluntary": Duty.EXEMPT,
    "forbidden": Duty.FORBIDDEN, "prohibited": Duty.FORBIDDEN, "disallowed": Duty.FORBIDDEN, "banned": Duty.FORBIDDEN, "allowed": Duty.PERMITTED, "permitted": Duty.PERMITTED,
    "recommended": Duty.OBLIGED, "unnecessary": Duty.EXEMPT,
}  # fmt: skip
_ADVERBS = words(
    "never always typically generally usually normally exclusively solely therefore thus hence however otherwise instead still even too again first next finally simply please"
)
_LEAVING_OUT = words("disable deactivate bypass skip suppress omit")
_MEANING = words("indicate mean denote represent signify describe")
_REPORTING = words("ensure guarantee note verify make remember require mandate means")
_INVERSE = {Duty.OBLIGED: Duty.FORBIDDEN, Duty.PERMITTED: Duty.FORBIDDEN, Duty.FORBIDDEN: Duty.PERMITTED, Duty.EXEMPT: Duty.OBLIGED}


def norms(sentence: Sentence) -> tuple[Norm, ...]:
    """The norms of a sentence, in order; empty where its grammar shows none or its words are not known."""
    if not sentence.words:
        return ()
    limits = conditions(sentence)
    numbers = amounts(sentence)
    inside = frozenset(i for c in limits for i in c.indices)
    found: list[Norm] = []
    for verb, duty, weak, span in _forces(sentence):
        if (
            verb.index in inside
            or verb.dep in ("relcl", "acl", "advcl", "csubj")
            or (verb.dep == "ccomp" and sentence.head(verb).lemma not in _REPORTING and sentence.head(verb).index < verb.index)
        ):
            continue
        for doing in (verb, *_joined(sentence, verb)):
            found.extend(_norm(sentence, doing, verb, duty, weak, span, limits, numbers))
    return tuple(found)


def _joined(sentence: Sentence, verb: Word) -> Iterator[Word]:
    """Verbs coordinated with a verb that share its modality."""
    for child in sentence.children[verb.index]:
        if (
            child.dep == "conj"
            and child.tag.startswith("VB")
            and not any(
                c.dep in ("nsubj", "nsubjpass", "aux") and c.tag in ("MD", "NN", "NNS", "NNP", "PRP")
                for c in sentence.children[child.index]
            )
        ):
            yield child
            yield from _joined(sentence, child)


def _forces(sentence: Sentence) -> Iterator[tuple[Word, Duty, bool, Span]]:
    """The verbs that are under a modality: which, and the span of the words that say so."""
    for word in sentence.words:
        modal = next((c for c in sentence.children[word.index] if c.tag == "MD" and c.dep == "aux"), None)
        if word.tag == "MD" and word.dep == "ROOT":
            continue
        if modal is not None and modal.lemma in ("must", "shall", "will", "should", "may", "might", "can", "could", "ca", "wo"):
            lemma = {"ca": "can", "wo": "will"}.get(modal.lemma, modal.lemma)
            duty = Duty.PERMITTED if lemma in _PERMIT else Duty.OBLIGED
            negation = _negation(sentence, word)
            if negation is not None:
                duty = Duty.FORBIDDEN
            end = max(modal.span.end, negation.span.end if negation is not None and negation.index > modal.index else 0)
            yield word, duty, _FORCE[lemma], Span(min(modal.span.start, negation.span.start if negation else modal.span.start), end)
        elif (
            word.dep == "ROOT"
            and word.tag in ("VB", "VBP")
            and not any(c.dep in ("nsubj", "nsubjpass", "expl", "csubj") for c in sentence.children[word.index])
        ):
            negation = _negation(sentence, word)
            yield (
                word,
                Duty.FORBIDDEN if negation else Duty.OBLIGED,
                False,
                Span(negation.span.start, word.span.end) if negation else word.span,
            )
        elif word.lemma in _MEANING and word.dep == "ROOT":
            continue
        elif (word.dep == "ROOT" and word.lemma == "be") or (word.lower in _STATES and word.dep == "ROOT"):
            yield word, Duty.OBLIGED, False, word.span
        elif word.dep == "ROOT" and word.tag in ("VBZ", "VBP", "VBN", "VBD"):
            negation = _negation(sentence, word)
            yield (
                word,
                Duty.FORBIDDEN if negation else Duty.OBLIGED,
                False,
                Span(negation.span.start, word.span.end) if negation else word.span,
            )


def _negation(sentence: Sentence, verb: Word) -> Word | None:
    return next(
        (c for c in sentence.children[verb.index] if (c.dep == "neg" or c.lower in ("never", "not")) and c.lower in _NEGATIONS),
        None,
    )


def _norm(
    sentence: Sentence,
    doing: Word,
    leading: Word,
    duty: Duty,
    weak: bool,
    span: Span,
    limits: tuple[Condition, ...],
    numbers: tuple[Amount, ...],
) -> Iterator[Norm]:
    below = sentence.children[doing.index]
    subject = next((c for c in sentence.children[leading.index] if c.dep in ("nsubj", "nsubjpass", "csubj")), None)
    passive = any(c.dep == "auxpass" for c in below) or (
        doing is not leading and any(c.dep == "auxpass" for c in sentence.children[leading.index])
    )
    inside = frozenset(i for c in limits for i in c.indices)
    if doing is not leading and _negation(sentence, doing) is not None:
        duty = Duty.FORBIDDEN
    state = _state(sentence, doing)
    if state is not None:
        said, whole, target = state
        negation = _negation(sentence, doing)
        said = _INVERSE[said] if negation else said
        if duty is Duty.FORBIDDEN and negation is None:
            said = _INVERSE[said]
        said = Duty.EXEMPT if negation and state[0] is Duty.OBLIGED else said
        if target is not None:
            yield _built(sentence, target, subject, False, said, weak, whole, limits, numbers, inside)
        elif subject is not None:
            yield _about(sentence, subject, said, weak or state[1] is None, whole, limits, numbers, inside)
        return
    if (
        doing.tag in ("VBZ", "VBP", "VBD")
        and doing is leading
        and span == doing.span
        and not passive
        and doing.lemma not in (*_CAUSE_MAY, *_CAUSE_NOT, *_CAUSE_MUST)
    ):
        yield _built(sentence, doing, subject, passive, duty, weak, span, limits, numbers, inside)
        return
    inner = _caused(sentence, doing)
    if inner is not None:
        target, bearer, changed = inner
        if duty is Duty.FORBIDDEN:
            changed = {Duty.PERMITTED: Duty.FORBIDDEN, Duty.OBLIGED: Duty.EXEMPT, Duty.FORBIDDEN: Duty.PERMITTED}[changed]
        whole = Span(span.start, max(span.end, doing.span.end))
        inner_passive = any(c.dep == "auxpass" for c in sentence.children[target.index])
        yield from _left_out(sentence, target, bearer, changed, weak, whole, limits, numbers, inside)
        yield _built(sentence, target, bearer, inner_passive, changed, weak, whole, limits, numbers, inside, doing)
        return
    kept_to = _kept_to(sentence, doing) if doing.lemma in ("restrict", "limit", "reserve", "confine") else None
    if kept_to is not None and duty is not Duty.FORBIDDEN:
        noun, to = kept_to
        thing = next(
            (
                k
                for c in sentence.children[noun.index]
                if c.lower in ("of", "to", "for")
                for k in sentence.children[c.index]
                if k.dep == "pobj"
            ),
            None,
        )
        recipients = inside | {w.index for w in sentence.subtree(to)}
        about = phrase(sentence, noun, recipients)
        things = (
            (phrase(sentence, thing, recipients),)
            if thing is not None
            else tuple(Phrase(r, frozenset(), about.span) for r in sorted(about.narrowing))
        )
        yield Norm(
            Duty.PERMITTED,
            weak,
            phrase(sentence, to, inside),
            root(noun.lemma),
            things,
            (),
            limits,
            numbers,
            span,
            doing.span,
            frozenset(),
            Span(doing.span.start, doing.span.end),
        )
        return
    if doing.lemma in ("require", "need") and not passive:
        target = next((c for c in below if c.dep == "dobj"), None)
        if target is not None:
            yield _about(
                sentence,
                target,
                Duty.EXEMPT if duty is Duty.FORBIDDEN else Duty.OBLIGED,
                weak,
                Span(span.start, doing.span.end),
                limits,
                numbers,
                inside,
            )
            return
    yield from _left_out(sentence, doing, subject, duty, weak, span, limits, numbers, inside)
    yield _built(sentence, doing, subject, passive, duty, weak, span, limits, numbers, inside)


def _left_out(
    sentence: Sentence,
    doing: Word,
    subject: Word | None,
    duty: Duty,
    weak: bool,
    span: Span,
    limits: tuple[Condition, ...],
    numbers: tuple[Amount, ...],
    inside: frozenset[int],
) -> Iterator[Norm]:
    """ "without validation", "without validating it", "disable the validation of leads": what is not to be done, said by a noun or a gerund."""
    below = sentence.children[doing.index]
    things = tuple(phrase(sentence, c, inside) for c in below if c.dep in ("dobj", "nsubjpass"))
    denied = {Duty.OBLIGED: Duty.FORBIDDEN, Duty.PERMITTED: Duty.EXEMPT}
    if duty not in denied:
        return
    for word in (*below, *(w for w in sentence.subtree(doing) if w.lower == "without" and w not in below)):
        if word.lower == "without":
            for step in sentence.children[word.index]:
                if step.dep in ("pobj", "pcomp"):
                    own = tuple(phrase(sentence, c, inside) for c in sentence.children[step.index] if c.dep == "dobj")
                    bearer = phrase(sentence, subject, inside) if subject is not None and subject.dep == "nsubj" else None
                    yield Norm(
                        denied[duty],
                        weak,
                        bearer,
                        root(step.lemma),
                        own or things,
                        (),
                        tuple(c for c in limits if word.index not in c.indices),
                        numbers,
                        Span(word.span.start, step.span.end),
                        step.span,
                    )
        elif doing.lemma in _LEAVING_OUT and word.dep == "dobj":
            of = next(
                (
                    k
                    for c in sentence.children[word.index]
                    if c.lower == "of"
                    for k in sentence.children[c.index]
                    if k.dep == "pobj"
                ),
                None,
            )
            whole = phrase(sentence, word, inside)
            own = (
                (phrase(sentence, of, inside),)
                if of is not None
                else tuple(Phrase(r, frozenset(), whole.span) for r in sorted(whole.narrowing))
            )
            if own:
                yield Norm(
                    denied[duty],
                    weak,
                    None,
                    root(word.lemma),
                    own,
                    (),
                    limits,
                    numbers,
                    Span(span.start, doing.span.end),
                    word.span,
                )


def _state(sentence: Sentence, verb: Word) -> tuple[Duty, Span, Word | None] | None:
    """ "is required", "are not allowed to V", "is OPTIONAL": the duty, its words, and the verb that follows, if any."""
    below = sentence.children[verb.index]
    said = (
        verb
        if verb.lower in _STATES
        else next((c for c in below if c.dep in ("acomp", "attr", "oprd") and c.lower in _STATES), None)
    )
    if said is None or any(c.dep == "agent" for c in below) or (said is verb and verb.tag not in ("VBN", "JJ", "VBD")):
        return None
    target = next(
        (c for w in (said, verb) for c in sentence.children[w.index] if c.dep in ("xcomp", "ccomp", "advcl") and c.tag == "VB"),
        None,
    )
    negation = _negation(sentence, verb)
    return (
        _STATES[said.lower],
        Span(min(said.span.start, negation.span.start if negation else said.span.start), said.span.end),
        target,
    )


def _caused(sentence: Sentence, verb: Word) -> tuple[Word, Word | None, Duty] | None:
    """ "allow users to V", "prevent a user from V-ing", "provide users with the ability to V", "be able to V"."""
    below = sentence.children[verb.index]
    if verb.lemma in _CAUSE_MAY or verb.lemma in _CAUSE_MUST:
        target = next((c for c in below if c.dep in ("ccomp", "xcomp") and c.tag in ("VB", "VBN")), None)
        target = target or next(
            (
                c
                for w in below
                if w.dep == "dobj"
                for c in sentence.subtree(w)
                if c.tag == "VB"
                and c.dep in ("relcl", "acl", "xcomp", "amod")
                and any(k.lemma == "to" for k in sentence.words[max(0, c.index - 2) : c.index])
            ),
            None,
        )
        if target is not None:
            bearer = next((c for c in sentence.children[target.index] if c.dep in ("nsubj", "nsubjpass")), None) or next(
                (c for c in below if c.dep == "dobj" and c.index < target.index), None
            )
            return target, bearer, Duty.OBLIGED if verb.lemma in _CAUSE_MUST else Duty.PERMITTED
    if verb.lemma in _CAUSE_NOT:
        target = next(
            (
                c
                for w in sentence.subtree(verb)
                if w.lower in ("from", "to") and w.dep == "prep"
                for c in sentence.children[w.index]
                if c.dep == "pcomp"
            ),
            None,
        )
        bearer = next((c for c in below if c.dep == "dobj"), None)
        if target is not None:
            return target, bearer, Duty.FORBIDDEN
    if verb.lemma == "be":
        able = next((c for c in below if c.lower == "able"), None)
        target = next((c for w in ([able] if able else []) for c in sentence.children[w.index] if c.dep == "xcomp"), None)
        if target is not None:
            return target, next((c for c in below if c.dep == "nsubj"), None), Duty.PERMITTED
    if verb.lemma in ("provide", "have", "give", "offer", "include"):
        power = next((w for w in sentence.subtree(verb) if w.lemma in _ABILITY and w.index > verb.index), None)
        target = (
            next((c for c in sentence.children[power.index] if c.tag == "VB" and c.dep in ("acl", "relcl", "xcomp")), None)
            if power
            else None
        )
        if target is not None and power is not None:
            bearer = next((c for c in below if c.dep in ("dobj", "dative") and c is not power), None) or next(
                (c for c in below if c.dep == "nsubj"), None
            )
            return target, bearer, Duty.PERMITTED
    return None


def _kept_to(sentence: Sentence, verb: Word) -> tuple[Word, Word] | None:
    """ "restrict the creation of reports to managers": what is kept, and to whom."""
    noun = next((c for c in sentence.children[verb.index] if c.dep in ("dobj", "nsubjpass")), None)
    if noun is None:
        return None
    # The parser hangs "to managers" on the verb or on any noun before it.
    last = [
        k
        for w in sentence.subtree(verb)
        if w.lower == "to" and w.dep in ("prep", "dative") and w.index > noun.index
        for k in sentence.children[w.index]
        if k.dep == "pobj"
    ]
    return (noun, last[-1]) if last and not any(c.tag == "CD" for c in sentence.subtree(last[-1])) else None


def _about(
    sentence: Sentence,
    noun: Word,
    duty: Duty,
    weak: bool,
    span: Span,
    limits: tuple[Condition, ...],
    numbers: tuple[Amount, ...],
    inside: frozenset[int],
) -> Norm:
    """A norm about a thing ("Authentication is optional"): its head is the action, what narrows it are the objects."""
    whole = phrase(sentence, noun, inside)
    return Norm(
        duty,
        weak,
        None,
        root(noun.lemma),
        tuple(Phrase(r, frozenset(), whole.span) for r in sorted(whole.narrowing)),
        (),
        limits,
        numbers,
        span,
        noun.span,
        frozenset(),
        only(sentence, noun),
    )


def _built(
    sentence: Sentence, verb: Word, subject: Word | None, passive: bool, duty: Duty, weak: bool, span: Span, limits: tuple[Condition, ...],
    numbers: tuple[Amount, ...], inside: frozenset[int], through: Word | None = None,
) -> Norm:  # fmt: skip
    below = [c for c in sentence.children[verb.index] if c.index not in inside]
    agent = next((k for c in below if c.dep == "agent" for k in sentence.children[c.index] if k.dep == "pobj"), None)
    things = [
        c
        for c in below
        if (c.dep in ("dobj", "attr", "acomp", "oprd") or (c.dep == "dative" and c.tag != "IN" and c.tag != "TO"))
        and c is not subject
    ]
    bearer = agent if passive else subject
    if passive and subject is not None:
        things.insert(0, subject)
    things += [k for t in list(things) for k in sentence.children[t.index] if k.dep == "conj" and k.pos in ("NOUN", "PROPN")]
    particle = next((c.lemma for c in below if c.dep == "prt" and c.tag in ("RP", "IN", "RB")), "")
    others: list[tuple[str, Phrase]] = []
    for word in (*below, *(sentence.children[through.index] if through is not None else ())):
        if (word.dep == "prep" or (word.dep == "dative" and word.tag in ("IN", "TO"))) and word.index not in inside:
            others.extend((word.lower, phrase(sentence, k, inside)) for k in sentence.children[word.index] if k.dep == "pobj")
    clause = next((c for c in below if c.dep in ("ccomp", "xcomp") and c.index > verb.index), None)
    said = [clause_phrase(sentence, clause, inside)] if clause is not None else []
    manner = frozenset(
        root(c.lemma)
        for c in below
        if c.dep in ("advmod", "npadvmod") and c.lower not in EMPTY and c.lemma not in EMPTY and c.lower not in _ADVERBS
    )
    narrowed = phrase(sentence, bearer, inside) if bearer is not None and bearer.lower != "you" else None
    only_object = next((o for t in things if (o := only(sentence, t)) is not None), None)
    only_bearer = only(sentence, bearer) if bearer is not None else None
    adverb = next(
        (
            c
            for c in (*below, *(sentence.children[through.index] if through else ()))
            if c.lower in ("only", "exclusively", "solely")
        ),
        None,
    )
    only_when = next((c.only for c in limits if c.only is not None), None)
    if adverb is not None and through is not None and adverb.head == through.index and bearer is not None and only_bearer is None:
        only_bearer = adverb.span
    if only_when is None and adverb is not None and only_bearer is None and only_object is None and not passive:
        only_object = adverb.span
    return Norm(
        duty, weak, narrowed, root(verb.lemma) + (f" {particle}" if particle else ""), (*(phrase(sentence, t, inside) for t in things), *said), tuple(others), limits,
        tuple(numbers), span, verb.span, manner, only_bearer, only_object, only_when,
    )  # fmt: skip
