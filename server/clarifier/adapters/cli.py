"""The command line and, by exit status, CI."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer import TyperException

from clarifier.adapters.commands import agents, amending, beginning, checking, drawing, explaining, identifying, testing
from clarifier.adapters.failures import CannotRun

_NOTHING_TO_RUN = 2
_INTERRUPTED = 130

app = typer.Typer(
    add_completion=False,
    help="An integrated thought clarifier for Markdown specifications.",
    pretty_exceptions_enable=False,
)


@app.callback()
def _commands() -> None:
    """An integrated thought clarifier for Markdown specifications."""


@app.command()
def ask(
    file: Annotated[Path, typer.Argument(help="The specification to ask about.")],
    config: Annotated[Path | None, typer.Option(help="The configuration file, instead of the nearest above the file.")] = None,
) -> None:
    """Ask in the terminal what a specification leaves open, and write the answers into it."""
    from clarifier.adapters import check as checking
    from clarifier.adapters import interview
    from clarifier.adapters.cache import cached_language
    from clarifier.adapters.terminal import screen

    if file.is_dir():
        raise CannotRun(f"{file}: is a folder; ask about one file at a time")
    ((path, settings),) = checking.gather([file], config)
    interview.hold(path, settings, cached_language(), screen())


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
    try:
        launch.serve_tcp(host or "127.0.0.1", int(port))
    except OSError as error:
        raise CannotRun(f"--tcp {tcp}: cannot be served: {error.strerror or error}") from None


agents.register(app)
checking.register(app)
explaining.register(app)
beginning.register(app)
drawing.register(app)
amending.register(app)
testing.register(app)
identifying.register(app)


def run(arguments: Sequence[str]) -> None:
    """Run a command; without one, show which there are. Raises CannotRun for options that make no sense."""
    try:
        status = app(args=list(arguments) or ["--help"], standalone_mode=False)
    except TyperException as problem:
        raise CannotRun(f"{problem.format_message()} (--help shows what there is)") from None
    if status == _INTERRUPTED:
        # What reads options makes a status of Ctrl-C, without a word.
        raise KeyboardInterrupt
    sys.exit(status if arguments else _NOTHING_TO_RUN)
