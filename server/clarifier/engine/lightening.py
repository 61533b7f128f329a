"""What is left of an analysis when its sentences have been read for the last time: a third of it, and a thousand fit into memory."""

from __future__ import annotations

from dataclasses import replace

from clarifier.engine.analysis import Analysis
from clarifier.engine.settings import Settings
from clarifier.engine.settling import Settlement
from clarifier.semantics.kept import hand_on
from clarifier.semantics.specification import Surroundings
from clarifier.semantics.statements import statements
from clarifier.syntax.document import Passage, Passages
from clarifier.syntax.words import Sentence


def lightened(analysis: Analysis) -> Analysis:
    """The analysis with its findings and what a comparison needs of it, but without words: no rule is asked about it again."""
    specification = analysis.specification
    light = replace(specification, passages=tuple(map(_without_words, specification.passages)), carried={})
    return replace(analysis, specification=light, settlement=Settlement({}, {}), placed=())


def is_light(analysis: Analysis) -> bool:
    """Whether an analysis is all that was left of one, and of no help to the next."""
    return not analysis.settlement.parts and bool(analysis.document.parts)


def without_surroundings(analysis: Analysis) -> Analysis:
    """The analysis without what lies around it, which may be long and is known to whoever has asked for it."""
    return replace(analysis, specification=replace(analysis.specification, surroundings=Surroundings()))


def with_surroundings(analysis: Analysis, settings: Settings, around: Surroundings) -> Analysis:
    """The analysis with what lies around it again, and with the very settings that it was made with."""
    return replace(analysis, settings=settings, specification=replace(analysis.specification, surroundings=around))


def _without_words(part: Passages) -> Passages:
    light = Passages(None if passage is None else _light(passage) for passage in part)
    light.part = part.part
    return light


def _light(passage: Passage) -> Passage:
    light = replace(
        passage,
        sentences=tuple(Sentence(s.text, s.marks) for s in passage.sentences),
        lead=_mute(passage.lead),
        before=_mute(passage.before),
        reread=tuple(map(_mute, passage.reread)),
    )
    hand_on(statements, passage, light)
    return light


def _mute(sentence: Sentence | None) -> Sentence | None:
    return None if sentence is None else Sentence(sentence.text, sentence.marks)
