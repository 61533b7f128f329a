"""What a sentence says in passing is not done: "without validation", "ignoring the name", "disable the encryption of mails"."""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.semantics.norms.acts import Act, Scope, act_of_noun, act_of_verb
from clarifier.semantics.norms.duty import Duty
from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Word
from clarifier.text.source import Span

_LEAVING_OUT = words("disable deactivate bypass skip suppress omit")
DENIED = {Duty.OBLIGED: Duty.FORBIDDEN, Duty.PERMITTED: Duty.EXEMPT}


def denied(within: Scope, doing: Word, subject: Word | None) -> Iterator[tuple[Act, Span]]:
    """The acts that are left out when a verb is done as the sentence says, each with the words that say so."""
    for word in within.sentence.subtree(doing):
        if word.lower == "without":
            for step in within.below(word):
                if step.dep in ("pobj", "pcomp"):
                    yield _left(within, doing, step, subject), Span(word.span.start, step.span.end)
        elif word.dep == "dobj" and word.head == doing.index and doing.lemma in _LEAVING_OUT:
            act = act_of_noun(within, word)
            if act.objects:
                yield act, doing.span


def _left(within: Scope, doing: Word, step: Word, subject: Word | None) -> Act:
    """The act behind "without"; where it names no thing, it is one on what the verb acts on."""
    bearer = subject if subject is not None and subject.dep == "nsubj" else None
    if step.dep == "pcomp":
        act = act_of_verb(within, step, bearer, False)
    else:
        noun = act_of_noun(within, step)
        act = Act(within.phrase(bearer) if bearer is not None else None, noun.action, noun.objects, step.span, (), noun.manner)
    things = tuple(within.phrase(c) for c in within.below(doing) if c.dep in ("dobj", "nsubjpass"))
    return act if act.objects else Act(act.bearer, act.action, things, act.verb, act.others, act.manner)
