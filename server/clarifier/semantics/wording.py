"""Wording: the words of a statement that a finding quotes, and the clash of two norms with them."""

from __future__ import annotations

from clarifier.semantics.norms import Norm
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.statements import Statement
from clarifier.text.source import Span

_BETWEEN = 24  # characters between a duty and its verb that are quoted with them


def modality(statement: Statement) -> Span:
    """The words that say the duty; the whole sentence where the lead says it."""
    for norm in statement.norms:
        span = statement.place(norm.words)
        if len(span) > 0:
            return span
    return Span(0, len(statement.text))


def clash_of(pair: Pair, a: Norm, b: Norm) -> Clash:
    """The clash of two norms, with the words of their duties and the conditions under which both apply."""
    one, other = said(pair.one, a), said(pair.other, b)
    return Clash(one, other, words_of(pair, one, other), when(pair, a, b))


def said(statement: Statement, norm: Norm) -> Span:
    """The duty with its verb, where they stand together."""
    words, verb = statement.place(norm.words), statement.place(norm.verb)
    if not len(words):
        return verb if len(verb) else Span(0, len(statement.text))
    joined = Span(min(words.start, verb.start), max(words.end, verb.end))
    return joined if len(verb) and len(joined) <= len(words) + len(verb) + _BETWEEN else words


def words_of(pair: Pair, one: Span, other: Span) -> tuple[str, str]:
    """What stands at a span of each statement."""
    return pair.one.text[one.start : one.end], pair.other.text[other.start : other.end]


def when(pair: Pair, a: Norm, b: Norm) -> str:
    """The conditions under which both apply, quoted."""
    quoted = [pair.one.text[s.start : s.end] for c in a.conditions if len(s := pair.one.place(c.span))]
    quoted += [pair.other.text[s.start : s.end] for c in b.conditions if len(s := pair.other.place(c.span))]
    said = " and ".join(f"“{q}”" for q in dict.fromkeys(quoted))
    return f"both apply {said}" if said else ""
