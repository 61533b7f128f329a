"""A small specification with prompts and precedents, and the command line run on it as a user runs it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from .fault_server import Body, FaultServer, Reply, answer_in, grade, is_grading, well

SPEC = """# Answers {#answers authority=user}

The assistant must answer in the language of the user's message[^l4ng]. It should not apologise[^s0ry].

!!! meta "Commentary"
    Why this is so.

**Example**: a French greeting

~~~xml
<user>
Bonjour!
</user>
<assistant> <!-- GOOD: French -->
Bonjour ! Que puis-je faire pour vous ?
</assistant>
<assistant> <!-- BAD: English -->
Hello! What can I do for you?
</assistant>
~~~

# Sources {#sources}

The assistant must name its sources[^s7rc].
"""

PROMPTS = {
    "l4ng": "Examples for [^l4ng] in Answers:\n\n**Example**: Spanish\n\n~~~xml\n<user>\n¿Qué hora es?\n</user>\n~~~\n\n**Example**: German\n\n~~~xml\n<system>\nYou are a clock.\n</system>\n<user>\nWie spät ist es?\n</user>\n~~~\n",
    "s0ry": "Examples for [^s0ry] in Answers:\n\n~~~xml\n<user>\nYou were wrong!\n</user>\n~~~\n",
    "s7rc": "<user>\nHow high is Mont Blanc? {{braces}} {% stay %}\n</user>\n\nThe system should:\n\n- Name a source.\n",
}


def laid_out(folder: Path, spec: str = SPEC) -> Path:
    (folder / "examples").mkdir(parents=True, exist_ok=True)
    for name, text in PROMPTS.items():
        (folder / "examples" / f"{name}.md").write_text(text, encoding="utf-8")
    file = folder / "spec.md"
    file.write_text(spec, encoding="utf-8")
    return file


def environment(server: FaultServer | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI", "CLARIFIER_M", "CLARIFIER_G"))}
    return kept | (server.environment() if server else {})


def clarifier(folder: Path, server: FaultServer | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "clarifier", *arguments]
    return subprocess.run(command, cwd=folder, env=environment(server), capture_output=True, text=True, check=False, timeout=300)


def started(folder: Path, server: FaultServer, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "clarifier", *arguments]
    # A test runner in the background may have been started with interrupts ignored, and children inherit that.
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment(server),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def rows(folder: Path, table: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / ".clarifier" / "grades.sqlite")
    try:
        return connection.execute(f"SELECT * FROM {table}").fetchall()
    finally:
        connection.close()


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def scored(scores: dict[str, int]) -> Callable[[int, Body], Reply]:
    """A script that grades an answer by the first of these words that it holds, and all others 6."""

    def script(number: int, body: Body) -> Reply:
        if is_grading(body):
            return Reply(grade(body, next((score for word, score in scores.items() if word in answer_in(body)), 6)))
        return well(body)

    return script
