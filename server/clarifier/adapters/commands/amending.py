"""`clarifier diff`: its options."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How amendments are written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(diff)


def diff(
    rev: Annotated[str, typer.Argument(metavar="REV", help="A git revision: what was.")],
    until: Annotated[str | None, typer.Argument(metavar="[REV]", help="Another revision; the files as they are if none.")] = None,
    path: Annotated[list[Path] | None, typer.Option(help="A file or folder; may be repeated. The current folder if none.")] = None,
    format: Annotated[Format, typer.Option(help="How amendments are written.")] = Format.TEXT,  # noqa: A002  # as for `check`
    config: Annotated[Path | None, typer.Option(help="The configuration file, instead of the nearest above each file.")] = None,
) -> None:
    """Say what was amended since a revision, clause by clause."""
    from clarifier.adapters import amending
    from clarifier.adapters.saying import hand_over, say

    found = amending.between(path or [Path()], config, rev, until)
    if format is Format.JSON:
        hand_over(amending.as_json(found, rev, until))
    elif found:
        say(amending.as_markdown(found) if format is Format.MARKDOWN else amending.as_text(found))
