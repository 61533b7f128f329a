"""What the server says unasked: diagnostics, messages, its status, and that there is something new to fetch."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from clarifier.adapters.lsp.protocol import ClarifierProtocol, Raw
from clarifier.adapters.lsp.session import Session

logger = logging.getLogger(__name__)
STATUS = "clarifier/status"


class Publisher:
    """Sends what is new, and nothing twice."""

    def __init__(self, server: LanguageServer, protocol: ClarifierProtocol, session: Session) -> None:
        self._server = server
        self._protocol = protocol
        self._session = session
        self._sent: dict[str, tuple[str, int | None]] = {}  # by file: the ID of the report and the version of the text
        self._status: dict[str, Any] = {}
        self._told: set[str] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._refreshing = False
        self._refresh_again = False

    def show(self, paths: Iterable[str], edited: str | None = None) -> None:
        """Bring the diagnostics of files up to date in the editor; `edited` is the one that it knows it has changed."""
        if self._session.client.pulls:
            stale = [path for path in paths if path != edited and self._is_new(path)]
            if stale:
                self.refresh()
            return
        for path in paths:
            self._publish(path)

    def _is_new(self, path: str) -> bool:
        before = self._session.reports.get(path)
        return before is None or self._session.report(path) is not before

    def _publish(self, path: str) -> None:
        report, opened = self._session.report(path), self._session.open.get(path)
        version = opened.version if opened is not None else None
        if path not in self._sent and not report.items and opened is None:
            return
        if self._sent.get(path) == (report.id, version):
            return
        self._sent[path] = (report.id, version)
        numbered = f',"version":{version}' if version is not None else ""
        params = Raw(f'{{"uri":{json.dumps(self._session.uri(path))}{numbered},"diagnostics":{report.array}}}')
        self._protocol.send(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)

    def refresh(self) -> None:
        """Ask the client to fetch anew what may have changed, once at a time."""
        if self._refreshing:
            self._refresh_again = True
            return
        self._refreshing = True
        self.spawn(self._refresh())

    async def _refresh(self) -> None:
        client = self._session.client
        wanted: list[tuple[bool, Callable[[None], Coroutine[Any, Any, None]]]] = [
            (client.refreshes_diagnostics, self._server.workspace_diagnostic_refresh_async),
            (client.refreshes_lenses, self._server.workspace_code_lens_refresh_async),
            (client.refreshes_hints, self._server.workspace_inlay_hint_refresh_async),
        ]
        self._refresh_again = True
        try:
            while self._refresh_again:
                self._refresh_again = False
                for able, ask in wanted:
                    if able:
                        await ask(None)
        except JsonRpcException as problem:
            logger.info("the client did not refresh: %s", problem)
        finally:
            self._refreshing = False

    def tell(self, message: str, kind: types.MessageType = types.MessageType.Warning, once: bool = True) -> None:
        """Show a message to the author; the same one only once, unless asked."""
        if once and message in self._told:
            return
        self._told.add(message)
        self._server.window_show_message(types.ShowMessageParams(type=kind, message=message))

    def forget_told(self) -> None:
        """Say again what is still so: the author has changed something."""
        self._told.clear()

    def status(self, **now: Any) -> None:
        """Send the status if it is new."""
        if now != self._status:
            self._status = now
            self._protocol.send(STATUS, now)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run a coroutine beside the handlers; its failure is logged."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._spawned)

    def _spawned(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.error("a task failed", exc_info=task.exception())
