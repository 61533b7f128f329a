"""The work of `clarifier test`, `report` and `export`: from a path and options to models, the store and files."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from clarifier.adapters import check, exports, files, progress, report, revisions
from clarifier.adapters.around import surroundings
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.grades import store_file
from clarifier.adapters.saying import hand_over, note, on_a_line, say, warn
from clarifier.adapters.writing import write_whole
from clarifier.assist import batching, planning, running
from clarifier.assist.model import Asker, Manners, askers
from clarifier.assist.progress import Progress
from clarifier.assist.secrets import CannotAsk
from clarifier.assist.store import Store, StoreUnusable, reading, writing
from clarifier.engine.analysis import analyse
from clarifier.engine.settings import Settings
from clarifier.semantics.rubric import rubric
from clarifier.semantics.specification import Specification
from clarifier.text.source import Source

__all__ = ["Manners", "Wanted", "export", "run_prompts", "specification", "write_report"]

_SHOWN = 10


@dataclass(frozen=True)
class Wanted:
    """The options of `clarifier test`."""

    clauses: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    graders: tuple[str, ...] = ()
    samples: int = 1
    since: str | None = None
    max_tokens: int = 1024
    threshold: float = 5.0
    dry_run: bool = False
    grader_check: bool = False
    batch: bool = False


def specification(path: Path, settings: Settings, text: str | None = None) -> Specification:
    """A specification with its prompts and grades, read for its structure only."""
    source = Source(path.as_posix(), files.read_text(path) if text is None else text)
    return analyse(source, settings, None, None, surroundings(path, source.text, settings)).specification


def run_prompts(path: Path, config: Path | None, wanted: Wanted, manners: Manners) -> int:
    """Run the prompts of a specification or of all in a folder; the exit status. Raises CannotRun."""
    if not wanted.models and not (wanted.grader_check and wanted.graders):
        raise CannotRun("name the model under test with --model or CLARIFIER_MODEL, or a --grader for --grader-check")
    chosen = [(file, settings) for file, settings in check.gather([path], config)]
    specifications = [(file, specification(file, settings), settings) for file, settings in chosen]
    with_prompts = [(f, s, k) for f, s, k in specifications if path.is_file() or s.surroundings.prompts]
    if not with_prompts:
        raise CannotRun(f"{path}: there is no specification with prompts in it")
    return max(_test(file, read, settings, wanted, manners) for file, read, settings in with_prompts)


def _test(file: Path, read: Specification, settings: Settings, wanted: Wanted, manners: Manners) -> int:
    graders = wanted.graders or wanted.models
    planned = planning.plan(read, wanted.models, graders, wanted.samples, wanted.max_tokens, _clauses(file, read, settings, wanted))
    if wanted.models and not planned.items and not wanted.since:
        raise CannotRun(f"{file}: no clause in it has prompts to run")
    try:
        if wanted.dry_run:
            with reading(store_file(file)) as kept:
                _say_cost(planned, planning.cost(planned, kept))
            return 0
        with writing(store_file(file)) as store:
            return asyncio.run(_asking(read, planned, graders, store, wanted, manners))
    except (StoreUnusable, CannotAsk) as problem:
        raise CannotRun(str(problem)) from None
    except sqlite3.Error as problem:
        raise CannotRun(f"{store_file(file)}: cannot be used: {problem}") from None


def _clauses(file: Path, read: Specification, settings: Settings, wanted: Wanted) -> frozenset[str] | None:
    known = {clause.id: clause for clause in read.document.clauses}
    for name in wanted.clauses:
        if name not in known:
            raise CannotRun(f"{file}: there is no clause “{name}”")
    chosen = frozenset(wanted.clauses) or None
    if wanted.since is None:
        return chosen
    text = revisions.text_at(file, wanted.since)
    before = specification(file, settings, text) if text is not None else None
    then = {c.id: rubric(before, c).fingerprint for c in before.document.clauses} if before else {}
    changed = frozenset(c.id for c in known.values() if then.get(c.id) != rubric(read, c).fingerprint)
    say(f"{len(changed)} of {len(known)} clauses have changed since {wanted.since}.")
    return changed if chosen is None else changed & chosen


async def _asking(
    read: Specification, planned: planning.Plan, graders: tuple[str, ...], store: Store, wanted: Wanted, manners: Manners
) -> int:
    stop = asyncio.Event()
    _stop_at_interrupt(stop)
    async with askers(os.environ, manners, stop) as (sampler, grader):
        status = 0
        if wanted.grader_check:
            for name in graders:
                status = max(status, await _check(read, name, store, grader))
        if wanted.batch:
            if sampler is not grader:
                raise CannotRun(
                    "--batch needs one endpoint for answers and grades: unset CLARIFIER_GRADER_BASE_URL and CLARIFIER_GRADER_API_KEY"
                )
            return max(status, _say_batches(await batching.visit(planned, store, sampler), planned, store, wanted))
        if planned.items and not stop.is_set():
            with progress.shown("test") as shown:
                ran = await running.run(planned, store, sampler, grader, shown)
            _say_run(ran, *({sampler, grader}))
            status = max(status, _say_means(planned, store, wanted.threshold))
            status = 130 if ran.stopped else 2 if ran.failed else status
        return status


def _stop_at_interrupt(stop: asyncio.Event) -> None:
    """The first Ctrl-C asks nothing more and keeps what is under way; the second ends at once."""
    loop = asyncio.get_running_loop()

    def interrupted(*_: object) -> None:
        if stop.is_set():
            os._exit(130)
        note("Stopping: what has been asked is waited for and kept. Press Ctrl-C again to leave at once.")
        loop.call_soon_threadsafe(stop.set)

    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), interrupted)


async def _check(read: Specification, name: str, store: Store, asker: Asker) -> int:
    with progress.shown(f"check {name}") as shown:
        checked, ran = await running.check_grader(read, name, store, asker, shown)
    if ran.stopped:
        return 130
    if ran.failed:
        _say_failures(ran.failed)
        return 2
    if checked.rate is None:
        say(f"{name}: the specification has no GOOD and BAD answers to the same prompt, so the grader is unchecked.")
        return 0
    verdict = "passes" if checked.passed else "fails, and its grades are marked"
    say(f"{name}: GOOD outscores BAD in {checked.told_apart} of {checked.pairs} pairs ({checked.rate:.0%}); the grader {verdict}.")
    return 0 if checked.passed else 1


def _say_cost(planned: planning.Plan, cost: planning.Cost) -> None:
    say(f"{cost.samples} answers to ask for, {cost.kept_samples} kept; {cost.grades} grades to ask for, {cost.kept_grades} kept.")
    say(
        f"{cost.samples + cost.grades} calls, about {cost.tokens_in:,} tokens in and at most {cost.tokens_out:,} out. Nothing was asked."
    )


def _say_run(ran: Progress, *askers: Asker) -> None:
    faults: dict[str, int] = {}
    for tally in (asker.tally for asker in askers):
        for kind, count in tally.faults.items():
            faults[kind] = faults.get(kind, 0) + count
    say(
        f"{ran.asked} answers and grades asked for, {ran.kept} kept from before; {ran.tokens_in:,} tokens in, {ran.tokens_out:,} out."
    )
    if faults:
        say("Asked again after " + ", ".join(f"{count} × {kind}" for kind, count in sorted(faults.items())) + ".")
    _say_failures(ran.failed)


def _say_failures(failed: list[str]) -> None:
    for one in failed[:_SHOWN]:
        warn(one)
    if failed:
        more = f" ({len(failed) - _SHOWN} more are not shown)" if len(failed) > _SHOWN else ""
        warn(f"{len(failed)} could not be had; the same command asks only for them{more}")


def _say_means(planned: planning.Plan, store: Store, threshold: float) -> int:
    below = 0
    for clause, model, mean, grades in planning.means(planned, store):
        low = mean < threshold
        below += low
        say(f"{clause:<24} {model:<32} {mean:4.1f}/7 of {grades}{'  below ' + format(threshold, 'g') if low else ''}")
    marked = [g for grades in store.grades().values() for g in grades if not g.sound and g.grader in planned.graders]
    if marked:
        say(f"{len(marked)} grades do not count: the quotation does not stand in the clause, or the grader failed its check.")
    checked = {c.grader for c in store.checks()}
    for name in planned.graders:
        if name not in checked:
            say(f"“{name}” has not been checked as a grader; --grader-check does that.")
    return 1 if below else 0


def _say_batches(seen: batching.Batches, planned: planning.Plan, store: Store, wanted: Wanted) -> int:
    say(f"{seen.taken} answers and grades taken over; {seen.tokens_in:,} tokens in, {seen.tokens_out:,} out.")
    for name in seen.handed_in:
        say(f"{name}: handed in; the same command takes what is finished, within a day.")
    for name in seen.under_way:
        say(f"{name}: under way.")
    _say_failures(seen.failed)
    if seen.complete:
        return _say_means(planned, store, wanted.threshold)
    return 2 if seen.failed else 0


def write_report(path: Path, config: Path | None, output: Path) -> None:
    """Write the report on a specification, or on all with prompts in a folder, as one page. Raises CannotRun."""
    pages = []
    for file, settings in check.gather([path], config):
        read = specification(file, settings)
        if path.is_file() or read.surroundings.prompts:
            try:
                with reading(store_file(file)) as store:
                    pages.append((read, store.runs() if store else (), store.checks() if store else ()))
            except (StoreUnusable, sqlite3.Error) as problem:
                raise CannotRun(str(problem)) from None
    content = report.page([report.chapter(read, runs, checks) for read, runs, checks in pages])
    if str(output) == "-":
        hand_over(content, end="")
        return
    write_whole(output, content)
    say(f"{on_a_line(str(output))}: written.")


def export(engine: str, path: Path, config: Path | None, output: Path, model: str, grader: str) -> None:
    """Write a specification's prompts and graders for another tool into a folder. Raises CannotRun."""
    specifications = [specification(file, settings) for file, settings in check.gather([path], config)]
    written = exports.written(engine, specifications, model, grader)
    for name, content in written.items():
        write_whole(output / name, content)
    say(f"{on_a_line(str(output))}: {', '.join(map(on_a_line, written))} written.")
