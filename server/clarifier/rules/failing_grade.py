"""Failing grade: a model's answers to the prompts of a clause do not follow it, or graders cannot agree whether they do.

A clause is a test: its prompts are answered by a model, and graders judge the answers by the words of the clause,
from 1 to 7. Where the mean of the sound grades stays below the passing score, either the model does not follow the
clause, or the clause does not say clearly enough what is to be done. Where two grades of the same prompt lie three
or more points apart, the clause was read in two ways: that is shown as information, with both reasons. Grades whose
quotation does not stand in the clause, and grades by a grader that failed its own test, do not count.

Bad:  The assistant must answer in the user's language[^l4ng]. (graded 2/7)
Good: The assistant must answer in the language of the user's latest message[^l4ng]. (graded 7/7)
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Related, Severity, Spot, document_rule
from clarifier.semantics.grades import Grade, disputes, mean
from clarifier.semantics.specification import Specification
from clarifier.semantics.standings import standings
from clarifier.syntax.document import Clause
from clarifier.text.source import Span


@document_rule(Group.PROMPTS, Severity.WARNING)
def failing_grade(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for every model that fails a clause, and for every prompt over which grades are far apart."""
    passing = specification.surroundings.passing
    for clause, stands in standings(specification).values():
        for model in stands.models() if stands.current else ():
            grades = tuple(g for g in stands.current if g.model == model and g.sound)
            average = mean(grades)
            if average is not None and average < passing:
                yield _failing(specification, clause, model, min(grades, key=lambda g: g.score), average)
        yield from (_disputed(specification, clause, low, high) for low, high in disputes(stands.current))


def _failing(specification: Specification, clause: Clause, model: str, worst: Grade, average: float) -> Spot:
    return Spot(
        clause.mark.span,
        f"“{model}” scores {average:.1f} of 7 on “{clause.id}”: {_said(worst)}",
        f"Does the model not follow “{clause.id}”, or does the clause not say plainly what it should do?",
        related=tuple(_prompt(specification, clause, worst, f"the prompt “{worst.title}” that was answered")),
        weight=0.8,
        clause=clause.id,
        data=(("model", model), ("prompt", worst.prompt)),
    )


def _disputed(specification: Specification, clause: Clause, low: Grade, high: Grade) -> Spot:
    between = f"“{low.grader}” and “{high.grader}”" if low.grader != high.grader else f"“{low.grader}”, asked of two samples,"
    return Spot(
        clause.mark.span,
        f"{between} judge{'' if low.grader != high.grader else 's'} answers of “{low.model}” to “{low.title}” far apart: "
        f"{low.score} of 7, because {_said(low)} {high.score} of 7, because {_said(high)}",
        f"Which of the two does “{clause.id}” mean?",
        related=tuple(_prompt(specification, clause, low, f"the prompt “{low.title}” over which they differ")),
        severity=Severity.INFORMATION,
        weight=0.7,
        clause=clause.id,
        data=(("model", low.model), ("prompt", low.prompt)),
    )


def _said(grade: Grade) -> str:
    reason = grade.rationale.rstrip()
    stop = "" if reason.endswith((".", "!", "?", ".”", '."')) else "."
    return f"“{grade.quote}” – {reason}{stop}"


def _prompt(specification: Specification, clause: Clause, grade: Grade, message: str) -> Iterator[Related]:
    for file in specification.surroundings.prompts.get(clause.id, ()):
        for prompt in file.prompts:
            if prompt.fingerprint == grade.prompt:
                line = file.source.line_and_column(prompt.span.start)[0]
                first = file.source.line_span(line)
                yield Related(file.path, Span(prompt.span.start, max(prompt.span.start, first.end)), message)
                return
