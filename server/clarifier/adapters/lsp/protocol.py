"""pygls as we need it: our own texts, plain JSON where it is long, an answer to every request, no traceback."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Generator
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

logger = logging.getLogger(__name__)
T = TypeVar("T")
_INVALID_PARAMS = -32602
_INTERNAL_ERROR = -32603


class Texts(Protocol):
    """What keeps the texts that the client has open."""

    def opened(self, item: types.TextDocumentItem) -> None:
        """Take in a text that the client has opened."""

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Apply changes to a text."""

    def closed(self, uri: str) -> None:
        """Let go of a text."""

    def initialized(self, params: types.InitializeParams, encoding: str) -> None:
        """Take note of what the client can do and how it counts."""

    def pulls(self) -> bool:
        """Whether the client fetches diagnostics itself, so that the server may offer that."""


class Raw(str):
    """JSON that is written out already: long lists are costly to convert value by value."""

    __slots__ = ()


class ClarifierProtocol(LanguageServerProtocol):
    """The protocol without pygls' own texts, which break lines at U+2028."""

    texts: Texts

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        """Negotiate; a client that cannot be told to fetch diagnostics anew is sent them instead."""
        result: types.InitializeResult = yield from super().lsp_initialize(params)
        self.texts.initialized(params, types.PositionEncodingKind(result.capabilities.position_encoding or "utf-16").value)
        if not self.texts.pulls():
            result.capabilities.diagnostic_provider = None
        return result

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take in a text."""
        self.texts.opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Apply changes to a text."""
        self.texts.changed(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Let go of a text."""
        self.texts.closed(params.text_document.uri)

    def handle_message(self, message: Any) -> None:
        """Delegate a message to its handler; what is JSON but no message is passed over."""
        if not hasattr(message, "jsonrpc"):
            logger.warning("what was sent is no message: %.80r", message)
            return
        super().handle_message(message)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message as a value. A request that cannot be read is answered: its sender is waiting."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if "id" in data and "method" in data:
                error = types.ResponseError(code=_INVALID_PARAMS, message=f"the parameters of {data['method']} cannot be read")
                self._send_response(data["id"], None, error)
            raise

    def as_value(self, plain: dict[str, Any], kind: type[T]) -> T:
        """Plain JSON as a value of the protocol."""
        return self._converter.structure(plain, kind)

    def send(self, method: str, params: Raw | dict[str, Any]) -> None:
        """Send a notification whose parameters are plain, or written out already."""
        if isinstance(params, Raw):
            self._send_data(Raw(f'{{"jsonrpc":"{self.VERSION}","method":"{method}","params":{params}}}'))
        else:
            self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})

    def _send_data(self, data: Any) -> None:
        if not isinstance(data, Raw) or self.writer is None:
            super()._send_data(data)
            return
        body = data.encode(self.CHARSET)
        self.writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def _send_response(self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None) -> None:
        if error is not None:
            # pygls puts a traceback into `data`, and the name of the exception into the message: both belong in the log.
            message = "the server could not answer this; its log says why" if error.code == _INTERNAL_ERROR else error.message
            super()._send_response(msg_id, None, types.ResponseError(code=error.code, message=message))
        elif isinstance(result, Raw):
            self._send_data(Raw(f'{{"jsonrpc":"{self.VERSION}","id":{json.dumps(msg_id)},"result":{result}}}'))
        elif isinstance(result, dict):
            self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "result": result})
        else:
            super()._send_response(msg_id, result)

    def _execute_handler(
        self,
        msg_id: str | int,
        handler: Callable[..., Any],
        callback: Callable[[Future[Any]], None],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        def done(future: Future[Any]) -> None:
            # pygls keeps the future of each notification for ever.
            self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, done, args, kwargs)
