"""`clarifier test`, `report` and `export`: their options. The work is imported when a command is run, not before."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Spec = Annotated[Path, typer.Argument(help="A specification, or a folder of them.", metavar="SPEC")]
Config = Annotated[Path | None, typer.Option(help="The configuration file, instead of the nearest above.")]


class Engine(StrEnum):
    """The evaluation tools for which prompts and graders are written."""

    PROMPTFOO = "promptfoo"
    INSPECT = "inspect"
    EVALS = "evals"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("test")(run_prompts)
    app.command()(report)
    app.command()(export)


def run_prompts(
    spec: Spec,
    clause: Annotated[list[str] | None, typer.Option(help="Only the prompts of this clause; may be repeated.")] = None,
    model: Annotated[
        list[str] | None, typer.Option(help="The model under test; may be repeated.", envvar="CLARIFIER_MODEL")
    ] = None,
    grader: Annotated[
        list[str] | None,
        typer.Option(help="The model that grades; may be repeated. The model under test if none.", envvar="CLARIFIER_GRADER"),
    ] = None,
    samples: Annotated[int, typer.Option(min=1, max=100, help="Answers to each prompt.")] = 1,
    since: Annotated[
        str | None, typer.Option(metavar="REV", help="Only clauses that have changed since this git revision.")
    ] = None,
    max_tokens: Annotated[int, typer.Option(min=1, help="The longest answer of the model under test.")] = 1024,
    threshold: Annotated[
        float, typer.Option(min=0, max=7, help="Exit with 1 if the mean of a clause is below; 0 for never.")
    ] = 5.0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many calls and tokens it would take, and ask nothing.")
    ] = False,
    grader_check: Annotated[
        bool, typer.Option("--grader-check", help="Test the graders on the precedents; without --model only this.")
    ] = False,
    batch: Annotated[
        bool, typer.Option("--batch", help="Hand in what is missing to OpenAI's Batch API, and take what is finished.")
    ] = False,
    concurrency: Annotated[int, typer.Option(min=1, max=1000, help="Calls at the same time.")] = 8,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds to wait for one answer.")] = 120.0,
    attempts: Annotated[int, typer.Option(min=1, max=20, help="How often one question is asked before it is given up.")] = 6,
    config: Config = None,
) -> None:
    """Run the prompts of a specification against a model, and grade the answers by its clauses."""
    from clarifier.adapters import testing

    wanted = testing.Wanted(
        tuple(clause or ()),
        tuple(model or ()),
        tuple(grader or ()),
        samples,
        since,
        max_tokens,
        threshold,
        dry_run,
        grader_check,
        batch,
    )
    status = testing.run_prompts(spec, config, wanted, testing.Manners(concurrency, attempts, timeout))
    if status:
        raise typer.Exit(status)


def report(
    spec: Spec,
    output: Annotated[Path, typer.Option(help="The page to write; “-” for standard output.")] = Path("clarifier-report.html"),
    config: Config = None,
) -> None:
    """Write one page of HTML with all grades: clauses by models, answers and reasons, coverage, and the trend."""
    from clarifier.adapters import testing

    testing.write_report(spec, config, output)


def export(
    engine: Annotated[Engine, typer.Argument(help="The tool to write for.")],
    spec: Spec,
    output: Annotated[Path | None, typer.Option(help="The folder to write to; a folder named after the tool if none.")] = None,
    model: Annotated[str, typer.Option(help="The model under test in what is written.", envvar="CLARIFIER_MODEL")] = "gpt-4o-mini",
    grader: Annotated[str, typer.Option(help="The grader in what is written.", envvar="CLARIFIER_GRADER")] = "gpt-4o",
    config: Config = None,
) -> None:
    """Write the prompts and their graders for another evaluation tool, by clause ID."""
    from clarifier.adapters import testing

    testing.export(engine.value, spec, config, output or Path(f"clarifier-{engine.value}"), model, grader)
