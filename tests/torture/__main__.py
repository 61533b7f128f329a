"""`python -m tests.torture --messages 20000 --seed 1`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from . import torture

parser = argparse.ArgumentParser()
parser.add_argument("--messages", type=int, default=20_000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--turn", type=int, default=1_000, help="After how many messages the servers are compared.")
given = parser.parse_args()
begun = time.monotonic()
with tempfile.TemporaryDirectory() as place:
    number, difference = torture(given.messages, given.seed, Path(place), given.turn)
print(f"seed {given.seed}: {number} messages in {time.monotonic() - begun:.0f} s, {difference or 'no difference'}")
sys.exit(bool(difference))
