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
from collections.abc import Iterator

from clarifier.rules._rule import Group, Reading, Severity, Spot, document_rule
from clarifier.semantics.acronyms import WELL_KNOWN
from clarifier.semantics.glossary import glossary, key, spelled_out
from clarifier.semantics.kept import kept
from clarifier.semantics.lexicon import words
from clarifier.semantics.specification import Address, Specification
from clarifier.syntax.document import Passage
from clarifier.syntax.prose import MarkKind
from clarifier.syntax.words import Sentence
from clarifier.text.source import Span

_ACRONYM = re.compile(r"(?<![\w./@#$&'’\-\[{<])(?:[A-Z]{2,6}|[A-Z][A-Z0-9]{1,4}[A-Z])(?:s\b)?(?![\w./@&\-]*\w)(?!\s*[-/]?\d)")
_LITTLE = words("a an and as at by for from if in into is it no not of on or that the then this to via was with")
_MATHS = re.compile(r"[<>=≤≥≠+*/^|]")


@kept
def _candidates(passage: Passage) -> tuple[tuple[int, Span, str], ...]:
    """The abbreviations in a passage: sentence, span, and the term in the singular."""
    if passage.commentary:
        return ()
    found = []
    for index, sentence in enumerate(passage.sentences):
        if not passage.normative[index]:
            continue
        if sum(w.isupper() and len(w) > 1 for w in sentence.text.split()) > len(sentence.text.split()) / 2:
            continue  # a sentence in capitals has no abbreviations to see
        for match in _ACRONYM.finditer(sentence.text):
            span = Span(match.start(), match.end())
            term = match[0][:-1] if match[0].endswith("s") else match[0]
            formula = _MATHS.search(sentence.text[max(0, span.start - 2) : span.end + 2])
            if term not in WELL_KNOWN and not formula and not _is_marked(sentence, span):
                found.append((index, span, term))
    return tuple(found)


@kept
def _known(passage: Passage) -> tuple[frozenset[str], frozenset[str]]:
    """What a passage makes known by its markup, and all its words in lower case."""
    marked = {key(s.slice(m.span)) for s in passage.sentences for m in s.marks if m.kind in (MarkKind.LINK, MarkKind.CODE)}
    return frozenset(marked), frozenset(key(w) for s in passage.sentences for w in re.findall(r"\b[A-Za-z]?[a-z]{2,}\b", s.text))


def _is_marked(sentence: Sentence, span: Span) -> bool:
    before = sentence.text[: span.start]
    quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    return quoted or any(m.kind in (MarkKind.LINK, MarkKind.CODE) and m.span.start < span.end and span.start < m.span.end for m in sentence.marks)


@document_rule(Group.AMBIGUITY, Severity.INFORMATION)
def undefined_term(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for the first use in a duty of each abbreviation that the document does not define."""
    defined = glossary(specification)
    seen: set[str] = set()
    waiting: list[tuple[str, Span]] = []
    known: set[str] = set()
    for p, part in enumerate(specification.passages):
        for b, passage in enumerate(part):
            if passage is None:
                continue
            marked, plain = _known(passage)
            known |= marked
            known |= plain
            for sentence, span, term in _candidates(passage):
                if term not in seen and term not in defined:
                    seen.add(term)
                    waiting.append((term, specification.place(Address(p, b, sentence), span)))
    headings = [s.title for s in specification.document.sections]
    for term, place in waiting:
        in_heading = any(re.search(rf"\b{re.escape(term)}s?\b", title) or spelled_out(term, title) == title for title in headings)
        if key(term) not in known and not in_heading:
            yield _spot(term, place, specification)


def _spot(term: str, place: Span, specification: Specification) -> Spot:
    long_forms = _long_forms(term, specification)
    written = specification.document.source.slice(place)
    readings = tuple(Reading(f"“{form}”", f"{form} ({written})") for form in long_forms[:3])
    question = f"What does “{term}” stand for?"
    if len(long_forms) > 1:
        could = " or ".join(f"“{form}”" for form in long_forms[:3])
        return Spot(place, f"“{term}” is not defined; here it could stand for {could}.", question, readings, severity=Severity.WARNING, weight=0.7)
    return Spot(place, f"“{term}” is used but nowhere defined.", question, readings, weight=0.35)


def _long_forms(term: str, specification: Specification) -> list[str]:
    """The phrases of the document whose initials are the term's letters, in order."""
    pattern = re.compile(r"\b" + r"[ \-]".join(rf"{c}[a-z]+" for c in term) + r"\b", re.IGNORECASE)
    forms: dict[str, list[str]] = {}
    for _, _, sentence in specification.sentences():
        for found in pattern.finditer(sentence.text):
            if spelled_out(term, found[0]) and not _LITTLE & set(found[0].lower().replace("-", " ").split()):
                forms.setdefault(key(found[0]), []).append(found[0])
    # Chance makes initials agree; a name is written in capitals or comes again.
    return [seen[0] for seen in forms.values() if len(seen) > 1 or seen[0].istitle()]
