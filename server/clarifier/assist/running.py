"""Runs a plan: sample, keep, grade, keep. Whatever was had is kept before anything else is asked for."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from clarifier.assist.agreement import pairs, trials
from clarifier.assist.grading import Judgement, Unreadable, asked_again, grade_request, read_judgement
from clarifier.assist.model import Asker
from clarifier.assist.planning import GRADE_TOKENS, Item, Plan, means
from clarifier.assist.progress import Progress
from clarifier.assist.questions import Answer, Request, Stopped, Unanswered
from clarifier.assist.sampling import sample_request
from clarifier.assist.secrets import CannotAsk
from clarifier.assist.store import Check, GradeKey, Store
from clarifier.semantics.rubric import Rubric
from clarifier.semantics.specification import Specification

_TRIES = 3


Report = Callable[[Progress], None]


async def run(planned: Plan, store: Store, sampler: Asker, grader: Asker, report: Report) -> Progress:
    """Have every answer and grade of a plan that the store lacks; raises CannotAsk if nothing can be had at all."""
    progress = Progress(len(planned.items) * (1 + len(planned.graders)))
    try:
        await _all(
            [partial(_item, item, planned.graders, store, sampler, grader, progress, report) for item in planned.items],
            sampler,
            progress,
        )
    finally:
        store.keep_run(planned.specification, progress.complete, means(planned, store))
    return progress


async def check_grader(
    specification: Specification, name: str, store: Store, asker: Asker, report: Report
) -> tuple[Check, Progress]:
    """How a grader does on the precedents of a specification: in how many pairs GOOD outscores BAD."""
    tried = trials(specification)
    progress = Progress(len(tried))

    async def one(index: int) -> None:
        trial = tried[index]
        key = GradeKey(trial.rubric.fingerprint, trial.fingerprint, "", 0, 0, name)
        request = grade_request(name, trial.rubric, trial.precedent.prompt, (), trial.precedent.answer.text, False, GRADE_TOKENS)
        title = trial.precedent.title or trial.rubric.clause
        await _grade(key, trial.rubric, request, title, trial.precedent.answer.text, store, asker, progress, report)

    await _all([partial(one, index) for index in range(len(tried))], asker, progress)
    scores: dict[str, int] = {}
    for trial in tried:
        judged = store.judgement(GradeKey(trial.rubric.fingerprint, trial.fingerprint, "", 0, 0, name))
        if judged is not None:
            scores[trial.fingerprint] = judged.score
    both = [(g.fingerprint, b.fingerprint) for g, b in pairs(specification) if g.fingerprint in scores and b.fingerprint in scores]
    told_apart = sum(scores[good] > scores[bad] for good, bad in both)
    if progress.complete:
        store.keep_check(name, len(both), told_apart)
    return Check(name, len(both), told_apart, ""), progress


async def _all(work: Sequence[Callable[[], Awaitable[None]]], asker: Asker, progress: Progress) -> None:
    """Do all, a few at a time. After a fault that ends the run nothing more is asked, but what is under way is kept."""
    gate = asyncio.Semaphore(asker.manners.concurrency)

    async def gated(one: Callable[[], Awaitable[None]]) -> None:
        async with gate:
            await one()

    await _together([gated(one) for one in work], asker, progress)


async def _together(work: Sequence[Awaitable[None]], asker: Asker, progress: Progress) -> None:
    fault: BaseException | None = None
    for task in asyncio.as_completed([asyncio.ensure_future(one) for one in work]):
        try:
            await task
        except Stopped:
            progress.stopped = True
        except (CannotAsk, sqlite3.Error) as error:
            fault = fault or error
            asker.stop.set()
    if fault is not None:
        raise fault


async def _item(
    item: Item, graders: tuple[str, ...], store: Store, sampler: Asker, asker: Asker, progress: Progress, report: Report
) -> None:
    answer = store.response(item.response_key)
    if answer is not None:
        progress.kept += 1
    else:
        waiting = [g for g in graders if store.judgement(item.grade_key(g)) is None]
        if graders and not waiting:
            progress.kept += 1 + len(graders)
            progress.done += 1 + len(graders)
            report(progress)
            return
        answer = await _answer(item, store, sampler, progress)
    progress.done += 1
    progress.clause = item.rubric.clause
    report(progress)
    if answer is None:
        progress.done += len(graders)
        report(progress)
        return
    turns, expected = item.prompt.turns, item.prompt.expectations

    async def graded_by(name: str) -> None:
        request = grade_request(name, item.rubric, turns, expected, answer.text, answer.cut, GRADE_TOKENS)
        await _grade(item.grade_key(name), item.rubric, request, item.prompt.title, answer.text, store, asker, progress, report)

    await _together([graded_by(name) for name in graders], asker, progress)


async def _answer(item: Item, store: Store, asker: Asker, progress: Progress) -> Answer | None:
    request = sample_request(item.prompt, item.model, item.max_tokens, asker.endpoint.is_openai)
    try:
        answer = await asker.ask(request)
    except Unanswered as error:
        progress.failed.append(f"{item.rubric.clause}: {item.model}: {error}")
        return None
    store.keep_response(item.response_key, answer)
    _spend(progress, answer)
    return answer


async def _grade(
    key: GradeKey,
    rubric: Rubric,
    request: Request,
    title: str,
    response: str,
    store: Store,
    asker: Asker,
    progress: Progress,
    report: Report,
) -> None:
    if store.judgement(key) is not None:
        progress.kept += 1
    else:
        try:
            judged, tokens_in, tokens_out = await judgement(request, rubric, asker, progress)
            store.keep_judgement(key, rubric.clause, title, judged, response, tokens_in, tokens_out)
        except (Unanswered, Unreadable) as error:
            progress.failed.append(f"{rubric.clause}: {request.model}: {error}")
    progress.done += 1
    progress.clause = rubric.clause
    report(progress)


async def judgement(request: Request, rubric: Rubric, asker: Asker, progress: Progress) -> tuple[Judgement, int, int]:
    """A grader's judgement and its tokens. It is asked again for what is no grade, and once for a wrong quotation."""
    tokens_in = tokens_out = 0
    best: Judgement | None = None
    asked = request
    for _ in range(_TRIES):
        try:
            answer = await asker.ask(asked)
        except (Unanswered, Stopped):
            if best is None:
                raise
            break
        _spend(progress, answer)
        tokens_in, tokens_out = tokens_in + answer.tokens_in, tokens_out + answer.tokens_out
        try:
            judged = read_judgement(answer.text, rubric)
        except Unreadable:
            # At temperature 0 the same question would get the same reply.
            asked = Request(asked.model, asked.messages, asked.max_tokens, None, asked.schema)
            continue
        if judged.quoted or best is not None:
            return judged, tokens_in, tokens_out
        best = judged
        asked = asked_again(request, answer.text, rubric)
    if best is None:
        raise Unreadable(f"{_TRIES} replies that are no grade")
    return best, tokens_in, tokens_out


def _spend(progress: Progress, answer: Answer) -> None:
    progress.asked += 1
    progress.tokens_in += answer.tokens_in
    progress.tokens_out += answer.tokens_out
