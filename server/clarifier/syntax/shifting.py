"""Pieces of a part as they stand some characters further on, behind some more blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from clarifier.syntax.document import Block, Comment, Heading, IdMark, Link, Part
from clarifier.syntax.prose import Prose, Run


def shifted(part: Part) -> Part:
    """A part parsed without its byte order mark, moved on by that one character."""
    return replace(
        part,
        text="\ufeff" + part.text if not part.text.startswith("\ufeff") else part.text,
        blocks=tuple(moved_block(block, 1, lambda index: index) for block in part.blocks),
        links=tuple(moved_link(link, 1) for link in part.links),
        comments=tuple(moved_comment(comment, 1) for comment in part.comments),
        malformed=tuple((span.shifted(1), text) for span, text in part.malformed),
        stretches=(),
    )


def moved_block(block: Block, by: int, index: Callable[[int], int]) -> Block:
    """A block `by` characters further on, in a part in which the blocks that it names stand at other indices."""
    parent = None if block.parent is None else index(block.parent)
    lead = None if block.lead is None else index(block.lead)
    if not by and parent == block.parent and lead == block.lead:
        return block
    return Block(
        block.kind,
        block.span.shifted(by),
        tuple(_prose(prose, by) for prose in block.prose) if by else block.prose,
        block.depth,
        parent,
        lead,
        block.commentary,
        block.quoted,
        block.cells,
        block.columns,
        block.heading and _heading(block.heading, by),
        block.info,
        None if block.content is None else block.content.shifted(by),
        tuple(_mark(mark, by) for mark in block.ids),
    )


def moved_link(link: Link, by: int) -> Link:
    """A link `by` characters further on."""
    return Link(link.target, link.span.shifted(by), link.target_span.shifted(by), link.text)


def moved_comment(comment: Comment, by: int) -> Comment:
    """A comment `by` characters further on."""
    return Comment(comment.text, comment.span.shifted(by))


def _prose(prose: Prose, by: int) -> Prose:
    runs = tuple(Run(run.prose, run.length, run.source + by, run.source_length) for run in prose.runs)
    return Prose(prose.text, runs, prose.marks)


def _mark(mark: IdMark, by: int) -> IdMark:
    return IdMark(mark.id, mark.style, mark.span.shifted(by), mark.name_span.shifted(by))


def _heading(heading: Heading, by: int) -> Heading:
    return replace(
        heading,
        id=heading.id and _mark(heading.id, by),
        attributes_span=None if heading.attributes_span is None else heading.attributes_span.shifted(by),
        title_span=heading.title_span.shifted(by),
    )
