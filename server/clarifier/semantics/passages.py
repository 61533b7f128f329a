"""Blocks into passages: what rules read, without any position."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clarifier.semantics.normativity import Profile, is_normative
from clarifier.syntax.document import Block, BlockKind, Part, Passage
from clarifier.syntax.prose import Prose
from clarifier.syntax.words import Sentence, Word

_INFORMATIVE = re.compile(
    r"^(?:\d[\d.]*\s+)?(?:examples?|commentary|rationale|background|motivation|introduction|overview|abstract|acknowledge?ments?|references"
    r"|clarifications|change ?log|changes|history|about|credits|license|faq|frequently asked questions|see also|authors?|contributors?"
    r"|.*\((?:informative|non-normative)\))\s*$",
    re.IGNORECASE,
)
_OPEN = re.compile(r"[:：]\W*$")

Words = Mapping[str, tuple[Word, ...]]


def sentence_of(prose: Prose, words: Words) -> Sentence:
    """The sentence in a piece of prose, with its words if they are known."""
    return Sentence(prose.text, prose.marks, words.get(prose.text, ()))


def passages(part: Part, words: Words, profile: Profile) -> tuple[Passage | None, ...]:
    """One entry a block of the part; None for a block that is not prose."""
    found: list[Passage | None] = []
    title = ""
    before: Sentence | None = None
    for block in part.blocks:
        if block.heading:
            title, before = block.heading.title, None
        if not block.kind.is_prose or not block.prose:
            found.append(None)
            continue
        passage = _passage(part, block, words, profile, title, before)
        found.append(passage)
        if not block.commentary:
            before = passage.sentences[-1]
    return tuple(found)


def _passage(
    part: Part, block: Block, words: Words, profile: Profile, title: str, before: Sentence | None
) -> Passage:
    lead_block = part.blocks[block.lead] if block.lead is not None else None
    lead = sentence_of(lead_block.prose[-1], words) if lead_block and lead_block.prose else None
    own = tuple(sentence_of(prose, words) for prose in block.prose)
    informative = block.commentary or (profile is not Profile.ALL and _INFORMATIVE.match(title) is not None)
    led = lead is not None and bool(_OPEN.search(lead.text)) and is_normative(lead.text, profile)
    column_led = [
        bool(block.columns) and block.cells[i] < len(block.columns) and is_normative(block.columns[block.cells[i]], profile)
        for i in range(len(own))
    ] if block.kind is BlockKind.ROW else [False] * len(own)
    normative = tuple(
        not informative and (is_normative(s.text, profile) or (led and i == 0) or column_led[i]) for i, s in enumerate(own)
    )
    return Passage(block.kind, own, normative, lead, before, title, block.commentary, block.cells, block.columns)


def texts_to_read(part: Part) -> tuple[str, ...]:
    """The sentences of a part that rules may ask the words of."""
    return tuple(
        prose.text
        for block in part.blocks
        if block.kind.is_prose and not block.commentary
        for prose in block.prose
    )
