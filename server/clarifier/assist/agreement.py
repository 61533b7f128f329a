"""Whether a grader can be believed: pairs of precedents in which GOOD must outscore BAD."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.semantics.rubric import Rubric, digest, rubric, section_rubric
from clarifier.semantics.specification import Specification
from clarifier.syntax.transcripts import Precedent


@dataclass(frozen=True)
class Trial:
    """A precedent as a grader is tested on it: by a rubric that shows neither it nor its rivals."""

    precedent: Precedent
    rubric: Rubric

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits for the conversation and the answer."""
        turns = (*self.precedent.prompt, self.precedent.answer)
        return digest(*(f"{turn.role}: {turn.text}" for turn in turns))


def trials(specification: Specification) -> tuple[Trial, ...]:
    """The precedents that have a rival: an answer to the same conversation that was judged the other way."""
    return tuple(dict.fromkeys(trial for pair in pairs(specification) for trial in pair))


def pairs(specification: Specification) -> Iterator[tuple[Trial, Trial]]:
    """Each GOOD answer with each BAD answer to the same conversation."""
    groups: dict[tuple[object, ...], list[Precedent]] = {}
    for precedent in specification.precedents:
        said = tuple((turn.role, turn.text) for turn in precedent.prompt)
        groups.setdefault((precedent.section, said), []).append(precedent)
    for group in groups.values():
        tried = [Trial(p, _rubric(specification, p).without(tuple(group))) for p in group]
        for good in (t for t in tried if t.precedent.verdict.good):
            for bad in (t for t in tried if not t.precedent.verdict.good):
                yield good, bad


def _rubric(specification: Specification, precedent: Precedent) -> Rubric:
    named = precedent.verdict.clause
    if named:
        for clause in specification.document.clauses:
            if clause.id == named:
                return rubric(specification, clause)
    return section_rubric(specification, precedent.section)
