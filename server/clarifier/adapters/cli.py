"""The command line and, by exit status, CI."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clarifier.adapters.commands import identifying, testing
from clarifier.adapters.failures import CannotRun

app = typer.Typer(no_args_is_help=True, add_completion=False, help="An integrated thought clarifier for Markdown specifications.", pretty_exceptions_enable=False)


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """From which severity on the exit status is 1."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    NEVER = "never"


@app.callback()
def _commands() -> None:
    """An integrated thought clarifier for Markdown specifications."""


@app.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; the current folder if none.")] = None,
    format: Annotated[Format, typer.Option(help="How findings are written.")] = Format.TEXT,  # noqa: A002  # the option's name is in the contract
    fail_on: Annotated[FailOn, typer.Option(help="From which severity on the exit status is 1.")] = FailOn.ERROR,
    config: Annotated[Path | None, typer.Option(help="The configuration file, instead of the nearest above each path.")] = None,
    questions: Annotated[int | None, typer.Option(min=1, help="Print only the questions, this many, those that matter most first.")] = None,
) -> None:
    """Find what two readers would understand in two ways."""
    # Imported here because the language model takes seconds to import and --help must not.
    from clarifier.adapters import check as checking
    from clarifier.adapters import formats
    from clarifier.adapters.cache import cached_language
    from clarifier.engine.questions import questions as ranked
    from clarifier.rules._rule import Severity

    chosen = checking.gather(paths or [Path()], config)
    checked = checking.check(chosen, cached_language())
    if questions is not None:
        chosen_findings = ranked(checked.findings, [a.specification for a in checked.analyses])[:questions]
        if format is Format.JSON:
            print(formats.as_json(chosen_findings, checked.sources, len(chosen)))
        elif chosen_findings:
            print(formats.as_interview(chosen_findings, checked.sources))
    elif format is Format.JSON:
        print(formats.as_json(checked.findings, checked.sources, len(chosen)))
    elif checked.findings:
        print(formats.as_text(checked.findings, checked.sources))
    if fail_on is not FailOn.NEVER and any(f.severity.rank <= Severity(fail_on.value).rank for f in checked.findings):
        raise typer.Exit(1)


@app.command()
def ask(
    file: Annotated[Path, typer.Argument(help="The specification to ask about.")],
    config: Annotated[Path | None, typer.Option(help="The configuration file, instead of the nearest above the file.")] = None,
) -> None:
    """Ask in the terminal what a specification leaves open, and write the answers into it."""
    from rich.console import Console

    from clarifier.adapters import check as checking
    from clarifier.adapters import interview
    from clarifier.adapters.cache import cached_language

    if file.is_dir():
        raise CannotRun(f"{file}: is a folder; ask about one file at a time")
    ((path, settings),) = checking.gather([file], config)
    interview.hold(path, settings, cached_language(), Console(highlight=False))


@app.command()
def explain(rule: Annotated[str, typer.Argument(help="The name of a rule.")]) -> None:
    """Print the manual of a rule."""
    from clarifier.rules import RULES

    if rule not in RULES:
        raise CannotRun(f"there is no rule “{rule}”; there are: {', '.join(RULES)}")
    print(RULES[rule].manual)


@app.command()
def lsp(
    tcp: Annotated[str | None, typer.Option(metavar="HOST:PORT", help="Serve one client over TCP, for debugging.")] = None,
) -> None:
    """Serve an editor over standard input and output."""
    from clarifier.adapters.lsp import launch

    if tcp is None:
        launch.serve_stdio()
        return
    host, _, port = tcp.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CannotRun(f"--tcp {tcp}: is not HOST:PORT, such as 127.0.0.1:2087")
    launch.serve_tcp(host or "127.0.0.1", int(port))


testing.register(app)
identifying.register(app)


def main() -> None:
    """Run the command line; bad input ends with status 2 and one sentence."""
    try:
        app()
    except CannotRun as problem:
        print(f"clarifier: {problem}", file=sys.stderr)
        sys.exit(2)
