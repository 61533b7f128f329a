"""A client that does what no editor should: `python -m tests.torture --messages 20000 --seed 1`.

Whatever was done to a server, once it settles it must say of all files what a fresh server says, and its log holds no fault.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

from .client import Client
from .steps import ENCODINGS, Steps

# Faults are rare and their cause is near, so the servers are compared often.
_TURN = 1_000


def torture(messages: int, seed: int, folder: Path, turn: int = _TURN) -> tuple[int, str]:
    """How many messages were sent, and how a server that had them differs from a fresh one: nothing if it does not."""
    chance = random.Random(seed)
    steps = Steps(folder, chance)
    client = steps.begin()
    difference, due = "", min(turn, messages)
    try:
        while steps.sent < messages and not difference:
            steps.step()
            if steps.sent >= due:
                due += turn
                steps.tell_all()
                difference = compared(steps)
                if steps.sent < messages and not difference:
                    client.kill()
                    client = steps.begin()
        return steps.sent, difference
    finally:
        client.kill()


def compared(steps: Steps) -> str:
    """How what the server says differs from what a fresh one says of the same files; nothing if they agree."""
    client = steps.client
    fresh = Client(steps.folder, client.encoding, pulls=False)
    try:
        for name, text in steps.texts.items():
            fresh.open(steps.uri(name), text)
        fresh.ready()
        if client.agrees(fresh):
            faults = client.faults() + fresh.faults()
            return "\n".join(faults)
        mine, theirs = client.said(), fresh.said()
        texts = {steps.uri(name): text for name, text in steps.texts.items()}
        differing = {
            uri: {"text": texts.get(uri), "said": mine.get(uri), "fresh": theirs.get(uri)}
            for uri in sorted({*mine, *theirs})
            if mine.get(uri) != theirs.get(uri)
        }
        disk = {str(f.relative_to(steps.folder)): f.read_text(errors="replace") for f in steps.folder.rglob("*") if f.is_file()}
        return json.dumps(
            {
                "encoding": client.encoding,
                "pulls": client.pulls,
                "differing": differing,
                "open": steps.texts,
                "disk": disk,
                "log": client.faults() or client.log[-10:],
            },
            indent=1,
        )
    finally:
        fresh.kill()


__all__ = ["ENCODINGS", "compared", "torture"]
