"""Large runs at half the price and in their own time: OpenAI's Batch API instead of one call after another.

A run hands in what is missing and ends; run again, it takes what is finished and hands in what follows from it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from clarifier.assist.grading import Unreadable, grade_request, read_judgement
from clarifier.assist.model import Asker
from clarifier.assist.planning import GRADE_TOKENS, Item, Plan, means
from clarifier.assist.questions import Request, read_answer
from clarifier.assist.sampling import sample_request
from clarifier.assist.store import GradeKey, ResponseKey, Store
from clarifier.semantics.rubric import Rubric, digest

_ENDED = ("completed", "failed", "expired", "cancelled")
LARGEST = 50_000  # requests in one batch, by OpenAI's limit


@dataclass
class Batches:
    """What a visit came to: batches handed in, under way and ended, and answers and grades taken over."""

    handed_in: list[str] = field(default_factory=list)
    under_way: list[str] = field(default_factory=list)
    taken: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    failed: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether nothing is under way and nothing went wrong."""
        return not (self.handed_in or self.under_way or self.failed)


@dataclass(frozen=True)
class _Question:
    request: Request
    said: dict[str, object]  # what must be known to keep the answer, even if the specification has changed by then

    @property
    def name(self) -> str:
        return f"{self.said['kind']}-{digest(json.dumps(self.said['key'], sort_keys=True))}"


async def visit(planned: Plan, store: Store, asker: Asker) -> Batches:
    """Take over what finished batches hold, then hand in what the store still lacks. Raises CannotAsk."""
    seen = Batches()
    # Whoever handed in a batch and ended before its name was kept left a mark on it.
    for mark in store.batches.intended():
        made = await asker.batch_marked(mark)
        if made is None:
            store.batches.drop(mark)
        else:
            store.batches.keep(mark, made)
    for batch, _ in store.batches.under_way():
        await _take(batch, store, asker, seen)
    under_way = store.batches.questions()
    by_model: dict[tuple[str, str], list[_Question]] = {}
    for question in _missing(planned, store, asker):
        if question.name not in under_way:
            by_model.setdefault((str(question.said["kind"]), question.request.model), []).append(question)
    for (kind, model), questions in by_model.items():
        for start in range(0, len(questions), LARGEST):
            await _hand_in(kind, model, questions[start : start + LARGEST], store, asker, seen)
    if seen.complete or seen.taken:
        store.keep_run(planned.specification, seen.complete, means(planned, store))
    return seen


def _missing(planned: Plan, store: Store, asker: Asker) -> Iterator[_Question]:
    for item in planned.items:
        waiting = [g for g in planned.graders if store.judgement(item.grade_key(g)) is None]
        answer = store.response(item.response_key)
        if answer is None and (waiting or not planned.graders):
            request = sample_request(item.prompt, item.model, item.max_tokens, asker.endpoint.is_openai)
            yield _Question(request, {"kind": "sample", "key": asdict(item.response_key)})
        for grader in waiting:
            if answer is None:
                break
            asked = grade_request(
                grader, item.rubric, item.prompt.turns, item.prompt.expectations, answer.text, answer.cut, GRADE_TOKENS
            )
            yield _Question(asked, _said_of(item, grader, answer.text))


def _said_of(item: Item, grader: str, response: str) -> dict[str, object]:
    return {
        "kind": "grade",
        "key": asdict(item.grade_key(grader)),
        "clause": item.rubric.clause,
        "text": item.rubric.quotable,
        "title": item.prompt.title,
        "response": response,
    }


async def _hand_in(kind: str, model: str, questions: list[_Question], store: Store, asker: Asker, seen: Batches) -> None:
    lines = (
        json.dumps(
            {"custom_id": q.name, "method": "POST", "url": "/v1/chat/completions", "body": asker.body(q.request)},
            ensure_ascii=False,
        )
        for q in questions
    )
    mark = secrets.token_hex(16)
    store.batches.intend(mark, kind, model, {q.name: json.dumps(q.said, ensure_ascii=False) for q in questions})
    batch = await asker.hand_in(f"clarifier-{kind}.jsonl", ("\n".join(lines) + "\n").encode("utf-8", "replace"), mark)
    store.batches.keep(mark, batch)
    seen.handed_in.append(batch)


async def _take(batch_id: str, store: Store, asker: Asker, seen: Batches) -> None:
    status, content = await asker.batch(batch_id)
    if status not in _ENDED:
        seen.under_way.append(batch_id)
        return
    questions = store.batches.questions(batch_id)
    for line in content.split("\n"):
        if line.strip():
            _keep(line, questions, store, asker, seen)
    if status != "completed":
        seen.failed.append(f"batch {batch_id} has {status}")
    store.batches.close(batch_id, status)


def _keep(line: str, questions: dict[str, str], store: Store, asker: Asker, seen: Batches) -> None:
    try:
        result = json.loads(line)
        said = json.loads(questions[result["custom_id"]])
        answer = read_answer(result["response"]["body"], asker.endpoint)
        if said["kind"] == "sample":
            store.keep_response(ResponseKey(**said["key"]), answer)
        else:
            judged = read_judgement(answer.text, Rubric(said["clause"], said["text"], (), None, (), ""))
            store.keep_judgement(
                GradeKey(**said["key"]),
                said["clause"],
                said["title"],
                judged,
                said["response"],
                answer.tokens_in,
                answer.tokens_out,
            )
    except Unreadable as error:
        seen.failed.append(str(error))
    except (ValueError, KeyError, TypeError):
        seen.failed.append("an answer in the batch that is not the JSON it should be")
    else:
        seen.taken += 1
        seen.tokens_in += answer.tokens_in
        seen.tokens_out += answer.tokens_out
