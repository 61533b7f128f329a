"""A part parsed anew only where it differs from an earlier one: what stands before and behind the edit is joined to what is new.

A block of the outermost level, and an item of a list there, is parsed without regard to what stands before it, but for two
things: a list may be introduced by the block before, and the definitions of links hold everywhere. So behind an edit one
more stretch is parsed, to see that it is what it was, and a part that defines links where only the parser finds them is
parsed whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from clarifier.syntax.building import Building
from clarifier.syntax.document import Block, Counts, Part, Stretch
from clarifier.syntax.parts import difference
from clarifier.syntax.shifting import moved_block, moved_comment, moved_link

# So many stretches behind an edit are parsed at first; more where the edit changes where they end.
_FIRST_TRY = 3


@dataclass(frozen=True)
class Before:
    """What a piece of a part stands behind: a block, and the list that it may go on, by its marker and its lead."""

    block: Block | None = None
    marker: str = ""
    lead: int | None = None


@dataclass(frozen=True)
class Parsed:
    """What parsing a piece of a part gave, relative to the piece.

    The building begins with the block before the piece, if there is one. `defines` says that links were defined where only
    the parser finds it.
    """

    building: Building
    stretches: tuple[Stretch, ...]
    defines: bool

    def counts(self, stretch: int) -> Counts:
        """What is gathered before a stretch, or in all for the one behind the last."""
        return self.stretches[stretch].first if stretch < len(self.stretches) else self.building.counts


Parse = Callable[[str, Before], Parsed]


def mended(text: str, previous: Part, parse: Parse) -> Part | None:
    """The part that a text is, with what `previous` holds of it; None where all of it must be parsed."""
    old, changed = previous.stretches, difference(previous.text, text)
    by = changed.new.end - changed.old.end
    head = next((n for n, stretch in enumerate(old) if stretch.seen > changed.old.start), len(old))
    if head == len(old):
        return None
    done, begin = old[head].first, old[head].start if head else 0
    # Blocks of the piece are counted from the block before it, if there is one.
    base = max(0, done[0] - 1)
    last = old[head - 1] if head else Stretch(0, 0, done)
    lead = None if last.lead is None else last.lead - base
    before = Before(previous.blocks[base] if done[0] else None, last.marker, lead)
    behind, ahead = bisect_left(old, changed.old.end, key=_start), _FIRST_TRY
    while True:
        whole = behind + ahead >= len(old)
        end = len(text) if whole else old[behind + ahead].start + by
        parsed = parse(text[begin:end], before)
        if parsed.defines:
            return None
        piece = _Piece(previous, head, begin, base, by, parsed)
        for number, new in enumerate(parsed.stretches):
            if begin + new.seen > end and not whole:
                break
            tail = bisect_left(old, begin + new.start - by, behind, key=_start)
            if tail < len(old) and _is_old(piece, number, tail):
                return _joined(text, piece, number + 1, tail + 1)
        if whole:
            return _joined(text, piece, len(parsed.stretches), len(old))
        ahead *= 4


def _start(stretch: Stretch) -> int:
    return stretch.start


@dataclass(frozen=True)
class _Piece:
    """What was parsed anew: it begins at an offset in place of the stretch `head` of the old part; what is behind moves on `by` so much."""

    previous: Part
    head: int
    begin: int
    base: int
    by: int
    parsed: Parsed

    @property
    def offset(self) -> Counts:
        """What the part holds more than the building, before each of its stretches."""
        _, *others = self.previous.stretches[self.head].first
        return (self.base, *others)  # type: ignore[return-value]

    def kept(self, index: int, blocks: int) -> int:
        """Where a block of the old part stands, of which those behind the piece are so many further on."""
        return index if index < self.previous.stretches[self.head].first[0] else index + blocks


def _is_old(piece: _Piece, number: int, tail: int) -> bool:
    """Whether a stretch that was parsed anew is one of the old part, in the same list, so that what is behind it is as it was."""
    old, new = piece.previous.stretches[tail], piece.parsed.stretches[number]
    given = piece.parsed.counts(number + 1)[0] - new.first[0]
    if piece.begin + new.start != old.start + piece.by or new.marker != old.marker:
        return False
    lead = None if new.lead is None else new.lead + piece.base
    further = new.first[0] + piece.base - old.first[0]
    return (
        given > 0
        and given == _left(piece.previous, tail + 1)[0] - old.first[0]
        and lead == (None if old.lead is None else piece.kept(old.lead, further))
    )


def _joined(text: str, piece: _Piece, made: int, tail: int) -> Part:
    """The part with the stretches of the old one before the piece, so many of the piece, and those of the old one from `tail` on."""
    previous, begin, by, new = piece.previous, piece.begin, piece.by, piece.parsed.building
    done, left, now = previous.stretches[piece.head].first, _left(previous, tail), piece.parsed.counts(made)
    first = done[0] - piece.base
    further = _sums(now, piece.offset, (-left[0], -left[1], -left[2], -left[3], -left[4]))
    stretches = (
        *previous.stretches[: piece.head],
        *(_moved(s, begin, piece.offset, lambda index: index + piece.base) for s in piece.parsed.stretches[:made]),
        *(_moved(s, by, further, lambda index: piece.kept(index, further[0])) for s in previous.stretches[tail:]),
    )
    return Part(
        text,
        (
            *previous.blocks[: done[0]],
            *(moved_block(block, begin, lambda index: index + piece.base) for block in new.blocks[first : now[0]]),
            *(moved_block(block, by, lambda index: piece.kept(index, further[0])) for block in previous.blocks[left[0] :]),
        ),
        (
            *previous.links[: done[1]],
            *(moved_link(link, begin) for link in new.links[: now[1]]),
            *(moved_link(link, by) for link in previous.links[left[1] :]),
        ),
        (
            *previous.comments[: done[2]],
            *(moved_comment(comment, begin) for comment in new.comments[: now[2]]),
            *(moved_comment(comment, by) for comment in previous.comments[left[2] :]),
        ),
        (*previous.anchors[: done[3]], *new.anchors[: now[3]], *previous.anchors[left[3] :]),
        frozenset().union(*(s.footnotes for s in stretches)),
        (
            *previous.malformed[: done[4]],
            *((span.shifted(begin), bad) for span, bad in new.malformed[: now[4]]),
            *((span.shifted(by), bad) for span, bad in previous.malformed[left[4] :]),
        ),
        stretches=stretches,
    )


def _moved(stretch: Stretch, by: int, further: Counts, index: Callable[[int], int]) -> Stretch:
    first, lead = _sums(stretch.first, further), None if stretch.lead is None else index(stretch.lead)
    return Stretch(stretch.start + by, stretch.seen + by, first, stretch.footnotes, stretch.marker, lead)


def _left(part: Part, stretch: int) -> Counts:
    """What a part holds before a stretch, or in all."""
    if stretch < len(part.stretches):
        return part.stretches[stretch].first
    return len(part.blocks), len(part.links), len(part.comments), len(part.anchors), len(part.malformed)


def _sums(*counts: Counts) -> Counts:
    blocks, links, comments, anchors, malformed = map(sum, zip(*counts, strict=True))
    return blocks, links, comments, anchors, malformed
