"""A part parsed anew only where it differs from an earlier one: what stands before and behind the edit is joined to what is new.

A block of the outermost level is parsed without regard to what stands before it, but for two things: the list that it
opens may be introduced by the block before, and the definitions of links hold everywhere. So behind an edit one more
block is parsed, and a part that defines links where only the parser finds them is parsed whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from clarifier.syntax.building import Building
from clarifier.syntax.document import Block, Counts, Part, Stretch
from clarifier.syntax.parts import difference
from clarifier.syntax.shifting import moved_block, moved_comment, moved_link

# So many blocks behind an edit are parsed at first; more where the edit changes where blocks end.
_FIRST_TRY = 3


@dataclass(frozen=True)
class Parsed:
    """What parsing a piece of a part gave, relative to the piece.

    The building begins with the block before the piece, if there is one. `end` is where the parsing stopped because all
    behind was known; None where it reached the end of the piece. `defines` says that links were defined where only the
    parser finds it.
    """

    building: Building
    stretches: tuple[Stretch, ...]
    end: int | None
    defines: bool


# Parses a piece that stands behind a block, until a block begins from which on all is known, and one more.
Parse = Callable[[str, Block | None, Callable[[int], bool]], Parsed]


def mended(text: str, previous: Part, parse: Parse) -> Part | None:
    """The part that a text is, with what `previous` holds of it; None where all of it must be parsed."""
    old, changed = previous.stretches, difference(previous.text, text)
    by = changed.new.end - changed.old.end
    head = next((n for n, stretch in enumerate(old) if stretch.seen > changed.old.start), len(old))
    if head == len(old):
        return None
    starts = [stretch.start for stretch in old]
    begin = starts[head] if head else 0
    behind = bisect_left(starts, changed.old.end)
    before = previous.blocks[old[head].first[0] - 1] if old[head].first[0] else None

    def is_known(offset: int) -> bool:
        at = bisect_left(starts, begin + offset - by, behind)
        return at < len(starts) and starts[at] == begin + offset - by

    ahead = _FIRST_TRY
    while True:
        end = starts[behind + ahead] + by if behind + ahead < len(old) else len(text)
        parsed = parse(text[begin:end], before, is_known)
        if parsed.defines:
            return None
        whole = parsed.end is not None and all(begin + stretch.seen <= end for stretch in parsed.stretches)
        if whole or end == len(text):
            tail = len(old) if parsed.end is None else bisect_left(starts, begin + parsed.end - by, behind)
            return _joined(text, previous, head, tail, parsed, begin, by)
        ahead *= 4


def _joined(text: str, previous: Part, head: int, tail: int, parsed: Parsed, begin: int, by: int) -> Part:
    """The part whose stretches are those of `previous` before `head`, those of the piece, and those of `previous` from `tail` on."""
    old, new = previous.stretches, parsed.building
    lead = 1 if old[head].first[0] else 0
    done = old[head].first
    left = old[tail].first if tail < len(old) else _counts(previous)
    made = (len(new.blocks) - lead, len(new.links), len(new.comments), len(new.anchors), len(new.malformed))
    further = _sums(done, made, (-left[0], -left[1], -left[2], -left[3], -left[4]))
    stretches = (
        *old[:head],
        *(
            Stretch(s.start + begin, s.seen + begin, _sums(done, s.first, (-lead, 0, 0, 0, 0)), s.footnotes)
            for s in parsed.stretches
        ),
        *(Stretch(s.start + by, s.seen + by, _sums(s.first, further), s.footnotes) for s in old[tail:]),
    )
    blocks, links, comments, anchors, malformed = done
    return Part(
        text,
        (
            *previous.blocks[:blocks],
            *(moved_block(block, begin, blocks - lead) for block in new.blocks[lead:]),
            *(moved_block(block, by, further[0]) for block in previous.blocks[left[0] :]),
        ),
        (
            *previous.links[:links],
            *(moved_link(link, begin) for link in new.links),
            *(moved_link(link, by) for link in previous.links[left[1] :]),
        ),
        (
            *previous.comments[:comments],
            *(moved_comment(comment, begin) for comment in new.comments),
            *(moved_comment(comment, by) for comment in previous.comments[left[2] :]),
        ),
        (*previous.anchors[:anchors], *new.anchors, *previous.anchors[left[3] :]),
        frozenset().union(*(s.footnotes for s in stretches)),
        (
            *previous.malformed[:malformed],
            *((span.shifted(begin), bad) for span, bad in new.malformed),
            *((span.shifted(by), bad) for span, bad in previous.malformed[left[4] :]),
        ),
        stretches=stretches,
    )


def _counts(part: Part) -> Counts:
    return len(part.blocks), len(part.links), len(part.comments), len(part.anchors), len(part.malformed)


def _sums(*counts: Counts) -> Counts:
    blocks, links, comments, anchors, malformed = map(sum, zip(*counts, strict=True))
    return blocks, links, comments, anchors, malformed
