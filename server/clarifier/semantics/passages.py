"""Blocks into passages: what rules read, without any position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from clarifier.semantics.normativity import Profile, is_imperative, is_normative
from clarifier.syntax.document import Block, BlockKind, Heading, Part, Passage, Passages
from clarifier.syntax.prose import Prose
from clarifier.syntax.sentences import opens
from clarifier.syntax.words import Sentence, Word

_INFORMATIVE = re.compile(
    r"^(?:\d[\d.]*+\s++)?(?:examples?|commentary|rationale|background|motivation|introduction|overview|abstract|acknowledge?ments?|references"
    r"|clarifications|change ?log|changes|history|about|credits|license|faq|frequently asked questions|see also|authors?|contributors?"
    r"|.*\((?:informative|non-normative)\))\s*$",
    re.IGNORECASE,
)
# What is listed under a version was done, and need not be: "## [1.4.0] - 2024-05-01".
_VERSION = re.compile(
    r"(?:\[?(?:v|version |release )?\d++\.\d++(?:\.\d++)?(?:[-+.]\w[\w.+-]*+)?\]?"
    r"(?:\s*+(?:[/–—(:-]\s*+\(?(?:\d{4}|[a-z]{3,9} \d{1,4}|\d{1,2})\b|\d{4}-).*+)?|\[?unreleased\]?)\s*+$",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:must|shall|should|may|MUST|SHALL|SHOULD|MAY)\b")
_BROKEN = re.compile(r"\b(?:must|shall|should|may|can|will|not|never|to|be|by|is|are)\W*$", re.IGNORECASE)
_SHORT_LEAD = 5
_MOST_ALIKE = 8
LONGEST_TITLE = 400  # of a heading, as passages know it: each of those under it is asked about it
_LONGEST_CONTEXT = 400  # of an item that others stand in: each of them holds it
_DO_NOT = re.compile(r"(?:do not|don['’]t)(?=\s)", re.IGNORECASE)
# A bare verb opens the sentence, so that the tagger takes it for a noun ("Log errors").
_COMMAND = re.compile(
    r"(?!(?:please|avoid|only|if|when|whenever|once|unless|until|before|after|while|for|in|at|by|on|to|as|with|without|where|otherwise)\b)"
    r"[A-Za-z]+ [^,:]*(?:[,:]|$)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"(?<!\s)\s*+(?:\b(?:do|all of|each of|meet|satisfy|observe)\s++)*(?:the following(?:\s++\w++){0,2}|as follows|these(?:\s++\w++)?)?\s*+[:：]\W*$",
    re.IGNORECASE,
)

Words = Mapping[str, tuple[Word, ...]]


def sentence_of(prose: Prose, words: Words) -> Sentence:
    """The sentence in a piece of prose, with its words if they are known."""
    return Sentence(prose.text, prose.marks, words.get(prose.text, ()))


def continuation(lead: str, item: str) -> str | None:
    """A lead that breaks off and the list item that goes on, as one sentence that ends in the item; None where each stands alone."""
    if len(lead) > 160 or not opens(lead) or not is_normative(lead) or _MODAL.search(item):
        return None
    stem = _FOLLOWING.sub("", lead)
    breaks_off = len(stem) < len(lead.rstrip(" :：*_")) or _BROKEN.search(stem) or len(stem.split()) <= _SHORT_LEAD
    return f"{stem} {item}" if stem and breaks_off else None


Held = dict[tuple[str, ...], list[Passage]]


def passages(part: Part, words: Words, profile: Profile, held: Held | None = None) -> Passages:
    """One entry a block of the part; None for a block that is not prose.

    `held` are passages of earlier parts, read with the same words, by the texts of their sentences. Those that stand here too
    are taken out of it and over, with what was worked out of them.
    """
    found: list[Passage | None] = []
    around: list[Heading] = []
    before: Sentence | None = None
    for block in part.blocks:
        if block.heading:
            around = [*(h for h in around if h.level < block.heading.level), block.heading]
            before = None
        if not block.kind.is_prose or not block.prose:
            found.append(None)
            continue
        passage = _held(part, block, around, before, held) if held else None
        if passage is None:
            passage = _passage(part, block, words, profile, around, before)
        found.append(passage)
        if not block.commentary:
            before = passage.sentences[-1]
    whole = Passages(found)
    whole.part = part
    return whole


@lru_cache(maxsize=1024)
def _is_informative(title: str, path: str) -> bool:
    """Whether what stands under headings tells and does not oblige. A heading is asked about once for each block below it."""
    return _INFORMATIVE.match(title) is not None or any(_VERSION.match(heading) for heading in path.split(" / "))


def _title(around: Sequence[Heading]) -> str:
    return around[-1].title[:LONGEST_TITLE] if around else ""


def _path(around: Sequence[Heading]) -> str:
    return " / ".join([heading.title[:LONGEST_TITLE] for heading in around])


def texts_of(passage: Passage) -> tuple[str, ...]:
    """The texts of the sentences of a passage."""
    return tuple([sentence.text for sentence in passage.sentences])


def _held(part: Part, block: Block, around: Sequence[Heading], before: Sentence | None, held: Held) -> Passage | None:
    """A passage that says what a block says at its place in the part."""
    alike = held.get(tuple([prose.text for prose in block.prose]), [])
    # A list of a thousand items may say the same a thousand times.
    for index, passage in enumerate(alike[:_MOST_ALIKE]):
        if (
            passage.kind is block.kind
            and passage.path == _path(around)
            and passage.title == _title(around)
            and passage.before == before
            and passage.commentary == block.commentary
            and passage.named == bool(block.ids)
            and passage.cells == block.cells
            and passage.columns == block.columns
            and all(s.marks == p.marks for s, p in zip(passage.sentences, block.prose, strict=True))
            and passage.lead == _lead(part, block)
            and passage.context == _context(part, block)
        ):
            del alike[index]
            return passage
    return None


def _lead(part: Part, block: Block) -> Sentence | None:
    """The sentence that introduces a block, as yet without its words."""
    lead = part.blocks[block.lead] if block.lead is not None else None
    return Sentence(lead.prose[-1].text, lead.prose[-1].marks) if lead and lead.prose else None


def _passage(
    part: Part, block: Block, words: Words, profile: Profile, around: Sequence[Heading], before: Sentence | None
) -> Passage:
    title, path = _title(around), _path(around)
    lead_block = part.blocks[block.lead] if block.lead is not None else None
    lead = sentence_of(lead_block.prose[-1], words) if lead_block and lead_block.prose else None
    own = tuple(sentence_of(prose, words) for prose in block.prose)
    informative = block.commentary or (profile is not Profile.ALL and _is_informative(title, path))
    led = lead is not None and opens(lead.text) and is_normative(lead.text, profile)
    fuller = [_fuller(part, block, i) for i in range(len(own))]
    column_led = (
        [
            bool(block.columns) and block.cells[i] < len(block.columns) and is_normative(block.columns[block.cells[i]], profile)
            for i in range(len(own))
        ]
        if block.kind is BlockKind.ROW
        else [False] * len(own)
    )
    normative = tuple(
        not informative and (is_normative(s.text, profile) or (led and i == 0) or column_led[i]) for i, s in enumerate(own)
    )
    return Passage(
        block.kind, own, normative, lead, before, title, block.commentary, block.cells, block.columns,
        tuple(_reread(prose, text, words) for prose, text in zip(block.prose, fuller, strict=True)),
        _context(part, block), bool(block.ids), path,
    )  # fmt: skip


def _reread(prose: Prose, text: str | None, words: Words) -> Sentence | None:
    """A sentence as a reader completes it; None where that is not read. What is completed ends in what is written."""
    if text is None or text not in words:
        return None
    shift = len(text) - len(prose.text)
    marks = tuple(replace(m, span=m.span.shifted(shift)) for m in prose.marks if m.span.start + shift >= 0)
    return Sentence(text, marks, words[text])


def _context(part: Part, block: Block) -> str:
    """What the items say in which a block stands, the outermost last."""
    said: list[str] = []
    while block.parent is not None:
        block = part.blocks[block.parent]
        said.append(block.text[:_LONGEST_CONTEXT])
    return " / ".join(said)


def texts_to_read(part: Part) -> tuple[tuple[str, ...], ...]:
    """The sentences of each block of a part that rules may ask the words of."""
    return tuple(tuple(_texts_of(part, block)) if block.kind.is_prose and not block.commentary else () for block in part.blocks)


def _texts_of(part: Part, block: Block) -> Iterator[str]:
    for index, prose in enumerate(block.prose):
        yield prose.text
        fuller = _fuller(part, block, index)
        if fuller is not None:
            yield fuller


def _fuller(part: Part, block: Block, index: int) -> str | None:
    """A sentence as a reader completes it: with the lead of its list, or as a command with "You must"."""
    text = block.prose[index].text
    lead = part.blocks[block.lead] if block.lead is not None else None
    if index == 0 and lead is not None and lead.prose and block.kind is BlockKind.ITEM:
        joined = continuation(lead.prose[-1].text, text)
        if joined is not None:
            return joined
    return _as_duty(text)


@lru_cache(maxsize=16_384)
def _as_duty(text: str) -> str | None:
    """A command with what makes it a duty; None for what is no command."""
    denied = _DO_NOT.match(text)
    if denied:
        return f"You must not{text[denied.end() :]}"
    return f"You must {text[0].lower()}{text[1:]}" if _COMMAND.match(text) and is_imperative(text) else None
