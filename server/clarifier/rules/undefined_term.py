"""Undefined term: an abbreviation or a capitalised term that nothing defines.

A reader who does not know the term, or knows another of the same letters, builds something else. The rule knows what
the configuration's glossary, a section of definitions, an expansion (“Long Form (LF)”), a heading or a link defines, and
the abbreviations that every reader of specifications knows. Each term is found once, where it is first used in a duty.

Bad:  The gateway must send each record to the QXB.
Good: The gateway must send each record to the Quality Exchange Bus (QXB).
Good: The gateway must send each record over HTTP as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from clarifier.rules._rule import Group, Reading, Severity, Spot, document_rule
from clarifier.semantics.acronyms import WELL_KNOWN
from clarifier.semantics.glossary import defined_keys, key, spelled_out
from clarifier.semantics.kept import carried, kept
from clarifier.semantics.specification import Address, Specification
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage, Passages
from clarifier.syntax.prose import MarkKind
from clarifier.syntax.words import Sentence
from clarifier.text.source import Span

_ACRONYM = re.compile(r"(?<![\w./@#$&'’\-\[{<])(?:[A-Z]{2,6}|[A-Z][A-Z0-9]{1,4}[A-Z])(?:s\b)?(?![\w./@&\-]*\w)(?!\s*[-/]?\d)")
_MATHS = re.compile(r"[<>=≤≥≠+*/^|]")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+(?:[ -](?:(?:of|and|for|the|in|to) )?[A-Z][a-z]+)+\b")
_SHOWN = words("button menu tab page field dialog screen window key column row icon link view panel section header option form")
_NAMES = words(
    "internet web earth sun moon god bible english french german spanish european american british chinese state unicode english january february march april may june "
    "july august september october november december monday tuesday wednesday thursday friday saturday sunday act treaty constitution government company markdown"
)


@dataclass(frozen=True, slots=True)
class _Use:
    """A term as it is used in a duty: at a span of a sentence, in the singular; whether it is an abbreviation."""

    sentence: int
    span: Span
    term: str
    short: bool


@dataclass(frozen=True, slots=True)
class _Undefined:
    """A term that nothing defines: where it is first used, in which part and block, how often, and what it could stand for."""

    part: int
    block: int
    use: _Use
    count: int
    long_forms: tuple[str, ...]


@document_rule(Group.AMBIGUITY, Severity.INFORMATION)
def undefined_term(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for the first use in a duty of each term that the document does not define."""
    for term in _undefined(specification):
        place = specification.place(Address(term.part, term.block, term.use.sentence), term.use.span)
        yield _abbreviation(term, place, specification) if term.use.short else _term_of_art(term.use.term, place, term.count)


@dataclass(frozen=True)
class _Facts:
    """What terms a document uses, and what makes them known: by part, the uses, the vocabulary and the names, and more."""

    uses: list[tuple[tuple[int, _Use], ...]]
    vocabulary: list[frozenset[str]]
    names: list[tuple[str, ...]]
    defined: frozenset[str]
    titles: list[str]


def _facts(specification: Specification) -> _Facts:
    parts = specification.passages
    return _Facts(
        [_uses_in(part) for part in parts],
        [_vocabulary_in(part) for part in parts],
        [_names_in(part) for part in parts],
        defined_keys(specification),
        [section.title for section in specification.document.sections],
    )


@carried(_facts)
def _undefined(facts: _Facts) -> tuple[_Undefined, ...]:
    found: dict[str, tuple[int, int, _Use, int]] = {}
    for p, uses in enumerate(facts.uses):
        for block, use in uses:
            part, first, here, count = found.get(key(use.term), (p, block, use, 0))
            found[key(use.term)] = (part, first, here, count + 1)
    undefined = {known: entry for known, entry in found.items() if known not in facts.defined}
    wanted = {w for known, (_, _, use, _) in undefined.items() for w in (known, f"{known}!", _ordinary(use))}
    in_use = frozenset().union(*(wanted & words for words in facts.vocabulary))
    return tuple(
        _Undefined(part, block, use, count, _long_forms(use.term, facts.names) if use.short else ())
        for known, (part, block, use, count) in undefined.items()
        if known not in in_use
        and not (use.short and f"{known}!" in in_use)
        and (use.short or _ordinary(use) in in_use)
        and not _in_titles(use, facts.titles)
    )


@kept
def _uses_in(part: Passages) -> tuple[tuple[int, _Use], ...]:
    return tuple((index, use) for index, passage in enumerate(part) if passage is not None for use in _uses(passage))


@kept
def _uses(passage: Passage) -> tuple[_Use, ...]:
    """The abbreviations and the capitalised terms in the duties of a passage."""
    if passage.commentary:
        return ()
    found: list[_Use] = []
    for index, sentence in enumerate(passage.sentences):
        shouted = sum(w.isupper() and len(w) > 1 for w in sentence.text.split()) > len(sentence.text.split()) / 2
        if passage.normative[index] and not shouted:
            found.extend(_abbreviations(index, sentence))
            found.extend(_terms_of_art(index, sentence))
    return tuple(found)


def _abbreviations(index: int, sentence: Sentence) -> Iterator[_Use]:
    for match in _ACRONYM.finditer(sentence.text):
        span = Span(match.start(), match.end())
        term = match[0][:-1] if match[0].endswith("s") else match[0]
        formula = _MATHS.search(sentence.text[max(0, span.start - 2) : span.end + 2])
        if term not in WELL_KNOWN and not formula and not _is_marked(sentence, span):
            yield _Use(index, span, term, True)


def _terms_of_art(index: int, sentence: Sentence) -> Iterator[_Use]:
    """Noun phrases in capitals behind an article or the like: “the Data Subject”."""
    for noun in sentence.words:
        if noun.pos not in ("NOUN", "PROPN") or not re.fullmatch(r"[A-Z][a-z]{2,}", noun.text) or noun.lower in _NAMES:
            continue
        article = next(
            (
                c
                for c in sentence.children[noun.index]
                if c.dep in ("det", "poss") and c.index < noun.index and c.lower not in ("this", "these")
            ),
            None,
        )
        if article is None:
            continue
        start = noun.index
        while start - 1 > article.index and re.fullmatch(r"[A-Z][a-z]+", sentence.words[start - 1].text):
            start -= 1
        after = sentence.words[noun.index + 1] if noun.index + 1 < len(sentence.words) else None
        whole = start == article.index + 1 and (
            after is None
            or (after.lower not in _SHOWN and not after.text[:1].isupper() and after.text not in ("-", "/", "(", "'s"))
        )
        span = Span(sentence.words[start].span.start, noun.span.end)
        if whole and not any(w.lower in _NAMES for w in sentence.words[start : noun.index]) and not _is_marked(sentence, span):
            yield _Use(index, span, sentence.slice(span), False)


def _is_marked(sentence: Sentence, span: Span) -> bool:
    """Whether the words are quoted, code, or a link that leads to what they are."""
    before = sentence.text[: span.start]
    quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    return quoted or any(
        m.kind in (MarkKind.LINK, MarkKind.CODE) and m.span.start < span.end and span.start < m.span.end for m in sentence.marks
    )


@kept
def _vocabulary(passage: Passage) -> tuple[frozenset[str], tuple[str, ...]]:
    """The keys of what a passage makes known, and the names in it.

    Known are what links and code name, and the words in lower case or with one capital, of which an abbreviation may be a
    shouted form. A word in lower case stands there a second time as `_ordinary` marks it.
    """
    marked = {key(s.slice(m.span)) for s in passage.sentences for m in s.marks if m.kind in (MarkKind.LINK, MarkKind.CODE)}
    lower = {key(w) for s in passage.sentences for w in re.findall(r"(?<![A-Za-z])[a-z]{2,}\b", s.text)}
    names = tuple(found[0] for s in passage.sentences for found in _CAPITALISED.finditer(s.text))
    shouted = {f"{w}!" for w in lower} | {f"{key(w)}!" for s in passage.sentences for w in re.findall(r"\b[A-Z][a-z]+\b", s.text)}
    return frozenset(marked | shouted | {f"{word}_" for word in lower}), names


def _ordinary(use: _Use) -> str:
    """What says that the last word of a term is also an ordinary word of the document; without it the term is a name."""
    return f"{key(use.term.split()[-1])}_"


@kept
def _vocabulary_in(part: Passages) -> frozenset[str]:
    return frozenset().union(*[_vocabulary(passage)[0] for passage in part if passage is not None])


@kept
def _names_in(part: Passages) -> tuple[str, ...]:
    return tuple(name for passage in part if passage is not None for name in _vocabulary(passage)[1])


def _in_titles(use: _Use, titles: list[str]) -> bool:
    plain = use.term if use.short else use.term.lower()
    for title in titles:
        if plain in (title if use.short else title.lower()) and re.search(
            rf"\b{re.escape(use.term)}s?\b", title, re.NOFLAG if use.short else re.IGNORECASE
        ):
            return True
        if use.short and title[:1] == plain[:1] and spelled_out(use.term, title) == title:
            return True
    return False


def _abbreviation(undefined: _Undefined, place: Span, specification: Specification) -> Spot:
    term, long_forms = undefined.use.term, undefined.long_forms
    written = specification.document.source.slice(place)
    readings = tuple(Reading(f"“{form}”", f"{form} ({written})") for form in long_forms[:3])
    question = f"What does “{term}” stand for?"
    if len(long_forms) > 1:
        could = " or ".join(f"“{form}”" for form in long_forms[:3])
        return Spot(
            place,
            f"“{term}” is not defined; here it could stand for {could}.",
            question,
            readings,
            severity=Severity.WARNING,
            weight=0.7,
        )
    return Spot(place, f"“{term}” is used but nowhere defined.", question, readings, weight=0.35)


def _long_forms(term: str, names: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The names whose initials are the term's letters, in order."""
    forms: dict[str, str] = {}
    for name in chain.from_iterable(names):
        capitals = list(re.finditer(r"[A-Z][a-z]+", name))
        at = "".join(word[0][0] for word in capitals).find(term)
        if at >= 0:
            form = name[capitals[at].start() : capitals[at + len(term) - 1].end()]
            forms.setdefault(key(form), form)
    return tuple(forms.values())


def _term_of_art(term: str, place: Span, count: int) -> Spot:
    message = f"“{term}” is written as a defined term, but nothing defines it."
    severity = Severity.INFORMATION if count > 1 else Severity.HINT
    return Spot(place, message, f"What does “{term}” mean here?", (), severity=severity, weight=0.25 if count > 1 else 0.15)
