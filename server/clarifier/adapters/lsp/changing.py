"""Changes as workspace edits, in the form that the client takes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types

from clarifier.adapters.failures import CannotRun
from clarifier.adapters.lsp.convert import Positions, to_uri
from clarifier.adapters.lsp.session import Session
from clarifier.adapters.writing import write_whole
from clarifier.engine.views.changes import Change, MovedFile, NewFile, RemovedFile
from clarifier.rules._rule import Edit
from clarifier.text.source import Source

CONSENT = "consent"


def needs_file_operations(changes: Sequence[Change]) -> frozenset[str]:
    """The file operations that changes need, in the protocol's words."""
    kinds = {NewFile: "create", MovedFile: "rename", RemovedFile: "delete"}
    return frozenset(kinds[type(change)] for change in changes if not isinstance(change, Edit))


def can_send(session: Session, changes: Sequence[Change]) -> bool:
    """Whether the client can make these changes itself."""
    return needs_file_operations(changes) <= session.client.file_operations


def to_workspace_edit(session: Session, changes: Sequence[Change], consent: str | None = None) -> types.WorkspaceEdit:
    """The changes as one edit; `consent` asks the author to look first, where the client can."""
    annotated = consent is not None and session.client.annotations
    if not session.client.versioned_edits:
        return types.WorkspaceEdit(changes=_by_uri(session, changes))
    return types.WorkspaceEdit(
        document_changes=_in_order(session, changes, CONSENT if annotated else None),
        change_annotations={CONSENT: types.ChangeAnnotation(label=consent or "", needs_confirmation=True)} if annotated else None,
    )


def _by_uri(session: Session, changes: Sequence[Change]) -> dict[str, list[types.TextEdit]]:
    found: dict[str, list[types.TextEdit]] = {}
    for change in changes:
        if isinstance(change, Edit):
            found.setdefault(session.uri(change.path), []).append(_text_edit(session, change))
    return found


def _in_order(
    session: Session, changes: Sequence[Change], annotation: str | None
) -> list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile]:
    out: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    by_path: dict[str, types.TextDocumentEdit] = {}
    for change in changes:
        if isinstance(change, Edit):
            if change.path not in by_path:
                opened = session.open.get(change.path)
                document = types.OptionalVersionedTextDocumentIdentifier(
                    uri=session.uri(change.path), version=opened.version if opened else None
                )
                by_path[change.path] = types.TextDocumentEdit(text_document=document, edits=[])
                out.append(by_path[change.path])
            edit = _text_edit(session, change)
            annotated = (
                types.AnnotatedTextEdit(range=edit.range, new_text=edit.new_text, annotation_id=annotation) if annotation else edit
            )
            by_path[change.path].edits = [*by_path[change.path].edits, annotated]
        elif isinstance(change, NewFile):
            uri = to_uri(change.path)
            out.append(types.CreateFile(uri=uri, options=types.CreateFileOptions(ignore_if_exists=True), annotation_id=annotation))
            start = types.Range(start=types.Position(line=0, character=0), end=types.Position(line=0, character=0))
            document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=None)
            out.append(types.TextDocumentEdit(text_document=document, edits=[types.TextEdit(range=start, new_text=change.text)]))
        elif isinstance(change, MovedFile):
            out.append(types.RenameFile(old_uri=session.uri(change.path), new_uri=to_uri(change.to), annotation_id=annotation))
        else:
            out.append(types.DeleteFile(uri=session.uri(change.path), annotation_id=annotation))
    return out


def _text_edit(session: Session, edit: Edit) -> types.TextEdit:
    positions = session.positions(edit.path) or Positions(Source(edit.path, ""), session.client.encoding)
    return types.TextEdit(range=positions.to_range(edit.span), new_text=edit.text)


def on_disk(changes: Sequence[Change]) -> None:
    """Make the changes to files that the client cannot make. Raises CannotRun for what the disk refuses."""
    for change in changes:
        if isinstance(change, NewFile) and not Path(change.path).exists():
            write_whole(Path(change.path), change.text)
        try:
            if isinstance(change, MovedFile):
                if Path(change.to).exists():
                    raise CannotRun(f"{change.to}: is there already, and is not overwritten")
                Path(change.path).rename(change.to)
            elif isinstance(change, RemovedFile):
                Path(change.path).unlink()
        except OSError as error:
            raise CannotRun(f"{change.path}: {error.strerror or error}") from None
