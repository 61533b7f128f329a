"""A long reading shared out between processes that have the pipeline from this one."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Sequence
from multiprocessing.connection import Connection

from clarifier.adapters.packing import packed, unpacked
from clarifier.engine.language import Language
from clarifier.syntax.words import Word

# Pipelines read so many sentences at a time; shares are whole batches, so that each batch is what it would be alone.
_BATCH = 64
# Fewer sentences than this are read sooner than a second process has begun.
_WORTHWHILE = 4 * _BATCH


def shared(language: Language, texts: Sequence[str], jobs: int) -> list[tuple[Word, ...]]:
    """The words of texts, read in up to so many processes."""
    alone = jobs < 2 or len(texts) < _WORTHWHILE or multiprocessing.parent_process() is not None
    if alone or "fork" not in multiprocessing.get_all_start_methods():
        return language.read(texts)
    batches = -(-len(texts) // _BATCH)
    each = -(-batches // jobs) * _BATCH
    own, *others = (texts[begin : begin + each] for begin in range(0, len(texts), each))
    context = multiprocessing.get_context("fork")
    running = []
    # What is there now is in memory once for all processes, as long as no collector touches it.
    gc.freeze()
    for share in others:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_read, args=(language, share, sender), daemon=True)
        process.start()
        sender.close()
        running.append((share, process, receiver))
    gc.unfreeze()
    words = language.read(own)
    for share, process, receiver in running:
        try:
            words += [unpacked(written, text) for written, text in zip(receiver.recv(), share, strict=True)]
        except EOFError:
            # Whatever has ended it, the sentences can still be read here.
            words += language.read(share)
        process.join()
    return words


def _read(language: Language, texts: Sequence[str], sender: Connection) -> None:
    sender.send([packed(words) for words in language.read(texts)])
