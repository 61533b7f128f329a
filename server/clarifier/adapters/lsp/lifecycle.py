"""What the client tells the server, and the diagnostics that it fetches."""

from __future__ import annotations

import json
from pathlib import Path

from lsprotocol import types

from clarifier.adapters.lsp.convert import to_path
from clarifier.adapters.lsp.diagnostics import Report
from clarifier.adapters.lsp.protocol import Raw
from clarifier.adapters.lsp.server import Clarifier


async def _initialized(ls: Clarifier, params: types.InitializedParams) -> None:
    # A client that says it twice must not have everything read by two at once.
    if not ls.begun:
        ls.begun = True
        ls.publisher.spawn(ls.window.begin())


async def _saved(ls: Clarifier, params: types.DidSaveTextDocumentParams) -> None:
    # A client that watches files says so by itself.
    if not ls.session.client.watches_files:
        ls.window.changed_on_disk([to_path(params.text_document.uri)])


async def _watched(ls: Clarifier, params: types.DidChangeWatchedFilesParams) -> None:
    ls.window.changed_on_disk([to_path(change.uri) for change in params.changes])


async def _configured(ls: Clarifier, params: types.DidChangeConfigurationParams) -> None:
    ls.window.reconfigured()


async def _folders(ls: Clarifier, params: types.DidChangeWorkspaceFoldersParams) -> None:
    removed = {Path(to_path(folder.uri)) for folder in params.event.removed}
    kept = [folder for folder in ls.session.library.folders if folder not in removed]
    added = [Path(to_path(folder.uri)) for folder in params.event.added if folder.uri.startswith("file:")]
    ls.session.library.folders = tuple(dict.fromkeys([*kept, *added]))
    ls.window.reconfigured()


async def _pulled(ls: Clarifier, params: types.DocumentDiagnosticParams) -> Raw:
    path = to_path(params.text_document.uri)
    await ls.schedule.settled(path)
    return Raw(f"{{{_as_report(ls.session.report(path), params.previous_result_id)}}}")


def _as_report(report: Report, known: str | None) -> str:
    """The members of a report: all diagnostics, or that they are those which the client knows."""
    if known == report.id:
        return f'"kind":"unchanged","resultId":"{report.id}"'
    return f'"kind":"full","resultId":"{report.id}","items":{report.array}'


async def _pulled_all(ls: Clarifier, params: types.WorkspaceDiagnosticParams) -> Raw:
    before = {to_path(known.uri): known.value for known in params.previous_result_ids}
    items = []
    for path in dict.fromkeys(
        [*ls.session.analyses, *ls.session.found, *ls.session.library.problems, *ls.session.unreadable, *before]
    ):
        await ls.schedule.settled(path)
        opened = ls.session.open.get(path)
        version = opened.version if opened is not None else "null"
        report = _as_report(ls.session.report(path), before.get(path))
        items.append(f'{{"uri":{json.dumps(ls.session.uri(path))},"version":{version},{report}}}')
    return Raw(f'{{"items":[{",".join(items)}]}}')


# What makes the server hear of its beginning and end, of files, configuration and folders.
HANDLERS = {
    types.INITIALIZED: _initialized,
    types.TEXT_DOCUMENT_DID_SAVE: _saved,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _watched,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: _configured,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: _folders,
    types.TEXT_DOCUMENT_DIAGNOSTIC: _pulled,
    types.WORKSPACE_DIAGNOSTIC: _pulled_all,
}
