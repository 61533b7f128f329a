"""The language server as the client meets it. What it knows and does is imported when the client has been answered."""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, BinaryIO

from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls import uris
from pygls.io_ import StdoutWriter, run_async
from pygls.lsp.server import LanguageServer

from clarifier import __version__
from clarifier.adapters.lsp.client import Client, client_of
from clarifier.adapters.lsp.pipe import reader_of
from clarifier.adapters.lsp.protocol import ClarifierProtocol

if TYPE_CHECKING:
    from clarifier.adapters.lsp.publisher import Publisher
    from clarifier.adapters.lsp.schedule import Schedule
    from clarifier.adapters.lsp.session import Session
    from clarifier.adapters.lsp.window import Window

logger = logging.getLogger(__name__)


class Clarifier(LanguageServer):
    """The server of one editor window."""

    protocol: ClarifierProtocol

    def __init__(self) -> None:
        super().__init__(
            "clarifier",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=ClarifierProtocol,
            converter_factory=get_converter,
        )
        self.protocol.texts = self
        self.client = Client()
        self.folders: Sequence[str] = ()
        self.begun = False

    @cached_property
    def window(self) -> Window:
        """What goes on behind the window; there is nothing before `initialize`."""
        folders = tuple(Path(uris.to_fs_path(uri) or uri) for uri in self.folders if uri.startswith("file:"))
        made: Window = importlib.import_module("clarifier.adapters.lsp.window").Window(self, self.protocol, self.client, folders)
        return made

    @property
    def session(self) -> Session:
        """What the server knows."""
        return self.window.session

    @property
    def schedule(self) -> Schedule:
        """What is read when."""
        return self.window.schedule

    @property
    def publisher(self) -> Publisher:
        """What the server says unasked."""
        return self.window.publisher

    def rest(self) -> None:
        """Begin no more work."""
        if "window" in self.__dict__:
            self.window.stop()

    # What the protocol tells

    def initialized(self, params: types.InitializeParams, encoding: str) -> None:
        """Take note of what the client can do and of its folders."""
        self.client = client_of(params, encoding)
        folders = [folder.uri for folder in params.workspace_folders or ()]
        self.folders = folders or ([params.root_uri] if params.root_uri else [])

    def pulls(self) -> bool:
        """Whether the client fetches diagnostics itself."""
        return self.client.pulls

    def opened(self, item: types.TextDocumentItem) -> None:
        """Take in a text that the client has opened."""
        self.session.opened(item)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Apply changes to a text."""
        self.session.changed(params)

    def closed(self, uri: str) -> None:
        """Let go of a text."""
        self.session.closed(uri)

    def serve(self, descriptor: int, out: BinaryIO) -> None:
        """Serve the client that writes to a file descriptor and reads what is written out, until it says goodbye."""
        self._stop_event = Event()
        self.protocol.set_writer(StdoutWriter(out))
        try:
            asyncio.run(self._serve(self._stop_event, descriptor))
        except BrokenPipeError:
            logger.error("The client is gone.")
        except (KeyboardInterrupt, SystemExit):
            pass
        finally:
            self.shutdown()  # type: ignore[no-untyped-call]  # pygls has types for all but this

    async def _serve(self, stop: Event, descriptor: int) -> None:
        await run_async(stop, reader_of(descriptor), self.protocol, logger, self.report_server_error)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log an error; the author is not shown what only a developer can read."""
        logger.error("%s", error)
