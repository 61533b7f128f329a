"""Giving a clause another ID, everywhere at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from clarifier.engine.answers import applied
from clarifier.engine.views.changes import Change, MovedFile
from clarifier.engine.views.names import Analyses, Name, Use, homes, name_at, prompt_files, same_names
from clarifier.rules._rule import Edit
from clarifier.syntax.assembly import read_document
from clarifier.syntax.ids import ID
from clarifier.text.source import Source


class CannotRename(Exception):
    """Why an ID cannot be changed, in one sentence for the author."""


def renameable(analyses: Analyses, path: str, offset: int) -> Name | None:
    """The ID at an offset if it is written out somewhere as the ID of a clause or section."""
    name = name_at(analyses, path, offset)
    marks = same_names(analyses, name) if name is not None else ()
    return name if any(mark.use is Use.MARK for mark in marks) else None


def rename(analyses: Analyses, path: str, offset: int, new: str) -> tuple[Change, ...]:
    """The changes that give the ID at an offset another name: in texts, in head lines, in the names of prompt files.

    Raises CannotRename where there is no such ID, or the new one is none or is taken.
    """
    name = renameable(analyses, path, offset)
    if name is None:
        raise CannotRename("There is no clause ID here.")
    if not ID.fullmatch(new):
        raise CannotRename(f"“{new}” is not a clause ID: letters, digits, and “.”, “-” or “_” between them.")
    if new == name.id:
        return ()
    _check_free(analyses, name, new)
    edits = tuple(dict.fromkeys(Edit(n.path, n.span, new) for n in same_names(analyses, name)))
    _check_readable(analyses, name, new, edits)
    return (*edits, *dict.fromkeys(_moves(analyses, name, new)))


def _check_free(analyses: Analyses, name: Name, new: str) -> None:
    for analysis in homes(analyses, name):
        taken = {clause.id for clause in analysis.document.clauses} | {section.id for section in analysis.document.sections}
        if new in taken:
            raise CannotRename(f"“{new}” is the ID of another clause or section already.")
        if new in analysis.specification.surroundings.prompts:
            raise CannotRename(f"There is a prompt file {new}.md already.")


def _check_readable(analyses: Analyses, name: Name, new: str, edits: tuple[Edit, ...]) -> None:
    """Each notation has its own idea of an ID, so the changed text is read to see whether the new one is found."""
    for analysis in homes(analyses, name):
        source = analysis.document.source
        text = applied(source.text, (edit for edit in edits if edit.path == source.name))
        after = read_document(Source(source.name, text), analysis.document)
        if not any(mark.id == new for _, _, block in after.blocks() for mark in block.ids):
            raise CannotRename(f"“{new}” cannot be written as an ID in the place of “{name.id}”.")


def _moves(analyses: Analyses, name: Name, new: str) -> Iterator[MovedFile]:
    for analysis in homes(analyses, name):
        for file in prompt_files(analysis):
            if file.id == name.id:
                yield MovedFile(file.path, str(PurePath(file.path).with_name(f"{new}.md")))
