"""`clarifier check` and `clarifier baseline`: their options."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clarifier.adapters.saying import hand_over, note, on_a_line, say, warn

Paths = Annotated[list[Path] | None, typer.Argument(help="Files and folders; the current folder if none.")]
Config = Annotated[Path | None, typer.Option(help="The configuration file, instead of the nearest above each file.")]


# What is asked for beyond would take the memory of the machine, and save no time.
_MOST_PROCESSES = 64


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"


class FailOn(StrEnum):
    """From which severity on the exit status is 1."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    NEVER = "never"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(check)
    app.command()(baseline)


def check(
    paths: Paths = None,
    format: Annotated[Format, typer.Option(help="How findings are written.")] = Format.TEXT,  # noqa: A002  # the option's name is in the contract
    fail_on: Annotated[FailOn, typer.Option(help="From which severity on the exit status is 1.")] = FailOn.ERROR,
    config: Config = None,
    questions: Annotated[
        int | None, typer.Option(min=1, help="Print only the questions, this many, those that matter most first.")
    ] = None,
    baseline: Annotated[Path | None, typer.Option(help="Leave out what this file, written by `clarifier baseline`, holds.")] = None,
    changed_since: Annotated[
        str | None, typer.Option(metavar="REV", help="Only findings in clauses that differ from this git revision.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="How many processes read; 0 for as many as there are processors.")] = 0,
    cache: Annotated[bool, typer.Option(help="Say again what an earlier run found in the same texts.")] = True,
    judge: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="Ask this model of your endpoint about clauses that may conflict; nothing is sent without this option.",
        ),
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Print how many findings of each rule there are, instead of the findings.")
    ] = False,
) -> None:
    """Find what two readers would understand in two ways."""
    from clarifier.adapters import baselines, formats
    from clarifier.adapters.cache import cached_language
    from clarifier.adapters.changed import only_changed
    from clarifier.adapters.check import check as look
    from clarifier.adapters.gathering import gather
    from clarifier.adapters.output import printed
    from clarifier.adapters.reading_bar import reading
    from clarifier.adapters.results import Results
    from clarifier.engine.questions import questions as ranked
    from clarifier.rules._rule import Severity

    old = baselines.load(baseline) if baseline is not None else None
    named = paths or [Path()]
    chosen = gather(named, config, warn)
    # Questions are ranked, and changes are told, by the analyses themselves.
    results = Results() if cache and questions is None and changed_since is None and judge is None else None
    with reading(len(chosen)) as on_read:
        processes = min(jobs or os.cpu_count() or 1, _MOST_PROCESSES)
        checked = look(chosen, cached_language(jobs=processes), named, processes, on_read, results)
    for problem in checked.problems:
        warn(problem)
    findings = checked.findings
    if judge is not None:
        from clarifier.adapters.advising import with_advice

        findings = with_advice(checked, judge)
    if changed_since is not None:
        findings = only_changed(findings, checked.analyses, changed_since)
    if old is not None:
        findings = baselines.new_only(findings, old)
    files = checked.files
    if questions is not None:
        findings = tuple(ranked(findings, [a.specification for a in checked.analyses])[:questions])
        if format is Format.JSON:
            hand_over(formats.as_json(findings, checked.sources, files))
        elif findings:
            say(formats.as_interview(findings, checked.sources))
    elif summary:
        say(formats.as_summary(findings, files, format is Format.JSON))
    else:
        printed(format.value, findings, checked.sources, files)
    if checked.incomplete and fail_on is not FailOn.NEVER:
        raise typer.Exit(2)
    if fail_on is not FailOn.NEVER and any(f.severity.rank <= Severity(fail_on.value).rank for f in findings):
        raise typer.Exit(1)


def baseline(
    paths: Paths = None,
    output: Annotated[Path, typer.Option(help="The file to write; “-” for standard output.")] = Path(".clarifier-baseline.json"),
    config: Config = None,
) -> None:
    """Write down what is found today, so that `check --baseline` reports only what is new."""
    from clarifier.adapters import baselines
    from clarifier.adapters.cache import cached_language
    from clarifier.adapters.check import check as look
    from clarifier.adapters.gathering import gather

    named = paths or [Path()]
    checked = look(gather(named, config, warn), cached_language(), named)
    for problem in checked.problems:
        warn(problem)
    text = baselines.dumped(checked.findings, checked.sources)
    if str(output) == "-":
        hand_over(text, end="")
    else:
        baselines.save(output, text)
        note(f"{on_a_line(str(output))}: {len(checked.findings)} findings written down")
