"""What an editor shows of grades: above a clause in a few words, and on its ID with the reasons."""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.engine.views.quoting import quoted, shortened
from clarifier.semantics.grades import BEST, Grade, mean
from clarifier.semantics.specification import Specification
from clarifier.semantics.standings import standing_of
from clarifier.syntax.document import Clause

_SHOWN = 4


def grade_words(specification: Specification, clause: Clause) -> str:
    """What follows the number of prompts above a clause, such as ` · 6.5/7 · stale`; empty if it was never graded."""
    stands = standing_of(specification, clause)
    if not stands.shown:
        return ""
    average = stands.mean
    score = f"{average:.1f}/{BEST}" if average is not None else "no grade that counts"
    return f" · {score}" + (" · stale" if stands.stale else "")


def about_grades(specification: Specification, clause: Clause) -> Iterator[str]:
    """The mean of each model and the last grades with their reasons, as Markdown."""
    stands = standing_of(specification, clause)
    if not stands.shown:
        return
    head = (
        "Grades of an earlier wording"
        if not stands.current
        else "Grades, not yet of all prompts as they stand"
        if stands.stale
        else "Grades"
    )
    means = ", ".join(f"{quoted(model)} {_mean(tuple(g for g in stands.shown if g.model == model))}" for model in stands.models())
    latest = sorted(stands.shown, key=lambda grade: grade.at)[-_SHOWN:]
    yield f"{head}: **{means}**\n\n" + "\n".join(f"- {_one(grade)}" for grade in reversed(latest))


def _mean(grades: tuple[Grade, ...]) -> str:
    average = mean(grades)
    return f"{average:.1f}/{BEST}" if average is not None else "–"


def _one(grade: Grade) -> str:
    marks = ("" if grade.quoted else ", does not quote the clause") + (
        ", by a grader that failed its check" if grade.trusted is False else ""
    )
    title = quoted(grade.title or "untitled")
    return f"{grade.score}/{BEST} {title} ({quoted(grade.grader)}{marks}): “{quoted(shortened(grade.quote))}” {quoted(shortened(grade.rationale))}"
