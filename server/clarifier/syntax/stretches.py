"""What a part was parsed from, so that an edit has only what it touches parsed anew."""

from __future__ import annotations

from dataclasses import dataclass

Counts = tuple[int, int, int, int, int]  # of blocks, links, comments, anchors, what is malformed


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of the outermost level, or an item of a list there, as it was parsed without regard to what stands before it.

    It begins at `start`; the text up to `seen` was looked at to find where it ends. `first` counts what the part holds
    before it. An item has the `marker` of its list, and its `lead` is the block that introduces the list.
    """

    start: int
    seen: int
    first: Counts
    footnotes: frozenset[str] = frozenset()
    marker: str = ""
    lead: int | None = None
