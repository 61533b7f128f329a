"""What stands above a clause: its prompts and how it is graded, or that it has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.engine.analysis import Analysis
from clarifier.engine.views.grading import grade_words
from clarifier.text.source import Span


@dataclass(frozen=True)
class Lens:
    """A line above a clause: what it says, and the command that it runs on the clause."""

    span: Span
    title: str
    command: str
    clause: str


def lenses(analysis: Analysis) -> Iterator[Lens]:
    """One lens or more a clause, in order."""
    prompts = analysis.specification.surroundings.prompts
    for clause in analysis.document.clauses:
        count = sum(len(file.prompts) for file in prompts.get(clause.id, ()))
        if clause.id in prompts:
            graded = grade_words(analysis.specification, clause)
            yield Lens(
                clause.mark.span,
                f"{clause.id}: {count} prompt{'' if count == 1 else 's'}{graded}",
                "clarifier.openPrompts",
                clause.id,
            )
            if count:
                yield Lens(clause.mark.span, "Run", "clarifier.runPrompts", clause.id)
        else:
            yield Lens(clause.mark.span, f"{clause.id}: add prompts", "clarifier.createPrompts", clause.id)
