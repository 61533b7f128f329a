"""Prompt files to be made: where one belongs and what stands in it at first."""

from __future__ import annotations

from pathlib import PurePath

from clarifier.engine.analysis import Analysis
from clarifier.engine.views.changes import NewFile
from clarifier.syntax.document import Clause


def new_prompt_file(analysis: Analysis, clause: Clause) -> NewFile:
    """The file for the prompts of a clause, its head line filled in, with room for the first prompt."""
    title = analysis.document.sections[clause.section].title
    newline = analysis.document.source.newline
    head = f"Examples for [^{clause.id}]" + (f" in {title}" if title else "") + ":"
    lines = [head, "", "**Example**: ", "", "~~~xml", "<user>", "", "</user>", "~~~", ""]
    return NewFile(str(PurePath(prompt_folder(analysis)) / f"{clause.id}.md"), newline.join(lines))


def prompt_folder(analysis: Analysis) -> str:
    """The folder of prompt files of a specification: the first that bears a configured name, else where it would lie."""
    names = [name for name in analysis.settings.prompt_dirs if name != "."]
    for folder in analysis.specification.surroundings.prompt_dirs:
        if any(PurePath(folder).parts[-len(PurePath(name).parts) :] == PurePath(name).parts for name in names):
            return folder
    return str(PurePath(analysis.specification.path).parent / next(iter(names), "examples"))
