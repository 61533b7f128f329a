"""Prompt files to be made: where one belongs and what stands in it at first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from clarifier.engine.analysis import Analysis
from clarifier.engine.views.changes import Change, NewFile
from clarifier.rules._rule import Edit
from clarifier.syntax.document import Clause
from clarifier.text.source import Source, Span


def new_prompt_file(analysis: Analysis, clause: Clause) -> NewFile:
    """The file for the prompts of a clause, its head line filled in, with room for the first prompt."""
    title = analysis.document.sections[clause.section].title
    newline = analysis.document.source.newline
    head = f"Examples for [^{clause.id}]" + (f" in {title}" if title else "") + ":"
    lines = [head, "", "**Example**: ", "", "~~~xml", "<user>", "", "</user>", "~~~", ""]
    return NewFile(str(PurePath(prompt_folder(analysis)) / f"{clause.id}.md"), newline.join(lines))


@dataclass(frozen=True)
class Suggestion:
    """A prompt that may challenge a clause, to be looked at by the author."""

    title: str
    text: str


def suggested(analysis: Analysis, clause: Clause, suggestions: Sequence[Suggestion]) -> Change | None:
    """Suggestions written below the prompts of a clause, or into a file for them; None if there is nothing new.

    What stands in the file stays as it is. Raises ValueError for a file below whose text nothing can be added.
    """
    files = analysis.specification.surroundings.prompts.get(clause.id, ())
    known = {" ".join(prompt.first_user_turn.split()) for file in files for prompt in file.prompts}
    new = [s for s in suggestions if s.text.strip() and " ".join(s.text.split()) not in known and "</user>" not in s.text]
    if not new:
        return None
    if not files:
        head = new_prompt_file(analysis, clause)
        newline = analysis.document.source.newline
        return NewFile(head.path, head.text.partition("**Example**")[0] + newline.join(_example(s, newline) for s in new))
    source = files[0].source
    if any("fence" in problem or "not closed" in problem for _, problem in files[0].problems):
        raise ValueError(f"{files[0].path}: has a fence or a block that is not closed")
    end = len(source.text)
    gap = "" if not source.text else source.newline * max(0, 2 - _trailing_newlines(source))
    return Edit(files[0].path, Span(end, end), gap + source.newline.join(_example(s, source.newline) for s in new))


def _trailing_newlines(source: Source) -> int:
    kept = source.text.rstrip("\r\n")
    return source.text[len(kept) :].count(source.newline)


def _example(suggestion: Suggestion, newline: str) -> str:
    fence = "~~~"
    while fence in suggestion.text:
        fence += "~"
    title = " ".join(suggestion.title.split()) or "suggested"
    lines = [
        f"**Example**: {title}",
        "",
        f"{fence}xml",
        "<user>",
        *re.split(r"\r\n|\r|\n", suggestion.text.strip()),
        "</user>",
        fence,
        "",
    ]
    return newline.join(lines)


def prompt_folder(analysis: Analysis) -> str:
    """The folder of prompt files of a specification: the first that bears a configured name, else where it would lie."""
    names = [name for name in analysis.settings.prompt_dirs if name != "."]
    for folder in analysis.specification.surroundings.prompt_dirs:
        if any(PurePath(folder).parts[-len(PurePath(name).parts) :] == PurePath(name).parts for name in names):
            return folder
    return str(PurePath(analysis.specification.path).parent / next(iter(names), "examples"))
