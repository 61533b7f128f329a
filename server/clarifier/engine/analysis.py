"""analyse(source, settings, previous) → Analysis: one pure function; `previous` makes it faster, never different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from clarifier.engine.findings import Finding, from_hit, from_spot, in_order, is_asked, placed
from clarifier.engine.omissions import MOST_FINDINGS
from clarifier.engine.settings import Settings
from clarifier.engine.suppression import without_allowed
from clarifier.rules import RULES
from clarifier.rules._rule import Hit, Rule
from clarifier.semantics.passages import Words, passages, texts_to_read
from clarifier.semantics.specification import Specification, Surroundings
from clarifier.syntax.assembly import read_document
from clarifier.syntax.document import Document, Part, Passage, Passages
from clarifier.syntax.words import Word
from clarifier.text.source import Source


class Language(Protocol):
    """What reads sentences into words."""

    @property
    def version(self) -> str:
        """What the words depend on: equal versions read alike."""

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text, in order."""


@dataclass(frozen=True)
class Examined:
    """A part as it was read and what passage rules saw in it: its passages, its words, its hits by block.

    `findings` has one entry a hit, relative to the part, as it is if the document has nothing to say against it.
    """

    passages: Passages
    words: Words
    hits: tuple[tuple[int, Rule, Hit], ...]
    findings: tuple[Finding | None, ...]
    unread: frozenset[str] = frozenset()  # the sentences that were left unread in haste


@dataclass(frozen=True)
class Analysis:
    """A specification and what was found in it. Equal if what it says is equal, however it was come by."""

    specification: Specification
    settings: Settings
    findings: tuple[Finding, ...]
    examined: Mapping[str, Examined] = field(compare=False, repr=False)
    language: str | None = field(default=None, compare=False)

    @property
    def is_read(self) -> bool:
        """Whether every sentence was read; if not, a further analysis finds more."""
        return not any(part.unread for part in self.examined.values())

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
    hasty: bool = False,
) -> Analysis:
    """What is to be clarified in a source. Without a language only its structure is examined.

    Takes any text. Parts, words and hits that `previous` holds are taken over. In haste (while the author types) no
    sentence is read that was not read before: half a sentence says nothing yet.
    """
    document = read_document(source, previous.document if previous else None)
    version = language.version if language else None
    earlier: Mapping[str, Examined] = {}
    # A part's text determines how it is read only together with the document's link definitions.
    if previous is not None and previous.document.definitions == document.definitions:
        same = previous.settings == settings and previous.language == version
        earlier = previous.examined if same else {}
    examined = _examine(document, settings, language, earlier, hasty)
    specification = Specification(
        document,
        tuple(examined[part.key].passages for part in document.parts),
        surroundings or Surroundings(),
        settings.levels,
        settings.terms,
        settings.normative,
        language is not None,
    )
    found = (*_from_passages(specification, examined, settings), *_from_document(specification, settings))
    complete = language is not None and not any(part.unread for part in examined.values())
    findings = without_allowed(specification, in_order(f for f in found if not is_asked(source, f)), settings, complete)
    return Analysis(specification, settings, findings[:MOST_FINDINGS], examined, version)


def _examine(
    document: Document, settings: Settings, language: Language | None, earlier: Mapping[str, Examined], hasty: bool
) -> dict[str, Examined]:
    """Every part of the document examined: as it was earlier, or anew with what gone parts have in common with it."""
    texts = {part.key: part for part in document.parts}
    gone = [examined for text, examined in earlier.items() if text not in texts or (examined.unread and not hasty)]
    known_words = {text: words for examined in gone for text, words in examined.words.items()}
    known_hits = _by_passage(gone)
    held = {p: p for part in gone if not part.unread for p in part.passages if p is not None}
    fresh = [part for text, part in texts.items() if text not in earlier or (earlier[text].unread and not hasty)]
    wanted = dict.fromkeys(text for part in fresh for text in texts_to_read(part)) if language else {}
    missing = [text for text in wanted if text not in known_words]
    if language and missing and not hasty:
        known_words.update(zip(missing, language.read(missing), strict=True))
    anew: dict[str, Examined] = {}
    for part in fresh:
        here = frozenset(texts_to_read(part)) if language else frozenset()
        words = {text: known_words[text] for text in here if text in known_words}
        unread = here - words.keys()
        # What was worked out of a passage stays with it, so the passage itself is taken over.
        read = passages(part, words, settings.normative).replaced(held)
        hits: list[tuple[int, Rule, Hit]] = []
        for index, passage in enumerate(read):
            if passage is not None:
                known = known_hits.get(passage) if not _mentions(passage, unread) else None
                seen = tuple(_hits(passage, settings)) if known is None else known
                hits.extend((index, rule, hit) for rule, hit in seen)
        anew[part.key] = Examined(read, words, tuple(hits), tuple(_findings(part, read, hits, settings)), unread)
    return {text: anew[text] if text in anew else earlier[text] for text in texts}


def _mentions(passage: Passage, unread: frozenset[str]) -> bool:
    """Whether a passage holds or leans on one of these sentences."""
    around = [s for s in (passage.lead, passage.before) if s is not None]
    return bool(unread) and any(s.text in unread for s in (*passage.sentences, *around))


def _by_passage(parts: Sequence[Examined]) -> dict[Passage, tuple[tuple[Rule, Hit], ...]]:
    found: dict[Passage, tuple[tuple[Rule, Hit], ...]] = {}
    for part in parts:
        by_block: dict[int, list[tuple[Rule, Hit]]] = {}
        for block, rule, hit in part.hits:
            by_block.setdefault(block, []).append((rule, hit))
        for index, passage in enumerate(part.passages):
            if passage is not None and not _mentions(passage, part.unread):
                found[passage] = tuple(by_block.get(index, ()))
    return found


def _hits(passage: Passage, settings: Settings) -> Iterator[tuple[Rule, Hit]]:
    for rule in RULES.values():
        if rule.scope == "passage" and settings.rules.get(rule.name, rule.severity) is not None:
            yield from ((rule, hit) for hit in rule.check(passage) if isinstance(hit, Hit))


def _findings(
    part: Part, read: Sequence[Passage | None], hits: Sequence[tuple[int, Rule, Hit]], settings: Settings
) -> Iterator[Finding | None]:
    for block, rule, hit in hits:
        passage = read[block]
        yield from_hit(rule, hit, part, block, passage, settings) if passage else None


def _from_passages(specification: Specification, examined: Mapping[str, Examined], settings: Settings) -> Iterator[Finding]:
    for part, start in zip(specification.document.parts, specification.document.starts, strict=True):
        read = examined[part.key]
        for (block, rule, hit), finding in zip(read.hits, read.findings, strict=True):
            passage = read.passages[block]
            if rule.settle and passage:
                settled = rule.settle(hit, passage, specification)
                if settled is not hit:
                    finding = from_hit(rule, settled, part, block, passage, settings) if settled else None
            if finding is not None:
                yield placed(finding, start, specification)


def _from_document(specification: Specification, settings: Settings) -> Iterator[Finding]:
    for rule in RULES.values():
        if rule.scope == "document" and settings.rules.get(rule.name, rule.severity) is not None:
            for spot in rule.check(specification):
                finding = None if isinstance(spot, Hit) else from_spot(rule, spot, specification, settings)
                if finding is not None:
                    yield finding
