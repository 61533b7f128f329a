"""Clause IDs for what has none: in the style of the document, free of collisions, the same for the same text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.rules._rule import Edit
from clarifier.semantics.identity import Unnamed, style_of, unnamed
from clarifier.semantics.passages import passages
from clarifier.semantics.specification import Specification, Surroundings
from clarifier.syntax.assembly import read_document
from clarifier.syntax.document import Block, BlockKind, Clause, Document, IdStyle
from clarifier.syntax.ids import leading_label
from clarifier.text.source import Source, Span

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_NUMBER = re.compile(r"(?P<head>(?:.*\D)?)(?P<number>\d+)(?P<tail>[a-z]?)")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_CLOSING = re.compile(r"(?<![.!?:;,…])[.!?:;,…]++[\"”’')\]]*+$")


@dataclass(frozen=True)
class NewId:
    """An ID for a place that has none: `shown` is where that is reported, `edit` writes the ID."""

    id: str
    style: IdStyle
    shown: Span
    edit: Edit


def bare_specification(source: Source, document: Document | None = None, around: Surroundings | None = None) -> Specification:
    """The specification in a source, its sentences without words."""
    read = document or read_document(source)
    none: dict[str, tuple[()]] = {}
    profile = Specification(read, ()).profile
    return Specification(read, tuple(passages(part, none, profile) for part in read.parts), around or Surroundings())


def new_ids(specification: Specification, style: IdStyle | None = None) -> tuple[NewId, ...]:
    """An ID for each place where `missing-clause-id` would be reported, in order. All edits can be made together."""
    chosen = style or style_of(specification.document) or IdStyle.FOOTNOTE
    taken = _taken(specification)
    found: list[NewId] = []
    for place in unnamed(specification, chosen):
        new = _NEW[chosen](specification, place, taken)
        if new is not None:
            taken.add(new.id.casefold())
            found.append(new)
    return tuple(found)


def written(text: str, new: tuple[NewId, ...]) -> str:
    """A text with its new IDs."""
    for edit in sorted((n.edit for n in new), key=lambda e: e.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def another_id(specification: Specification, clause: Clause) -> str:
    """A free ID in the style of a clause that shares its own with another."""
    taken = _taken(specification)
    if clause.style is IdStyle.FOOTNOTE:
        return _short_name(clause.text, taken)
    if clause.style is IdStyle.LABEL:
        return _next_label(clause.id, taken)
    return _free(clause.id, taken, "." if clause.style is IdStyle.RULE else "-")


def _taken(specification: Specification) -> set[str]:
    """What no new ID may be called, in lower case: some file systems know no upper case."""
    document = specification.document
    names = {mark.id for _, _, block in document.blocks() for mark in block.ids}
    names |= {name for section in document.sections for name in (section.id, section.slug) if name}
    names |= {name for part in document.parts for name in part.anchors}
    return {name.casefold() for name in names | set(specification.surroundings.prompts) | specification.surroundings.external_ids}


# Footnote references


def _footnote(specification: Specification, place: Unnamed, taken: set[str]) -> NewId | None:
    document = specification.document
    p, b = place.block
    part, start = document.parts[p], document.starts[p]
    text = part.blocks[b].prose[place.sentence].text
    name = _short_name(text, taken)
    for at in _ends(part.text, part.blocks[b], place.sentence):
        edit = Edit(specification.path, Span(at + start, at + start), f"[^{name}]")
        if _names(document, edit, name, specification.surroundings):
            return NewId(name, IdStyle.FOOTNOTE, place.span, edit)
    return None


def _ends(text: str, block: Block, sentence: int) -> Iterator[int]:
    """Where a reference to a sentence may stand, the best place first: before the full stop, after the sentence, after the block."""
    end = block.prose[sentence].span.end
    start = block.prose[sentence].span.start
    closing = _CLOSING.search(text[start:end])
    yield start + closing.start() if closing else end
    yield end
    while end < block.span.end and text[end] in '*_`~)]>"”':
        end += 1
        yield end
    yield block.span.end


def _names(document: Document, edit: Edit, name: str, around: Surroundings) -> bool:
    """Whether the edit makes a clause of the name, and leaves everything else what it was."""
    p = document.part_at(edit.span.start)
    start = document.starts[p]
    part = document.parts[p]
    local = edit.span.start - start
    text = part.text[:local] + edit.text + part.text[local:]
    before, after = (read_document(Source("", t)) for t in (part.text, text))
    return (
        len(after.clauses) == len([c for c in before.clauses if c.style is not IdStyle.HEADING]) + 1
        and any(clause.id == name for clause in after.clauses)
        and [s.title for s in after.sections] == [s.title for s in before.sections]
    )


def _short_name(text: str, taken: set[str]) -> str:
    """Four characters that follow from the text; a letter is among them, for a number alone looks like a note."""
    for attempt in range(10_000):
        number = int.from_bytes(
            hashlib.blake2b(f"{attempt}\0{' '.join(text.split())}".encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
        )
        name = ""
        for _ in range(4):
            number, digit = divmod(number, len(_ALPHABET))
            name += _ALPHABET[digit]
        if name not in taken and not name.isdigit():
            return name
    return _free("x", taken, "")


# Labels


def _label(specification: Specification, place: Unnamed, taken: set[str]) -> NewId | None:
    document = specification.document
    labels = [clause for clause in document.clauses if clause.style is IdStyle.LABEL]
    at = _opening(document, place)
    if at is None:
        return None
    nearest = max(
        (c for c in labels if c.mark.span.start <= at), key=lambda c: c.mark.span.start, default=labels[0] if labels else None
    )
    name = _next_label(nearest.id if nearest else "REQ-000", taken)
    notation = _notation(document, nearest, name) if nearest else f"**{name}**: "
    if document.block(place.block).kind is BlockKind.ROW and notation.startswith(name):
        notation = f"**{name}**: "
    if leading_label(notation + "The") is None:
        notation = f"**{name}**: "
    return NewId(name, IdStyle.LABEL, place.span, Edit(specification.path, Span(at, at), notation))


def _next_label(name: str, taken: set[str]) -> str:
    """The number after the highest with the same letters, as wide."""
    parts = _NUMBER.fullmatch(name)
    if parts is None:
        return _free(name, taken, "-")
    head, width = parts["head"], len(parts["number"])
    numbers = [int(n["number"]) for n in map(_NUMBER.fullmatch, taken) if n and n["head"] == head.casefold()]
    return f"{head}{max(numbers, default=0) + 1:0{width}d}"


def _notation(document: Document, clause: Clause, name: str) -> str:
    """The notation of a label, its punctuation and the space after it, with another name."""
    source, mark = document.source, clause.mark
    line_end = source.line_span(source.line_and_column(mark.span.start)[0]).end
    after = re.compile(r"\**[:.]?\**[ \t]*").match(source.text, mark.span.end, line_end)
    ending = after[0] if after else ""
    whole = source.slice(mark.span) + ending
    return whole.replace(clause.id, name, 1).rstrip() + " "


# Rules and headings


def _rule(specification: Specification, place: Unnamed, taken: set[str]) -> NewId | None:
    document = specification.document
    rules = [clause for clause in document.clauses if clause.style is IdStyle.RULE]
    at = _opening(document, place)
    if at is None:
        return None
    nearest = max(
        (c for c in rules if c.mark.span.start <= at), key=lambda c: c.mark.span.start, default=rules[0] if rules else None
    )
    family = nearest.id.rpartition(".")[0] if nearest else ""
    p, b = place.block
    block = document.parts[p].blocks[b]
    name = _free(".".join(filter(None, (family, _slug(block.prose[place.sentence].text, 24, _SMALL)))), taken, "-")
    alone = block.kind is BlockKind.PARAGRAPH and block.depth == 0 and document.source.text[at - 1 : at] in ("", "\n", "\r")
    return NewId(
        name,
        IdStyle.RULE,
        place.span,
        Edit(specification.path, Span(at, at), f"r[{name}]{document.source.newline if alone else ' '}"),
    )


def _heading(specification: Specification, place: Unnamed, taken: set[str]) -> NewId | None:
    document = specification.document
    section = document.sections[place.section]
    heading = section.heading
    if heading is None:
        return None
    name = _free(_slug(heading.title, 40, _NONE), taken - {section.slug}, "-")
    start = document.starts[document.part_at(section.heading_span.start)]
    if heading.attributes_span is not None:
        at = heading.attributes_span.start + start + 1
        return NewId(name, IdStyle.HEADING, place.span, Edit(specification.path, Span(at, at), f"#{name} "))
    line = document.source.line_span(document.source.line_and_column(section.heading_span.start)[0])
    at = line.start + len(_unclosed(document.source.slice(line)))
    return NewId(name, IdStyle.HEADING, place.span, Edit(specification.path, Span(at, at), f" {{#{name}}}"))


def _unclosed(line: str) -> str:
    """The line of a heading without the marks that may close it."""
    bare = line.rstrip(" \t")
    opened = bare.rstrip("#")
    return opened.rstrip(" \t") if opened != bare and opened.endswith((" ", "\t")) else bare


def _opening(document: Document, place: Unnamed) -> int | None:
    """Where a block's text begins, after its list marker and task box; of a row the cell that obliges."""
    p, b = place.block
    part, start = document.parts[p], document.starts[p]
    block = part.blocks[b]
    at = block.prose[0].span.start if block.kind is BlockKind.ROW and block.prose else block.span.start
    if block.kind is BlockKind.ROW:
        cell = block.cells[place.sentence]
        at = next(prose.span.start for prose, c in zip(block.prose, block.cells, strict=True) if c == cell)
        while at > 0 and part.text[at - 1] in "*_`~":
            at -= 1
    task = _TASK.match(part.text, at)
    return start + (task.end() if task else at)


def _slug(text: str, longest: int, without: frozenset[str]) -> str:
    words = re.findall(r"[a-z0-9]+", text.casefold())
    kept = [word for word in words if word not in without] or words
    name = ""
    for word in kept:
        if len(name) + len(word) > longest and name:
            break
        name = f"{name}-{word}" if name else word
    return name or "clause"


_NONE: frozenset[str] = frozenset()
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "and",
        "or",
        "in",
        "on",
        "for",
        "by",
        "with",
        "must",
        "shall",
        "should",
        "may",
        "can",
        "will",
        "be",
        "is",
        "are",
        "it",
        "its",
        "each",
        "any",
    ]
)


def _free(name: str, taken: set[str], joint: str) -> str:
    if name.casefold() not in taken:
        return name
    number = 2
    while f"{name}{joint}{number}".casefold() in taken:
        number += 1
    return f"{name}{joint}{number}"


_NEW = {IdStyle.FOOTNOTE: _footnote, IdStyle.LABEL: _label, IdStyle.RULE: _rule, IdStyle.HEADING: _heading}
