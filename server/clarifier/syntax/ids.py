"""The notations in which clause IDs are written, read and told from what only looks like them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clarifier.syntax.document import IdMark, IdStyle
from clarifier.text.source import Span

ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.\-]*[A-Za-z0-9])?")
FOOTNOTE = re.compile(r"\[\^([^\[\]\r\n]*)\]")
_OPEN_FOOTNOTE = re.compile(r"\[\^[A-Za-z0-9_.\-]+(?=[\s.,;:!?]|$)")
_RULE = re.compile(r"[ \t]*(r\[([A-Za-z0-9](?:[A-Za-z0-9_.\-]*[A-Za-z0-9])?)\])[ \t]*(?:\n|$)?")
# No letter can be taken in two ways, here and below: a text of nothing but letters would be tried in all of them.
_NAME = r"[A-Z][A-Za-z0-9]*+(?:[-_.][A-Za-z0-9]++)*+"
_BOLD_LABEL = re.compile(rf"\*\*(?=[^*]*\d)(\[?({_NAME})\]?):?\*\*[ \t]*[:.]?[ \t]*")
_BRACKET_LABEL = re.compile(rf"\[(?=[^\]]*\d)({_NAME})\](?![(\[:])[ \t]*:?[ \t]*")
_PLAIN_LABEL = re.compile(
    r"([A-Z][A-Z0-9]*+(?:[-_][A-Z0-9]++)*+(?:\.\d++)?(?<=\d)[a-z]?)(?::[ \t]+|(?<=[-_]\d\d)[ \t]+(?=[A-Z])|(?<=[-_]\d\d\d)[ \t]+(?=[A-Z]))"
)
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*\{([^{}]*)\}[ \t]*+(?:#++[ \t]*+)?$")
_ATTRIBUTE = re.compile(
    r"#(?P<id>[^\s#}]+)|\.(?P<cls>[^\s.}]+)|(?P<key>[A-Za-z_][\w.\-]*)=(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"}]*))|(?P<bad>\S+)"
)
_PARTED = re.compile(r"[A-Za-z][-_.]\d|[-_.][A-Za-z]*\d")
_ID_COLUMN = re.compile(
    r"(?:(?:req(?:uirement)?s?|clause|rule|spec|story)?[ .\-_]*(?:ids?|identifiers?|no\.?|number|nr\.?|#|key|ref(?:erence)?\.?|label|tag)|req(?:uirement)?s?|clauses?)",
    re.IGNORECASE,
)
_CELL_ID = re.compile(r"(?=[^\d]*\d)[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Attributes:
    """What `{#id key=value}` after a heading says, and what in it could not be read."""

    id: IdMark | None
    values: Mapping[str, str]
    span: Span
    bad: tuple[Span, ...]


def heading_attributes(text: str, start: int) -> Attributes | None:
    """The trailing attributes of a heading's source text that begins at `start`; None if it has none.

    Braces that hold neither an ID, a class nor `key=value` are part of the title.
    """
    found = _ATTRIBUTES.search(text)
    if not found or not re.search(r"^\s*[#.][^\s]|^\s*#\s*$|\w=|^\s*#", found[1]):
        return None
    base = start + found.start(1)
    mark: IdMark | None = None
    values: dict[str, str] = {}
    bad: list[Span] = []
    for item in _ATTRIBUTE.finditer(found[1]):
        span = Span(base + item.start(), base + item.end())
        if item["id"] and mark is None and ID.fullmatch(item["id"]):
            mark = IdMark(item["id"], IdStyle.HEADING, span, Span(span.start + 1, span.end))
        elif item["key"] and item["key"] not in values:
            values[item["key"]] = item["quoted"] if item["quoted"] is not None else item["bare"]
        elif item["cls"] is None:
            bad.append(span)
    brace = start + found.start(1) - 1
    if not found[1].strip():
        bad.append(Span(brace, start + found.end(1) + 1))
    return Attributes(mark, values, Span(brace, start + found.end(1) + 1), tuple(bad))


def leading_label(text: str) -> tuple[IdMark, int] | None:
    """The label with which a block's source text begins, relative to it, and the length of the notation."""
    for pattern, style, whole, name in (
        (_RULE, IdStyle.RULE, 1, 2),
        (_BOLD_LABEL, IdStyle.LABEL, 0, 2),
        (_BRACKET_LABEL, IdStyle.LABEL, 0, 1),
        (_PLAIN_LABEL, IdStyle.LABEL, 1, 1),
    ):
        found = pattern.match(text)
        if found:
            span = Span(found.start(whole), found.start(whole) + len(found[whole].rstrip()))
            return IdMark(found[name], style, span, Span(found.start(name), found.end(name))), found.end()
    return None


def heading_label(text: str) -> tuple[IdMark, int] | None:
    """The label with which a heading's text begins, `### FR-10: Title`, as `leading_label` gives it."""
    found = leading_label(text)
    return found if found and found[0].style is IdStyle.LABEL and _PARTED.search(found[0].id) else None


def is_id_column(title: str) -> bool:
    """Whether a table's column of this title holds the IDs of its rows."""
    return _ID_COLUMN.fullmatch(title.strip()) is not None


def cell_label(text: str) -> bool:
    """Whether the whole of a cell in such a column can be an ID."""
    return _CELL_ID.fullmatch(text) is not None


def footnotes(text: str) -> Iterator[tuple[IdMark | None, Span]]:
    """Footnote references in a text: the ID, or None where it cannot be one, and the span."""
    closed: set[int] = set()
    for found in FOOTNOTE.finditer(text):
        span = Span(found.start(), found.end())
        closed.add(span.start)
        name = Span(found.start(1), found.end(1))
        yield (IdMark(found[1], IdStyle.FOOTNOTE, span, name) if ID.fullmatch(found[1]) else None), span
    for found in _OPEN_FOOTNOTE.finditer(text):
        if found.start() in closed:
            continue
        yield None, Span(found.start(), found.end())


_ANY = re.compile(
    r"\[\^([^\[\]\s]+)\]|\{#([^\s#}]+)|\br\[([^\[\]\s]+)\]|(?:\*\*|\[|^[ \t>*+\-|]*)([A-Z][A-Za-z0-9_.\-]*\d[a-z]?)(?=\]|\*\*|:|[ \t]*\|)",
    re.MULTILINE,
)


def ids_in(text: str) -> Iterator[str]:
    """Whatever in a text looks like a clause ID in some notation. Quick, and rather too much than too little."""
    for found in _ANY.finditer(text):
        name = found[1] or found[2] or found[3] or found[4]
        if ID.fullmatch(name):
            yield name
