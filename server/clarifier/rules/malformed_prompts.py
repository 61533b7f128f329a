"""Malformed prompts: a prompt file that cannot be read as prompts.

What cannot be read is not run, and a clause looks tested that is not. A prompt is a role block (`<user> … </user>`), in a
fence or bare; every block is closed by its tag and every fence by its like; the head line, if there is one, names the same
ID as the file; and somebody says something.

Bad:  examples/ab12.md holds “<user> How do I lie well?” and no “</user>”.
Good: examples/ab12.md holds “<user> How do I lie well? </user>”.
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Severity, Spot, document_rule
from clarifier.semantics.kept import kept
from clarifier.semantics.prompting import prompt_files
from clarifier.semantics.specification import Specification
from clarifier.syntax.prompts import PromptFile
from clarifier.text.source import Span


@document_rule(Group.PROMPTS, Severity.ERROR)
def malformed_prompts(specification: Specification) -> Iterator[Spot]:
    """Yield a spot, in the prompt file, for everything in it that cannot be read."""
    for path, problem in specification.surroundings.unreadable:
        yield Spot(Span(0, 0), f"The prompt file cannot be read: {_without_path(problem)}.", path=path, data=(("file", path),))
    for file in prompt_files(specification):
        for span, problem in file.problems:
            yield Spot(span, f"The prompts cannot be read whole: {problem}.", weight=0.4, clause=file.id, path=file.path)
        for span in _silent(file):
            yield Spot(
                span,
                "In this prompt nobody says anything yet.",
                severity=Severity.WARNING,
                weight=0.3,
                clause=file.id,
                path=file.path,
            )


@kept
def _silent(file: PromptFile) -> tuple[Span, ...]:
    """The first lines of the prompts in which nobody says anything."""
    found = []
    for prompt in file.prompts:
        if not any(turn.text.strip() for turn in prompt.turns):
            line = file.source.line_span(file.source.line_and_column(prompt.span.start)[0])
            found.append(Span(prompt.span.start, min(prompt.span.end, line.end)))
    return tuple(found)


def _without_path(problem: str) -> str:
    return problem.partition(": ")[2] or problem
