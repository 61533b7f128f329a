"""`clarifier graph`: its options."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from clarifier.adapters.commands.checking import Config, Paths


class Drawing(StrEnum):
    """How a graph is written."""

    MERMAID = "mermaid"
    DOT = "dot"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(graph)


def graph(
    paths: Paths = None,
    format: Annotated[Drawing, typer.Option(help="How the graph is written.")] = Drawing.MERMAID,  # noqa: A002  # as in check
    config: Config = None,
) -> None:
    """Draw which specifications refer to which, by links, clauses and imports."""
    from pathlib import Path

    from clarifier.adapters.check import drawn, gather
    from clarifier.adapters.saying import say
    from clarifier.engine.graph import as_dot, as_mermaid

    shown = drawn(gather(paths or [Path()], config))
    say(as_dot(shown) if format is Drawing.DOT else as_mermaid(shown))
