"""What lies around a specification, and whether there is something where its text links to."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from clarifier.adapters import files
from clarifier.adapters.listing import Listing
from clarifier.engine.settings import Settings
from clarifier.semantics.specification import Surroundings

_TARGET = re.compile(
    r"\]\(\s*(?:<([^<>\r\n]*)>|([^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*))|^ {0,3}\[[^\]\r\n]+\]:[ \t]*(?:<([^<>\r\n]*)>|(\S+))",
    re.MULTILINE,
)


def surroundings(
    file: Path,
    text: str,
    settings: Settings,
    root: Path | None = None,
    names: bool = True,
    listed: Callable[[Path], Listing] = Listing,
) -> Surroundings:
    """What lies around a specification that says a text: its neighbourhood, and the links that lead to no file."""
    around = files.neighbourhood(file, settings, root, names, listed)
    return replace(around, missing_files=missing_files(file, text, root))


def missing_files(file: Path, text: str, root: Path | None = None) -> frozenset[str]:
    """The targets of relative links in a specification's text at which there is no file. Nothing outside the root is looked at."""
    top = (root or files.workspace(file)).resolve()
    missing: set[str] = set()
    for found in _TARGET.finditer(text):
        target = found[1] or found[2] or found[3] or found[4] or ""
        path = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
        if not path or "\0" in path or re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:|[/\\]", target):
            continue
        wanted = Path(os.path.normpath(file.parent.resolve() / path))
        if wanted.is_relative_to(top) and files.resolved(wanted.parent).is_relative_to(top) and not _exists(wanted):
            missing.add(target)
    return frozenset(missing)


def _exists(wanted: Path) -> bool:
    # Generators of sites leave the ending out.
    return os.path.lexists(wanted) or os.path.lexists(f"{wanted}.md") or len(wanted.name) > 255
