"""Work shared out between processes that are copies of this one: they need be given nothing, and hand back what they find."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

Share = TypeVar("Share")
Result = TypeVar("Result")


def can_fork() -> bool:
    """Whether copies of this process can be made; a copy makes none itself."""
    return "fork" in multiprocessing.get_all_start_methods() and multiprocessing.parent_process() is None


def forked(work: Callable[[Share], Result], shares: Sequence[Share]) -> Iterator[Result]:
    """What comes of each share, in order: of the first here, of each other in a process of its own."""
    context = multiprocessing.get_context("fork")
    running = []
    # What is there now is in memory once for all processes, as long as no collector touches it.
    gc.freeze()
    for share in shares[1:]:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(work, share, sender), daemon=True)
        process.start()
        sender.close()
        running.append((share, process, receiver))
    gc.unfreeze()
    yield work(shares[0])
    for share, process, receiver in running:
        try:
            found: Result = receiver.recv()
        except EOFError:
            # Whatever has ended it, the work can still be done here.
            found = work(share)
        process.join()
        yield found


def _work(work: Callable[[Share], Result], share: Share, sender: Connection) -> None:
    # Ctrl-C reaches all processes at a terminal; the first of them ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sender.send(work(share))
