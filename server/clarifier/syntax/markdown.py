"""Markdown into parts and blocks of prose that remember where they came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from markdown_it.token import Token

from clarifier.syntax.building import Building, depth, lead, line_pieces, lines_span
from clarifier.syntax.document import Block, BlockKind, Comment, Heading, Part
from clarifier.syntax.extraction import all_label, before, without_ids, without_label
from clarifier.syntax.ids import cell_label, heading_attributes, heading_label, is_id_column
from clarifier.syntax.inline import Inlines, Piece, inline_prose, plain_prose
from clarifier.syntax.mending import Before, Parsed, mended
from clarifier.syntax.parser import MD, outermost
from clarifier.syntax.prose import Prose
from clarifier.syntax.sentences import sentences
from clarifier.syntax.shifting import shifted
from clarifier.syntax.stretches import Stretch
from clarifier.text.source import Source, Span

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_ANCHOR = re.compile(r"\b(?:id|name)\s*=\s*[\"']([^\"'\s>]+)", re.IGNORECASE)
_FOOTNOTE_DEFINITION = re.compile(r"[ \t]*\[\^([^\[\]\s]+)\]:")
_EXAMPLE = re.compile(
    r"(?:\*\*|\*|__|_)?(?:Example|Examples|Note|NOTE|Rationale|Commentary|Non-normative)\b[^.:*_]{0,40}(?::(?:\*\*|\*|__|_)|(?:\*\*|\*|__|_):|:)"
)
# markdown-it takes time in the square of a block's length for some texts; longer blocks are plain text.
_LONGEST_INLINE = 16_384
_MOST_BRACKETS = 400


def parse_part(text: str, definitions: Mapping[str, str], front_matter: bool = False, previous: Part | None = None) -> Part:
    """A part of a specification as blocks; `definitions` are the link references of the whole document.

    `previous`, an earlier part of the same definitions, spares the parsing of what both share at either end.
    """
    if front_matter:
        return Part(text, (Block(BlockKind.FRONT_MATTER, Span(0, len(text))),))
    bom = text.startswith("\ufeff")
    try:
        part = mended(text, previous, partial(_parse, definitions)) if previous is not None and not bom else None
        if part is not None:
            return part
        parsed = _parse(definitions, text[1:] if bom else text)
    except (RecursionError, ValueError, IndexError):
        # markdown-it itself gives up on some hostile input; the text is then one block of code.
        return Part(text, (Block(BlockKind.CODE, Span(0, len(text)), content=Span(0, len(text))),))
    building = parsed.building
    part = Part(
        text,
        tuple(building.blocks),
        tuple(building.links),
        tuple(building.comments),
        tuple(building.anchors),
        frozenset().union(*(stretch.footnotes for stretch in parsed.stretches)),
        tuple(building.malformed),
        stretches=() if parsed.defines else parsed.stretches,
    )
    return shifted(part) if bom else part


_NOTHING = Before()


def _parse(definitions: Mapping[str, str], text: str, before: Before = _NOTHING) -> Parsed:
    """A piece of a part as blocks."""
    # markdown-it reads NUL as the replacement character; so does everything that looks for its tokens in the text.
    source = Source("", text.replace("\0", "\ufffd"))
    references = {label.upper(): {"href": target, "title": ""} for label, target in definitions.items()} if "[" in text else {}
    given = len(references)
    # A definition holds for the text before it too: all blocks are found before what stands in them is read.
    found = list(outermost(source, references))
    building = Building(source, definitions, references, [before.block] if before.block is not None else [])
    stretches = []
    led: int | None = None
    for number, outer in enumerate(found):
        first, building.footnotes, tokens = building.counts, set(), outer.tokens
        if outer.opens_list:
            led = before.lead if number == 0 and outer.marker == before.marker else lead(building)
            building.stack.append([tokens[0].type, None, led])
            tokens = tokens[1:]
        for token in tokens:
            _take(token, building)
        start, footnotes = source.line_starts[outer.line], frozenset(building.footnotes)
        stretches.append(Stretch(start, outer.seen, first, footnotes, outer.marker, led if outer.marker else None))
    return Parsed(building, tuple(stretches), len(references) > given)


def _take(token: Token, b: Building) -> None:
    kind = token.type
    if kind in ("bullet_list_open", "ordered_list_open"):
        b.stack.append([kind, None, lead(b)])
    elif kind == "list_item_open":
        b.stack.append([kind, None, None])
    elif kind in ("blockquote_open", "admonition_open", "paragraph_open", "heading_open", "admonition_title_open"):
        b.stack.append([kind, token.markup if kind == "heading_open" else None, len(token.tag)])
        if kind == "heading_open":
            b.stack[-1][1] = int(token.tag[1:])
    elif kind == "table_open":
        b.columns, b.stack = [], [*b.stack, [kind, None, lead(b)]]
    elif kind in ("thead_open", "thead_close"):
        b.in_head = kind == "thead_open"
    elif kind == "tr_open":
        b.row, b.cell = [], 0
        b.cursor = b.source.line_starts[token.map[0]] if token.map else b.cursor
    elif kind == "tr_close":
        _end_row(b)
    elif kind in ("td_close", "th_close"):
        b.cell += 1
    elif kind == "inline":
        _inline(token, b)
    elif kind in ("fence", "code_block", "html_block"):
        _literal(token, b)
    elif token.nesting == -1 and b.stack and b.stack[-1][0] == kind.replace("_close", "_open"):
        b.stack.pop()


def _literal(token: Token, b: Building) -> None:
    span = lines_span(b.source, token.map)
    if token.type != "html_block":
        lines = token.map or [0, 1]
        first = lines[0] + (1 if token.type == "fence" else 0)
        begun = b.source.line_starts[first] if first < len(b.source.line_starts) else span.end
        closed = b.source.line_text(min(lines[1], len(b.source.line_starts)) - 1).strip(" \t>")
        fenced = token.type == "fence" and closed.startswith(token.markup) and not closed.strip(token.markup[0])
        end = b.source.line_starts[lines[1] - 1] if fenced and lines[1] - 1 > lines[0] else span.end
        content = Span(begun, max(begun, end))
        b.blocks.append(Block(BlockKind.CODE, span, info=token.info.strip(), content=content, commentary=True, depth=depth(b)))
        return
    html = b.source.slice(span)
    b.comments.extend(Comment(c[1].strip(), Span(span.start + c.start(), span.start + c.end())) for c in _COMMENT.finditer(html))
    b.anchors.extend(_ANCHOR.findall(html))
    b.blocks.append(Block(BlockKind.HTML, span, depth=depth(b)))


def _inline(token: Token, b: Building) -> None:
    container = b.stack[-1][0] if b.stack else ""
    if container == "admonition_title_open":
        return
    if container == "table_open":
        _cell(token, b)
    elif container == "heading_open":
        _heading(token, b, int(str(b.stack[-1][1])))
    else:
        _paragraph(token, b)


def _walk(token: Token, b: Building, pieces: list[Piece]) -> Prose:
    walk = Inlines(token.content, pieces, b.definitions)
    if len(token.content) <= _LONGEST_INLINE and token.content.count("[") <= _MOST_BRACKETS:
        prose = inline_prose(MD, MD.inline.parse(token.content, MD, {"references": b.references}, []), walk)
    else:
        prose = plain_prose(walk)
    b.links.extend(walk.links)
    b.comments.extend(walk.comments)
    b.anchors.extend(walk.anchors)
    return prose


def _heading(token: Token, b: Building, level: int) -> None:
    pieces = line_pieces(token.content, token.map, b.source)
    prose = _walk(token, b, pieces)
    span = lines_span(b.source, token.map)
    line = b.source.line_text(token.map[0] if token.map else 0)
    start = b.source.line_starts[token.map[0] if token.map else 0]
    attributes = heading_attributes(line, start)
    title_end = attributes.span.start if attributes else span.end
    kept = Span(0, before(prose, title_end))
    prose, ids = without_ids(prose.cut(kept), b)
    title = prose.text.rstrip()
    shown = (
        Span(prose.span.start, max(prose.span.start, prose.place(Span(0, len(title))).end))
        if title
        else Span(span.start, span.start)
    )
    mark = attributes.id if attributes else None
    if attributes:
        b.malformed.extend((bad, b.source.slice(bad)) for bad in attributes.bad)
    heading = Heading(
        level,
        " ".join(title.split()),
        mark,
        attributes.values if attributes else {},
        attributes.span if attributes else None,
        shown,
    )
    # The label stays in the title: readers of Markdown make the anchor of both.
    begun = pieces[0].source
    label = heading_label(b.source.text[begun : span.end]) if title else None
    if label:
        prose, labels = without_label(prose, b.source.text[begun : span.end], begun)
        ids = (*labels, *ids)
    b.blocks.append(
        Block(BlockKind.HEADING, span, (prose,) if prose.text.strip() else (), heading=heading, ids=((mark,) if mark else ()) + ids)
    )


def _paragraph(token: Token, b: Building) -> None:
    span = lines_span(b.source, token.map)
    pieces = line_pieces(token.content, token.map, b.source)
    begun = pieces[0].source if pieces else span.start
    prose = _walk(token, b, pieces)
    written = b.source.text[begun : span.end]
    definition = _FOOTNOTE_DEFINITION.match(written)
    if definition:
        b.footnotes.add(definition[1])
    prose, ids = without_ids(prose, b, skip=begun + definition.end() if definition else 0)
    prose, label = without_label(prose, written, begun)
    ids = tuple(sorted((*label, *ids), key=lambda mark: mark.span))
    item = next((entry for entry in reversed(b.stack) if entry[0] == "list_item_open"), None)
    listing = next((entry for entry in reversed(b.stack) if str(entry[0]).endswith("list_open")), None)
    first = item is not None and item[1] is None
    kind = (
        BlockKind.FOOTNOTE
        if definition
        else BlockKind.ITEM
        if first
        else BlockKind.QUOTE
        if b.open("blockquote_open")
        else BlockKind.PARAGRAPH
    )
    if item is not None and item[1] is None:
        item[1] = len(b.blocks)
        parent = next((e[1] for e in reversed(b.stack) if e[0] == "list_item_open" and e is not item and e[1] is not None), None)
    else:
        parent = item[1] if item is not None else None
    b.blocks.append(
        Block(
            kind,
            span=Span(begun, span.end),
            prose=tuple(prose.cut(s) for s in sentences(prose.text, prose.marks)),
            depth=depth(b),
            parent=parent if isinstance(parent, int) else None,
            lead=listing[2] if first and listing is not None and isinstance(listing[2], int) else None,
            commentary=b.open("admonition_open") or _EXAMPLE.match(written) is not None,
            quoted=b.open("blockquote_open"),
            ids=ids,
        )
    )


def _cell(token: Token, b: Building) -> None:
    written = token.content
    if not written:
        # A short row is filled up with as many empty cells as its table is wide.
        if b.in_head:
            b.columns.append("")
        return
    start = b.source.text.find(written, b.cursor)
    line_end = b.source.line_span(b.source.line_and_column(b.cursor)[0]).end
    if start < 0 or start > line_end:
        # An escaped bar is the one character that a cell's content lacks: match up to it.
        start = b.source.text.find(written.split("|")[0], b.cursor)
    pieces = [Piece(0, len(written), max(start, b.cursor))]
    at = max(start, b.cursor)
    if "|" in written:
        pieces = []
        for index, char in enumerate(written):
            at = max(at, b.source.text.find(char, at, line_end))
            if pieces and at == pieces[-1].source + pieces[-1].length:
                pieces[-1] = Piece(pieces[-1].content, pieces[-1].length + 1, pieces[-1].source)
            else:
                pieces.append(Piece(index, 1, at))
            at += 1
        b.cursor = at
    else:
        b.cursor = at + len(written)
    prose, ids = without_ids(_walk(token, b, pieces), b)
    if b.in_head:
        b.columns.append(" ".join(prose.text.split()))
        return
    prose, label = without_label(prose, written, pieces[0].source if pieces else at)
    if not label and b.cell == 0 and b.columns and is_id_column(b.columns[0]) and cell_label(prose.text.strip()):
        prose, label = all_label(prose)
    b.row.extend((b.cell, prose.cut(span)) for span in sentences(prose.text, prose.marks))
    if ids or label:
        entry = b.stack[-1]
        entry[1] = (*(entry[1] if isinstance(entry[1], tuple) else ()), *label, *ids)


def _end_row(b: Building) -> None:
    entry = b.stack[-1]
    marks = entry[1] if isinstance(entry[1], tuple) else ()
    entry[1] = None
    if b.in_head or (not b.row and not marks):
        return
    line = b.source.line_and_column(b.cursor)[0]
    begun = b.source.line_starts[line]
    span = Span(begun + len(b.source.line_text(line)) - len(b.source.line_text(line).lstrip()), b.source.line_span(line).end)
    b.blocks.append(
        Block(
            BlockKind.ROW,
            span,
            tuple(prose for _, prose in b.row),
            depth=depth(b),
            lead=entry[2] if isinstance(entry[2], int) else None,
            commentary=b.open("admonition_open"),
            cells=tuple(cell for cell, _ in b.row),
            columns=tuple(b.columns),
            ids=marks,
        )
    )
