"""What a run has to ask, and what it would cost, before anything is asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from clarifier.assist.grading import grade_request
from clarifier.assist.questions import estimate
from clarifier.assist.sampling import conversation, sample_request
from clarifier.assist.store import GradeKey, ResponseKey, Store
from clarifier.semantics.grades import mean
from clarifier.semantics.rubric import Rubric, rubric
from clarifier.semantics.specification import Specification
from clarifier.syntax.prompts import Prompt

GRADE_TOKENS = 700  # a quotation, three sentences and a number, with room for a talkative grader


@dataclass(frozen=True)
class Item:
    """One answer to be had: a prompt of a clause, the model that answers, and which of its samples."""

    rubric: Rubric
    prompt: Prompt
    model: str
    sample: int
    max_tokens: int

    @property
    def response_key(self) -> ResponseKey:
        """Under what its answer is kept."""
        return ResponseKey(conversation(self.prompt), self.model, self.sample, self.max_tokens)

    def grade_key(self, grader: str) -> GradeKey:
        """Under what a grader's judgement of its answer is kept."""
        return GradeKey(self.rubric.fingerprint, self.prompt.fingerprint, self.model, self.sample, self.max_tokens, grader)


@dataclass(frozen=True)
class Plan:
    """All answers to be had and who grades each, in the order of the specification."""

    specification: str
    items: tuple[Item, ...]
    graders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a plan would ask and what is kept already; tokens are estimates, those out the most there can be."""

    samples: int
    kept_samples: int
    grades: int
    kept_grades: int
    tokens_in: int
    tokens_out: int


def plan(
    specification: Specification,
    models: Sequence[str],
    graders: Sequence[str],
    samples: int = 1,
    max_tokens: int = 1024,
    clauses: Collection[str] | None = None,
) -> Plan:
    """The plan for the clauses of these IDs, or for all that have prompts."""
    items: list[Item] = []
    seen: set[str] = set()
    for clause in specification.document.clauses:
        if clause.id in seen or (clauses is not None and clause.id not in clauses):
            continue
        seen.add(clause.id)
        prompts = prompts_of(specification, clause.id)
        judged_by = rubric(specification, clause) if prompts else None
        if judged_by is not None:
            items += [Item(judged_by, p, m, n, max_tokens) for p in prompts for m in dict.fromkeys(models) for n in range(samples)]
    return Plan(specification.path, tuple(items), tuple(dict.fromkeys(graders)))


def prompts_of(specification: Specification, clause: str) -> tuple[Prompt, ...]:
    """The prompts of a clause, each conversation once."""
    files = specification.surroundings.prompts.get(clause, ())
    return tuple({prompt.fingerprint: prompt for file in files for prompt in file.prompts}.values())


def cost(planned: Plan, store: Store | None) -> Cost:
    """What a plan would ask of the models beyond what the store holds."""
    samples = grades = kept_samples = kept_grades = tokens_in = tokens_out = 0
    for item in planned.items:
        waiting = [g for g in planned.graders if store is None or store.judgement(item.grade_key(g)) is None]
        kept_grades += len(planned.graders) - len(waiting)
        grades += len(waiting)
        answer = store.response(item.response_key) if store else None
        if answer is not None:
            kept_samples += 1
        elif waiting or not planned.graders:
            request = sample_request(item.prompt, item.model, item.max_tokens, True)
            samples += 1
            tokens_in += estimate(request.messages)
            tokens_out += item.max_tokens
        else:
            kept_samples += 1
        # An answer that is not there yet is taken to be half as long as it may be.
        text = answer.text if answer else " " * (2 * item.max_tokens)
        for grader in waiting:
            asked = grade_request(grader, item.rubric, item.prompt.turns, item.prompt.expectations, text, False, GRADE_TOKENS)
            tokens_in += estimate(asked.messages)
            tokens_out += GRADE_TOKENS
    return Cost(samples, kept_samples, grades, kept_grades, tokens_in, tokens_out)


def means(planned: Plan, store: Store) -> list[tuple[str, str, float, int]]:
    """Clause, model, mean and number of the sound grades that the store holds for a plan."""
    fingerprints = {(item.rubric.fingerprint, item.prompt.fingerprint, item.model, item.sample) for item in planned.items}
    kept = [
        grade
        for grades in store.grades().values()
        for grade in grades
        if (grade.rubric, grade.prompt, grade.model, grade.sample) in fingerprints and grade.grader in planned.graders
    ]
    found = []
    for clause in dict.fromkeys(item.rubric.clause for item in planned.items):
        for model in dict.fromkeys(item.model for item in planned.items):
            grades = tuple(g for g in kept if g.clause == clause and g.model == model)
            average = mean(grades)
            if average is not None:
                found.append((clause, model, average, sum(g.sound for g in grades)))
    return found
