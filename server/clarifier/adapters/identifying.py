"""Clause IDs of files: listing them, and giving those that are missing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clarifier.adapters import files
from clarifier.adapters.gathering import gather
from clarifier.adapters.saying import on_a_line, say
from clarifier.adapters.writing import write_whole
from clarifier.engine.ids import NewId, bare_specification, new_ids, written
from clarifier.engine.settings import Settings
from clarifier.semantics.specification import Specification
from clarifier.syntax.assembly import read_document
from clarifier.syntax.document import IdStyle
from clarifier.text.source import Source


@dataclass(frozen=True)
class Listed:
    """A clause ID: where its notation stands (line and column from 1), and how many prompts test it."""

    id: str
    style: str
    path: str
    line: int
    column: int
    section: str
    prompts: int


def specification(path: Path, settings: Settings) -> Specification:
    """The structure of a file, with its prompt files."""
    return bare_specification(Source(path.as_posix(), files.read_text(path)), None, files.neighbourhood(path, settings))


def listed(paths: list[Path], config: Path | None) -> Iterator[Listed]:
    """The clause IDs of files and folders, in order of path and place."""
    for path, settings in gather(paths, config):
        document = read_document(Source(path.as_posix(), files.read_text(path)))
        prompts = files.neighbourhood(path, settings).prompts
        for clause in document.clauses:
            line, column = document.source.line_and_column(clause.mark.span.start)
            section, tests = document.sections[clause.section].title, sum(len(file.prompts) for file in prompts.get(clause.id, ()))
            yield Listed(clause.id, str(clause.style), document.source.name, line + 1, column + 1, section, tests)


def show(paths: Sequence[str]) -> None:
    """Print the table of the clause IDs of files and folders."""
    entries = list(listed([Path(path) for path in paths], None))
    if entries:
        say(as_table(entries))


def as_table(entries: list[Listed]) -> str:
    """One line an ID: ID, style, place, prompts, section."""
    width = max((len(entry.id) for entry in entries), default=0)
    places = [f"{on_a_line(entry.path)}:{entry.line}:{entry.column}" for entry in entries]
    far = max(map(len, places), default=0)
    return "\n".join(
        f"{e.id:<{width}}  {e.style:<8}  {place:<{far}}  {e.prompts:>3} {'prompt ' if e.prompts == 1 else 'prompts'}  {e.section}".rstrip()
        for e, place in zip(entries, places, strict=True)
    )


def as_json(entries: list[Listed]) -> str:
    """The same for machines."""
    values: list[dict[str, Any]] = [vars(entry) for entry in entries]
    return json.dumps({"version": 1, "ids": values}, ensure_ascii=False, indent=1)


def assign(paths: list[Path], config: Path | None, style: str | None) -> Iterator[tuple[str, NewId, int]]:
    """Give every clause that lacks one an ID, in the files; what was given, where (file and line from 1)."""
    chosen = IdStyle(style) if style else None
    for path, settings in gather(paths, config):
        found = specification(path, settings)
        new = new_ids(found, chosen)
        if new:
            write_whole(path, written(found.document.source.text, new))
        for one in new:
            yield found.path, one, found.document.source.line_and_column(one.edit.span.start)[0] + 1
