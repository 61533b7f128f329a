"""Files as they were in a git revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from clarifier.adapters.failures import CannotRun


def text_at(file: Path, revision: str) -> str | None:
    """The text of a file in a revision; None if it was not there yet. Raises CannotRun without git or the revision."""
    folder = file.resolve().parent
    if revision.startswith("-"):
        raise CannotRun(f"“{revision}” is not a revision")
    known = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if known.returncode:
        raise CannotRun(f"{file}: there is no revision “{revision}” in a git repository here")
    shown = _git(folder, "show", f"{known.stdout.decode().strip()}:./{file.name}")
    if shown.returncode:
        return None
    try:
        return shown.stdout.decode("utf-8")
    except UnicodeDecodeError:
        raise CannotRun(f"{file}: is not UTF-8 text in “{revision}”") from None


# Nothing is fetched, whatever the settings of a repository say of objects that it lacks.
_NO_NETWORK = {"GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
# The settings of a repository must not make git run programs of its choice.
_NO_PROGRAMS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=", "--no-pager")


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *_NO_PROGRAMS, *arguments],
            cwd=folder,
            env={**os.environ, **_NO_NETWORK},
            capture_output=True,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise CannotRun("git is needed for revisions, and could not be run") from None


def _without_filters(folder: Path) -> Iterator[str]:
    """The options that keep git from running the programs through which a repository has it read files."""
    known = _git(folder, "config", "--null", "--name-only", "--get-regexp", r"^filter\.").stdout.decode("utf-8", "surrogateescape")
    for name in dict.fromkeys(filter(None, known.split("\0"))):
        yield from ("-c", f"{name}=false" if name.endswith(".required") else f"{name}=")


def changed_files(folder: Path, old: str, new: str | None = None) -> tuple[Path, ...]:
    """The files below a folder that differ between a revision and another, or what is on disk now; those new on disk too."""
    for revision in filter(None, (old, new)):
        if revision.startswith("-"):
            raise CannotRun(f"“{revision}” is not a revision")
    compared = _git(
        folder,
        *_without_filters(folder),
        "diff",
        "--name-only",
        "--no-renames",
        "--relative",
        "--no-ext-diff",
        "--no-textconv",
        "-z",
        old,
        *([new] if new else []),
        "--",
        ".",
    )
    if compared.returncode:
        raise CannotRun(f"{folder}: there is no revision “{old}”{f' or “{new}”' if new else ''} in a git repository here")
    names = compared.stdout.decode("utf-8", "surrogateescape").split("\0")
    if new is None:
        names += (
            _git(folder, "ls-files", "--others", "--exclude-standard", "-z").stdout.decode("utf-8", "surrogateescape").split("\0")
        )
    return tuple(folder / name for name in sorted(filter(None, names)))
