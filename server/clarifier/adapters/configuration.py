"""`clarifier.toml` or `[tool.clarifier]` in `pyproject.toml`, nearest above a file, into settings."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from clarifier.adapters import files
from clarifier.adapters.contents import beginning, read_text
from clarifier.adapters.failures import CannotRun
from clarifier.engine.settings import Settings
from clarifier.rules import RULES

NAMES = ("clarifier.toml", "pyproject.toml")
_LARGEST = 1024 * 1024
_DEEP_KEY = re.compile(r"""(?:(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){40}""")


def find(start: Path) -> Path | None:
    """The configuration file nearest above a file or folder; None if there is none."""
    folder = start if start.is_dir() else start.parent
    for above in (folder, *folder.parents):
        for name in NAMES:
            file = above / name
            if file.is_file() and (name == "clarifier.toml" or _has_table(file)):
                return file
    return None


def _has_table(file: Path) -> bool:
    try:
        return b"[tool.clarifier" in beginning(file, _LARGEST)
    except (CannotRun, OSError):
        return False


def load(file: Path | None) -> Settings:
    """The settings in a file, the defaults for None. Raises CannotRun, naming the file and the key."""
    if file is None:
        return Settings(today=date.today())
    # What reads the tables takes longer to import than all else that a command needs for one file.
    from clarifier.adapters import tables  # noqa: PLC0415

    text = read_text(file, _LARGEST).removeprefix("\ufeff")
    try:
        # A key of a hundred thousand names would take all memory.
        if _DEEP_KEY.search(text):
            raise RecursionError
        written: dict[str, Any] = tomllib.loads(text)
    except RecursionError:
        raise CannotRun(f"{file}: is not valid TOML: it is nested too deeply") from None
    except ValueError as error:
        raise CannotRun(f"{file}: is not valid TOML: {error}") from None
    if file.name == "pyproject.toml":
        tools = written.get("tool", {})
        written = tools.get("clarifier", {}) if isinstance(tools, dict) else {}
    try:
        settings = tables.settings(written)
    except tables.Wrong as problem:
        raise CannotRun(f"{file}: {problem}") from None
    for name in settings.rules:
        if name not in RULES:
            raise CannotRun(f"{file}: rules.{name}: there is no rule of this name")
    for name in settings.imports:
        if "\0" in name or not files.within(file.parent / name, file):
            raise CannotRun(f"{file}: imports: {name!r} lies outside the workspace")
    return replace(
        settings,
        home=file.resolve().parent.as_posix(),
        imports=tuple((file.parent.resolve() / name).as_posix() for name in settings.imports),
    )
