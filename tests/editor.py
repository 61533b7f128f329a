"""An editor for tests: keeps texts as a client does, in its own units, and answers what the server asks."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lsprotocol import types
from lsprotocol.converters import get_converter
from pytest_lsp import ClientServerConfig, LanguageClient

CLIENTS = Path(__file__).parent / "clients"
CONFIG = ClientServerConfig(server_command=[sys.executable, "-m", "clarifier", "lsp"])
_CODEC = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
TIMEOUT = 30


def capabilities(name: str) -> types.ClientCapabilities:
    """What a real editor said in its `initialize`."""
    return get_converter().structure(json.loads((CLIENTS / f"{name}.json").read_text(encoding="utf-8")), types.ClientCapabilities)


class Editor:
    """A client session in one folder."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.published: list[types.PublishDiagnosticsParams] = []
        self.asked: list[types.ShowMessageRequestParams] = []
        self.shown: list[types.ShowDocumentParams] = []
        self.said: list[str] = []
        self.refreshed = 0
        self.status: dict[str, Any] = {}
        self.answers: list[str | None] = []
        self.encoding = "utf-16"
        self._news = asyncio.Event()

    @classmethod
    async def start(cls, client: LanguageClient, folder: Path, name: str) -> Editor:
        self = cls(client, folder)
        for method, handler in (
            (types.WINDOW_SHOW_MESSAGE_REQUEST, self._answer),
            (types.WORKSPACE_APPLY_EDIT, self._apply),
            ("clarifier/status", self._status),
            (types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, self._published),
            (types.WINDOW_SHOW_MESSAGE, self._said),
            (types.WINDOW_SHOW_DOCUMENT, self._shown),
            (types.WORKSPACE_DIAGNOSTIC_REFRESH, self._refreshed),
            (types.WORKSPACE_CODE_LENS_REFRESH, self._ignored),
            (types.WORKSPACE_INLAY_HINT_REFRESH, self._ignored),
            (types.CLIENT_REGISTER_CAPABILITY, self._ignored),
        ):
            client.protocol.fm._features.pop(method, None)
            client.feature(method)(lambda params, handler=handler: handler(params))
        folders = [types.WorkspaceFolder(uri=folder.as_uri(), name="workspace")]
        params = types.InitializeParams(capabilities=capabilities(name), workspace_folders=folders)
        self.result = await client.initialize_session(params)
        self.encoding = str(
            getattr(self.result.capabilities.position_encoding, "value", self.result.capabilities.position_encoding)
        )
        return self

    # What the server sends

    def _published(self, params: types.PublishDiagnosticsParams) -> None:
        self.published.append(params)
        self._news.set()

    def _said(self, params: types.ShowMessageParams) -> None:
        self.said.append(params.message)
        self._news.set()

    def _shown(self, params: types.ShowDocumentParams) -> types.ShowDocumentResult:
        self.shown.append(params)
        return types.ShowDocumentResult(success=True)

    def _refreshed(self, params: None) -> None:
        self.refreshed += 1
        self._news.set()

    def _ignored(self, params: Any) -> None:
        return None

    def _status(self, params: Any) -> None:
        self.status = {name: getattr(params, name) for name in ("indexing", "questions", "model")}
        self._news.set()

    def _answer(self, params: types.ShowMessageRequestParams) -> types.MessageActionItem | None:
        self.asked.append(params)
        wanted = self.answers.pop(0)
        return next((a for a in params.actions or () if wanted is not None and a.title.startswith(wanted)), None)

    def _apply(self, params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        self.apply(params.edit)
        return types.ApplyWorkspaceEditResult(applied=True)

    async def until(self, seen: Callable[[], Any]) -> Any:
        """What `seen` gives as soon as it is something."""
        async with asyncio.timeout(TIMEOUT):
            while not (found := seen()):
                self._news.clear()
                await self._news.wait()
        return found

    async def ready(self) -> None:
        """Wait until everything is read with words."""
        await self.until(lambda: self.status.get("model") == "ready" and not self.status["indexing"])

    # Texts

    def uri(self, name: str) -> str:
        return name if ":" in name else (self.folder / name).as_uri()

    def write(self, name: str, text: str) -> str:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
        return text

    def open(self, name: str, text: str, disk: bool = True) -> None:
        if disk:
            self.write(name, text)
        uri = self.uri(name)
        self.texts[uri], self.versions[uri] = text, 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                text_document=types.TextDocumentItem(uri=uri, language_id="markdown", version=1, text=text)
            )
        )

    def type(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` by `new`, as an incremental change."""
        uri = self.uri(name)
        at = self.texts[uri].index(old)
        within = self.range(name, old)
        self.texts[uri] = self.texts[uri][:at] + new + self.texts[uri][at + len(old) :]
        self._changed(uri, types.TextDocumentContentChangePartial(range=within, text=new))

    def _changed(self, uri: str, change: types.TextDocumentContentChangeEvent) -> None:
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(uri=uri, version=self.versions[uri])
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(text_document=document, content_changes=[change]))

    def text(self, name: str) -> str:
        return self.texts[self.uri(name)]

    def document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(uri=self.uri(name))

    def position(self, name: str, at: int) -> types.Position:
        codec, width = _CODEC[self.encoding]
        before = re.split(r"\r\n|\n|\r", self.text(name)[:at])
        return types.Position(line=len(before) - 1, character=len(before[-1].encode(codec)) // width)

    def range(self, name: str, words: str) -> types.Range:
        at = self.text(name).index(words)
        return types.Range(start=self.position(name, at), end=self.position(name, at + len(words)))

    def offset(self, uri: str, position: types.Position) -> int:
        codec, width = _CODEC[self.encoding]
        text = self.texts[uri]
        starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", text))]
        line = re.split(r"[\r\n]", text[starts[position.line] :])[0]
        return starts[position.line] + len(line.encode(codec)[: position.character * width].decode(codec))

    def at(self, name: str, within: types.Range) -> str:
        """The words at a range."""
        uri = self.uri(name)
        return self.texts[uri][self.offset(uri, within.start) : self.offset(uri, within.end)]

    # Edits

    def apply(self, edit: types.WorkspaceEdit) -> None:
        for uri, edits in (edit.changes or {}).items():
            self._edit(uri, list(edits))
        for change in edit.document_changes or ():
            if isinstance(change, types.TextDocumentEdit):
                if change.text_document.version is not None:
                    assert change.text_document.version == self.versions[change.text_document.uri]
                self._edit(change.text_document.uri, list(change.edits))
            elif isinstance(change, types.CreateFile):
                self._path(change.uri).parent.mkdir(parents=True, exist_ok=True)
                self._path(change.uri).touch()
            elif isinstance(change, types.RenameFile):
                self._path(change.old_uri).rename(self._path(change.new_uri))
            else:
                self._path(change.uri).unlink()

    def _path(self, uri: str) -> Path:
        return Path(uri.removeprefix("file://"))

    def _edit(self, uri: str, edits: list[Any]) -> None:
        is_open = uri in self.versions
        if not is_open:
            self.texts[uri] = self._path(uri).read_text(encoding="utf-8")
        spans = sorted(((self.offset(uri, e.range.start), self.offset(uri, e.range.end), e.new_text) for e in edits), reverse=True)
        for start, end, new in spans:
            self.texts[uri] = self.texts[uri][:start] + new + self.texts[uri][end:]
        if is_open:
            self._changed(uri, types.TextDocumentContentChangeWholeDocument(text=self.texts[uri]))
        else:
            self._path(uri).write_text(self.texts.pop(uri), encoding="utf-8", newline="")

    # Questions to the server

    async def diagnostics(
        self, name: str, wanted: Callable[[list[types.Diagnostic]], bool] = lambda _: True
    ) -> list[types.Diagnostic]:
        """The diagnostics pushed for the newest version, as soon as they are as wanted."""
        uri = self.uri(name)

        def newest() -> list[list[types.Diagnostic]]:
            found = [p for p in self.published if p.uri == uri and p.version == self.versions.get(uri)]
            return [list(found[-1].diagnostics)] if found and wanted(list(found[-1].diagnostics)) else []

        try:
            return (await self.until(newest))[0]
        except TimeoutError:
            raise AssertionError(
                f"not as wanted: {[(p.version, p.diagnostics) for p in self.published if p.uri == uri][-2:]}, text {self.texts[uri][:500]!r}"
            ) from None

    async def actions(self, name: str, words: str) -> list[Any]:
        """The actions at some words, asked for without any diagnostics, as ALE does. Those with a command come as a `Command`."""
        params = types.CodeActionParams(
            text_document=self.document(name), range=self.range(name, words), context=types.CodeActionContext(diagnostics=[])
        )
        return list(await self.client.text_document_code_action_async(params) or ())

    async def run(self, command: str, *arguments: Any) -> Any:
        return await self.client.workspace_execute_command_async(
            types.ExecuteCommandParams(command=command, arguments=list(arguments))
        )
