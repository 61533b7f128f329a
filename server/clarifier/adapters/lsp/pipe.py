"""Messages from standard input: read in a thread of their own, handed to the event loop a chunk at a time.

pygls reads each header line and each body by a job in a thread pool; at one message a keystroke that is most of the way.
"""

from __future__ import annotations

import asyncio
import os
from threading import Thread

_CHUNK = 1 << 16
_LONGEST_HEADER = 200


class Reader(asyncio.StreamReader):
    """A stream whose last message may be cut off, and whose headers may be anything."""

    async def readline(self) -> bytes:
        """A header line. One that is too long for any header, or names a length that is none, says nothing."""
        try:
            line = await super().readline()
        except ValueError:
            return b"\0\n"
        return line if len(line) <= _LONGEST_HEADER else b"\0\n"

    async def readexactly(self, n: int) -> bytes:
        """So many bytes, or what is left."""
        try:
            return await super().readexactly(n)
        except asyncio.IncompleteReadError as cut:
            return cut.partial


def reader_of(descriptor: int) -> Reader:
    """What comes through a file descriptor, for the running event loop."""
    reader, loop = Reader(), asyncio.get_running_loop()

    def feed() -> None:
        try:
            # Not through a buffer: a thread that waits for one when the process ends would keep its lock.
            while chunk := os.read(descriptor, _CHUNK):
                loop.call_soon_threadsafe(reader.feed_data, chunk)
            loop.call_soon_threadsafe(reader.feed_eof)
        except (OSError, RuntimeError):
            return  # the descriptor or the loop is closed: nobody listens any more

    Thread(target=feed, name="clarifier-input", daemon=True).start()
    return reader
