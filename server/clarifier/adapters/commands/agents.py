"""`clarifier mcp`: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clarifier.adapters.failures import CannotRun


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("mcp")(serve)


def serve(root: Annotated[Path, typer.Option(help="The folder that the agent may look at and change.")] = Path()) -> None:
    """Serve an agent over the Model Context Protocol."""
    try:
        from clarifier.adapters import agents
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] != "mcp":
            raise
        raise CannotRun("serving agents needs one more package: pip install 'clarifier[mcp]'") from None
    if not root.is_dir():
        raise CannotRun(f"{root}: is not a folder")
    agents.serve(root)
