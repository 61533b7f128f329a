"""Specifications and prompt files on disk: which there are, and what is in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pathspec

from clarifier.adapters import grades
from clarifier.adapters.failures import CannotRun
from clarifier.engine.settings import LEFT_ALONE, Settings
from clarifier.semantics.specification import Surroundings
from clarifier.syntax.ids import ID
from clarifier.syntax.prompts import PromptFile, read_prompt_file

LARGEST = 4 * 1024 * 1024
_DEPENDENCIES = frozenset({"node_modules", "vendor", "third_party", "site-packages", "dist", "build", "target", "__pycache__"})


def read_text(file: Path) -> str:
    """The text of a file. Raises CannotRun for what is no text, too large or unreadable."""
    try:
        if file.is_dir():
            raise CannotRun(f"{file}: is a folder, not a file")
        if file.stat().st_size > LARGEST:
            raise CannotRun(f"{file}: is larger than {LARGEST // 1024 // 1024} MB and is not read")
        content = file.read_bytes()
    except OSError as error:
        raise CannotRun(f"{file}: cannot be read: {error.strerror or error}") from None
    if b"\0" in content[:8192]:
        raise CannotRun(f"{file}: is a binary file, not Markdown")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotRun(f"{file}: is not UTF-8 text (byte {error.start})") from None


def specifications(folder: Path, settings: Settings) -> Iterator[Path]:
    """The specifications in a folder, in order of their paths."""
    include = pathspec.PathSpec.from_lines("gitwildmatch", settings.include)
    exclude = pathspec.PathSpec.from_lines("gitwildmatch", settings.exclude)
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(d for d in folders if not d.startswith(".") and d not in _DEPENDENCIES)
        relative = Path(above).relative_to(folder).as_posix()
        for name in sorted(names):
            path = name if relative == "." else f"{relative}/{name}"
            if include.match_file(path) and not exclude.match_file(path) and not _left_alone(name, settings):
                yield Path(above) / name


def is_specification(file: Path, folder: Path | None, settings: Settings, markdown: bool = False) -> bool:
    """Whether a walk of the folder would take a file; `markdown` says that it is, whatever its name."""
    path = file.relative_to(folder).as_posix() if folder is not None and file.is_relative_to(folder) else file.name
    if any(part.startswith(".") or part in _DEPENDENCIES for part in path.split("/")[:-1]) or _left_alone(file.name, settings):
        return False
    included = markdown or pathspec.PathSpec.from_lines("gitwildmatch", settings.include).match_file(path)
    return included and not pathspec.PathSpec.from_lines("gitwildmatch", settings.exclude).match_file(path)


def _left_alone(name: str, settings: Settings) -> bool:
    return not settings.exclude and Path(name).stem.upper().partition(".")[0] in LEFT_ALONE


def surroundings(file: Path, settings: Settings, root: Path | None = None) -> Surroundings:
    """What lies around a specification: the prompt files of every prompt folder that applies."""
    prompts: dict[str, tuple[PromptFile, ...]] = {}
    unreadable: list[tuple[str, str]] = []
    folders = list(prompt_folders(file, settings, root))
    for folder in folders:
        beside = folder.resolve() == file.parent.resolve()
        for entry in sorted(folder.iterdir()):
            if entry.suffix == ".md" and ID.fullmatch(entry.stem) and entry.resolve() != file.resolve():
                try:
                    found = _prompt_file(str(entry), entry.stat().st_mtime_ns if entry.exists() else 0)
                except CannotRun as problem:
                    unreadable.append((str(entry), str(problem)))
                    continue
                # Beside the specification lie other documents too: only what reads as prompts is taken.
                if not beside or found.head_id is not None:
                    prompts[entry.stem] = (*prompts.get(entry.stem, ()), found)
    beside_it = tuple(str(f) for f in folders if f.resolve() != file.parent.resolve())
    return Surroundings(prompts, beside_it, unreadable=tuple(unreadable), grades=grades.kept(file) if prompts else {})


def prompt_folders(file: Path, settings: Settings, root: Path | None = None) -> Iterator[Path]:
    """The prompt folders that exist for a specification: beside it first, then below the root."""
    seen: set[Path] = set()
    for base in (file.parent, root):
        for name in settings.prompt_dirs if base is not None else ():
            folder = base / name if base is not None else Path(name)
            if folder.is_dir() and folder.resolve() not in seen:
                seen.add(folder.resolve())
                yield folder


@lru_cache(maxsize=20_000)
def _prompt_file(path: str, modified: int) -> PromptFile:
    return read_prompt_file(Path(path).as_posix(), read_text(Path(path)))


def prompt_file_paths(around: Mapping[str, Sequence[PromptFile]]) -> frozenset[str]:
    """The paths of prompt files, so that a walk does not take them for specifications."""
    return frozenset(file.path for files in around.values() for file in files)
