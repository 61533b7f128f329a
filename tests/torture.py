"""A client that does what no editor should: `python -m tests.torture --messages 20000 --seed 1`.

Whatever was done to a server, once it settles it must say of the texts what a fresh server says.
"""

from __future__ import annotations

import argparse
import json
import queue
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from .benchmarks.wire import Wire

PIECES = (
    "The server MUST wait",
    " TBD",
    " [^abc]",
    "[^a b]",
    "\n\n# Title {#t authority=user}\n\n",
    "```\n",
    "- **FR-001**: a:\n",
    "😀",
    "é",
    "\u2028",
    "\r\n",
    "a|b\n-|-\n",
    "<!-- clarifier: allow open-question because x -->\n",
    "[a](b.md#c)",
    "\ufeff",
    "***",
    " and/or",
    "\0",
    "> ",
)
FILES = ("a.md", "b.md", "sub/c.md", "prompts/abc.md")
ENCODINGS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
MALFORMED = (
    b"Content-Length: 5\r\n\r\n{nope",
    b"Content-Length: 2\r\n\r\n[]",
    b"Content-Length: 4\r\n\r\nnull",
    b"Content-Length: 2\r\n\r\n{}",
    b"Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc",
    b'Content-Length: 17\r\n\r\n{"jsonrpc": "9.9"',
    b'Content-Length: 39\r\n\r\n{"jsonrpc":"2.0","method":7,"params":1}\n',
)
METHODS = (
    "hover",
    "completion",
    "definition",
    "references",
    "documentSymbol",
    "codeAction",
    "codeLens",
    "rename",
    "prepareRename",
    "foldingRange",
    "inlayHint",
    "documentLink",
    "semanticTokens/full",
    "noSuchMethod",
    "diagnostic",
)


class Torture:
    """A workspace, what its client believes to be open, and the server it torments."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random = folder, random.Random(seed)
        self.texts: dict[str, str] = {}
        self.sent = 0
        self.version = 0
        for name in FILES:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("# A\n\nThe server MUST wait, TBD [^abc].\n", encoding="utf-8")
        (folder / ".git").mkdir(exist_ok=True)
        self.encoding = "utf-16"
        self.wire = self.begun()

    def begun(self) -> Wire:
        """A server for the folder, in one of three encodings."""
        self.encoding = self.random.choice(list(ENCODINGS))
        wire = Wire([sys.executable, "-m", "clarifier", "lsp"])
        wire.start({"general": {"positionEncodings": [self.encoding]}}, self.folder.as_uri())
        return wire

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def notify(self, method: str, params: Any) -> None:
        self.sent += 1
        self.wire.notify(method, params)

    def opened(self, name: str, text: str) -> None:
        self.version += 1
        self.texts[name] = text
        self.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": self.uri(name), "languageId": "markdown", "version": self.version, "text": text}},
        )

    def position(self, text: str, offset: int) -> dict[str, int]:
        """Where an offset is for the server, whose lines end at line feeds and carriage returns only."""
        before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        codec, size = ENCODINGS[self.encoding]
        return {"line": before.count("\n"), "character": len(before.rpartition("\n")[2].encode(codec)) // size}

    def edit(self, name: str) -> None:
        """Insert, delete or replace; never inside a line end, which has no position."""
        text = self.texts[name]
        start, end = sorted(self.random.randint(0, len(text)) for _ in range(2))
        end = min(end, start + self.random.choice((0, 0, 1, 5, 60)))
        start, end = (o - 1 if text[o - 1 : o + 1] == "\r\n" else o for o in (start, end))
        piece = self.random.choice(PIECES) if len(text) < 4000 else ""
        span = {"start": self.position(text, start), "end": self.position(text, end)}
        self.texts[name] = text[:start] + piece + text[end:]
        self.version += 1
        self.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": self.uri(name), "version": self.version}, "contentChanges": [{"range": span, "text": piece}]},
        )

    def step(self) -> None:
        """One thing that a client does, or should not."""
        name, way = self.random.choice(FILES), self.random.random()
        document = {"uri": self.uri(name)}
        if way < 0.55:
            if name in self.texts:
                self.edit(name)
            else:
                self.opened(name, "# A\n\nThe server must 😀, TBD.\n")
        elif way < 0.6 and name in self.texts:
            del self.texts[name]
            self.notify("textDocument/didClose", {"textDocument": document})
        elif way < 0.85:
            self.sent += 1
            position = {"line": self.random.choice((0, 1, 2, 7, 10**6)), "character": self.random.choice((0, 3, 40, 10**6))}
            params = {
                "textDocument": document,
                "position": position,
                "range": {"start": position, "end": position},
                "context": {"diagnostics": [], "includeDeclaration": True},
                "newName": self.random.choice(("xyz", "a b", "")),
            }
            number = self.wire.request(
                f"textDocument/{self.random.choice(METHODS)}",
                params if way < 0.8 else self.random.choice((None, [], {"textDocument": 7})),
            )
            if self.random.random() < 0.4:
                self.notify("$/cancelRequest", {"id": number})
        elif way < 0.9:
            self.sent += 1
            self.wire.write(self.random.choice(MALFORMED))
        elif way < 0.94:
            (self.folder / name).write_text(
                f"# A\n\nThe server MUST {self.random.choice(PIECES)!r} TBD [^abc].\n", encoding="utf-8"
            )
            self.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": document["uri"], "type": 2}]})
        elif way < 0.97:
            self.notify(
                self.random.choice(("noSuch/notification", "$/setTrace", "initialized", "textDocument/didSave")),
                {"textDocument": document, "value": "off"},
            )
        else:
            command = self.random.choice(("clarifier.questions", "clarifier.graph", "clarifier.answer", "clarifier.nothing"))
            self.sent += 1
            self.wire.request(
                "workspace/executeCommand",
                {
                    "command": command,
                    "arguments": self.random.choice(([document["uri"]], [], [7], [document["uri"], "f", {"kind": "x"}])),
                },
            )

    def restart(self) -> None:
        """Kill the server as it works, and open the same texts in the next one."""
        self.wire.process.kill()
        self.wire.process.wait()
        self.wire = self.begun()
        for name, text in list(self.texts.items()):
            self.opened(name, text)

    def settled(self, wire: Wire, quiet: float = 2.0) -> dict[str, Any]:
        """The last diagnostics of each open file once nothing new has come for a while."""
        said: dict[str, Any] = {}
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                _, message = wire.wait(lambda m: m.get("method") == "textDocument/publishDiagnostics", quiet)
            except queue.Empty:
                break
            params = message["params"]
            said[params["uri"]] = sorted(json.dumps(d, sort_keys=True) for d in params["diagnostics"])
        return {name: said.get(self.uri(name)) for name in self.texts}

    def agree(self) -> str:
        """Nothing if the server says what a fresh one says of the same texts, else what differs."""
        self.wire.ask("textDocument/documentSymbol", {"textDocument": {"uri": self.uri(FILES[0])}})
        mine = self.settled(self.wire)
        assert self.wire.process.poll() is None, "the server ended"
        encoding, wire = self.encoding, self.wire
        self.wire = Wire([sys.executable, "-m", "clarifier", "lsp"])
        self.wire.start({"general": {"positionEncodings": [encoding]}}, self.folder.as_uri())
        for name, text in list(self.texts.items()):
            self.opened(name, text)
        self.wire.ask("textDocument/documentSymbol", {"textDocument": {"uri": self.uri(FILES[0])}})
        fresh = self.settled(self.wire, 3.0)
        wire.stop()
        return (
            ""
            if mine == fresh
            else json.dumps(
                {name: (self.texts[name], mine[name], fresh[name]) for name in mine if mine[name] != fresh[name]}, indent=1
            )
        )


def torture(messages: int, seed: int, folder: Path, restarts: int = 1) -> tuple[int, str]:
    """How many messages were sent, and how a server that had them differs from a fresh one."""
    client = Torture(folder, seed)
    turn = max(1, messages // (restarts + 1))
    due = turn
    while client.sent < messages:
        client.step()
        if client.sent >= due and client.sent < messages:
            due += turn
            client.restart()
    for name in FILES[:2]:
        if name not in client.texts:
            client.opened(name, "The server MUST wait, TBD.\n")
    try:
        return client.sent, client.agree()
    finally:
        client.wire.process.kill()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        number, difference = torture(given.messages, given.seed, Path(place), 4)
    print(f"{number} messages, {difference or 'no difference'}")
    sys.exit(bool(difference))
