"""Which clauses a specification names, and which duties in it no clause ID names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.semantics.kept import kept
from clarifier.semantics.normativity import is_imperative
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Document, IdStyle, Passage, Passages
from clarifier.text.source import Span

_DUTY = re.compile(
    r"\b(?:must(?:n['’]t)?|shall|shan['’]t|should(?:n['’]t)?|never|cannot|(?:has|have|needs?)\s+to|ought to|may not|required|forbidden|prohibited"
    r"|obliged|mandatory|responsible\s+for|requires?|forbids?|prohibits?|must be|not\s+(?:allowed|permitted))\b",
    re.IGNORECASE,
)
# Below one named block in this many, a document is not yet read as one that names its clauses.
_TOO_FEW = 10

Address = tuple[int, int]


@dataclass(frozen=True)
class Unnamed:
    """Normative text without a clause ID. `span` is what to show; an ID belongs to `block`, at the end of `sentence`.

    `duty` says that it obliges or forbids, not merely permits; `near` that clauses beside it have IDs.
    """

    span: Span
    section: int
    block: Address
    sentence: int
    duty: bool
    near: bool
    duties: int = 1


def is_duty(text: str) -> bool:
    """Whether a normative sentence obliges or forbids; "can", "may" and "will" alone do not."""
    return bool(_DUTY.search(text)) or is_imperative(text)


@kept
def style_of(document: Document) -> IdStyle | None:
    """The notation in which a document names most of its clauses; None if it names none."""
    counted = Counter(clause.style for clause in document.clauses)
    return max(counted, key=lambda style: (counted[style], style), default=None)


def names_clauses(specification: Specification) -> bool:
    """Whether a document names its clauses at all, and not just one in passing."""
    named = len(covered(specification.document))
    if named >= _TOO_FEW:
        return True
    return named * _TOO_FEW >= sum(any(p.normative) for part in specification.passages for p in part if p is not None) and named > 0


def unnamed(specification: Specification, style: IdStyle | None = None) -> Iterator[Unnamed]:
    """Where a clause ID is missing, in order: a section for footnote and heading style, a block for the others."""
    document = specification.document
    chosen = style or style_of(document) or IdStyle.FOOTNOTE
    named = covered(document)
    sections = {clause.section for clause in document.clauses}
    for index, section in enumerate(document.sections):
        has_id = index in sections or any(address in named for address in section.blocks)
        whole = chosen in (IdStyle.FOOTNOTE, IdStyle.HEADING)
        missing = [] if whole and has_id else list(_missing(specification, index, named))
        if whole:
            if missing and (chosen is IdStyle.FOOTNOTE or section.heading is not None):
                block, best = next(((block, d) for block, d in missing if d.obliges), missing[0])
                shown = (
                    section.heading.title_span.shifted(_start(document, section.heading_span))
                    if section.title and section.heading
                    else best.span.shifted(document.starts[block[0]])
                )
                yield Unnamed(shown, index, block, best.sentence, best.obliges, True, len(missing))
        else:
            for block, duty in missing:
                span = duty.span.shifted(document.starts[block[0]])
                yield Unnamed(span, index, block, duty.sentence, duty.obliges, has_id)


@kept
def covered(document: Document) -> frozenset[Address]:
    """The blocks that some clause ID names."""
    return frozenset(address for clause in document.clauses for address in clause.blocks)


@dataclass(frozen=True, slots=True)
class _Duty:
    """The sentence of a block that obliges or forbids, or else permits; its span is relative to the part."""

    block: int
    sentence: int
    obliges: bool
    span: Span


def _missing(specification: Specification, section: int, named: frozenset[Address]) -> Iterator[tuple[Address, _Duty]]:
    blocks = specification.document.sections[section].blocks
    for p in range(blocks[0][0], blocks[-1][0] + 1) if blocks else ():
        for duty in _duties_in(specification.passages[p]):
            address = (p, duty.block)
            if blocks[0] <= address <= blocks[-1] and address not in named:
                yield address, duty


@kept
def _duties_in(part: Passages) -> tuple[_Duty, ...]:
    found = ((block, _first_duty(passage)) for block, passage in enumerate(part) if passage is not None)
    return tuple(_Duty(block, *duty, part.part.blocks[block].prose[duty[0]].span) for block, duty in found if duty is not None)


@kept
def _first_duty(passage: Passage) -> tuple[int, bool] | None:
    """The first sentence that obliges or forbids, else the first normative one, and whether it is a duty."""
    normative = [i for i, is_so in enumerate(passage.normative) if is_so]
    if not normative:
        return None
    duties = [i for i in normative if is_duty(passage.sentences[i].text)]
    led = passage.lead is not None and passage.lead.text.rstrip().endswith(":") and is_duty(passage.lead.text)
    return (duties or normative)[0], bool(duties) or led


def _start(document: Document, span: Span) -> int:
    return document.starts[document.part_at(span.start)]
