"""A language client as thin as can be: frames in, frames out, with the moment at which each came."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

Message = dict[str, Any]


class Wire:
    """A server process and the messages that it sends; answers its requests with null."""

    def __init__(self, command: Sequence[str], **popen: Any) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **popen)
        self.errors: list[bytes] = []
        self._messages: queue.Queue[tuple[float, Message] | None] = queue.Queue()
        self._kept: list[tuple[float, Message]] = []
        self._id = 0
        threading.Thread(target=self._receive, daemon=True).start()
        threading.Thread(target=self._drain, daemon=True).start()

    def _drain(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.errors.append(line)

    def _receive(self) -> None:
        stream = self.process.stdout
        assert stream
        while True:
            length = 0
            while header := stream.readline().strip():
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
            if not length:
                self._messages.put(None)
                return
            content = stream.read(length)
            self._messages.put((time.perf_counter(), json.loads(content)))

    def send(self, message: Message) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))

    def write(self, frame: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(frame)
        self.process.stdin.flush()

    def notify(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> int:
        self._id += 1
        self.send({"id": self._id, "method": method, "params": params})
        return self._id

    def wait(self, wanted: Callable[[Message], bool], timeout: float = 60) -> tuple[float, Message]:
        """The first message, kept or still to come, that is wanted, and when it came."""
        for index, (at, message) in enumerate(self._kept):
            if wanted(message):
                del self._kept[index]
                return at, message
        end = time.monotonic() + timeout
        while True:
            got = self._messages.get(timeout=max(0.001, end - time.monotonic()))
            if got is None:
                raise EOFError("the server ended: " + b"".join(self.errors).decode(errors="replace")[-2000:])
            at, message = got
            if "method" in message and "id" in message:
                self.send({"id": message["id"], "result": None})
                if not wanted(message):
                    continue
            if wanted(message):
                return at, message
            self._kept.append(got)

    def has_come(self, wanted: Callable[[Message], bool]) -> bool:
        """Whether a message has come that is wanted. All that have come are dropped."""
        found = False
        while True:
            try:
                self.wait(wanted, 0)
                found = True
            except queue.Empty:
                self._kept.clear()
                return found

    def ask(self, method: str, params: Any, timeout: float = 60) -> Any:
        number = self.request(method, params)
        _, message = self.wait(lambda m: m.get("id") == number and "method" not in m, timeout)
        return message.get("result") if "error" not in message else message

    def start(self, capabilities: Any = None, root: str | None = None) -> Any:
        folders = [{"uri": root, "name": "workspace"}] if root else None
        result = self.ask(
            "initialize", {"processId": None, "rootUri": root, "workspaceFolders": folders, "capabilities": capabilities or {}}
        )
        self.notify("initialized", {})
        return result

    def forget(self) -> None:
        """Drop what has come and was not waited for."""
        while not self._messages.empty():
            self._messages.get()
        self._kept.clear()

    def stop(self) -> int:
        self.request("shutdown", None)
        self.notify("exit", None)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return -1
