"""How long an author waits for an answer while a workspace of 300 files is read for the first time, with an empty cache."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from .programs import Row
from .typing import SPEC, percentile
from .wire import Message, Wire
from .workspace import generate

_FILES = 300
_BETWEEN = 0.03  # seconds between two questions
_EVERY = 5  # a character is typed before each so many-th question


def run(files: int = _FILES) -> list[Row]:
    """Rows of the table: what, measured, yardstick, held."""
    with TemporaryDirectory() as folder:
        generate(Path(folder), files)
        opened = Path(folder) / "open.md"
        shutil.copy(SPEC, opened)
        waits, typed, seconds = _waits(Path(folder), opened)
    worst, middle = percentile(waits, 95), percentile(waits, 50)
    shown = percentile(typed, 95)
    return [
        (
            f"hover and completion while {files} files are read ({seconds:.0f} s)",
            f"p50 {middle:.1f}, p95 {worst:.1f}, most {max(waits):.0f} ms",
            f"p95 ≤ 50 ms ({len(waits)} answers)",
            worst <= 50,
        ),
        ("typing meanwhile, to its diagnostics, p95", f"{shown:.1f} ms", f"({len(typed)} characters)", True),
    ]


def _waits(folder: Path, opened: Path) -> tuple[list[float], list[float], float]:
    """Milliseconds that each question, and each character, waited until all was read; and how many seconds that took."""
    text = opened.read_text(encoding="utf-8")
    line = next(n for n, written in enumerate(text.split("\n")) if n > 600 and " should " in written)
    column = text.split("\n")[line].index(" should ")
    document = {"uri": opened.as_uri()}
    environment = {**os.environ, "CLARIFIER_CACHE_DIR": str(folder / ".cache")}
    wire = Wire([sys.executable, "-m", "clarifier", "lsp"], env=environment)
    wire.start({"textDocument": {"publishDiagnostics": {"versionSupport": True}}}, folder.as_uri())
    wire.notify("textDocument/didOpen", {"textDocument": {**document, "languageId": "markdown", "version": 1, "text": text}})
    wire.wait(lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == document["uri"], 60)
    begun, waits, typed, version = time.perf_counter(), [], [], 1
    while not wire.has_come(_is_done):
        place = {"line": line, "character": column + version - 1}
        if len(waits) % (2 * _EVERY) == 0:
            version += 1
            change = {"range": {"start": place, "end": place}, "text": "x"}
            params = {"textDocument": {**document, "version": version}, "contentChanges": [change]}
            asked = time.perf_counter()
            wire.notify("textDocument/didChange", params)
            at, _ = wire.wait(lambda m, v=version: m.get("params", {}).get("version") == v and "diagnostics" in m["params"])
            typed.append((at - asked) * 1000)
        for question in ("hover", "completion"):
            asked = time.perf_counter()
            wire.ask(f"textDocument/{question}", {"textDocument": document, "position": place})
            waits.append((time.perf_counter() - asked) * 1000)
        time.sleep(_BETWEEN)
    seconds = time.perf_counter() - begun
    wire.stop()
    return waits, typed, seconds


def _is_done(message: Message) -> bool:
    said = message.get("params", {})
    return message.get("method") == "clarifier/status" and said["model"] == "ready" and not said["indexing"]


if __name__ == "__main__":
    for row in run():
        print(row)
