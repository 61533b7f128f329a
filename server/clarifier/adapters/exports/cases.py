"""What every tool is given: a conversation, the clause that it tests, and what a grader is told before and after the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.assist.grading import grade_request
from clarifier.assist.planning import GRADE_TOKENS, prompts_of
from clarifier.assist.questions import Message
from clarifier.assist.sampling import messages
from clarifier.semantics.rubric import rubric
from clarifier.semantics.specification import Specification

_ANSWER = "\0answer\0"


@dataclass(frozen=True)
class Case:
    """One prompt of one clause. `system` instructs the grader; `before` and `after` enclose the answer to be graded."""

    id: str
    clause: str
    text: str
    section: str
    title: str
    messages: tuple[Message, ...]
    system: str
    before: str
    after: str


def cases(specification: Specification) -> Iterator[Case]:
    """Every prompt of every clause, in the order of the specification."""
    seen: set[str] = set()
    for clause in specification.document.clauses:
        if clause.id in seen:
            continue
        seen.add(clause.id)
        for number, prompt in enumerate(prompts_of(specification, clause.id), 1):
            judged_by = rubric(specification, clause)
            asked = grade_request("", judged_by, prompt.turns, prompt.expectations, _ANSWER, False, GRADE_TOKENS)
            before, _, after = str(asked.messages[1]["content"]).partition(_ANSWER)
            section = " > ".join(judged_by.sections)
            said = messages(prompt.turns, True)
            yield Case(
                f"{clause.id}-{number}",
                clause.id,
                judged_by.quotable,
                section,
                prompt.title,
                said,
                str(asked.messages[0]["content"]),
                before,
                after,
            )
