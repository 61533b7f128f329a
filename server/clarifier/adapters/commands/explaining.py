"""`clarifier explain`: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clarifier.adapters.failures import CannotRun
from clarifier.adapters.saying import hand_over, on_a_line, say


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(explain)


def explain(
    rule: Annotated[str | None, typer.Argument(help="The name of a rule; all of them if none.")] = None,
    html: Annotated[
        bool, typer.Option("--html", help="Write pages for a browser: of one rule to standard output, of all into a folder.")
    ] = False,
    output: Annotated[Path, typer.Option(help="The folder for the pages of all rules.")] = Path("clarifier-rules"),
) -> None:
    """Print the manual of a rule, or list the rules."""
    from clarifier.adapters import handbook
    from clarifier.rules import RULES

    if rule is not None and rule not in RULES:
        raise CannotRun(f"there is no rule “{rule}”; there are: {', '.join(RULES)}")
    if rule is not None:
        if html:
            hand_over(handbook.page(RULES[rule]))
        else:
            say(RULES[rule].manual)
    elif html:
        say(on_a_line(handbook.save(output).as_posix()))
    else:
        width = max(map(len, RULES))
        say("\n".join(f"{r.name:<{width}}  {r.severity:<11}  {' '.join(r.title.split())}" for r in RULES.values()))
