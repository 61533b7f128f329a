"""analyse(source, settings, previous) → Analysis: one pure function; `previous` makes it faster, never different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from clarifier.engine.findings import Finding, from_hit, from_spot, in_order
from clarifier.engine.settings import Settings
from clarifier.rules import RULES
from clarifier.rules._rule import Hit, Rule
from clarifier.semantics.passages import Words, passages, texts_to_read
from clarifier.semantics.specification import Address, Specification, Surroundings
from clarifier.syntax.assembly import read_document
from clarifier.syntax.document import Document, Part, Passage
from clarifier.syntax.words import Word
from clarifier.text.source import Source


class Language(Protocol):
    """What reads sentences into words."""

    version: str

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text, in order."""


@dataclass(frozen=True)
class Analysis:
    """A specification and what was found in it. Equal if what it says is equal, however it was come by."""

    specification: Specification
    settings: Settings
    findings: tuple[Finding, ...]
    words: Words = field(compare=False, repr=False)
    hits: Mapping[Passage, tuple[tuple[Rule, Hit], ...]] = field(compare=False, repr=False)
    by_part: Mapping[str, tuple[Passage | None, ...]] = field(compare=False, repr=False)

    @property
    def document(self) -> Document:
        """The specification's document."""
        return self.specification.document


def analyse(
    source: Source,
    settings: Settings,
    previous: Analysis | None = None,
    language: Language | None = None,
    surroundings: Surroundings | None = None,
) -> Analysis:
    """What is to be clarified in a source. Without a language only its structure is examined.

    Takes any text. Parts, words and hits that `previous` holds are taken over.
    """
    document = read_document(source, previous.document if previous else None)
    if previous is not None and (previous.settings != settings or previous.specification.has_words != (language is not None)):
        previous = None if previous.specification.has_words != (language is not None) else _only_words(previous)
    words = _words(document, previous, language)
    read = {} if previous is None else previous.by_part
    known = {} if previous is None else previous.hits
    # A part's text determines its passages only together with the link definitions it was parsed with.
    stable = previous is not None and previous.document.definitions == document.definitions
    by_part = {p.text: read[p.text] if stable and p.text in read else passages(p, words, settings.normative) for p in document.parts}
    specification = Specification(
        document,
        tuple(by_part[part.text] for part in document.parts),
        surroundings or Surroundings(),
        settings.levels,
        settings.terms,
        settings.normative,
        language is not None,
    )
    hits: dict[Passage, tuple[tuple[Rule, Hit], ...]] = {}
    for part in by_part.values():
        for passage in part:
            if passage is not None and passage not in hits:
                hits[passage] = known[passage] if passage in known else tuple(_hits(passage, settings))
    findings = in_order([*_from_passages(specification, hits, settings), *_from_document(specification, settings)])
    return Analysis(specification, settings, findings, words, hits, by_part)


def _only_words(previous: Analysis) -> Analysis:
    return Analysis(previous.specification, previous.settings, (), previous.words, {}, {})


def _words(document: Document, previous: Analysis | None, language: Language | None) -> Words:
    if language is None:
        return {}
    known = previous.words if previous else {}
    wanted = list(dict.fromkeys(text for part in document.parts for text in _texts(part)))
    missing = [text for text in wanted if text not in known]
    read = dict(zip(missing, language.read(missing), strict=True)) if missing else {}
    return {text: known[text] if text in known else read[text] for text in wanted}


def _texts(part: Part) -> tuple[str, ...]:
    return texts_to_read(part)


def _hits(passage: Passage, settings: Settings) -> Iterator[tuple[Rule, Hit]]:
    for rule in RULES.values():
        if rule.scope == "passage" and settings.rules.get(rule.name, rule.severity) is not None:
            yield from ((rule, hit) for hit in rule.check(passage) if isinstance(hit, Hit))


def _from_passages(
    specification: Specification, hits: Mapping[Passage, tuple[tuple[Rule, Hit], ...]], settings: Settings
) -> Iterator[Finding]:
    for p, part in enumerate(specification.passages):
        for b, passage in enumerate(part):
            for rule, hit in hits[passage] if passage is not None else ():
                settled = hit if rule.settle is None or passage is None else rule.settle(hit, passage, specification)
                finding = from_hit(rule, settled, Address(p, b, hit.sentence), specification, settings) if settled else None
                if finding is not None:
                    yield finding


def _from_document(specification: Specification, settings: Settings) -> Iterator[Finding]:
    for rule in RULES.values():
        if rule.scope == "document" and settings.rules.get(rule.name, rule.severity) is not None:
            for spot in rule.check(specification):
                finding = None if isinstance(spot, Hit) else from_spot(rule, spot, specification, settings)
                if finding is not None:
                    yield finding
