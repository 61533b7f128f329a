"""Time as an idle machine would have it: what tests bound must not depend on what else runs."""

from __future__ import annotations

import time
from collections.abc import Callable

# The processor time that an idle machine may take; a slower or busier one, as much more as `machine` tells.
SECONDS = 2.0
IDLE = 0.02


def machine() -> float:
    """The seconds of processor time that a fixed piece of work takes here and now."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        counted: dict[str, int] = {}
        for number in range(60_000):
            word = f"{number % 977}-{number % 31}"
            counted[word] = counted.get(word, 0) + len(word.split("-"))
        taken.append(time.process_time() - begun)
    return min(taken)


def seconds(work: Callable[[], object]) -> float:
    """The processor time that some work takes, as an idle machine would have it."""
    begun = time.process_time()
    work()
    return as_idle(time.process_time() - begun)


def as_idle(taken: float) -> float:
    """The processor time that was taken here and now, as an idle machine would have it."""
    return taken if taken < SECONDS else taken / max(1.0, machine() / IDLE)
