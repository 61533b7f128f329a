"""How long the Model Spec's prompts take by concurrency, what the store saves, and a run through faults.

python -m tests.benchmarks.grading [SECONDS A CALL TAKES]
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ..fault_server import Body, FaultServer, Reply, completion, well
from ..graded_spec import clarifier

SPECIFICATION = Path(__file__).parent.parent / "model_spec"
COMMAND = ("test", "model_spec.md", "--model", "m", "--grader", "g")


def main(seconds: float) -> None:
    def late(number: int, body: Body) -> Reply:
        time.sleep(seconds)
        return well(body)

    for concurrency in (1, 4, 16, 64):
        with tempfile.TemporaryDirectory() as name, FaultServer(late) as server:
            folder = laid_out(Path(name))
            begun = time.monotonic()
            clarifier(folder, server, *COMMAND, "--concurrency", str(concurrency))
            print(
                f"concurrency {concurrency}: {len(server.requests)} calls of {seconds} s in {time.monotonic() - begun:.1f} s, {server.busiest} at once"
            )
            if concurrency == 64:
                print(f"again: {_asked(folder, server)} calls")
                file = folder / "model_spec.md"
                file.write_text(
                    file.read_text(encoding="utf-8").replace("It should never refuse a request", "It must never refuse a request"),
                    encoding="utf-8",
                )
                print(f"after an edit of one clause: {_asked(folder, server)} calls")
    with tempfile.TemporaryDirectory() as name, FaultServer(_faulty(random.Random(1))) as server:
        begun = time.monotonic()
        ran = clarifier(laid_out(Path(name)), server, *COMMAND, "--concurrency", "16", "--attempts", "10")
        faults = next((line for line in ran.stdout.split("\n") if line.startswith("Asked again")), "No faults.")
        print(
            f"through faults: exit status {ran.returncode}, {len(server.requests)} calls in {time.monotonic() - begun:.1f} s. {faults}"
        )


def laid_out(folder: Path) -> Path:
    shutil.copytree(SPECIFICATION, folder, dirs_exist_ok=True)
    (folder / ".clarifier").mkdir()
    return folder


def _asked(folder: Path, server: FaultServer) -> int:
    before = len(server.requests)
    clarifier(folder, server, *COMMAND)
    return len(server.requests) - before


def _faulty(dice: random.Random) -> Callable[[int, Body], Reply]:
    faults = [
        (0.08, Reply({}, 429, {"retry-after-ms": "200"})),
        (0.06, Reply({}, 500)),
        (0.04, Reply("{")),
        (0.04, Reply(completion("x" * 500), cut=100)),
        (0.03, Reply({}, reset=True)),
    ]

    def script(number: int, body: Body) -> Reply:
        drawn = dice.random()
        for share, reply in faults:
            drawn -= share
            if drawn < 0:
                return reply
        return well(body)

    return script


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.25)
