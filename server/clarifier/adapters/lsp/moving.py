"""From place to place: definitions, references, links, and new names for old."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from clarifier.adapters import files
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.lsp.changing import can_send, on_disk, to_workspace_edit
from clarifier.adapters.lsp.convert import to_uri
from clarifier.adapters.lsp.server import Clarifier
from clarifier.adapters.lsp.showing import page
from clarifier.adapters.writing import write_whole
from clarifier.engine.answers import applied
from clarifier.engine.views.navigation import Place, definition, references
from clarifier.engine.views.renaming import CannotRename, rename, renameable
from clarifier.engine.views.writing import Tie, ties
from clarifier.rules._rule import Edit

logger = logging.getLogger(__name__)


class Refused(JsonRpcException):
    """A request that cannot be met, with the reason for the author."""

    CODE = -32803
    MESSAGE = "Request failed"


def to_location(ls: Clarifier, place: Place) -> types.Location:
    """A place as a location; in a file whose text is not known, its beginning."""
    positions = ls.session.positions(place.path)
    start = types.Position(line=0, character=0)
    within = positions.to_range(place.span) if positions is not None else types.Range(start=start, end=start)
    return types.Location(uri=ls.session.uri(place.path), range=within)


async def _definition(ls: Clarifier, params: types.DefinitionParams) -> list[types.Location]:
    at = await page(ls, params.text_document.uri)
    leap = definition(ls.session.analyses, at.path, at.positions.from_position(params.position)) if at is not None else None
    return [to_location(ls, place) for place in leap.targets] if leap is not None else []


async def _references(ls: Clarifier, params: types.ReferenceParams) -> list[types.Location]:
    at = await page(ls, params.text_document.uri)
    if at is None:
        return []
    offset = at.positions.from_position(params.position)
    return [
        to_location(ls, place) for place in references(ls.session.analyses, at.path, offset, params.context.include_declaration)
    ]


async def _links(ls: Clarifier, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    at = await page(ls, params.text_document.uri)
    if at is None or at.analysis is None:
        return []
    found = ties(ls.session.analyses, at.path)
    shows = ls.session.client.link_tooltips
    return [
        types.DocumentLink(range=at.positions.to_range(t.origin), target=_target(ls, t), tooltip=t.about if shows else None)
        for t in found
    ]


def _target(ls: Clarifier, tie: Tie) -> str:
    uri, positions = (
        to_uri(tie.path) if tie.path not in ls.session.open else ls.session.uri(tie.path),
        ls.session.positions(tie.path),
    )
    if tie.span is None or positions is None:
        return uri
    line, column = positions.source.line_and_column(tie.span.start)
    return f"{uri}#L{line + 1},{column + 1}"


async def _prepare(ls: Clarifier, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    at = await page(ls, params.text_document.uri)
    name = renameable(ls.session.analyses, at.path, at.positions.from_position(params.position)) if at is not None else None
    return (
        types.PrepareRenamePlaceholder(range=at.positions.to_range(name.span), placeholder=name.id)
        if at is not None and name is not None
        else None
    )


async def _rename(ls: Clarifier, params: types.RenameParams) -> types.WorkspaceEdit | None:
    at = await page(ls, params.text_document.uri)
    if at is None:
        raise Refused("There is no clause ID here.")
    try:
        changes = rename(ls.session.analyses, at.path, at.positions.from_position(params.position), params.new_name.strip())
    except CannotRename as problem:
        raise Refused(str(problem)) from None
    if can_send(ls.session, changes):
        return to_workspace_edit(ls.session, changes)
    # The client cannot move files: what concerns the prompt files is done on disk, at once, head lines included.
    moved = [change for change in changes if not isinstance(change, Edit)]
    paths = {change.path for change in moved}
    inside = [
        change for change in changes if isinstance(change, Edit) and change.path in paths and change.path not in ls.session.open
    ]
    try:
        for path in {change.path: None for change in inside}:
            _edit_on_disk(ls, path, [change for change in inside if change.path == path])
        on_disk(moved)
    except CannotRun as problem:
        raise Refused(f"The prompt file cannot be moved: {problem}.") from None
    ls.window.changed_on_disk(sorted(paths))
    return to_workspace_edit(ls.session, [change for change in changes if isinstance(change, Edit) and change not in inside])


def _edit_on_disk(ls: Clarifier, path: str, edits: Sequence[Edit]) -> None:
    source, file = ls.session.source(path), Path(path)
    if source is None or files.read_text(file) != source.text:
        raise CannotRun(f"{path}: was changed meanwhile")
    write_whole(file, applied(source.text, edits))


# What makes the server lead from place to place and rename IDs.
HANDLERS = {
    types.TEXT_DOCUMENT_DEFINITION: _definition,
    types.TEXT_DOCUMENT_REFERENCES: _references,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: _links,
    types.TEXT_DOCUMENT_RENAME: _rename,
    types.TEXT_DOCUMENT_PREPARE_RENAME: _prepare,
}
