"""Parts into a document: sections with their authority, and the clauses that IDs name."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from clarifier.syntax.document import Block, BlockKind, Clause, Document, IdMark, IdStyle, Part, Section
from clarifier.syntax.markdown import parse_part
from clarifier.syntax.parts import MOST_MARKS, UNREAD, Cuts, cost, cuts, readable
from clarifier.syntax.sentences import opens
from clarifier.text.source import Source, Span

# A list's blocks stand close together: with no more of them in this many blocks, it has ended.
_FARTHEST = 100


def read_document(source: Source, previous: Document | None = None) -> Document:
    """The document in a source. Parts that stand unchanged in `previous` are taken over, not parsed again."""
    cut = cuts(source, previous.cuts if previous is not None else None)
    # What was parsed holds while links lead where they led.
    earlier = previous if previous is not None and previous.definitions == cut.definitions else Document(source, (), ())
    parts, starts, head = _parts(source.text, cut, earlier.parts)
    sections = _sections(source, parts, starts, earlier.sections, head)
    placed = _placed_clauses(parts, starts, sections, earlier.placed[:head])
    return Document(source, parts, starts, sections, _clauses(parts, starts, sections, placed), cut, placed)


def _parts(text: str, cut: Cuts, old: tuple[Part, ...]) -> tuple[tuple[Part, ...], tuple[int, ...], int]:
    """The parts, where each begins, and how many at the start are those of `old`, the parts of the text before."""
    is_whole = bool(old) and old[-1].text != UNREAD
    head, tail = (cut.head, cut.tail) if is_whole else (0, 0)
    begin, end = cut.starts[head], cut.starts[-tail] if tail else len(text)
    kept = sum([part.cost for part in (*old[:head], *old[len(old) - tail :])])
    limit = len(text) if kept + cost(text[begin:end]) <= MOST_MARKS else readable(text)
    if limit < len(text):
        starts = tuple(start for start in cut.starts if start < limit)
        # Not under its own text: nothing that was read of an equal text may be taken for it.
        left = Part(UNREAD, (Block(BlockKind.CODE, Span(0, len(text) - limit), commentary=True),))
        return (*_parsed(text[:limit], starts, cut, old, old), left), (*starts, limit), 0
    middle = _parsed(text[:end], cut.starts[head : len(cut.starts) - tail], cut, old, old[head : len(old) - tail])
    return (*old[:head], *middle, *old[len(old) - tail :]), cut.starts, head


def _parsed(text: str, starts: Sequence[int], cut: Cuts, old: Sequence[Part], near: Sequence[Part]) -> Iterator[Part]:
    """The parts that begin at these offsets, of which equal ones may be among `old`, and similar ones in `near`."""
    known = {part.text: part for part in old if not part.is_front_matter}
    for index, (start, end) in enumerate(zip(starts, (*starts, len(text))[1:], strict=True)):
        written, front_matter = text[start:end], start == 0 and cut.front_matter
        part = None if front_matter else known.get(written)
        similar = near[min(index, len(near) - 1)] if near else None
        yield part or _read_part(parse_part(written, cut.definitions, front_matter, similar))


@lru_cache(maxsize=8192)
def slug(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = "".join(c for c in unicodedata.normalize("NFC", title.lower()) if c.isalnum() or c in " -_")
    return kept.strip().replace(" ", "-")


def _sections(
    source: Source, parts: Sequence[Part], starts: Sequence[int], old: Sequence[Section], head: int
) -> tuple[Section, ...]:
    """The sections. Those of the first `head` parts are those of `old`, but for the last, which may go on."""
    sections = list(old[: max(0, sum([len(part.headings) for part in parts[:head]]) - 1)])
    above: list[int] = []
    seen: dict[str, int] = {}
    for index, section in enumerate(sections):
        _step_down(sections, above, section.level)
        above.append(index)
        base = slug(section.title)
        seen[base] = seen.get(base, -1) + 1
    opened = _opened(parts)[len(sections) :]
    begins = [starts[p] + parts[p].blocks[b].span.start if b >= 0 else 0 for p, b in opened]
    for (p, b), after, begin, end in zip(opened, [*opened[1:], None], begins, [*begins[1:], len(source.text)], strict=True):
        heading = parts[p].blocks[b].heading if b >= 0 else None
        level = heading.level if heading else 0
        _step_down(sections, above, level)
        parent = above[-1] if above else None
        above.append(len(sections))
        authority = heading.attributes.get("authority") if heading else None
        if authority is None and parent is not None:
            authority = sections[parent].authority
        base = slug(heading.title) if heading else ""
        seen[base] = seen.get(base, -1) + 1
        name = f"{base}-{seen[base]}" if seen[base] else base
        shown = Span(begin, begin + len(parts[p].blocks[b].span)) if heading else Span(0, 0)
        blocks = _between(parts, (p, b), after)
        sections.append(Section(heading, Span(begin, end), shown, level, parent, blocks, authority, name))
    return tuple(sections)


def _step_down(sections: Sequence[Section], above: list[int], level: int) -> None:
    """Leave of the sections that are open those to which one of a level may belong."""
    while above and sections[above[-1]].level >= level:
        above.pop()


Address = tuple[int, int]


def _opened(parts: Sequence[Part]) -> list[Address]:
    """The headings, each with its part and block, and what stands before the first, which has none, as block -1."""
    headings = [(p, b) for p, part in enumerate(parts) for b in part.headings]
    return headings if headings and not _between(parts, (0, -1), headings[0]) else [(0, -1), *headings]


def _between(parts: Sequence[Part], first: Address, after: Address | None) -> tuple[Address, ...]:
    """The blocks behind one and before another, or up to the end."""
    last = after if after is not None else (len(parts), 0)
    found: tuple[Address, ...] = ()
    for p in range(first[0], min(last[0] + 1, len(parts))):
        begin = first[1] + 1 if p == first[0] else 0
        found += _addresses(p, begin, last[1] if p == last[0] else len(parts[p].blocks))
    return found


@lru_cache(maxsize=8192)
def _addresses(part: int, begin: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple((part, block) for block in range(begin, end))


def _read_part(part: Part) -> Part:
    """The part with the clauses that its blocks name; what a heading names is seen only in the whole document."""
    found: list[Clause] = []
    section = 0
    for index, block in enumerate(part.blocks):
        section += block.heading is not None
        marks = [m for m in block.ids if m.style is not IdStyle.HEADING]
        found.extend(_in_block(part, section, index, marks))
    return replace(part, clauses=tuple(found)) if found else part


def _placed_clauses(
    parts: Sequence[Part], starts: Sequence[int], sections: Sequence[Section], first: Sequence[tuple[Clause, ...]]
) -> tuple[tuple[Clause, ...], ...]:
    """The clauses that each part names; those of the first parts are known."""
    found = list(first)
    before = (-1 if sections and sections[0].heading is not None else 0) + sum([len(part.headings) for part in parts[: len(first)]])
    for p, part in enumerate(parts[len(first) :], len(first)):
        found.append(tuple([_placed(clause, p, starts[p], max(0, before + clause.section)) for clause in part.clauses]))
        before += len(part.headings)
    return tuple(found)


def _clauses(
    parts: Sequence[Part], starts: Sequence[int], sections: Sequence[Section], placed: Sequence[tuple[Clause, ...]]
) -> tuple[Clause, ...]:
    defined: frozenset[str] = frozenset().union(*(part.footnotes for part in parts))
    found = [c for clauses in placed for c in clauses if not (c.style is IdStyle.FOOTNOTE and c.id in defined)]
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
    blocks = tuple([(part, block) for _, block in clause.blocks])
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
    found: list[int] = []
    members, last = {index}, index
    for b in range(index + 1, len(part.blocks)):
        block = part.blocks[b]
        if block.heading is not None or b - last > _FARTHEST:
            break
        if (block.lead in members or (block.parent in members and block.parent != index)) and block.kind.is_prose and not block.ids:
            found.append(b)
            members.add(b)
            last = b
    return found


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
    members = {index} if part.blocks[index].kind is BlockKind.ITEM else set()
    members.update(_led(part, index) if opens(text) else ())
    last = max(members, default=index)
    for b in range(index + 1, len(part.blocks)):
        block = part.blocks[b]
        if block.heading is not None or b - last > _FARTHEST:
            break
        if block.parent in members and block.kind.is_prose and not block.ids:
            members.add(b)
            last = b
    return sorted(members - {index})


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
