"""What is gathered while a part's tokens are walked, and where the lines of their content stand in the part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clarifier.syntax.document import Block, BlockKind, Comment, Counts, Link
from clarifier.syntax.inline import Piece
from clarifier.syntax.prose import Prose
from clarifier.text.source import Source, Span


@dataclass
class Building:
    """What has been gathered of a part while its tokens are walked."""

    source: Source
    definitions: Mapping[str, str]
    references: Mapping[str, Mapping[str, str]]
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    footnotes: set[str] = field(default_factory=set)
    malformed: list[tuple[Span, str]] = field(default_factory=list)
    # The open containers: token type, index of the item's first block (None until there is one), its lead.
    stack: list[list[object]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    row: list[tuple[int, Prose]] = field(default_factory=list)
    cell: int = 0
    cursor: int = 0
    in_head: bool = False

    @property
    def counts(self) -> Counts:
        """How much has been gathered: blocks, links, comments, anchors, what is malformed."""
        return len(self.blocks), len(self.links), len(self.comments), len(self.anchors), len(self.malformed)

    def open(self, kind: str) -> bool:
        """Whether a container of this kind is open."""
        return any(entry[0] == kind for entry in self.stack)


def lines_span(source: Source, lines: Sequence[int] | None) -> Span:
    """The span of lines, `lines` as markdown-it gives them, without blank ones at the end."""
    first, after = lines or (0, 1)
    last = min(max(after, first + 1), len(source.line_starts)) - 1
    first = min(first, last)
    while last > first and not source.line_text(last).strip():
        last -= 1
    return Span(source.line_starts[first], source.line_span(last).end)


def lead(b: Building) -> int | None:
    """The block just before, where it introduces what follows: it ends open or in a colon."""
    if not b.blocks:
        return None
    index = len(b.blocks) - 1
    block = b.blocks[index]
    if not block.kind.is_prose or not block.prose or (block.kind is BlockKind.ROW):
        return None
    ending = block.prose[-1].text.rstrip('*_"” ')
    within = any(entry[0] == "list_item_open" and entry[1] == index for entry in b.stack)
    return index if within or ending.endswith(":") or not ending.endswith((".", "!", "?")) else None


def depth(b: Building) -> int:
    """How many list items are open."""
    return sum(entry[0] == "list_item_open" for entry in b.stack)


def line_pieces(content: str, rows: Sequence[int] | None, source: Source) -> list[Piece]:
    """Where each line of the token's content stands: it is a suffix of its source line."""
    found: list[Piece] = []
    at, lines = 0, content.split("\n")
    first = _first_row(rows, lines, source)
    for number, line in enumerate(lines):
        row = min(first + number, len(source.line_starts) - 1)
        begun, written = source.line_starts[row], source.line_text(row)
        bare = line.lstrip(" \t")
        lead, place = len(line) - len(bare), _suffix_at(written, bare)
        # White space that opens a line is kept in code alone; a tab may stand there as spaces, which have no place of their own.
        same = written[max(0, place - lead) : place] == line[:lead]
        found.append(Piece(at, lead if same else 0, begun + place - (lead if same else 0)))
        found.append(Piece(at + lead, len(line) - lead, begun + place))
        at += len(line) + 1
    return found


def _first_row(rows: Sequence[int] | None, lines: Sequence[str], source: Source) -> int:
    """The line at which a token's content begins: markdown-it strips lines of unusual white space from its ends."""
    first, after = rows or (0, 1)
    last = min(after, len(source.line_starts)) - len(lines)
    return next((row for row in range(first, last + 1) if source.line_text(row).rstrip().endswith(lines[0].strip())), first)


def _suffix_at(written: str, bare: str) -> int:
    if written.endswith(bare):
        return len(written) - len(bare)
    kept, stripped = written.rstrip(), bare.rstrip()
    return len(kept) - len(stripped) if kept.endswith(stripped) else max(0, written.find(stripped))
