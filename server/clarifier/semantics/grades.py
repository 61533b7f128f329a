"""Grades as values: what a grader said of an answer to a clause's prompt, and how a clause stands by its grades."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

BEST = 7
PASSING = 5.0
DISPUTED = 3  # points between two grades from which on the clause, not the answer, is the likely cause


@dataclass(frozen=True, slots=True)
class Grade:
    """What a grader said of one answer. `rubric` and `prompt` are fingerprints of what it was judged by and gave.

    `quoted`: the quotation stands in the clause. `trusted`: whether the grader told GOOD precedents from BAD
    ones; None if it was not tested.
    """

    clause: str
    rubric: str
    prompt: str
    title: str
    model: str
    grader: str
    sample: int
    score: int
    rationale: str
    quote: str
    quoted: bool
    trusted: bool | None
    response: str
    at: str

    @property
    def sound(self) -> bool:
        """Whether the grade may count: it quotes the clause, and its grader has not failed the test."""
        return self.quoted and self.trusted is not False


@dataclass(frozen=True)
class Standing:
    """How a clause stands: number of prompts, grades of the clause as it reads now, grades from before it changed.

    `stale`: some prompt has been graded by an earlier wording only.
    """

    prompts: int
    current: tuple[Grade, ...]
    outdated: tuple[Grade, ...]
    stale: bool

    @property
    def shown(self) -> tuple[Grade, ...]:
        """The grades to show: those of the present wording, else those from before."""
        return self.current or self.outdated

    @property
    def mean(self) -> float | None:
        """The mean of the sound grades shown; None if there is none."""
        return mean(self.shown)

    def models(self) -> tuple[str, ...]:
        """The models graded, in alphabetical order."""
        return tuple(sorted({grade.model for grade in self.shown}))


def mean(grades: tuple[Grade, ...]) -> float | None:
    """The mean score of the grades that are sound; None if there is none."""
    scores = [grade.score for grade in grades if grade.sound]
    return sum(scores) / len(scores) if scores else None


def standing(grades: tuple[Grade, ...], rubric: str, prompts: tuple[str, ...]) -> Standing:
    """How a clause stands whose rubric and prompts now have these fingerprints."""
    current = tuple(g for g in grades if g.rubric == rubric and g.prompt in prompts)
    done = {(g.prompt, g.model, g.grader) for g in current}
    outdated = tuple(g for g in grades if g.rubric != rubric or g.prompt not in prompts)
    waiting = any(g.prompt in prompts and (g.prompt, g.model, g.grader) not in done for g in outdated)
    return Standing(len(prompts), current, outdated, waiting or bool(outdated and not current))


def disputes(grades: tuple[Grade, ...]) -> Iterator[tuple[Grade, Grade]]:
    """The widest dispute on each prompt: a low and a high sound grade of one model's answers that lie far apart."""
    groups: dict[tuple[str, str], list[Grade]] = {}
    for grade in grades:
        if grade.sound:
            groups.setdefault((grade.prompt, grade.model), []).append(grade)
    for group in groups.values():
        pairs = [(a, b) if a.score <= b.score else (b, a) for a, b in combinations(group, 2)]
        if pairs:
            low, high = max(pairs, key=lambda pair: pair[1].score - pair[0].score)
            if high.score - low.score >= DISPUTED:
                yield low, high
