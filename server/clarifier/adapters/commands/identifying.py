"""`clarifier ids`: its options."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Style(StrEnum):
    """The notations of clause IDs."""

    FOOTNOTE = "footnote"
    HEADING = "heading"
    LABEL = "label"
    RULE = "rule"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(ids)


def ids(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; the current folder if none.")] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Give every clause that lacks one an ID, and change nothing else.")
    ] = False,
    style: Annotated[Style | None, typer.Option(help="The notation of new IDs, instead of the one that the document uses.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: Annotated[Path | None, typer.Option(help="The configuration file, instead of the nearest above each path.")] = None,
) -> None:
    """List clause IDs, or give the missing ones."""
    from clarifier.adapters import identifying
    from clarifier.adapters.saying import hand_over, on_a_line, say

    if write:
        for path, new, line in identifying.assign(paths or [Path()], config, style.value if style else None):
            say(f"{on_a_line(path)}:{line}: {new.id}")
        return
    entries = list(identifying.listed(paths or [Path()], config))
    if json:
        hand_over(identifying.as_json(entries))
    elif entries:
        say(identifying.as_table(entries))
