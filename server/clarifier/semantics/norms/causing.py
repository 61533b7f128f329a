"""Verbs that put somebody else under a duty: "allow users to", "prevent users from", "restrict … to", "provide the ability to"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clarifier.semantics.norms.acts import ONLY, Act, Scope, act_of_noun, act_of_verb
from clarifier.semantics.norms.duty import Duty
from clarifier.semantics.phrases import Phrase, only
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Word
from clarifier.text.source import Span

MAY = words("allow permit enable let authorize authorise entitle empower")
NOT = words("prevent prohibit forbid disallow bar stop block restrict ban preclude")
MUST = words("require oblige force compel ask prompt instruct tell request direct order urge")
_KEEP = words("restrict limit reserve confine")
_POWER = words(
    "ability option capability possibility mean means way mechanism permission right choice capacity power facility authority privilege opportunity function functionality"
)
_GIVE = words("provide have give offer include grant support")
_LEAVE = words("permit permitted allow allowed authorize authorized authorise authorised entitle entitled able")
_MOMENTS = words(
    "event step phase period time moment stage setup session configuration occasion hour day week month window case situation emergency"
)
_REVOKE = words("disable remove revoke withdraw deny block")
_CHUNK = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PUNCT", "ADV", "CCONJ", "X")


@dataclass(frozen=True, slots=True)
class Caused:
    """A duty that a verb puts on an act. `exclusive` is the span of what keeps the act to its bearer, `moment` to a time or case."""

    duty: Duty
    act: Act
    target: Word | None
    exclusive: Span | None = None
    moment: Span | None = None


def caused(within: Scope, verb: Word) -> Caused | None:
    """The duty that a verb puts on somebody else's act, or on an act that a noun names; None for other verbs."""
    return _let(within, verb) or _prevented(within, verb) or _able(within, verb) or _empowered(within, verb) or _kept(within, verb)


def _let(within: Scope, verb: Word) -> Caused | None:
    """ "allow users to V", "require users to V", "allow only users with a key to V", "allow V-ing"."""
    if verb.lemma not in MAY and verb.lemma not in MUST:
        return None
    duty = Duty.OBLIGED if verb.lemma in MUST else Duty.PERMITTED
    target = _infinitive(within, verb)
    if target is None:
        return _allowing(within, verb) if duty is Duty.PERMITTED else None
    bearer = _bearer(within, verb, target)
    chosen = _chosen(within, target)
    if chosen is not None:
        return Caused(duty, act_of_verb(within, chosen[0], bearer, False), *chosen)
    inner = _granted(within, target)
    target = inner or target
    passive = any(c.dep == "auxpass" for c in within.below(target))
    act = act_of_verb(within, target, bearer, passive, verb)
    exclusive = act.only_bearer
    if exclusive is None and bearer is not None and act.only_object is None:
        first = within.sentence.words[verb.index + 1] if verb.index + 1 < len(within.sentence.words) else None
        exclusive = first.span if first is not None and first.lower in ONLY else None
    if exclusive is None and passive and act.bearer is not None:
        adverb = next((c for c in within.below(verb) if c.lower in ONLY), None)
        exclusive = adverb.span if adverb is not None else None
    return Caused(duty, act, target, exclusive)


def _allowing(within: Scope, verb: Word) -> Caused | None:
    """ "allow V-ing", "allow for the sorting of lists", "permit access to files": anyone may."""
    inner = next((c for c in within.below(verb) if c.tag == "VBG" and c.dep in ("xcomp", "ccomp", "dobj", "pcomp")), None)
    if inner is not None and any(c.dep == "dobj" for c in within.below(inner)):
        return Caused(Duty.PERMITTED, act_of_verb(within, inner, None, False, verb), inner)
    thing = next((c for c in within.below(verb) if c.dep == "dobj"), None) or within.object_of(verb, "for")
    if thing is None or within.object_of(thing, "of", "to") is None:
        return None
    return Caused(Duty.PERMITTED, act_of_noun(within, thing), None, only(within.sentence, thing))


def _infinitive(within: Scope, verb: Word) -> Word | None:
    """The verb that somebody is let or told to do: as the parser says, else the first "to" with a verb behind somebody."""
    below = within.below(verb)
    target = next((c for c in below if c.dep in ("ccomp", "xcomp") and c.tag in ("VB", "VBN") and c.index > verb.index), None)
    if target is not None:
        return target
    for word in within.sentence.words[verb.index + 1 :]:
        if word.lower == "to" and word.dep == "aux" and word.index > verb.index + 1:
            head = within.sentence.head(word)
            if head.index > word.index and head.tag in ("VB", "VBN") and verb in (*within.sentence.ancestors(head),):
                return head
        if word.tag == "MD" or word.lower in (";", ":"):
            return None
    return None


def _bearer(within: Scope, verb: Word, target: Word) -> Word | None:
    """Who does the target: its subject, else the first noun phrase behind the verb that lets or tells."""
    subject = next((c for c in within.below(target) if c.dep in ("nsubj", "nsubjpass")), None)
    if subject is not None and subject.tag not in ("WP", "WDT"):
        return subject
    thing = next((c for c in within.below(verb) if c.dep in ("dobj", "nsubj") and verb.index < c.index < target.index), None)
    if thing is not None:
        return thing
    chunk: list[Word] = []
    for word in within.sentence.words[verb.index + 1 : target.index]:
        if word.pos not in _CHUNK or word.tag == "TO":
            break
        chunk.append(word)
    return next((w for w in reversed(chunk) if w.pos in ("NOUN", "PROPN", "PRON")), None)


def _granted(within: Scope, target: Word) -> Word | None:
    """ "to be authorized to V": the verb."""
    if target.lemma not in MAY or not any(c.dep == "auxpass" for c in within.below(target)):
        return None
    return next((c for c in within.below(target) if c.dep in ("xcomp", "advcl", "ccomp") and c.tag == "VB"), None)


def _chosen(within: Scope, target: Word) -> tuple[Word, Span] | None:
    """ "to be the only ones permitted to V": the verb, and the word that makes it exclusive."""
    if target.lemma != "be":
        return None
    said = next((c for c in within.below(target) if c.dep in ("attr", "dobj")), None)
    word = next((c for c in within.below(said) if c.lower in ("only", "sole")), None) if said is not None else None
    if said is None or word is None:
        return None
    leave = next((c for c in within.sentence.subtree(said) if c.lower in _LEAVE), said)
    inner = next((c for c in within.sentence.subtree(leave) if c.tag == "VB" and c.index > leave.index), None)
    return (inner, word.span) if inner is not None else None


def _prevented(within: Scope, verb: Word) -> Caused | None:
    """ "prevent users from V-ing", "prevent the download of files", "restrict players to V-ing"."""
    if verb.lemma not in NOT:
        return None
    thing = next((c for c in within.below(verb) if c.dep in ("dobj", "nsubjpass", "nsubj") and _acts_on(within, verb, c)), None)
    for word in within.sentence.subtree(verb):
        inner = next((c for c in within.below(word) if c.dep == "pcomp"), None) if word.dep == "prep" else None
        if inner is None or word.index < verb.index:
            continue
        passive = any(c.dep == "auxpass" for c in within.below(inner))
        if word.lower == "from":
            return Caused(Duty.FORBIDDEN, act_of_verb(within, inner, thing, passive), inner)
        if word.lower == "to" and verb.lemma in _KEEP:
            act = act_of_verb(within, inner, thing, passive)
            return Caused(Duty.PERMITTED, replace(act, only_object=act.only_object or verb.span), inner)
    if verb.lemma in _KEEP or thing is None:
        return None
    act = act_of_noun(within, thing)
    named = thing.tag == "VBG" or thing.lower.endswith("ing") or within.object_of(thing, "of") is not None
    return Caused(Duty.FORBIDDEN, act, None) if named and act.objects else None


def _acts_on(within: Scope, verb: Word, word: Word) -> bool:
    """Whether a word is what a verb acts on, not who acts."""
    return word.dep != "nsubj" and not (word.dep == "nsubjpass" and not any(c.dep == "auxpass" for c in within.below(verb)))


def _able(within: Scope, verb: Word) -> Caused | None:
    """ "be able to V", "be capable of V-ing"."""
    if verb.lemma != "be" and verb.lower != "responsible":
        return None
    own = verb if verb.lower == "responsible" else None  # "Responsible for contacting the bank"
    able = own or next((c for c in within.below(verb) if c.lower in ("able", "capable", "free", "responsible")), None)
    if able is None:
        return None
    target = next((c for c in within.below(able) if c.dep == "xcomp"), None) or next(
        (k for c in within.below(able) if c.lower in ("of", "for") for k in within.below(c) if k.dep == "pcomp"), None
    )
    subject = next((c for c in within.below(verb) if c.dep in ("nsubj", "nsubjpass")), None)
    if target is None:
        return None
    passive = any(c.dep == "auxpass" for c in within.below(target))
    duty = Duty.OBLIGED if able.lower == "responsible" else Duty.PERMITTED
    return Caused(duty, act_of_verb(within, target, subject, passive, verb), target)


def _empowered(within: Scope, verb: Word) -> Caused | None:
    """ "provide users with the ability to V", "have the right to V", "provide a means of V-ing"."""
    if verb.lemma not in _GIVE and verb.lemma not in _REVOKE:
        return None
    duty = Duty.FORBIDDEN if verb.lemma in _REVOKE else Duty.PERMITTED
    for power in within.sentence.subtree(verb):
        if power.lemma not in _POWER or power.index < verb.index:
            continue
        target = _of_power(within, power)
        if target is not None:
            bearer = next((c for c in within.below(verb) if c.dep in ("dobj", "dative") and c is not power), None)
            held = next((within.object_of(w, "for", "to") for w in (power, verb) if within.object_of(w, "for", "to")), None)
            subject = next((c for c in within.below(verb) if c.dep == "nsubj"), None)
            passive = any(c.dep == "auxpass" for c in within.below(target))
            actor = bearer or held or (subject if duty is Duty.PERMITTED else None)
            return Caused(duty, act_of_verb(within, target, actor, passive, verb), target)
        return None
    return None


def _of_power(within: Scope, power: Word) -> Word | None:
    """The act that an ability is one of: "the ability to V", "a means of V-ing"."""
    inner = next((c for c in within.below(power) if c.tag == "VB" and c.dep in ("acl", "relcl", "xcomp")), None)
    if inner is not None:
        return inner
    holder = within.object_of(power, "for")
    given = [c for c in within.below(holder) if c.tag == "VB" and c.dep in ("acl", "relcl")] if holder is not None else []
    if given and any(c.lower == "to" and c.dep == "aux" for c in within.below(given[0])):
        return given[0]
    follower = next(
        (w for w in within.sentence.words[power.index + 1 : power.index + 3] if w.lower == "to" and w.dep == "aux"), None
    )
    if follower is not None and within.sentence.head(follower).tag == "VB":
        return within.sentence.head(follower)
    return next((k for c in within.below(power) if c.lower in ("of", "for") for k in within.below(c) if k.dep == "pcomp"), None)


def _kept(within: Scope, verb: Word) -> Caused | None:
    """ "restrict the creation of reports to managers": the act, kept to them."""
    if verb.lemma not in _KEEP:
        return None
    noun = next((c for c in within.below(verb) if c.dep in ("dobj", "nsubjpass") and c.index != verb.index), None)
    if noun is None:
        return None
    kept_to = _recipient(within, verb, noun)
    if kept_to is None:
        return None
    recipients = frozenset(w.index for w in within.sentence.subtree(kept_to))
    bearer = None if kept_to.lemma in _MOMENTS else _group(within, kept_to)
    exclusive = only(within.sentence, kept_to) or verb.span
    inner = _of_power(within, noun) if noun.lemma in _POWER else None
    act = act_of_verb(within, inner, None, False) if inner is not None else act_of_noun(within, noun, recipients)
    beside = (k for c in within.below(verb) if c.lower in ("of", "to", "for") for k in within.below(c) if k.index not in recipients)
    thing = next(beside, None)
    if not act.objects and thing is not None:
        act = replace(act, objects=(within.phrase(thing, recipients),))
    others = tuple((p, o) for p, o in act.others if o != bearer)
    kept = Act(bearer, act.action, act.objects, verb.span, others, act.manner)
    if bearer is None:
        return Caused(Duty.PERMITTED, kept, inner, None, Span(verb.span.start, kept_to.span.end))
    return Caused(Duty.PERMITTED, kept, inner, exclusive)


def _group(within: Scope, head: Word) -> Phrase:
    """A group with what its members have: the parser hangs "with a key" on any noun before it."""
    named = within.phrase(head)
    end = max(w.index for w in within.sentence.subtree(head)) + 1
    having = within.sentence.words[end] if end < len(within.sentence.words) else None
    if having is None or having.lower != "with":
        return named
    owned = [within.phrase(k) for k in within.below(having) if k.dep == "pobj"]
    return replace(named, narrowing=named.narrowing.union(*(o.roots for o in owned)))


def _recipient(within: Scope, verb: Word, noun: Word) -> Word | None:
    """To whom something is kept. The parser hangs "to managers" on the verb or on any noun before it."""
    found = [
        k
        for w in within.sentence.subtree(verb)
        if w.lower == "to" and w.dep in ("prep", "dative") and w.index > noun.index and not _told(within, w, verb)
        for k in within.below(w)
        if k.dep == "pobj"
    ]
    if not found or any(c.text[:1].isdigit() for c in within.sentence.subtree(found[-1])):
        return None
    return found[-1]


def _told(within: Scope, word: Word, verb: Word) -> bool:
    """Whether a word stands in a relative clause below a verb."""
    return any(a.dep == "relcl" and a.index != verb.index and a.index < word.index for a in within.sentence.ancestors(word))
