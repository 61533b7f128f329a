"""`clarifier init`, `new` and `stats`: their options."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clarifier.adapters.commands.identifying import Style
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.saying import hand_over, on_a_line, say


class Format(StrEnum):
    """How figures are written."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(init)
    app.command()(new)
    app.command()(stats)


def init(folder: Annotated[Path, typer.Argument(help="The folder of the specifications.")] = Path()) -> None:
    """Write a commented clarifier.toml that fits the specifications in a folder."""
    from clarifier.adapters import beginning

    if not folder.is_dir():
        raise CannotRun(f"{folder}: is not a folder")
    file = folder / beginning.NAME
    beginning.save_new([(file, beginning.configuration_for(folder))])
    say(on_a_line(file.as_posix()))


def new(
    file: Annotated[Path, typer.Argument(help="The specification to make.")],
    style: Annotated[Style, typer.Option(help="The notation of its clause IDs.")] = Style.FOOTNOTE,
) -> None:
    """Make the skeleton of a specification, with clauses and their prompt files."""
    from clarifier.adapters import beginning

    if not file.name:
        raise CannotRun(f"{file}: is not the name of a file")
    made = beginning.skeleton(file if file.suffix else file.with_suffix(".md"), style.value)
    beginning.save_new(made)
    for path, _ in made:
        say(on_a_line(path.as_posix()))


def stats(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; the current folder if none.")] = None,
    since: Annotated[str | None, typer.Option(metavar="REV", help="Show what has changed since this git revision.")] = None,
    format: Annotated[Format, typer.Option(help="How figures are written.")] = Format.TEXT,  # noqa: A002  # as for `check`
    badge: Annotated[
        Path | None, typer.Option(help="Write a badge of the coverage: an SVG image, or for a .json the values for shields.io.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="The configuration file, instead of the nearest above each file.")] = None,
) -> None:
    """Count clauses, prompts, open questions and findings."""
    from clarifier.adapters import statistics
    from clarifier.adapters.cache import cached_language

    current, before = statistics.figures_of(paths or [Path()], config, cached_language(), since)
    if badge is not None:
        statistics.save_badge(current, badge)
    if format is Format.JSON:
        hand_over(statistics.as_json(current, before))
    else:
        say(statistics.as_text(current, before))
