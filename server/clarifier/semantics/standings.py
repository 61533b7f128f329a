"""How each clause of a specification stands by its grades."""

from __future__ import annotations

from collections.abc import Mapping

from clarifier.semantics.grades import Standing, standing
from clarifier.semantics.kept import kept
from clarifier.semantics.rubric import fingerprint_of
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Clause


@kept
def standings(specification: Specification) -> Mapping[str, tuple[Clause, Standing]]:
    """Every clause that has grades, by its ID in the order of the specification, with how it stands."""
    grades = specification.surroundings.grades
    found: dict[str, tuple[Clause, Standing]] = {}
    for clause in specification.document.clauses if grades else ():
        if clause.id in grades and clause.id not in found:
            found[clause.id] = (
                clause,
                standing(grades[clause.id], fingerprint_of(specification, clause), prompts_of(specification, clause)),
            )
    return found


def standing_of(specification: Specification, clause: Clause) -> Standing:
    """How a clause stands, graded or not."""
    graded = standings(specification)
    return graded[clause.id][1] if clause.id in graded else standing((), "", prompts_of(specification, clause))


def prompts_of(specification: Specification, clause: Clause) -> tuple[str, ...]:
    """The fingerprints of the prompts of a clause, each once."""
    files = specification.surroundings.prompts.get(clause.id, ())
    return tuple(dict.fromkeys(prompt.fingerprint for file in files for prompt in file.prompts))
