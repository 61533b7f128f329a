"""What the rules on vague wording share: how evidence becomes a severity and a weight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from clarifier.rules._rule import Hit, Severity, settled_by
from clarifier.semantics.glossary import defined_keys
from clarifier.semantics.roles import Force, Place, force, place
from clarifier.semantics.specification import Specification
from clarifier.semantics.vagueness import defined, exemplified, exemplified_titles
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


def duties(passage: Passage) -> Iterator[tuple[int, Sentence]]:
    """The sentences of a passage that oblige and were read with words, each with its index; none of commentary."""
    if not passage.commentary:
        for index, sentence in enumerate(passage.sentences):
            if passage.normative[index] and sentence.words:
                yield index, sentence


def phrases(passage: Passage, index: int, patterns: Mapping[str, re.Pattern[str]]) -> Iterator[tuple[str, Span, Word]]:
    """What patterns find in a sentence, in order and the longest first: of which kind it is, where, and the word that governs it."""
    text = passage.sentences[index].text
    spans = sorted((found.start(), -found.end(), kind) for kind, pattern in patterns.items() for found in pattern.finditer(text))
    for start, end, kind in spans:
        word = word_at(passage, index, start, -end)
        if word is not None:
            yield kind, Span(start, -end), word


def graded(passage: Passage, index: int, word: Word, strong: bool, restricts: bool = False) -> tuple[Severity, float] | None:
    """The severity and weight of a vague word; None where nothing turns on it.

    A warning only where a duty turns on it and readers would build different things. `restricts` says that a word of
    the subject limits of what the duty holds.
    """
    binding, part = force(passage, index, word), place(passage.sentences[index], word)
    if binding is Force.DUTY and passage.title.rstrip().endswith("?"):
        binding = Force.ADVICE  # an answer to a question that readers have asked
    if part in (Place.PURPOSE, Place.ASIDE):
        return (Severity.HINT, 0.2) if strong and binding is not Force.FACT else None
    turns = part in (Place.CORE, Place.CONDITION) or restricts
    if binding is Force.DUTY:
        if turns:
            return (Severity.WARNING, 0.7) if strong else (Severity.INFORMATION, 0.5)
        return (Severity.INFORMATION, 0.4) if strong else (Severity.HINT, 0.25)
    if binding is Force.ADVICE and turns:
        return (Severity.INFORMATION, 0.45) if strong else (Severity.HINT, 0.3)
    return (Severity.HINT, 0.2) if strong and binding is not Force.FACT else None


def eased(severity: Severity) -> Severity:
    """One step less."""
    return {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.INFORMATION}.get(severity, Severity.HINT)


def word_at(passage: Passage, index: int, start: int, end: int) -> Word | None:
    """The word of a sentence that governs the others between two offsets; None if no word begins there."""
    inside = [w for w in passage.sentences[index].words if start <= w.span.start < end]
    return next(
        (w for w in inside if not start <= passage.sentences[index].words[w.head].span.start < end or w.head == w.index), None
    )


@dataclass(frozen=True, slots=True)
class Explained:
    """Whether the document defines one of the terms of a hit, and whether its section shows by precedents what is meant."""

    by_definition: bool
    by_example: bool


def explained(hit: Hit, passage: Passage, specification: Specification) -> Explained:
    """How the document explains what a hit is about: the terms in its key, which have a bar between them."""
    by_definition = bool(hit.key) and defined(specification, *hit.key.split("|"))
    return _EXPLAINED[by_definition, hit.severity is Severity.WARNING and exemplified(specification, passage)]


_EXPLAINED = {(one, other): Explained(one, other) for one in (True, False) for other in (True, False)}


def unless_explained(hit: Hit, _: Passage, by: Explained) -> Hit | None:
    """The hit, unless its terms are defined; milder where examples explain it."""
    if by.by_definition:
        return None
    return replace(hit, severity=eased(Severity.WARNING)) if by.by_example else hit


def explanations(specification: Specification) -> object:
    """All that a document explains: what it defines, and the sections that have examples."""
    return defined_keys(specification), exemplified_titles(specification)


settled_by_explanation = settled_by(unless_explained, explained, explanations)


def thing(sentence: Sentence, noun: Word) -> str:
    """How to name what a noun stands for: with the nouns before it, and in the letter case of the text but at its start."""
    parts = [w for w in sentence.children[noun.index] if w.dep == "compound" and w.index < noun.index]
    start = parts[0] if parts else noun
    said = sentence.text[start.span.start : noun.span.end]
    return said[:1].lower() + said[1:] if start.index == 0 and not said[1:2].isupper() else said
