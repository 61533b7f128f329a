"""Parts into a document: sections with their authority, and the clauses that IDs name."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clarifier.syntax.document import Block, Clause, Document, Heading, IdMark, IdStyle, Part, Section
from clarifier.syntax.markdown import parse_part
from clarifier.syntax.parts import cuts
from clarifier.text.source import Source, Span

_LEAD_END = re.compile(r"[:：]\W*$")


def read_document(source: Source, previous: Document | None = None) -> Document:
    """The document in a source. Parts that stand unchanged in `previous` are taken over, not parsed again."""
    cut = cuts(source, previous.cuts if previous is not None else None)
    known: dict[str, Part] = {}
    if previous is not None and previous.definitions == cut.definitions:
        known = {part.text: part for part in previous.parts[previous.cuts is not None and previous.cuts.front_matter :]}
    starts = cut.starts
    parts: list[Part] = []
    for index, (start, end) in enumerate(zip(starts, (*starts[1:], len(source.text)), strict=True)):
        text = source.text[start:end]
        front_matter = index == 0 and cut.front_matter
        part = None if front_matter else known.get(text)
        parts.append(part or _read_part(parse_part(text, cut.definitions, front_matter)))
    sections = _sections(source, parts, starts)
    return Document(source, tuple(parts), starts, sections, _clauses(parts, starts, sections), cut)


def slug(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = "".join(c for c in unicodedata.normalize("NFC", title.lower()) if c.isalnum() or c in " -_")
    return kept.strip().replace(" ", "-")


def _sections(source: Source, parts: Sequence[Part], starts: Sequence[int]) -> tuple[Section, ...]:
    opened: list[tuple[Heading | None, Span, list[tuple[int, int]]]] = [(None, Span(0, 0), [])]
    for p, part in enumerate(parts):
        begun = 0
        for b in (*part.headings, len(part.blocks)):
            opened[-1][2].extend((p, i) for i in range(begun, b))
            if b < len(part.blocks):
                opened.append((part.blocks[b].heading, part.blocks[b].span.shifted(starts[p]), []))
            begun = b + 1
    if not opened[0][2] and len(opened) > 1:
        del opened[0]
    sections: list[Section] = []
    above: list[int] = []
    seen: dict[str, int] = {}
    for index, (heading, heading_span, blocks) in enumerate(opened):
        level = heading.level if heading else 0
        end = opened[index + 1][1].start if index + 1 < len(opened) else len(source.text)
        while above and sections[above[-1]].level >= level:
            above.pop()
        parent = above[-1] if above else None
        above.append(index)
        authority = heading.attributes.get("authority") if heading else None
        if authority is None and parent is not None:
            authority = sections[parent].authority
        base = slug(heading.title) if heading else ""
        seen[base] = seen.get(base, -1) + 1
        name = f"{base}-{seen[base]}" if seen[base] else base
        sections.append(Section(heading, Span(heading_span.start, end), heading_span, level, parent, tuple(blocks), authority, name))
    return tuple(sections)


def _read_part(part: Part) -> Part:
    """The part with the clauses that its blocks name; what a heading names is seen only in the whole document."""
    found: list[Clause] = []
    section = 0
    for index, block in enumerate(part.blocks):
        section += block.heading is not None
        marks = [m for m in block.ids if m.style is not IdStyle.HEADING]
        found.extend(_in_block(part, section, index, marks))
    return replace(part, clauses=tuple(found)) if found else part


def _clauses(parts: Sequence[Part], starts: Sequence[int], sections: Sequence[Section]) -> tuple[Clause, ...]:
    defined: frozenset[str] = frozenset().union(*(part.footnotes for part in parts))
    found: list[Clause] = []
    before = -1 if sections and sections[0].heading is not None else 0
    for p, part in enumerate(parts):
        for clause in part.clauses:
            if not (clause.style is IdStyle.FOOTNOTE and clause.id in defined):
                found.append(_placed(clause, p, starts[p], max(0, before + clause.section)))
        before += len(part.headings)
    if not found:
        # A heading's ID names a clause only where nothing finer does; otherwise it names the section.
        for index, section in enumerate(sections):
            found.extend(_whole_section(parts, starts, index, section))
    return tuple(found)


def _placed(clause: Clause, part: int, start: int, section: int) -> Clause:
    mark = clause.mark
    placed = IdMark(mark.id, mark.style, mark.span.shifted(start), mark.name_span.shifted(start))
    blocks = tuple((part, block) for _, block in clause.blocks)
    return Clause(clause.id, clause.style, placed, clause.span.shifted(start), clause.text, section, blocks)


def _in_block(part: Part, section: int, index: int, marks: Sequence[IdMark]) -> Iterator[Clause]:
    block = part.blocks[index]
    for mark in marks:
        if mark.style is IdStyle.FOOTNOTE and not block.heading:
            text, span, open_ended = _up_to_reference(block, mark)
        else:
            text, span = block.text, Span(min(mark.span.start, block.span.start), max(block.span.end, mark.span.end))
            open_ended = not block.heading and (not text or bool(_LEAD_END.search(text)))
        covered = [(0, index)]
        if open_ended:
            below = _led(part, index, bare=not text)
            covered.extend((0, b) for b in below)
            text = " ".join([text, *(part.blocks[b].text for b in below)]).strip()
            span = Span(span.start, max([span.end, *(part.blocks[b].span.end for b in below)]))
        yield Clause(mark.id, mark.style, mark, span, text, section, tuple(covered))


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


def _whole_section(parts: Sequence[Part], starts: Sequence[int], index: int, section: Section) -> Iterator[Clause]:
    heading = section.heading
    if heading is None or heading.id is None:
        return
    start = starts[bisect_right(starts, section.heading_span.start) - 1]
    mark = heading.id
    placed = IdMark(mark.id, mark.style, mark.span.shifted(start), mark.name_span.shifted(start))
    prose = [(p, b) for p, b in section.blocks if parts[p].blocks[b].kind.is_prose and not parts[p].blocks[b].commentary]
    text = " ".join(parts[p].blocks[b].text for p, b in prose)
    yield Clause(mark.id, mark.style, placed, section.span, text, index, tuple(prose))
