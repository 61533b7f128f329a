"""One server process and what it has said: diagnostics that it sent, or that were fetched when it asked for that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any

Message = dict[str, Any]
# How long a server may take to say at last what a fresh one says; it takes a fraction of a second.
_PATIENCE = 60.0
_QUIET = 0.25
_FAULTS = ("could not be analysed", "a task failed", "Traceback", "Error:")
# What a client gets that sends what is no message: pygls logs it, as it should.
_EXPECTED = ("JSONDecodeError", "UnicodeDecodeError", "JsonRpc", "json.decoder", "ClassValidationError")


class Client:
    """A server process; what it asks is answered at once, in a thread that reads all that it sends."""

    def __init__(self, folder: Path, encoding: str, pulls: bool) -> None:
        self.encoding, self.pulls = encoding, pulls
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clarifier", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "CLARIFIER_CACHE_DIR": str(folder.parent / "cache"), "PYTHONFAULTHANDLER": "1"},
        )
        self.edits: deque[Message] = deque()
        self.status: Message = {}
        self.log: list[str] = []
        self._said: dict[str, list[str]] = {}
        self._reports: dict[str, str] = {}  # by URI: the ID of the report that was fetched last
        self._stale = pulls
        self._answers: dict[int, Message] = {}
        self._version = 0
        self._number = 0
        self._news = threading.Condition()
        self._ended = False
        threading.Thread(target=self._receive, daemon=True).start()
        threading.Thread(target=self._drain, daemon=True).start()
        self._begin(folder)

    def _begin(self, folder: Path) -> None:
        published = {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}}
        capabilities: Message = {
            "general": {"positionEncodings": [self.encoding]},
            "textDocument": {"publishDiagnostics": published},
            "workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True}},
        }
        if self.pulls:
            capabilities["textDocument"]["diagnostic"] = {"relatedDocumentSupport": True, **published}
            capabilities["workspace"]["diagnostics"] = {"refreshSupport": True}
        folders = [{"uri": folder.as_uri(), "name": "workspace"}]
        parameters = {"processId": None, "rootUri": folder.as_uri(), "workspaceFolders": folders, "capabilities": capabilities}
        self.ask("initialize", parameters)
        self.notify("initialized", {})

    # To the server

    def write(self, frame: bytes) -> None:
        """Send bytes. A server that has ended takes none, which `faults` will tell."""
        assert self.process.stdin
        try:
            self.process.stdin.write(frame)
            self.process.stdin.flush()
        except BrokenPipeError:
            self._ended = True

    def send(self, message: Message) -> None:
        """Send a message."""
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))

    def notify(self, method: str, params: Any) -> None:
        """Send a notification; one that may change diagnostics makes a client fetch them anew."""
        if method.startswith("textDocument/did"):
            self._stale = self.pulls
        self.send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> int:
        """Send a request whose answer is not waited for; its number."""
        self._number += 1
        self.send({"id": self._number, "method": method, "params": params})
        return self._number

    def ask(self, method: str, params: Any) -> Any:
        """The answer to a request; an error as the message that it came in."""
        number = self.request(method, params)
        end = time.monotonic() + _PATIENCE
        with self._news:
            while number not in self._answers:
                if not self._news.wait(max(0.01, end - time.monotonic())) or self._ended:
                    raise TimeoutError(f"{method} was not answered: {''.join(self.log)[-2000:]}")
            answer = self._answers.pop(number)
        return answer.get("result") if "error" not in answer else answer

    def open(self, uri: str, text: str) -> None:
        """Open a text."""
        self._version += 1
        language = "toml" if uri.endswith(".toml") else "markdown"
        document = {"uri": uri, "languageId": language, "version": self._version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, change: Message) -> None:
        """Change a text."""
        self._version += 1
        params = {"textDocument": {"uri": uri, "version": self._version}, "contentChanges": [change]}
        self.notify("textDocument/didChange", params)

    def kill(self) -> None:
        """End the server without a word."""
        self.process.kill()
        self.process.wait()

    # From the server

    def _drain(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.log.append(line.decode(errors="replace"))

    def _receive(self) -> None:
        stream = self.process.stdout
        assert stream
        while True:
            length = 0
            while header := stream.readline().strip():
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
            message = json.loads(stream.read(length)) if length else None
            with self._news:
                if message is None:
                    self._ended = True
                else:
                    self._take(message)
                self._news.notify_all()
            if message is None:
                return

    def _take(self, message: Message) -> None:
        method, params = message.get("method"), message.get("params") or {}
        if method is None:
            self._answers[message.get("id") or 0] = message
        elif method == "workspace/applyEdit":
            self.edits.append(message)
        elif "id" in message:
            self._stale |= method == "workspace/diagnostic/refresh"
            chosen = params["actions"][-1] if method == "window/showMessageRequest" else None
            threading.Thread(target=self.send, args=({"id": message["id"], "result": chosen},)).start()
        elif method == "textDocument/publishDiagnostics":
            self._keep(params["uri"], params["diagnostics"])
        elif method == "clarifier/status":
            self.status = params

    def _keep(self, uri: str, diagnostics: list[Message]) -> None:
        self._said[uri] = sorted(json.dumps(d, sort_keys=True) for d in diagnostics)

    # What it comes to

    def said(self) -> dict[str, list[str]]:
        """The diagnostics of each file of which there is something to say."""
        if self.pulls and self._stale:
            self._fetch()
        with self._news:
            return {uri: items for uri, items in self._said.items() if items}

    def diagnostics(self, uri: str) -> list[Message]:
        """What is said of a file as soon as anything is."""
        end = time.monotonic() + _PATIENCE
        while not (said := self.said().get(uri)) and time.monotonic() < end:
            self._hears()
        return [json.loads(diagnostic) for diagnostic in said or ()]

    def _fetch(self) -> None:
        self._stale = False
        known = [{"uri": uri, "value": value} for uri, value in self._reports.items()]
        for report in self.ask("workspace/diagnostic", {"previousResultIds": known})["items"]:
            self._reports[report["uri"]] = report["resultId"]
            if report["kind"] == "full":
                self._keep(report["uri"], report["items"])

    def ready(self) -> None:
        """Wait until the pipeline is loaded and all is read with words."""
        with self._news:
            if not self._news.wait_for(
                lambda: self._ended or (self.status.get("model") == "ready" and not self.status["indexing"]), _PATIENCE
            ):
                raise TimeoutError(f"the server does not get ready: {self.status} {''.join(self.log)[-2000:]}")

    def agrees(self, other: Client) -> bool:
        """Whether both servers come to say the same of all files, and go on to."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and not (self._ended or other._ended):
            if self.said() == other.said() and not self._hears() and not other._hears() and self.said() == other.said():
                return True
            self._hears()
        return False

    def _hears(self) -> bool:
        """Whether the server says anything in a while."""
        with self._news:
            return self._news.wait(_QUIET)

    def worked(self) -> float:
        """The seconds of processor time that the server has taken so far, in all its threads; 0 where the system does not say."""
        try:
            told = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0.0
        user, system = told.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def faults(self) -> list[str]:
        """What went wrong inside the server, by its log."""
        ended = [f"the server ended with {self.process.poll()}"] if self.process.poll() is not None else []
        return ended + [
            line for line in self.log if any(f in line for f in _FAULTS) and not any(expected in line for expected in _EXPECTED)
        ]
