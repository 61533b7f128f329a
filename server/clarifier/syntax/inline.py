"""Inline Markdown into prose with origins. markdown-it's inline tokens carry no offsets; they are sought here."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from markdown_it import MarkdownIt
from markdown_it.token import Token

from clarifier.syntax.document import Comment, Link
from clarifier.syntax.parts import label_key
from clarifier.syntax.prose import Mark, MarkKind, Prose, Run
from clarifier.text.source import Span

_MARKS = {"strong_open": MarkKind.STRONG, "em_open": MarkKind.EMPHASIS, "link_open": MarkKind.LINK}
_TICKS = re.compile(r"`+")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ANCHOR = re.compile(r"<a\s[^>]*?\b(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of an inline token's content and where that line stands in the part; of no length if it stands nowhere."""

    content: int
    length: int
    source: int


_content = attrgetter("content")


@dataclass
class Inlines:
    """What the walk over one block's inline tokens has gathered so far."""

    content: str
    pieces: Sequence[Piece]
    definitions: Mapping[str, str]
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)

    def source(self, index: int) -> int:
        """The place in the part of an index in the content."""
        if not self.pieces:
            return 0
        piece = self.pieces[max(0, bisect_right(self.pieces, index, key=_content) - 1)]
        return piece.source + max(0, min(index - piece.content, piece.length))

    def _has_place(self, index: int) -> bool:
        at = bisect_right(self.pieces, index, key=_content) - 1
        return at < 0 or self.pieces[at].length > 0

    def add(self, text: str, start: int, end: int) -> None:
        """Take text over that stands for content[start:end]; character by character where the lengths agree."""
        if not text:
            return
        if len(text) == end - start:
            self._add_lines(text, start)
        else:
            self._run(text, self.source(start), self.source(end))
        self.at = end

    def _add_lines(self, text: str, start: int) -> None:
        begun = 0
        while begun < len(text):
            line_end = self.content.find("\n", start + begun)
            cut = len(text) if line_end < 0 else min(len(text), line_end - start)
            while begun < cut:
                # An escaped bar parts a cell's content from its source within a line.
                following = bisect_right(self.pieces, start + begun, key=_content)
                stop = cut if following == len(self.pieces) else min(cut, self.pieces[following].content - start)
                place = self.source(start + begun)
                self._run(text[begun:stop], place, place + (stop - begun if self._has_place(start + begun) else 0))
                begun = stop
            if cut < len(text):
                self._run(text[cut], self.source(start + cut), self.source(start + cut + 1))
            begun = cut + 1

    def _run(self, text: str, start: int, end: int) -> None:
        self.text.append(text)
        self.runs.append(Run(self.length, len(text), start, max(end - start, 0)))
        self.length += len(text)


def inline_prose(md: MarkdownIt, tokens: Sequence[Token], walk: Inlines) -> Prose:
    """The prose of a block's inline tokens; links, comments and anchors are left in `walk`."""
    opened: list[tuple[MarkKind, int, int, str]] = []
    for token in tokens:
        if token.type in _MARKS:
            href = str(token.attrGet("href") or "")
            if token.type == "link_open":
                walk.at = max(walk.content.find("<" if token.markup == "autolink" else "[", walk.at), walk.at)
            opened.append((_MARKS[token.type], walk.length, walk.at, href))
        elif token.type in ("strong_close", "em_close", "link_close") and opened:
            kind, begun, at, href = opened.pop()
            if token.type == "link_close":
                _close_link(md, walk, at, begun, href, token)
            if walk.length > begun:
                walk.marks.append(Mark(kind, Span(begun, walk.length), href))
        else:
            _leaf(md, token, walk)
    return Prose("".join(walk.text), tuple(walk.runs), tuple(walk.marks))


def plain_prose(walk: Inlines) -> Prose:
    """The block's content as it is written, markup and all."""
    walk.add(walk.content, 0, len(walk.content))
    return Prose("".join(walk.text), tuple(walk.runs))


def _leaf(md: MarkdownIt, token: Token, walk: Inlines) -> None:
    if token.type in ("text", "text_special"):
        written = token.markup if token.type == "text_special" and token.markup else token.content
        start = walk.content.find(written, walk.at)
        if start >= 0:
            walk.add(token.content, start, start + len(written))
    elif token.type == "code_inline":
        _code(token, walk)
    elif token.type in ("softbreak", "hardbreak"):
        start = walk.content.find("\n", walk.at)
        if start >= 0:
            end = start + 1
            while end < len(walk.content) and walk.content[end] in " \t":
                end += 1
            walk.at = start
            walk._run(" ", walk.source(start), max(walk.source(end), walk.source(start) + 1))
            walk.at = end
    elif token.type == "html_inline":
        start = walk.content.find(token.content, walk.at)
        if start >= 0:
            walk.at = start + len(token.content)
            _html(token.content, walk.source(start), walk)
    elif token.type == "image":
        start = walk.content.find("![", walk.at)
        if start >= 0:
            walk.at = start + 2 + len(token.content)
            _close_link(md, walk, start, walk.length, str(token.attrGet("src") or ""), token)


def _html(html: str, start: int, walk: Inlines) -> None:
    walk.comments.extend(Comment(c[1].strip(), Span(start + c.start(), start + c.end())) for c in _COMMENT.finditer(html))
    walk.anchors.extend(_ANCHOR.findall(html))


def _code(token: Token, walk: Inlines) -> None:
    start = walk.content.find(token.markup, walk.at)
    if start < 0:
        return
    inner = start + len(token.markup)
    close = next(
        (run.start() for run in _TICKS.finditer(walk.content, inner) if len(run[0]) == len(token.markup)),
        inner + len(token.content),
    )
    raw = walk.content[inner:close]
    # CommonMark takes one space, or line break, from either end if there is one at both.
    padded = len(raw) > 2 and raw[0] in " \n" and raw[-1] in " \n" and bool(raw.strip(" \n"))
    begun = walk.length
    walk.add(token.content, inner + padded, inner + padded + len(token.content))
    walk.marks.append(Mark(MarkKind.CODE, Span(begun, walk.length)))
    walk.at = min(len(walk.content), close + len(token.markup))


def _close_link(md: MarkdownIt, walk: Inlines, at: int, begun: int, href: str, token: Token) -> None:
    """Step over `](target "title")`, `][label]` or `>`, and note the link."""
    text = "".join(walk.text)[begun:]
    if token.markup in ("autolink", "linkify"):
        end = walk.content.find(">", walk.at) + 1 or walk.at
        target = Span(at + 1, max(at + 1, end - 1))
    else:
        close = walk.content.find("]", walk.at)
        if close < 0:
            return
        end, target = _after_bracket(md, walk.content, close)
    if not href and target:
        href = walk.definitions.get(label_key(walk.content[target.start : target.end]), "")
    start = walk.source(at)
    walk.links.append(
        Link(
            href, Span(start, max(start, walk.source(end - 1) + 1)), Span(walk.source(target.start), walk.source(target.end)), text
        )
    )
    walk.at = max(walk.at, end)


def _after_bracket(md: MarkdownIt, content: str, close: int) -> tuple[int, Span]:
    """The end of a link whose text ends at `close`, and the span of its target (a label's for a reference)."""
    following = content[close + 1 : close + 2]
    if following == "(":
        at = close + 2
        while at < len(content) and content[at] in " \t\n":
            at += 1
        found = md.helpers.parseLinkDestination(content, at, len(content))
        stop = found.pos if found.ok else at
        target = Span(at, stop)
        if content[at : at + 1] == "<":
            target = Span(at + 1, max(at + 1, stop - 1))
        while stop < len(content) and content[stop] in " \t\n":
            stop += 1
        title = md.helpers.parseLinkTitle(content, stop, len(content)) if content[stop : stop + 1] in "\"'(" else None
        if title is not None and title.ok:
            stop = title.pos
        end = content.find(")", stop)
        return (end + 1 if end >= 0 else len(content)), target
    if following == "[":
        end = content.find("]", close + 2)
        if end >= 0:
            return end + 1, Span(close + 2, end)
    return close + 1, Span(content.rfind("[", 0, close) + 1, close)
