"""What a client does to a server, and what none should: drawn by chance, over a workspace of a few files."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

from ..fuzz.alphabet import PIECES
from .client import Client, Message

CLAUSES = (
    "The server MUST keep logs for 30 days [^abc].",
    "The server MUST delete logs after 7 days [^def].",
    "The client MUST NOT send a password.",
    "The client MUST send a password.",
    "Only the admin may read the log.",
    "The user may read the log.",
    "The server must answer quickly, TBD.",
    "The client sends it to the server when it is ready.",
    "The service must accept PNG, JPEG, etc.",
    "The system must encrypt files and folders where possible.",
    "See [the rule](b.md#t) and [^abc]; [gone](gone.md).",
    "**FR-001**: The server MUST:\n\n- wait, and/or\n- stop soon",
    "| ID | Rule |\n|---|---|\n| FR-7 | The server must stop. |",
    '"Token" means a string. The Token must expire.',
    "<!-- clarifier: allow vague-time because it is known -->",
    "# Title {#t authority=user}",
    "## Rules {authority=root}",
)
PROMPTS = (
    "Examples for [^abc] in Title:\n\n**Example**: one\n\n~~~xml\n<user>\nHow long?\n</user>\n~~~\n",
    "<user>\nHow long?\n</user>\n\nThe system should:\n- wait\n",
    "Examples for [^abc] in Another:\n\n**Example**: one\n\n<user>\nunclosed\n",
    "",
)
SETTINGS = (
    "",
    '[rules]\nvague-time = "error"\nopposed-action = "off"\n',
    '[rules]\nvague-time = "loud"\n',
    "[rules\n",
    '[clauses]\nnormative = "rfc2119"\n',
    '[conflicts]\nscope = "file"\n',
    '[prompts]\ndirs = ["prompts", "sub"]\n',
    'exclude = ["sub"]\n',
    'imports = ["../outside"]\n',
    "x = " + "[" * 300,
)
FILES = ("a.md", "b.md", "sub/c.md", "gone.md", "README.md", "prompts/abc.md", "prompts/def.md", "clarifier.toml")
ENCODINGS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
MALFORMED = (
    b"Content-Length: 5\r\n\r\n{nope",
    b"Content-Length: 2\r\n\r\n[]",
    b"Content-Length: 4\r\n\r\nnull",
    b"Content-Length: 2\r\n\r\n{}",
    b"Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc",
    b'Content-Length: 17\r\n\r\n{"jsonrpc": "9.9"',
    b'Content-Length: 39\r\n\r\n{"jsonrpc":"2.0","method":7,"params":1}\n',
    b"Content-Type: nonsense\r\nContent-Length: 4\r\n\r\ntrue",
    b"Content-Length: 3000\r\n\r\n" + b"[" * 3000,
    b"Content-Length: " + b"9" * 5000 + b"\r\n",
    b"Content-Length: -1\r\n\r\n",
    b"x" * 200_000 + b"\r\n",
    b"\r\n\r\n",
)
METHODS = (
    *("hover", "completion", "definition", "references", "documentSymbol", "codeAction", "codeLens", "rename", "prepareRename"),
    *("foldingRange", "inlayHint", "documentLink", "semanticTokens/full", "noSuchMethod", "diagnostic"),
)
COMMANDS = (
    *("clarifier.questions", "clarifier.graph", "clarifier.answer", "clarifier.nothing", "clarifier.ask", "clarifier.nextQuestion"),
    *("clarifier.assignIds", "clarifier.createPrompts", "clarifier.openPrompts"),
)
_LONGEST = 4_000


class Steps:
    """A workspace, what its client believes to be open, and the server it torments."""

    client: Client

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder / "workspace", chance
        self.texts: dict[str, str] = {}
        self.sent = 0
        self._untold: set[str] = set()  # files changed on disk of which the server has not been told
        (self.folder / ".git").mkdir(parents=True)
        for name in FILES[:3]:
            self.write(name, self._text(name))

    def begin(self) -> Client:
        """A server for the workspace, in one of three encodings, with the same texts open as the one before."""
        self.client = Client(self.folder, self.chance.choice(list(ENCODINGS)), self.chance.random() < 0.4)
        for name, text in self.texts.items():
            self.open(name, text)
        return self.client

    def uri(self, name: str) -> str:
        """The URI of a file of the workspace."""
        return name if name.startswith("untitled:") else (self.folder / name).as_uri()

    def step(self) -> None:
        """One thing that a client does, or should not."""
        self._apply()
        ways = (self._edit, self._ask, self._open_or_close, self._break, self._disk, self._nonsense, self._command)
        (way,) = self.chance.choices(ways, (50, 22, 9, 5, 7, 3, 4))
        way(self.chance.choice(FILES if self.chance.random() < 0.97 else ("untitled:Untitled-1",)))

    # Texts

    def _text(self, name: str) -> str:
        if name == "clarifier.toml":
            return self.chance.choice(SETTINGS)
        if name.startswith("prompts/"):
            return self.chance.choice(PROMPTS)
        return "\n\n".join(self.chance.choices(CLAUSES, k=self.chance.randint(0, 7))) + "\n"

    def open(self, name: str, text: str) -> None:
        """Open a text."""
        self.sent += 1
        self.texts[name] = text
        self.client.open(self.uri(name), text)

    def _edit(self, name: str) -> None:
        """Insert, delete or replace; never inside a line end, which has no position."""
        if name not in self.texts:
            self.open(name, self._text(name))
            return
        text = self.texts[name]
        start, end = sorted(self.chance.randint(0, len(text)) for _ in range(2))
        end = min(end, start + self.chance.choice((0, 0, 1, 5, 60)))
        start, end = (o - 1 if text[o - 1 : o + 1] == "\r\n" else o for o in (start, end))
        piece = self.chance.choice(PIECES if self.chance.random() < 0.6 else CLAUSES) if len(text) < _LONGEST else ""
        change: Message = {"range": {"start": self._position(text, start), "end": self._position(text, end)}, "text": piece}
        self.texts[name] = text[:start] + piece + text[end:]
        if self.chance.random() < 0.03:
            self.texts[name] = self._text(name)
            change = {"text": self.texts[name]}
        self.sent += 1
        self.client.change(self.uri(name), change)

    def replace(self, name: str, text: str) -> None:
        """Put another text in the place of one that is open."""
        self.sent += 1
        self.texts[name] = text
        self.client.change(self.uri(name), {"text": text})

    def _position(self, text: str, offset: int) -> dict[str, int]:
        """Where an offset is for the server, whose lines end at line feeds and carriage returns only."""
        before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        codec, size = ENCODINGS[self.client.encoding]
        column = len(before.rpartition("\n")[2].encode(codec, "surrogatepass")) // size
        return {"line": before.count("\n"), "character": column}

    def _open_or_close(self, name: str) -> None:
        if name not in self.texts:
            self.open(name, self._text(name))
        elif self.chance.random() < 0.8:
            del self.texts[name]
            self._notify("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})
        else:
            # Opened twice: the later text counts.
            self.open(name, self._text(name))

    def _apply(self) -> None:
        """Make, or refuse, the changes that the server has asked for, as far as they are of texts as they stand."""
        while self.client.edits:
            asked = self.client.edits.popleft()
            self.client.send({"id": asked["id"], "result": {"applied": False, "failureReason": "the text has changed"}})

    # Requests

    def _notify(self, method: str, params: Any) -> None:
        self.sent += 1
        self.client.notify(method, params)

    def _ask(self, name: str) -> None:
        self.sent += 1
        position = {"line": self.chance.choice((0, 1, 2, 7, 10**6)), "character": self.chance.choice((0, 3, 40, 10**6))}
        params: Any = {
            "textDocument": {"uri": self.uri(name)},
            "position": position,
            "range": {"start": position, "end": position},
            "context": {"diagnostics": [], "includeDeclaration": True},
            "newName": self.chance.choice(("xyz", "abc", "a b", "", "..", "a/b")),
        }
        if self.chance.random() < 0.15:
            params = self.chance.choice((None, [], {"textDocument": 7}, {"textDocument": {"uri": ""}, "position": position}))
        number = self.client.request(f"textDocument/{self.chance.choice(METHODS)}", params)
        if self.chance.random() < 0.4:
            self._notify("$/cancelRequest", {"id": number})

    def _command(self, name: str) -> None:
        self.sent += 1
        uri = self.uri(name)
        arguments = self.chance.choice(([uri], [], [7], [uri, "f", {"kind": "x"}], [uri, "abc"]))
        self.client.request("workspace/executeCommand", {"command": self.chance.choice(COMMANDS), "arguments": arguments})

    def _break(self, name: str) -> None:
        self.sent += 1
        self.client.write(self.chance.choice(MALFORMED))

    def _nonsense(self, name: str) -> None:
        document = {"uri": self.uri(name)}
        method, params = self.chance.choice(
            (
                ("noSuch/notification", {}),
                ("$/setTrace", {"value": "off"}),
                ("initialized", {}),
                ("textDocument/didSave", {"textDocument": document}),
                ("$/cancelRequest", {"id": 10**9}),
                ("$/cancelRequest", {"id": "no"}),
                ("workspace/didChangeConfiguration", {"settings": {"clarifier": 7}}),
                ("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [{"uri": "file:///no", "name": "no"}]}}),
                (
                    "textDocument/didChange",
                    {"textDocument": {"uri": "file:///no.md", "version": 1}, "contentChanges": [{"text": "x"}]},
                ),
                ("textDocument/didClose", {"textDocument": {"uri": "file:///no.md"}}),
            )
        )
        self._notify(method, params)

    # The disk

    def write(self, name: str, text: str) -> None:
        """Write a file, without a word to the server."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", errors="replace", newline="")

    def _disk(self, name: str) -> None:
        """A file is written, deleted or moved, and the server is told, or not yet."""
        if name.startswith("untitled:"):
            return
        file, way = self.folder / name, self.chance.random()
        self._untold.add(name)
        if way < 0.6:
            self.write(name, self._text(name))
        elif way < 0.7:
            file.unlink(missing_ok=True)
        elif way < 0.8 and file.exists():
            other = self.chance.choice(FILES)
            (self.folder / other).parent.mkdir(parents=True, exist_ok=True)
            file.replace(self.folder / other)
            self._untold.add(other)
        elif way < 0.85 and "/" in name:
            shutil.rmtree(file.parent, ignore_errors=True)
            self._untold.update(n for n in FILES if n.startswith(name.partition("/")[0]))
        else:
            self.write(name, self.texts.get(name, self._text(name)))
        if self.chance.random() < 0.8:
            self.tell_all()

    def changed(self, name: str) -> None:
        """Tell the server that a file has changed on disk."""
        self._untold.add(name)
        self.tell_all()

    def tell_all(self) -> None:
        """Tell the server of all that has changed on disk."""
        if self._untold:
            changes = [{"uri": self.uri(name), "type": 2 if (self.folder / name).exists() else 3} for name in sorted(self._untold)]
            self._untold.clear()
            self._notify("workspace/didChangeWatchedFiles", {"changes": changes})
