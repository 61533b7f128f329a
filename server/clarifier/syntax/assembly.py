"""Parts into a document: sections with their authority, and the clauses that IDs name."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from clarifier.syntax.document import Block, BlockKind, Clause, Document, Heading, IdMark, IdStyle, Part, Section
from clarifier.syntax.markdown import parse_part
from clarifier.syntax.parts import UNREAD, cuts, readable
from clarifier.syntax.sentences import opens
from clarifier.text.source import Source, Span

# A list's blocks stand close together: with no more of them in this many blocks, it has ended.
_FARTHEST = 100


def read_document(source: Source, previous: Document | None = None) -> Document:
    """The document in a source. Parts that stand unchanged in `previous` are taken over, not parsed again."""
    cut = cuts(source, previous.cuts if previous is not None else None)
    known: dict[str, Part] = {}
    if previous is not None and previous.definitions == cut.definitions:
        known = {part.text: part for part in previous.parts[previous.cuts is not None and previous.cuts.front_matter :]}
    limit = readable(source.text)
    starts = cut.starts if limit == len(source.text) else (*(s for s in cut.starts if s < limit), limit)
    parts: list[Part] = []
    for index, (start, end) in enumerate(zip(starts, (*starts[1:], len(source.text)), strict=True)):
        if start == limit and start < end:
            # Not under its own text: nothing that was read of an equal text may be taken for it.
            parts.append(Part(UNREAD, (Block(BlockKind.CODE, Span(0, end - start), commentary=True),)))
            break
        text = source.text[start:end]
        front_matter = index == 0 and cut.front_matter
        part = None if front_matter else known.get(text)
        parts.append(part or _read_part(parse_part(text, cut.definitions, front_matter)))
    sections = _sections(source, parts, starts)
    return Document(source, tuple(parts), starts, sections, _clauses(parts, starts, sections), cut)


@lru_cache(maxsize=8192)
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
        sections.append(
            Section(heading, Span(heading_span.start, end), heading_span, level, parent, tuple(blocks), authority, name)
        )
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
    found = _without_listings(parts, found)
    if not found:
        # A heading's ID names a clause only where nothing finer does; otherwise it names the section.
        for index, section in enumerate(sections):
            found.extend(_whole_section(parts, starts, index, section))
    return tuple(found)


def _without_listings(parts: Sequence[Part], clauses: list[Clause]) -> list[Clause]:
    """The clauses without rows of tables that only list an ID named elsewhere."""

    def is_row(clause: Clause) -> bool:
        p, b = clause.blocks[0]
        return parts[p].blocks[b].kind is BlockKind.ROW

    rows = [clause for clause in clauses if is_row(clause)]
    if not rows:
        return clauses
    elsewhere = {clause.id for clause in clauses if not is_row(clause)}
    return [clause for clause in clauses if not (clause.id in elsewhere and is_row(clause))]


def _placed(clause: Clause, part: int, start: int, section: int) -> Clause:
    mark = clause.mark
    placed = IdMark(mark.id, mark.style, mark.span.shifted(start), mark.name_span.shifted(start))
    blocks = tuple((part, block) for _, block in clause.blocks)
    return Clause(clause.id, clause.style, placed, clause.span.shifted(start), clause.text, section, blocks)


def _in_block(part: Part, section: int, index: int, marks: Sequence[IdMark]) -> Iterator[Clause]:
    block = part.blocks[index]
    for mark in marks:
        below: list[int] = []
        if block.heading is not None:
            text, span = block.text, block.span
            below = _under_heading(part, index)
        elif mark.style is IdStyle.FOOTNOTE:
            text, span, open_ended = _up_to_reference(block, mark)
            below = _led(part, index) if open_ended else []
        else:
            text, span = block.text, Span(min(mark.span.start, block.span.start), max(block.span.end, mark.span.end))
            below = _labelled(part, index, text)
        whole = Span(span.start, max([span.end, *(part.blocks[b].span.end for b in below)]))
        text = " ".join([text, *(part.blocks[b].text for b in below)]).strip()
        yield Clause(mark.id, mark.style, mark, whole, text, section, ((0, index), *((0, b) for b in below)))


def _up_to_reference(block: Block, mark: IdMark) -> tuple[str, Span, bool]:
    """The sentence that a reference ends or stands in, from the reference before it on; whether a list goes on."""
    at = bisect_right(block.prose, mark.span.start, key=lambda p: p.span.start)
    if not at:
        return block.text, block.span, False
    sentence = block.prose[at - 1]
    span = sentence.span
    # A sentence may hold a thousand references: each looks no further than to the next one on either side.
    ends = (span.start, mark.span.start, mark.span.start + 1, max(span.end, mark.span.start + 1))
    first, here, next_, after = (bisect_left(block.ids, offset, key=lambda m: m.span.start) for offset in ends)
    earlier = next((m.span.end for m in reversed(block.ids[first:here]) if m.style is IdStyle.FOOTNOTE), span.start)
    last = all(m.style is not IdStyle.FOOTNOTE for m in block.ids[next_:after])
    span = Span(earlier, max(span.end, mark.span.end) if last else mark.span.end)
    begun, ended = (bisect_left(sentence.runs, offset, key=lambda r: r.source) for offset in (span.start, span.end))
    text = "".join(sentence.text[run.prose : run.prose + run.length] for run in sentence.runs[begun:ended])
    return text.strip(), span, opens(text)


def _led(part: Part, index: int) -> list[int]:
    """The blocks of the list that a block introduces, down to its last level, but for those that have their own IDs."""
    found = [index]
    for b in range(index + 1, len(part.blocks)):
        block = part.blocks[b]
        if block.heading is not None or b - found[-1] > _FARTHEST:
            break
        if block.kind.is_prose and not block.ids and (block.lead in found or block.parent in found[1:]):
            found.append(b)
    return found[1:]


def _labelled(part: Part, index: int, text: str) -> list[int]:
    """What belongs to a label beside its own block: what stands in the same list item, and the list that it introduces.

    A bare `r[id]` line names the next block.
    """
    if not text:
        following = next((b for b in range(index + 1, len(part.blocks)) if part.blocks[b].kind.is_prose), None)
        if following is None or part.blocks[following].ids or any(b.heading for b in part.blocks[index + 1 : following]):
            return []
        is_open = opens(part.blocks[following].text)
        return [following, *(_led(part, following) if is_open else ())]
    inside = {index} if part.blocks[index].kind is BlockKind.ITEM else set()
    led = set(_led(part, index)) if opens(text) else set()
    last = max(inside | led, default=index)
    for b in range(index + 1, len(part.blocks)):
        block = part.blocks[b]
        if block.heading is not None or b - last > _FARTHEST:
            break
        if block.kind.is_prose and not block.ids and block.parent in inside | led:
            inside.add(b)
            last = b
    return sorted((inside | led) - {index})


def _under_heading(part: Part, index: int) -> list[int]:
    """The prose up to the next heading, but for what has its own ID."""
    end = next((b for b in part.headings if b > index), len(part.blocks))
    return [
        b
        for b in range(index + 1, end)
        if part.blocks[b].kind.is_prose and not part.blocks[b].ids and not part.blocks[b].commentary
    ]


def _whole_section(parts: Sequence[Part], starts: Sequence[int], index: int, section: Section) -> Iterator[Clause]:
    heading = section.heading
    if heading is None or heading.id is None:
        return
    start = starts[bisect_right(starts, section.heading_span.start) - 1]
    mark = heading.id
    placed = IdMark(mark.id, mark.style, mark.span.shifted(start), mark.name_span.shifted(start))
    prose = [(p, b) for p, b in section.blocks if parts[p].blocks[b].kind.is_prose and not parts[p].blocks[b].commentary]
    text = " ".join(parts[p].blocks[b].text for p, b in prose)
    if prose:
        yield Clause(mark.id, mark.style, placed, section.span, text, index, tuple(prose))
