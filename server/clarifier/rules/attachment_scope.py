"""Attachment scope: a phrase such as “with the key” that can belong to the verb or to the noun before it.

“Call the user with the key” may say which user, or by what to call. Silent where the verb asks for the
phrase by itself (“protect … from …”), with “of”, and in fixed expressions (“in addition”); a hint at most where the
noun asks for it (“a request for help”).

Bad:  The server must notify the user with the key.
Bad:  The operator must contact customers using the new portal.
Good: The server must notify the user who has the key.
Good: The server must protect the file from changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._restraint import plain_and_first_hint
from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.semantics import nouns
from clarifier.semantics.attachment import Attachment, Relative, attachments, is_middling, is_strong, leaning, relatives
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


@passage_rule(Group.AMBIGUITY, Severity.INFORMATION)
def attachment_scope(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every phrase that verb and noun can both take, with each reading written out."""
    yield from plain_and_first_hint(_hits(passage))


def _hits(passage: Passage) -> Iterator[Hit]:
    for index, sentence in enumerate(passage.sentences):
        if sentence.words and passage.normative[index]:
            yield from (_hit(index, sentence, found) for found in attachments(sentence))
            yield from (_relative(index, sentence, found) for found in relatives(sentence))


def _hit(index: int, sentence: Sentence, found: Attachment) -> Hit:
    phrase = sentence.slice(Span(found.preposition.span.start, found.below[-1].span.end))
    span = found.span(sentence)
    noun = sentence.slice(nouns.phrase_span(sentence, found.noun, tail=False))
    between = sentence.text[found.verb.span.end : found.preposition.span.start].strip()
    verb = found.verb.text
    to_verb = f"{verb}, {phrase}, {between}"
    to_noun = f"{verb} {between} {_describing(found.noun, found.preposition, phrase)}"
    readings = (
        Reading(f"“{phrase}” says how, where or when to {found.verb.lemma}", to_verb),
        Reading(f"“{phrase}” says which {found.noun.text}", to_noun),
    )
    leans = leaning(found)
    message = f"“{phrase}” can belong to *{verb}* or to *{noun}*."
    if leans is not None:
        message = f"“{phrase}” most likely belongs to *{leans.text}*, but it could go with *{verb}*."
    asked = f"Does “{phrase}” go with “{verb}”, or does it say which “{found.noun.text}”?"
    severity = Severity.WARNING if is_strong(sentence, found) else Severity.INFORMATION if is_middling(found) else Severity.HINT
    weight = {Severity.WARNING: 0.7, Severity.INFORMATION: 0.4}.get(severity, 0.2 if leans is None else 0.1)
    return Hit(index, span, message, asked, readings, severity, weight)


def _relative(index: int, sentence: Sentence, found: Relative) -> Hit:
    begin = sentence.words[nouns.start(sentence, found.outer)].span.start
    named = sentence.text[begin : found.inner.span.end]
    rest = sentence.text[found.pronoun.span.end : found.last.span.end].strip()
    outer, inner = (nouns.named_again(sentence, noun) for noun in (found.outer, found.inner))
    outer = outer.partition(" of ")[0]
    readings = tuple(Reading(f"it is {said} that “{rest}” speaks of", f"{named}, where {said} {rest}") for said in (outer, inner))
    message = f"“{found.pronoun.text} {rest}” can speak of *{outer}* or of *{inner}*."
    asked = f"Which one is meant by “{found.pronoun.text} {rest}”: {outer} or {inner}?"
    return Hit(index, Span(begin, found.last.span.end), message, asked, readings, Severity.HINT, 0.3)


def _describing(noun: Word, preposition: Word, phrase: str) -> str:
    """The phrase as a clause that only the noun can take."""
    many = nouns.is_plural(noun)
    who = "who" if nouns.is_person(noun) else "that"
    rest = phrase[len(preposition.text) :].strip()
    given = preposition.lower
    if given == "with":
        return f"{who} {'have' if many else 'has'} {rest}"
    if given == "using":
        return f"{who} {'use' if many else 'uses'} {rest}"
    if given in ("after", "before", "from"):
        return f"{who} {'come' if many else 'comes'} {phrase}"
    if given in ("through", "over", "into"):
        return f"{who} {'go' if many else 'goes'} {phrase}"
    return f"{who} {'are' if many else 'is'} {phrase}"
