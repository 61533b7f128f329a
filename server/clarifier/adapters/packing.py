"""Words as text, for a file or another process."""

from __future__ import annotations

import json
from collections.abc import Sequence

from clarifier.syntax.words import Word
from clarifier.text.source import Span


def packed(words: Sequence[Word]) -> str:
    """The words of a sentence, without what the sentence itself says of them."""
    return json.dumps(
        [(w.lemma, w.tag, w.pos, w.dep, w.head, w.span.start, w.span.end, w.morph) for w in words], separators=(",", ":")
    )


def unpacked(written: str, text: str) -> tuple[Word, ...]:
    """The words of a sentence. Raises ValueError or TypeError for what was not packed."""
    return tuple(
        [
            Word(index, text[start:end], lemma, tag, pos, dep, head, Span(start, end), morph)
            for index, (lemma, tag, pos, dep, head, start, end, morph) in enumerate(json.loads(written))
        ]
    )
