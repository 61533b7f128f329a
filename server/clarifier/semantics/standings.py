"""How each clause of a specification stands by its grades."""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.semantics.grades import Standing, standing
from clarifier.semantics.rubric import rubric
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Clause


def standings(specification: Specification) -> Iterator[tuple[Clause, Standing]]:
    """Every clause that has grades, once, with how it stands."""
    grades = specification.surroundings.grades
    if not grades:
        return
    seen: set[str] = set()
    for clause in specification.document.clauses:
        if clause.id in grades and clause.id not in seen:
            seen.add(clause.id)
            yield clause, standing_of(specification, clause)


def standing_of(specification: Specification, clause: Clause) -> Standing:
    """How a clause stands, graded or not."""
    files = specification.surroundings.prompts.get(clause.id, ())
    prompts = dict.fromkeys(prompt.fingerprint for file in files for prompt in file.prompts)
    grades = specification.surroundings.grades.get(clause.id, ())
    return standing(grades, rubric(specification, clause).fingerprint if grades else "", tuple(prompts))
