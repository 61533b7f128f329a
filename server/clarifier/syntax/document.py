"""A specification as values: parts, blocks, sections, clauses. Offsets in a part are relative to the part."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from clarifier.syntax.parts import UNREAD, Cuts, cost
from clarifier.syntax.prose import Prose
from clarifier.syntax.stretches import Stretch
from clarifier.syntax.words import Sentence
from clarifier.text.source import Source, Span


class BlockKind(StrEnum):
    """What a block is in Markdown."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"
    CODE = "code"
    HTML = "html"
    FRONT_MATTER = "front-matter"
    FOOTNOTE = "footnote"

    @property
    def is_prose(self) -> bool:
        """Whether people read the block as running text."""
        return self in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW, BlockKind.QUOTE)


class IdStyle(StrEnum):
    """The notations in which a specification names its clauses."""

    FOOTNOTE = "footnote"  # …is phrased[^sy73].
    HEADING = "heading"  # ## Title {#id}
    LABEL = "label"  # **FR-001**: / [SRS_1] / REQ-12:
    RULE = "rule"  # r[auth.login]


@dataclass(frozen=True, slots=True)
class IdMark:
    """A clause ID as written: `span` is the whole notation, `name_span` the ID inside it."""

    id: str
    style: IdStyle
    span: Span
    name_span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image: where it leads, the span of the whole and of the target inside it."""

    target: str
    span: Span
    target_span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment: its inner text and the span of the whole."""

    text: str
    span: Span


@dataclass(frozen=True)
class Heading:
    """A heading: title without markup and attributes, and what `{#id authority=user tags=x}` says."""

    level: int
    title: str
    id: IdMark | None
    attributes: Mapping[str, str]
    attributes_span: Span | None
    title_span: Span


@dataclass(frozen=True)
class Block:
    """A block of a part. `prose` holds one entry a sentence (a row: one or more a cell).

    `lead` is the index, in the part, of the block whose last sentence introduces this one ("The server MUST:"),
    `parent` that of the list item or row that contains it. `commentary` marks `!!!` admonitions and
    what is set apart as an example.
    """

    kind: BlockKind
    span: Span
    prose: tuple[Prose, ...] = ()
    depth: int = 0
    parent: int | None = None
    lead: int | None = None
    commentary: bool = False
    quoted: bool = False
    cells: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    heading: Heading | None = None
    info: str = ""
    content: Span | None = None
    ids: tuple[IdMark, ...] = ()

    @property
    def text(self) -> str:
        """All the sentences, with a space between them."""
        return " ".join(prose.text for prose in self.prose)


@dataclass(frozen=True)
class Part:
    """A stretch of a specification that is parsed on its own: from one top-level heading to the next.

    Everything in it is relative to its start, so an untouched part is taken over whole.
    """

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()
    anchors: tuple[str, ...] = ()
    footnotes: frozenset[str] = frozenset()
    malformed: tuple[tuple[Span, str], ...] = ()
    clauses: tuple[Clause, ...] = ()  # with `section` counted in the part: 0 before its first heading
    stretches: tuple[Stretch, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_front_matter(self) -> bool:
        """Whether it is no Markdown, but data before it."""
        return bool(self.blocks) and self.blocks[0].kind is BlockKind.FRONT_MATTER

    @cached_property
    def cost(self) -> int:
        """What reading it costs, in marks."""
        return cost(self.text)

    @cached_property
    def key(self) -> str:
        """What the blocks follow from, beside the definitions: the text, and whether it is front matter."""
        # No text that is decoded or typed begins like this.
        return f"\ud800\0{self.text}" if self.blocks and self.blocks[0].kind is BlockKind.FRONT_MATTER else self.text

    @cached_property
    def headings(self) -> tuple[int, ...]:
        """The indices of the blocks that are headings."""
        return tuple(index for index, block in enumerate(self.blocks) if block.heading)

    @cached_property
    def clauses_of(self) -> Mapping[int, tuple[Clause, ...]]:
        """The clauses to which each block belongs, by its index."""
        found: dict[int, tuple[Clause, ...]] = {}
        for clause in self.clauses:
            for _, block in clause.blocks:
                found[block] = (*found.get(block, ()), clause)
        return found


@dataclass(frozen=True)
class Passage:
    """A block as rules read it: sentences with words, what leads up to them, and whether they oblige.

    Position-free: equal passages give equal hits wherever they stand. `lead` introduces the list in
    which an item stands; `before` is the sentence before the block in the same section; `title` is the
    heading above, `path` the headings around it, the outermost first. `normative` has one entry a sentence. For a row, `cells` has one entry a sentence:
    the index of its cell, and `columns` the titles of the columns. `reread` has one entry a sentence: a fuller
    sentence that ends in it, where it leans on its lead ("The server MUST:") or is a command ("You must" before "log errors"). `context` is the text of the items that the block
    stands in, `named` whether a clause ID stands in it.
    """

    kind: BlockKind
    sentences: tuple[Sentence, ...]
    normative: tuple[bool, ...]
    lead: Sentence | None = None
    before: Sentence | None = None
    title: str = ""
    commentary: bool = False
    cells: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    reread: tuple[Sentence | None, ...] = ()
    context: str = ""
    named: bool = False
    path: str = ""

    def preceding(self, index: int) -> Sentence | None:
        """The sentence before the one at an index: in the block, else what leads up to it."""
        if index > 0:
            return self.sentences[index - 1]
        return self.lead or self.before


class Passages(tuple[Passage | None, ...]):
    """The passages of a part, one entry a block, None for what is not prose; what is worked out of them can be kept with them."""

    part: Part


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, up to the next heading. The first one may have no heading."""

    heading: Heading | None
    span: Span
    heading_span: Span
    level: int
    parent: int | None
    blocks: tuple[tuple[int, int], ...]  # (part, block), in order
    authority: str | None
    slug: str

    @property
    def title(self) -> str:
        """The title without markup; empty before the first heading."""
        return self.heading.title if self.heading else ""

    @property
    def id(self) -> str | None:
        """What a link names the section by, if the heading says."""
        return self.heading.id.id if self.heading and self.heading.id else None


@dataclass(frozen=True)
class Clause:
    """What one clause ID names. Spans are absolute; `text` is the prose without markup."""

    id: str
    style: IdStyle
    mark: IdMark
    span: Span
    text: str
    section: int
    blocks: tuple[tuple[int, int], ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that stay while the words stay."""
        return hashlib.blake2b(" ".join(self.text.split()).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Document:
    """A whole specification: its source, its parts and where each begins. `placed` are the clauses that each part names."""

    source: Source
    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    sections: tuple[Section, ...] = ()
    clauses: tuple[Clause, ...] = ()
    cuts: Cuts | None = None
    placed: tuple[tuple[Clause, ...], ...] = field(default=(), compare=False, repr=False)

    @property
    def definitions(self) -> Mapping[str, str]:
        """The link reference definitions, by label."""
        return self.cuts.definitions if self.cuts else {}

    @property
    def read(self) -> int:
        """How much of the text was read: all of it, but for one that is too much."""
        return self.starts[-1] if self.parts and self.parts[-1].text == UNREAD else len(self.source.text)

    def blocks(self) -> Iterator[tuple[int, int, Block]]:
        """Every block with the indices of its part and of itself, in order."""
        for p, part in enumerate(self.parts):
            for b, block in enumerate(part.blocks):
                yield p, b, block

    def block(self, address: tuple[int, int]) -> Block:
        """The block at the indices of a part and of a block in it."""
        return self.parts[address[0]].blocks[address[1]]

    def part_at(self, offset: int) -> int:
        """The index of the part in which an offset lies."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def section_at(self, offset: int) -> int:
        """The index of the section in which an offset lies."""
        return max(0, bisect_right(self.sections, offset, key=lambda section: section.span.start) - 1)

    def clause_at(self, span: Span) -> Clause | None:
        """The narrowest named clause that covers a span, else the narrowest that touches it."""
        first, last = self.part_at(span.start), self.part_at(span.end)
        by_part = self._clauses_by_part
        near = [
            c for p in range(first, last + 1) for c in by_part.get(p, ()) if c.span.start <= span.end and span.start <= c.span.end
        ]
        covering = [c for c in near if c.span.covers(span)]
        return min(covering or near, key=lambda c: len(c.span), default=None)

    @cached_property
    def _clauses_by_part(self) -> Mapping[int, list[Clause]]:
        # A clause lies in one part: parts are cut at headings.
        found: dict[int, list[Clause]] = {}
        for clause in self.clauses:
            found.setdefault(self.part_at(clause.span.start), []).append(clause)
        return found

    def links(self) -> Iterator[Link]:
        """Every link with absolute spans."""
        for part, start in zip(self.parts, self.starts, strict=True):
            for link in part.links:
                yield Link(link.target, link.span.shifted(start), link.target_span.shifted(start), link.text)

    def comments(self) -> Iterator[Comment]:
        """Every HTML comment with absolute spans."""
        for part, start in zip(self.parts, self.starts, strict=True):
            for comment in part.comments:
                yield Comment(comment.text, comment.span.shifted(start))
