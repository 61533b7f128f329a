"""The commands about grades: run prompts, suggest some, make a precedent, show the report. Only they ask a model."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from lsprotocol import types

from clarifier.adapters import report
from clarifier.adapters.grades import store_file
from clarifier.adapters.lsp import dialogue
from clarifier.adapters.lsp.convert import to_path
from clarifier.adapters.lsp.moving import Refused
from clarifier.adapters.lsp.server import Clarifier
from clarifier.assist import planning
from clarifier.assist.grading import Unreadable
from clarifier.assist.progress import Progress
from clarifier.assist.questions import Stopped, Unanswered
from clarifier.assist.secrets import CannotAsk
from clarifier.assist.store import StoreUnusable, reading
from clarifier.engine.analysis import Analysis
from clarifier.engine.views.names import clauses_named
from clarifier.engine.views.precedents import candidates, precedent_edit
from clarifier.engine.views.prompting import Suggestion, suggested
from clarifier.semantics.grades import BEST
from clarifier.syntax.document import Clause

T = TypeVar("T")
_OFFERED = 6


async def _run(ls: Clarifier, uri: Any, *arguments: Any) -> bool:
    """Run the prompts of one clause, or of all; whether everything was had."""
    analysis = await _analysis(ls, uri)
    clause = arguments[0] if arguments else None
    if clause is not None:
        _clause(analysis, clause)
    model, grader = _models()
    planned = planning.plan(analysis.specification, (model,), (grader,), clauses=None if clause is None else {clause})
    if not planned.items:
        raise Refused("There are no prompts to run.")

    async def work(stop: asyncio.Event, tell: Callable[[str, int], None]) -> Progress:
        from clarifier.adapters.lsp.models import run_prompts  # noqa: PLC0415  # an editor in which no model is asked need not import openai

        return await run_prompts(planned, stop, tell)

    try:
        ran = await _in_background(ls, f"Running {len(planned.items)} prompt{'' if len(planned.items) == 1 else 's'}", work)
    finally:
        ls.session.library.forget_prompts()
        ls.schedule.reread([analysis.specification.path])
    if ran.failed:
        more = f" (and {len(ran.failed) - 1} more)" if len(ran.failed) > 1 else ""
        ls.publisher.tell(f"Not everything could be had: {ran.failed[0]}{more}.", once=False)
    await ls.schedule.settled(analysis.specification.path)
    if ls.session.client.refreshes_lenses:
        await ls.workspace_code_lens_refresh_async(None)
    return ran.complete


async def _suggest(ls: Clarifier, uri: Any, clause: Any) -> bool:
    """Write prompts that a model suggests below those that are there; whether any were written."""
    analysis = await _analysis(ls, uri)
    found = _clause(analysis, clause)
    model, _ = _models()

    async def work(stop: asyncio.Event, tell: Callable[[str, int], None]) -> tuple[Suggestion, ...]:
        from clarifier.adapters.lsp.models import suggest_prompts  # noqa: PLC0415  # as above

        return await suggest_prompts(analysis.specification, found, model, stop)

    suggestions = await _in_background(ls, f"Suggesting prompts for {found.id}", work)
    # The author may have written meanwhile.
    analysis = await _analysis(ls, uri)
    try:
        change = suggested(analysis, _clause(analysis, clause), suggestions)
    except ValueError as problem:
        raise Refused(f"Nothing can be added to {problem}.") from None
    if change is None:
        ls.publisher.tell("The model suggests nothing that is not there.", types.MessageType.Info, once=False)
        return False
    if not await dialogue.apply(ls, (change,), f"Clarifier: suggested prompts for {found.id}"):
        return False
    ls.window.changed_on_disk([change.path])
    await dialogue.show(ls, change.path)
    return True


async def _make_precedent(ls: Clarifier, uri: Any, clause: Any, *arguments: Any) -> bool:
    """Make a graded answer an example in the specification; the author chooses which, and whether it is good or bad."""
    analysis = await _analysis(ls, uri)
    found = _clause(analysis, clause)
    offered = {
        f"{g.score}/{BEST} {p.title or 'untitled'} ({g.model}): {g.response[:60]}": (g, p)
        for g, p in candidates(analysis.specification, found)[:_OFFERED]
    }
    if not offered:
        raise Refused(f"No answer to the prompts of “{found.id}” has been graded that is not a precedent already.")
    given = arguments[0] if arguments and isinstance(arguments[0], dict) else {}
    chosen = (
        next(iter(offered))
        if len(offered) == 1
        else await dialogue.choose(ls, f"Which answer settles how “{found.id}” is read?", list(offered))
    )
    if chosen not in offered:
        return False
    grade, prompt = offered[chosen]
    verdict = given.get("verdict") or await dialogue.choose(
        ls, f"Does this answer follow “{found.id}”? {grade.response[:300]}", ["GOOD", "BAD"]
    )
    if verdict not in ("GOOD", "BAD"):
        return False
    try:
        edit = precedent_edit(
            analysis.specification, found, prompt, grade.response, verdict == "GOOD", str(given.get("reason") or grade.rationale)
        )
    except ValueError as problem:
        raise Refused(f"The answer cannot be made an example: {problem}.") from None
    return await dialogue.apply(ls, (edit,), f"Clarifier: precedent for {found.id}")


async def _report(ls: Clarifier, uri: Any) -> dict[str, Any]:
    """The report on a specification as one page of HTML."""
    analysis = await _analysis(ls, uri)
    try:
        with reading(store_file(Path(analysis.specification.path))) as store:
            runs, checks = (store.runs(), store.checks()) if store else ((), ())
    except (StoreUnusable, sqlite3.Error) as problem:
        raise Refused(f"{problem}.") from None
    return {"html": report.page([report.chapter(analysis.specification, runs, checks)])}


async def _analysis(ls: Clarifier, uri: Any) -> Analysis:
    if not isinstance(uri, str):
        raise Refused("The argument “uri” must be a text.")
    path = to_path(uri)
    await ls.schedule.settled(path)
    analysis = ls.session.analyses.get(path)
    if analysis is None:
        raise Refused(f"{path} is not a specification.")
    return analysis


def _clause(analysis: Analysis, name: Any) -> Clause:
    found = clauses_named(analysis.document, name) if isinstance(name, str) else ()
    if not found:
        raise Refused(f"There is no clause “{name}” in {analysis.specification.path}.")
    return found[0]


def _models() -> tuple[str, str]:
    model = os.environ.get("CLARIFIER_MODEL", "")
    if not model:
        raise Refused("No model is set: name one in the editor's settings, or as CLARIFIER_MODEL in the environment.")
    return model, os.environ.get("CLARIFIER_GRADER") or model


Work = Callable[[asyncio.Event, Callable[[str, int], None]], Coroutine[Any, Any, T]]


async def _in_background(ls: Clarifier, title: str, work: Work[T]) -> T:
    """The result of work on an event loop of its own, so that the editor is served meanwhile; shown, and stopped at a wish."""
    loop, token = asyncio.get_running_loop(), str(uuid4())
    shows = ls.session.client.shows_progress
    if shows:
        await ls.work_done_progress.create_async(token)
        ls.work_done_progress.begin(token, types.WorkDoneProgressBegin(title=title, cancellable=True, percentage=0))

    def tell(message: str, percentage: int) -> None:
        if shows:
            said = types.WorkDoneProgressReport(message=message, percentage=percentage)
            loop.call_soon_threadsafe(ls.work_done_progress.report, token, said)

    async def stoppable() -> T:
        stop, own = asyncio.Event(), asyncio.get_running_loop()
        if shows:
            ls.work_done_progress.tokens[token].add_done_callback(lambda _: _quietly(own, stop))
        return await work(stop, tell)

    try:
        return await asyncio.to_thread(asyncio.run, stoppable())
    except Stopped:
        raise Refused("It was stopped.") from None
    except (CannotAsk, StoreUnusable, Unanswered, Unreadable, sqlite3.Error) as problem:
        raise Refused(f"{problem}.") from None
    finally:
        if shows:
            ls.work_done_progress.end(token, types.WorkDoneProgressEnd())


def _quietly(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Stop the work unless it has ended by itself."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(stop.set)


# What makes the server carry out the commands about grades.
HANDLERS = {
    "clarifier.runPrompts": _run,
    "clarifier.suggestPrompts": _suggest,
    "clarifier.makePrecedent": _make_precedent,
    "clarifier.report": _report,
}
