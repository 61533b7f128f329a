"""Parts into a document: sections with their authority, and the clauses that IDs name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from clarifier.syntax.document import Block, BlockKind, Clause, Document, Heading, IdMark, IdStyle, Part, Section
from clarifier.syntax.markdown import parse_part
from clarifier.syntax.parts import cuts
from clarifier.text.source import Source, Span

_LEAD_END = re.compile(r"[:：]\W*$")


def read_document(source: Source, previous: Document | None = None) -> Document:
    """The document in a source. Parts that stand unchanged in `previous` are taken over, not parsed again."""
    cut = cuts(source)
    known: dict[str, Part] = {}
    if previous is not None and previous.definitions == cut.definitions:
        known = {part.text: part for part in previous.parts}
    ends = (*cut.starts[1:], len(source.text))
    parts: list[Part] = []
    for index, (start, end) in enumerate(zip(cut.starts, ends, strict=True)):
        text = source.text[start:end]
        front_matter = index == 0 and cut.front_matter > 0
        part = known.get(text)
        if part is None or front_matter or (part.blocks and part.blocks[0].kind is BlockKind.FRONT_MATTER):
            part = parse_part(text, cut.definitions, front_matter)
        parts.append(part)
    sections = _sections(source, parts, cut.starts)
    document = Document(source, tuple(parts), cut.starts, sections, (), cut.definitions)
    return Document(source, document.parts, cut.starts, sections, _clauses(document), cut.definitions)


def slug(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = "".join(c for c in unicodedata.normalize("NFC", title.lower()) if c.isalnum() or c in " -_")
    return kept.strip().replace(" ", "-")


def _sections(source: Source, parts: Sequence[Part], starts: Sequence[int]) -> tuple[Section, ...]:
    opened: list[tuple[Heading | None, Span, list[tuple[int, int]]]] = [(None, Span(0, 0), [])]
    for p, part in enumerate(parts):
        for b, block in enumerate(part.blocks):
            if block.heading:
                opened.append((block.heading, block.span.shifted(starts[p]), []))
            else:
                opened[-1][2].append((p, b))
    if not opened[0][2]:
        del opened[0]
    sections: list[Section] = []
    seen: dict[str, int] = {}
    for index, (heading, heading_span, blocks) in enumerate(opened):
        level = heading.level if heading else 0
        end = opened[index + 1][1].start if index + 1 < len(opened) else len(source.text)
        parent = next((i for i in range(index - 1, -1, -1) if sections[i].level < level), None)
        authority = heading.attributes.get("authority") if heading else None
        if authority is None and parent is not None:
            authority = sections[parent].authority
        base = slug(heading.title) if heading else ""
        seen[base] = seen.get(base, -1) + 1
        name = f"{base}-{seen[base]}" if seen[base] else base
        sections.append(Section(heading, Span(heading_span.start, end), heading_span, level, parent, tuple(blocks), authority, name))
    return tuple(sections)


def _clauses(document: Document) -> tuple[Clause, ...]:
    defined = frozenset().union(*(part.footnotes for part in document.parts)) if document.parts else frozenset()
    found: list[Clause] = []
    for index, section in enumerate(document.sections):
        for address in _addresses(document, section):
            marks = [m for m in document.block(address).ids if not (m.style is IdStyle.FOOTNOTE and m.id in defined)]
            found.extend(_in_block(document, index, section, address, [m for m in marks if m.style is not IdStyle.HEADING]))
    if not found:
        # A heading's ID names a clause only where nothing finer does; otherwise it names the section.
        for index, section in enumerate(document.sections):
            found.extend(_whole_section(document, index, section))
    return tuple(found)


def _addresses(document: Document, section: Section) -> Iterator[tuple[int, int]]:
    """The section's blocks, its heading first."""
    if section.heading is not None:
        for p, start in enumerate(document.starts):
            if start <= section.heading_span.start < start + len(document.parts[p].text):
                for b, block in enumerate(document.parts[p].blocks):
                    if block.heading is section.heading:
                        yield p, b
                break
    yield from section.blocks


def _in_block(
    document: Document, index: int, section: Section, address: tuple[int, int], marks: Sequence[IdMark]
) -> Iterator[Clause]:
    part, start = document.parts[address[0]], document.starts[address[0]]
    block = part.blocks[address[1]]
    for mark in marks:
        placed = IdMark(mark.id, mark.style, mark.span.shifted(start), mark.name_span.shifted(start))
        if mark.style is IdStyle.FOOTNOTE:
            text, span, open_ended = _up_to_reference(block, mark)
            if block.heading:
                text, span, open_ended = block.text, block.span, False
        else:
            text, span = block.text, Span(mark.span.start, block.span.end)
            open_ended = not text or bool(_LEAD_END.search(text))
        covered = [address]
        if open_ended:
            below = _led(part, address[1], bare=not text)
            covered.extend((address[0], b) for b in below)
            text = " ".join([text, *(part.blocks[b].text for b in below)]).strip()
            span = Span(span.start, max([span.end, *(part.blocks[b].span.end for b in below)]))
        yield Clause(mark.id, mark.style, placed, span.shifted(start), text, index, tuple(covered))


def _up_to_reference(block: Block, mark: IdMark) -> tuple[str, Span, bool]:
    """The sentence that a reference ends or stands in, from the reference before it on; whether a list goes on."""
    sentence = next((p for p in reversed(block.prose) if p.span.start <= mark.span.start), None)
    if sentence is None:
        return block.text, block.span, False
    span = sentence.span
    others = [m for m in block.ids if m.style is IdStyle.FOOTNOTE and span.start <= m.span.start < max(span.end, mark.span.start + 1)]
    span = Span(span.start, max(span.end, mark.span.end))
    if len(others) > 1:
        earlier = [m.span.end for m in others if m.span.start < mark.span.start]
        last = mark is others[-1]
        span = Span(max(earlier, default=span.start), span.end if last else mark.span.end)
    text = "".join(
        sentence.text[run.prose : run.prose + run.length] for run in sentence.runs if span.start <= run.source < span.end
    )
    return text.strip(), span, bool(_LEAD_END.search(text))


def _led(part: Part, index: int, bare: bool) -> list[int]:
    """The blocks that a block introduces; for a bare `r[id]` line the next block."""
    below = [b for b, block in enumerate(part.blocks) if block.lead == index]
    if bare and not below:
        below = [b for b in range(index + 1, len(part.blocks)) if part.blocks[b].kind.is_prose][:1]
    return below


def _whole_section(document: Document, index: int, section: Section) -> Iterator[Clause]:
    heading = section.heading
    if heading is None or heading.id is None:
        return
    start = next(s for s in reversed(document.starts) if s <= section.heading_span.start)
    mark = heading.id
    placed = IdMark(mark.id, mark.style, mark.span.shifted(start), mark.name_span.shifted(start))
    prose = [a for a in section.blocks if document.block(a).kind.is_prose and not document.block(a).commentary]
    text = " ".join(document.block(a).text for a in prose)
    yield Clause(mark.id, mark.style, placed, section.span, text, index, tuple(prose))
