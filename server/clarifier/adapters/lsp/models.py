"""Work that asks models, on an event loop of its own. Imported when a model is asked: openai takes a second to import."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from clarifier.adapters.grades import store_file
from clarifier.assist import running
from clarifier.assist.model import askers
from clarifier.assist.planning import Plan
from clarifier.assist.progress import Progress
from clarifier.assist.store import writing
from clarifier.assist.suggesting import suggest
from clarifier.engine.views.prompting import Suggestion
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Clause

Tell = Callable[[str, int], None]


async def run_prompts(planned: Plan, stop: asyncio.Event, tell: Tell) -> Progress:
    """How a run of a plan went, its answers and grades kept beside the specification."""

    def show(ran: Progress) -> None:
        tell(f"{ran.clause}: {ran.done} of {ran.total}", 100 * ran.done // max(1, ran.total))

    with writing(store_file(Path(planned.specification))) as store:
        async with askers(os.environ, stop=stop) as (sampler, grader):
            return await running.run(planned, store, sampler, grader, show)


async def suggest_prompts(specification: Specification, clause: Clause, model: str, stop: asyncio.Event) -> tuple[Suggestion, ...]:
    """Prompts that a model thinks up for a clause."""
    async with askers(os.environ, stop=stop) as (asker, _):
        return await suggest(specification, clause, model, asker)
