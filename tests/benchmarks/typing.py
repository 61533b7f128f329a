"""From a typed character to its diagnostics, over stdio, beside a server that does nothing but echo."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from .wire import Wire

SPEC = Path(__file__).parent.parent / "model_spec" / "model_spec.md"
ECHO = """
import sys
import time
from lsprotocol import types
from pygls.lsp.server import LanguageServer
server = LanguageServer("echo", "1", text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
@server.feature("textDocument/didChange")
async def changed(ls, params):
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=params.text_document.uri, version=params.text_document.version, diagnostics=[]))
server.start_io()
"""


def latencies(command: list[str], characters: int, ready: bool) -> list[float]:
    """Milliseconds from each change to the diagnostics of its version."""
    text = SPEC.read_text(encoding="utf-8")
    middle = text[: len(text) // 2].count("\n")
    lines = text.split("\n")
    line = next(n for n in range(middle, len(lines)) if " should " in lines[n])
    column = lines[line].index(" should ")
    uri = SPEC.as_uri()
    wire = Wire(command)
    wire.start({"textDocument": {"publishDiagnostics": {"versionSupport": True}}}, SPEC.parent.as_uri())
    wire.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})
    if ready:
        wire.wait(lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri, 120)
        wire.wait(
            lambda m: m.get("method") == "clarifier/status" and m["params"]["model"] == "ready" and not m["params"]["indexing"], 120
        )
    found = []
    typed = " and it must be told to the user"
    for number in range(characters):
        wire.forget()
        place = {"line": line, "character": column + number}
        change = {"range": {"start": place, "end": place}, "text": typed[number % len(typed)]}
        version = number + 2
        begun = time.perf_counter()
        wire.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]})
        at, _ = wire.wait(
            lambda m, v=version: (
                m.get("method") == "textDocument/publishDiagnostics"
                and m["params"]["uri"] == uri
                and m["params"].get("version") == v
            )
        )
        found.append((at - begun) * 1000)
    wire.stop()
    return found


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def run(characters: int = 200) -> list[tuple[str, str, str, bool]]:
    """Rows of the table: what, measured, yardstick, held."""
    echo = latencies([sys.executable, "-c", ECHO], characters, ready=False)
    ours = latencies([sys.executable, "-m", "clarifier", "lsp"], characters, ready=True)
    p50, p95, echo95 = percentile(ours, 50), percentile(ours, 95), percentile(echo, 95)
    return [
        ("typing p50", f"{p50:.1f} ms", "≤ 12 ms on an idle machine", p50 <= 12),
        ("typing p95", f"{p95:.1f} ms", "≤ 30 ms on an idle machine", p95 <= 30),
        (
            "typing p95 / echo p95",
            f"{p95 / echo95:.1f}",
            f"≤ 6 (echo p50 {percentile(echo, 50):.1f} ms, p95 {echo95:.1f} ms)",
            p95 <= 6 * echo95,
        ),
    ]


if __name__ == "__main__":
    for row in run():
        print(row)
