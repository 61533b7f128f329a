"""A language that reads every sentence as some tree, the same each time: rules must take what no grammar gives."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from zlib import crc32

from clarifier.syntax.words import Word
from clarifier.text.source import Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_TAGS = (
    ("NN", "NOUN"), ("NNS", "NOUN"), ("NNP", "PROPN"), ("VB", "VERB"), ("VBZ", "VERB"), ("VBN", "VERB"), ("VBD", "VERB"), ("VBG", "VERB"),
    ("MD", "AUX"), ("VBZ", "AUX"), ("JJ", "ADJ"), ("JJR", "ADJ"), ("JJS", "ADJ"), ("RB", "ADV"), ("RBR", "ADV"), ("IN", "ADP"), ("IN", "SCONJ"),
    ("DT", "DET"), ("PRP", "PRON"), ("PRP$", "PRON"), ("WDT", "PRON"), ("CC", "CCONJ"), ("CD", "NUM"), ("TO", "PART"), ("RB", "PART"), (".", "PUNCT"),
)  # fmt: skip
_DEPS = [
    "nsubj",
    "nsubjpass",
    "dobj",
    "pobj",
    "attr",
    "acomp",
    "xcomp",
    "ccomp",
    "advcl",
    "advmod",
    "amod",
    "aux",
    "auxpass",
    "neg",
    "det",
    "poss",
    "prep",
    "agent",
    "mark",
    "cc",
    "conj",
    "compound",
    "appos",
    "acl",
    "relcl",
    "npadvmod",
    "nummod",
    "quantmod",
    "pcomp",
    "prt",
    "csubj",
    "dative",
    "expl",
    "predet",
    "preconj",
    "intj",
    "dep",
    "punct",
]
_MORPH = (
    "",
    "Number=Plur",
    "Number=Sing|Person=3",
    "VerbForm=Part|Tense=Past",
    "Degree=Cmp",
    "Degree=Sup",
    "VerbForm=Inf",
    "VerbForm=Fin",
)


class Babble:
    """A language of which only this is sure: words lie where they stand, and each hangs on another or is a root."""

    version = "babble"

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text."""
        return [_read(text) for text in texts]


def _read(text: str) -> tuple[Word, ...]:
    spans = [Span(*found.span()) for found in _TOKEN.finditer(text)]
    chance = random.Random(crc32(text.encode("utf-8", "surrogatepass")))
    order = list(range(len(spans)))
    chance.shuffle(order)
    heads = {
        index: order[chance.randrange(place)] if place and chance.random() < 0.95 else index for place, index in enumerate(order)
    }
    return tuple(_word(index, text[span.start : span.end], span, heads[index], chance) for index, span in enumerate(spans))


def _word(index: int, text: str, span: Span, head: int, chance: random.Random) -> Word:
    tag, pos = chance.choice(_TAGS)
    dep = "ROOT" if head == index else chance.choice(_DEPS)
    return Word(index, text, text.lower(), tag, pos, dep, head, span, chance.choice(_MORPH))
