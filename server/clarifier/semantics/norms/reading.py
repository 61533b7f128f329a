"""The norms of a sentence: each duty with the act that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clarifier.semantics.amounts import Amount
from clarifier.semantics.conditions import Condition
from clarifier.semantics.norms.acts import Act, Scope, act_of_noun, act_of_verb, scope
from clarifier.semantics.norms.causing import MAY, MUST, NOT, Caused, caused
from clarifier.semantics.norms.denials import DENIED, denied, is_light
from clarifier.semantics.norms.duty import NEGATED, Duty, Force, forces, joined, negation
from clarifier.semantics.norms.states import state, unaltered
from clarifier.semantics.phrases import POINTING, Phrase
from clarifier.semantics.verbs import HIDING, SEE, SHOWING
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


@dataclass(frozen=True, slots=True)
class Norm:
    """One duty: `bearer` does `action` (a root, with its particle) to `objects`. `weak` is should rather than must.

    `words` is the span of the modality as written, `verb` that of the action. `only_bearer`, `only_object` and `only_when` are
    spans of what makes the norm exclusive. `conceded` are cases in which it holds all the same; where it is
    `hedged` ("typically") there are others in which it does not. `manner` is how it is done, as roots. `others` are the remaining phrases, by preposition.
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
    conceded: tuple[Condition, ...] = ()
    hedged: bool = False


_ASKING = words("which what who whose whom how why whether")
_REPORTING = words("ensure guarantee note verify make remember require mandate means")


def norms(sentence: Sentence) -> tuple[Norm, ...]:
    """The norms of a sentence, in order; empty where its grammar shows none or its words are not known."""
    if not sentence.words:
        return ()
    within = scope(sentence)
    found: list[Norm] = []
    for force in forces(sentence):
        if force.misread and force.verb.index not in within.inside:
            for doing in (force.verb, *joined(sentence, force.verb)):
                found.extend(_norms(within, force, doing))
        elif force.verb.dep == "relcl" and force.verb.index not in within.inside:
            found.extend(_relative(within, force))
        elif not _tells(within, force.verb):
            for doing in (force.verb, *joined(sentence, force.verb)):
                found.extend(replace(n, hedged=True) if force.hedged else n for n in _norms(within, force, doing))
    return tuple(found)


def _relative(within: Scope, force: Force) -> Iterator[Norm]:
    """The duty of what a relative clause stands behind: "files that SHOULD be described"."""
    subject = next((c for c in within.below(force.verb) if c.dep in ("nsubj", "nsubjpass")), None)
    modal = next((c for c in within.below(force.verb) if c.tag == "MD"), None)
    if (
        subject is None
        or modal is None
        or subject.tag not in ("WDT", "WP")
        or force.duty is Duty.PERMITTED
        or not modal.text.isupper()
    ):
        return
    passive = subject.dep == "nsubjpass"
    act = act_of_verb(within, force.verb, subject, passive)
    antecedent = within.sentence.head(force.verb)
    who = within.phrase(antecedent, frozenset(w.index for w in within.sentence.subtree(force.verb)))
    told = replace(act, objects=(who, *act.objects[1:])) if passive else replace(act, bearer=who)
    yield _norm(within, force.duty, force.weak, force.words, told)


def _tells(within: Scope, verb: Word) -> bool:
    """Whether a verb only tells of something: in a condition, a relative clause, or reported by another verb."""
    asking = within.sentence.words[0]
    if asking.lower in _ASKING and verb in within.sentence.ancestors(asking):
        return True  # "Which goals the assistant may pursue" names a question
    if verb.index in within.inside or verb.dep in ("relcl", "acl", "advcl", "csubj"):
        return True
    head = within.sentence.head(verb)
    return verb.dep == "ccomp" and head.lemma not in _REPORTING and head.index < verb.index


def _norms(within: Scope, force: Force, doing: Word) -> Iterator[Norm]:
    """The norms of one verb under a duty: the one that it states, and those that it implies."""
    duty, leading = force.duty, force.verb
    subject = _named(within, _subject(within, leading))
    passive = any(c.dep == "auxpass" for v in {doing, leading} for c in within.below(v))
    if doing is not leading and negation(within.sentence, doing) is not None:
        duty = Duty.FORBIDDEN
    unchanged = unaltered(within, doing, subject)
    if unchanged is not None and duty in DENIED:
        yield _norm(within, DENIED[duty], force.weak, force.words, unchanged)
    said = state(within, doing, subject, duty)
    if said is not None:
        if said.act is not None:
            yield _norm(within, said.duty, force.weak or said.weak, said.words, said.act)
        return
    causing = doing.lemma in MAY or doing.lemma in NOT or doing.lemma in MUST
    told = doing.lower != "responsible" and not causing
    if force.plain and doing is leading and not passive and told and force.words == doing.span:
        yield _norm(within, duty, force.weak, force.words, act_of_verb(within, doing, subject, passive))
        return
    inner = caused(within, doing)
    if inner is not None:
        yield from _caused(within, force, doing, duty, inner)
        return
    needed = next((c for c in within.below(doing) if c.dep == "dobj"), None)
    if doing.lemma in ("require", "need") and not passive and needed is not None:
        about = act_of_noun(within, needed)
        whole = Span(force.words.start, doing.span.end)
        yield _norm(within, Duty.EXEMPT if duty is Duty.FORBIDDEN else Duty.OBLIGED, force.weak, whole, about)
        return
    if duty in DENIED:
        for act, where in denied(within, doing, subject):
            yield _norm(within, DENIED[duty], force.weak, where, act)
    act = act_of_verb(within, doing, subject, passive)
    if not act.objects and not passive:
        act = replace(act, objects=_shared(within, doing))
    yield _norm(within, duty, force.weak, force.words, act)
    if duty in DENIED:
        for means, said_by in _means(within, doing, act):
            yield _norm(within, duty, force.weak, said_by, means)
    seen = _seen(act, duty)
    if seen is not None:
        yield _norm(within, seen[0], force.weak, force.words, seen[1])
    thing = next((c for c in within.below(doing) if c.dep in ("dobj", "nsubjpass") and is_light(doing, c)), None)
    if thing is not None:
        done = act_of_noun(within, thing)
        on = tuple(o for p, o in act.others if p in ("on", "of", "for"))
        named = replace(
            done, bearer=done.bearer or act.bearer, verb=doing.span, objects=on or done.objects, only_bearer=act.only_bearer
        )
        yield _norm(within, duty, force.weak, force.words, named)


def _means(within: Scope, doing: Word, act: Act) -> Iterator[tuple[Act, Span]]:
    """The acts by which an act is done, which are done with it: "by checking the certificate"; each with its words."""
    for by in within.below(doing):
        if by.lower == "by" and by.index not in within.inside:
            for step in within.below(by):
                if step.dep == "pcomp" and step.tag == "VBG" and any(c.dep == "dobj" for c in within.below(step)):
                    done = act_of_verb(within, step, None, False)
                    yield replace(done, bearer=act.bearer), Span(by.span.start, step.span.end)


def _seen(act: Act, duty: Duty) -> tuple[Duty, Act] | None:
    """Who may see a thing that is shown to him, or hidden from him, and so what he may do or not."""
    shown, hidden = act.action in SHOWING, act.action in HIDING
    viewer = next((o for p, o in act.others if (p == "to" and shown) or (p == "from" and hidden)), None)
    if viewer is None or not viewer.person or duty is Duty.EXEMPT or (hidden and duty is not Duty.OBLIGED):
        return None
    denied = hidden or duty is Duty.FORBIDDEN
    others = tuple((p, o) for p, o in act.others if o is not viewer)
    return (Duty.FORBIDDEN if denied else Duty.PERMITTED), Act(viewer, SEE, act.objects, act.verb, others, act.manner)


def _subject(within: Scope, verb: Word) -> Word | None:
    """The subject of a verb, its own or that of the verb that it is joined to."""
    own = next((c for c in within.below(verb) if c.dep in ("nsubj", "nsubjpass", "csubj")), None)
    if own is not None and own.index in within.inside:
        return _outside(within, verb)
    if own is not None or verb.dep != "conj" or any(c.dep in ("auxpass", "expl") for c in within.below(verb)):
        return own
    first = within.sentence.head(verb)
    return None if any(c.dep == "auxpass" for c in within.below(first)) else _subject(within, first)


def _outside(within: Scope, verb: Word) -> Word | None:
    """The noun behind a condition and before the verb, where the parser took the one in the condition for the subject."""
    between = [w for w in within.sentence.words[: verb.index] if w.index > max(within.inside & set(range(verb.index)), default=-1)]
    return next((w for w in between if w.pos in ("NOUN", "PROPN") and w.dep not in ("compound", "pobj")), None)


def _named(within: Scope, subject: Word | None) -> Word | None:
    """The subject that a pronoun stands for where the clause before it has one: "although titles may be long, they must …"."""
    if subject is None or subject.lower not in ("it", "they"):
        return subject
    plural = subject.lower == "they"
    earlier = [w for w in within.sentence.words[: subject.index] if w.dep in ("nsubj", "nsubjpass") and w.pos in ("NOUN", "PROPN")]
    fitting = [w for w in earlier if (w.tag in ("NNS", "NNPS")) == plural]
    return fitting[0] if len(fitting) == 1 else subject


def _shared(within: Scope, verb: Word) -> tuple[Phrase, ...]:
    """The things of a verb that names none but is joined to one that does: "ignore and discard the frame"."""
    further = next((v for v in within.below(verb) if v.dep == "conj" and v.tag == verb.tag and v.index - verb.index <= 3), None)
    things = [c for c in within.below(further) if c.dep == "dobj"] if further is not None else []
    return tuple(map(within.phrase, things)) if not any(c.dep == "prep" for c in within.below(verb)) else ()


def _caused(within: Scope, force: Force, doing: Word, duty: Duty, inner: Caused) -> Iterator[Norm]:
    """The norms of those whom a verb puts under a duty."""
    changed = NEGATED[inner.duty] if duty is Duty.FORBIDDEN else inner.duty
    whole = Span(force.words.start, max(force.words.end, doing.span.end))
    if inner.target is not None and changed in DENIED:
        for act, where in denied(within, inner.target, None):
            yield _norm(within, DENIED[changed], force.weak, where, act)
    yield _norm(within, changed, force.weak, whole, inner.act, inner.exclusive, inner.moment)
    for further in joined(within.sentence, inner.target) if inner.target is not None else ():
        act = act_of_verb(within, further, None, False)
        if act.objects and all(o.head in POINTING for o in act.objects):
            act = replace(act, objects=inner.act.objects)
        yield _norm(
            within, changed, force.weak, whole, replace(act, bearer=act.bearer or inner.act.bearer), inner.exclusive, inner.moment
        )


def _norm(
    within: Scope, duty: Duty, weak: bool, said: Span, act: Act, exclusive: Span | None = None, moment: Span | None = None
) -> Norm:
    """The norm that puts an act under a duty. Conditions that hold the very words of the duty are none of it."""
    limits = tuple(c for c in within.conditions if not (c.span.start <= said.start and said.end <= c.span.end))
    return Norm(
        duty,
        weak,
        act.bearer,
        act.action,
        act.objects,
        act.others,
        limits,
        within.amounts,
        said,
        act.verb,
        act.manner,
        exclusive or act.only_bearer,
        act.only_object,
        moment or next((c.only for c in limits if c.only is not None), None),
        within.conceded,
    )
