"""Where a phrase such as “with the key” or “using the key” can belong to the verb or to the noun before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.semantics import nouns
from clarifier.semantics.agents import is_agent
from clarifier.semantics.wordlists import words
from clarifier.syntax.prose import MarkKind
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

# Prepositions that join verbs as well as nouns; “of” joins nouns, “by” after a participle and “to” follow what governs them.
_OPEN = words("in for with from during within without on through after before over under into against using")
_TIMES = words("second minute hour day week month year time")
# Nouns of manner and circumstance: they say how or when something is done, whatever stands before them.
_MANNERS = words(
    "way manner order pace case situation circumstance scenario instance context event pursuit permission consent warning delay hesitation complaint exception care fail failure "
    "own effort confidence caution degree extent speed step turn detail language tone spirit mind doubt notice prejudice regard reference respect purpose"
)
_FIXED = words(
    "in order|in addition|in case|in general|in particular|in practice|in turn|in place|in full|in part|in advance|in parallel|in accordance|in compliance|in conformance|in conformity"
    "|in response|in line|in favor|in favour|in terms|in respect|in relation|in regard|in contrast|in conjunction|in combination|in place|in sequence|in question|in use|in scope|in effect"
    "|for example|for instance|for free|for good|on request|on demand|on behalf|on time|on top|on average|on purpose|with respect|with regard|with regards|from scratch|without limit"
    "|in detail|in mind|in fact|in advance|in total|in addition|for now|for sure|on average|on behalf|in itself|in themselves|on part|for use",
    "|",
)
# What a noun or a verb asks for by itself: grammar of these words, so the phrase is no free choice.
_NOUN_ASKS = words(
    "request:for need:for support:for reason:for responsibility:for requirement:for respect:for search:for demand:for preference:for allowance:for provision:for regard:for "
    "specification:for value:for name:for word:for term:for change:in increase:in decrease:in interest:in role:in difference:in participation:in confidence:in trust:in involvement:in "
    "limit:on restriction:on constraint:on effect:on impact:on influence:on focus:on emphasis:on opinion:on information:on attack:on protection:against defense:against "
    "compliance:with conflict:with agreement:with contact:with conversation:with interaction:with relationship:with compatibility:with problem:with issue:with association:with "
    "protection:from freedom:from departure:from separation:from difference:from control:over authority:over preference:over access:for entry:into insight:into investigation:into "
    "guidance:on advice:on advice:for guidance:for case:for basis:for way:in step:in part:in data:for option:for example:for evidence:for evidence:against"
)
_VERB_ASKS = words(
    "provide:with supply:with replace:with compare:with combine:with associate:with share:with equip:with fill:with align:with integrate:with help:with assist:with present:with "
    "prevent:from protect:from remove:from receive:from obtain:from get:from derive:from take:from delete:from extract:from inherit:from read:from retrieve:from discourage:from "
    "stop:from keep:from hide:from exclude:from copy:from import:from load:from choose:from select:from "
    "use:for see:for ask:for account:for check:for wait:for exchange:for mistake:for optimize:for apologize:for thank:for "
    "put:in place:in store:in include:in result:in engage:in specify:in define:in record:in list:in contain:in embed:in insert:in write:in save:in describe:in "
    "put:on place:on base:on impose:on rely:on focus:on perform:on build:on depend:on act:on comment:on run:on write:to "
    "convert:into extract:into extract:in populate:in populate:within respect:for ensure:with divide:into turn:into translate:into split:into insert:into put:into load:into incorporate:into transform:into break:into take:into bring:into "
    "weigh:against check:against protect:against guard:against validate:against balance:against prioritize:over choose:over prefer:over put:through go:through"
)
_STATES = words(
    "be have contain include comprise consist remain exist mean represent equal belong seem become match resemble exceed lack"
)
# A comparison or a lack is no deed that is done somewhere or with something: the phrase is the noun's for certain.
_RELATIONS = words("match equal resemble exceed lack represent mean")
# Who may or must is told from others by what he has; nothing is allowed “with a key”.
_LETS = words("allow permit enable require restrict limit let forbid oblige entitle authorize authorise prohibit exempt")
# What someone has by being who he is.
_ATTRIBUTES = words("role privilege permission right name surname age title rank account status disability authority clearance")
# What a thing is, has or holds “for …” or “with …” is described by that, not how it is or has it.
_BARE = words("be have contain include comprise")
# The verb's own phrase when it is in the passive: “listed in”, “reserved for”.
_PASSIVE_ASKS = words(
    "list:in define:in specify:in describe:in set:in find:in use:in use:for use:with use:from reserve:for submit:for consider:in consider:on target:from see:in require:for intend:for design:for hide:in name:in"
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A verb, a noun after it, and right behind the noun a preposition (or “using”) with the words that it governs."""

    verb: Word
    noun: Word
    preposition: Word
    below: tuple[Word, ...]

    def span(self, sentence: Sentence) -> Span:
        """From the verb to the end of the phrase."""
        return Span(self.verb.span.start, self.below[-1].span.end)


def attachments(sentence: Sentence) -> Iterator[Attachment]:
    """Every phrase that verb and noun could both take, in order; what grammar or a fixed expression settles is left out."""
    for preposition in sentence.words[2:]:
        if preposition.lower not in _OPEN or not (preposition.dep == "prep" or preposition.lower == "using"):
            continue
        noun = sentence.words[preposition.index - 1]
        verb = _verb_above(sentence, noun)
        if verb is None or not nouns.is_noun(noun) or not _governed_by(sentence, preposition, verb, noun):
            continue
        below = _until_break(sentence, preposition)
        if len(below) > 1 and not _is_settled(sentence, verb, noun, preposition, below):
            yield Attachment(verb, noun, preposition, below)


def _verb_above(sentence: Sentence, noun: Word) -> Word | None:
    """The verb in whose phrase the noun stands, if it comes before."""
    for up in sentence.ancestors(noun):
        if up.pos in ("VERB", "AUX"):
            return up if up.index < noun.index else None
        if up.dep in ("nsubj", "nsubjpass"):
            return None
    return None


def _governed_by(sentence: Sentence, preposition: Word, verb: Word, noun: Word) -> bool:
    """Whether the parser hangs the phrase on the verb, on the noun, or on a noun between them."""
    head = sentence.head(preposition)
    return head.index in (verb.index, noun.index) or (verb.index < head.index < noun.index and nouns.is_noun(head))


def _until_break(sentence: Sentence, preposition: Word) -> tuple[Word, ...]:
    below = [w for w in sentence.subtree(preposition) if w.index >= preposition.index]
    end = next(
        (
            i
            for i, w in enumerate(below)
            if w.text in (",", ";", "(", ":", ".", "-", "–", "—") or (i and w.index != below[i - 1].index + 1)
        ),
        len(below),
    )
    return tuple(below[:end])


def _is_settled(sentence: Sentence, verb: Word, noun: Word, preposition: Word, below: tuple[Word, ...]) -> bool:
    given = preposition.lower
    thing = next((c for c in sentence.children[preposition.index] if c.dep in ("pobj", "pcomp", "dobj")), None)
    if thing is None or thing not in below or f"{given} {below[1].lower}" in _FIXED or (given == "using" and not is_agent(noun)):
        return True
    if thing.pos == "NUM" or f"{given} {thing.lower}" in _FIXED or f"{sentence.head(noun).lower} {noun.lower}" in _FIXED:
        return True  # “users under 18”, “on the part of the user”, “in line with the charter”
    between = sentence.text[verb.span.end : preposition.span.start]
    behind = sentence.text[below[-1].span.end : below[-1].span.end + 1]
    if any(mark in between for mark in "(;:—") or behind in ("-", "/") or thing.lower in ("which", "whom", "this", "that", "it"):
        return True
    passive = verb.tag == "VBN" and not any(c.dep == "dobj" for c in sentence.children[verb.index])
    if f"{verb.lemma}:{given}" in _VERB_ASKS or (passive and f"{verb.lemma}:{given}" in _PASSIVE_ASKS):
        return True
    if given == "with" and _says_who(sentence, verb, noun, thing):
        return True
    if verb.lemma in _RELATIONS or (verb.lemma in _BARE and given in ("for", "with")) or _is_reference(sentence, thing):
        return True
    if thing.dep == "pcomp" and given != "for":  # “without asking”: the one who acts is the verb's
        return True
    # A span of time says when or how long something is done.
    return thing.lemma in _TIMES or thing.lemma in _MANNERS or thing.lower == "own" or sentence.in_code(preposition.span)


def _says_who(sentence: Sentence, verb: Word, noun: Word, thing: Word) -> bool:
    """Whether “with …” picks out the ones meant: by what they are, as those let do something, or as what is made of them."""
    return is_agent(noun) and (verb.lemma in _LETS or sentence.head(noun).lower == "as" or thing.lemma in _ATTRIBUTES)


def _is_reference(sentence: Sentence, thing: Word) -> bool:
    """Whether the phrase leads to a place in a text: a literal or a link says where to look, whichever word it hangs on."""
    return sentence.in_code(thing.span) or any(
        mark.kind is MarkKind.LINK and mark.span.covers(thing.span) for mark in sentence.marks
    )


def leaning(found: Attachment) -> Word | None:
    """The noun, if it asks for the phrase by itself or the verb names no action that the phrase could be about."""
    given = found.preposition.lower
    if f"{found.noun.lemma}:{given}" in _NOUN_ASKS or found.verb.lemma in _STATES:
        return found.noun
    return None


def is_strong(sentence: Sentence, found: Attachment) -> bool:
    """Whether both are plain: one who acts, named in the verb's own phrase, beside what can be a means or a possession."""
    over = sentence.head(found.noun)
    own = found.noun.dep in ("dobj", "dative") or (
        found.noun.dep == "pobj" and over.head == found.verb.index and over.lower != "with"
    )
    return own and found.preposition.lower in ("with", "using", "without") and is_agent(found.noun) and leaning(found) is None


def is_middling(found: Attachment) -> bool:
    """Whether the noun is the verb's own object and neither word leans to the phrase by its form."""
    if found.noun.dep != "dobj" or found.noun.lemma.endswith(_DEVERBAL) or leaning(found) is not None:
        return False
    return found.preposition.lower in ("with", "from", "in", "on", "using")


_DEVERBAL = ("tion", "sion", "ment", "ance", "ence", "ing", "al", "ure", "age", "request", "change", "claim", "use")


@dataclass(frozen=True, slots=True)
class Relative:
    """A relative clause behind “A of B” that says something of A or of B: its pronoun and its last word."""

    outer: Word
    inner: Word
    pronoun: Word
    last: Word


def relatives(sentence: Sentence) -> Iterator[Relative]:
    """Every relative clause whose subject can be either of two nouns before it: they agree with its verb and are of one sort."""
    for clause in sentence.words:
        if clause.dep != "relcl":
            continue
        pronoun = next(
            (c for c in sentence.children[clause.index] if c.dep in ("nsubj", "nsubjpass") and c.lower in ("that", "which", "who")),
            None,
        )
        if pronoun is None or pronoun.index < 3:
            continue
        inner = sentence.words[pronoun.index - 1]
        preposition = sentence.head(inner)
        outer = sentence.head(preposition)
        if (
            inner.dep != "pobj"
            or preposition.dep != "prep"
            or not (nouns.is_noun(inner) and nouns.is_noun(outer))
            or outer.lemma in nouns.MEASURES
        ):
            continue
        if (
            not _agree(sentence, clause, outer, inner)
            or is_agent(outer) != is_agent(inner)
            or nouns.is_person(outer) != nouns.is_person(inner)
        ):
            continue
        if outer.lemma.endswith(_DEVERBAL):  # “the deletion of a class that is not empty”: what is done has no such qualities
            continue
        below = sentence.subtree(clause)
        if outer.index < inner.index and not sentence.in_code(pronoun.span):
            yield Relative(outer, inner, pronoun, below[-1])


def _agree(sentence: Sentence, clause: Word, outer: Word, inner: Word) -> bool:
    finite = [w for w in (clause, *sentence.children[clause.index]) if w.tag in ("VBZ", "VBP", "MD", "VBD")]
    if any(w.tag == "MD" or (w.tag == "VBD" and w.lower not in ("was", "were")) for w in finite):
        return True
    return nouns.is_plural(outer) == nouns.is_plural(inner)
