"""Where a specification can be cut so that each piece parses alone: at its top-level headings.

A cut is made only where neither a fence nor a comment is open, so the scan can begin anew at any cut: after an
edit it runs from the cut before the edit to the first old cut after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from clarifier.text.source import Source, Span

_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)((?:[^\[\]\\]|\\.)+)\]:[ \t]*(?:<([^<>\r\n]*)>|(\S+))")
# Each alternative begins with a character, so that the search passes over all that begins none of them.
_INTERESTING = re.compile(r"```|~~~|<!--|-->|\n(?:#| {0,3}\[)|\r(?:#| {0,3}\[)")
_LINE_END = re.compile(r"\r\n|\n|\r")
# An edit this near behind a cut may undo its heading: six marks and a space, after a line end.
_MARKER = 8
# Sections shorter than this share a part: parsing has a price for each.
_SMALLEST = 512
# What costs time is not length but marks, each of which may open a block, a cell or a span; a line costs most. A text
# of 500 KB as rich in them as the Model Spec is read whole. What stands in the list more than once costs more.
MOST_MARKS = 60_000
_MARKS = (*"|||##..>*+-)[]_`!?…", *("TBD", "TBC", "TODO", "FIXME", "XXX") * 2)
_LINE_COST = 4
# Stands for the text of what is left unread. No text that is decoded or typed reads like this.
UNREAD = "\ud800\0unread"


@dataclass(frozen=True)
class Cut:
    """A part's place and the link definitions in it, each a label and a target."""

    start: int
    definitions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Cuts:
    """The parts of a text; `front_matter` says whether the first one is front matter.

    `head` and `tail` count the parts at either end that are those of the text before it.
    """

    text: str
    parts: tuple[Cut, ...]
    front_matter: bool
    head: int = field(default=0, compare=False, repr=False)
    tail: int = field(default=0, compare=False, repr=False)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset at which each part begins."""
        return tuple(cut.start for cut in self.parts)

    @cached_property
    def definitions(self) -> Mapping[str, str]:
        """The link definitions of the whole; the first of a label counts."""
        found: dict[str, str] = {}
        for cut in self.parts:
            for label, target in cut.definitions:
                found.setdefault(label, target)
        return found


def cuts(source: Source, previous: Cuts | None = None) -> Cuts:
    """Where the parts of a source begin. A heading in a fence or a comment is no cut.

    `previous`, the cuts of an earlier text, spares the scan of what both texts share at either end.
    """
    text = source.text
    first = _front_matter(text)
    if previous is None or bool(first) != previous.front_matter:
        return Cuts(text, _whole(text, first), bool(first))
    changed = difference(previous.text, text)
    index = bisect_right(previous.starts, max(0, changed.old.start - _MARKER)) - 1
    if first and index == 0:
        return Cuts(text, _whole(text, first), True)
    shift = changed.new.end - changed.old.end
    found, end = _scan(
        text,
        previous.parts[index].start,
        lambda at: at > changed.new.end and _is_in(previous.starts, at - shift),
    )
    rest = previous.parts[bisect_left(previous.starts, end - shift) :] if end is not None else ()
    if shift:
        rest = tuple(Cut(c.start + shift, c.definitions) for c in rest)
    return Cuts(text, (*previous.parts[:index], *found, *rest), bool(first), index, len(rest))


def _is_in(starts: Sequence[int], start: int) -> bool:
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at] == start


@dataclass(frozen=True)
class Difference:
    """The one stretch in which two texts differ, in each of them."""

    old: Span
    new: Span


def difference(old: str, new: str) -> Difference:
    """Where two texts differ: what they share at the start and at the end is left out."""
    shortest = min(len(old), len(new))
    head = _shared(shortest, lambda a, b: new.startswith(old[a:b], a))
    n, m = len(old), len(new)
    tail = _shared(shortest - head, lambda a, b: new.startswith(old[n - b : n - a], m - b))
    return Difference(Span(head, n - tail), Span(head, m - tail))


def _shared(limit: int, same: Callable[[int, int], bool]) -> int:
    """How far two texts agree. Page by page: a long slice of a text with wide characters is dear."""
    page = 16_384
    low = 0
    while low < limit and same(low, min(low + page, limit)):
        low = min(low + page, limit)
    high = min(low + page, limit)
    while low < high:
        middle = (low + high + 1) // 2
        if same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _whole(text: str, front_matter: int) -> tuple[Cut, ...]:
    if not front_matter:
        return tuple(_scan(text, 0)[0])
    rest = _scan(text, front_matter)[0] if front_matter < len(text) else ()
    return (Cut(0), *rest)


def _scan(text: str, begin: int, is_old: Callable[[int], bool] = lambda _: False) -> tuple[list[Cut], int | None]:
    """The cuts from `begin` on, itself a cut, up to the first of which `is_old` says that all behind it is known, if any, and that."""
    found: list[Cut] = []
    start, fence, comment = begin, "", False
    definitions: list[tuple[str, str]] = []
    for at, line in _interesting_lines(text, begin):
        opened = _FENCE.match(line)
        if comment:
            comment = "-->" not in line
        elif fence:
            if opened and opened[1].startswith(fence) and not opened[2].strip():
                fence = ""
        elif opened and not (opened[1][0] == "`" and "`" in opened[2]):
            fence = opened[1]
        elif _HEADING.match(line):
            if at >= start + _SMALLEST:
                found.append(Cut(start, tuple(definitions)))
                if is_old(at):
                    return found, at
                start, definitions = at, []
        else:
            begun = line.rfind("<!--")
            comment = begun >= 0 and "-->" not in line[begun:] and "`" not in line[:begun]
            definition = _DEFINITION.match(line)
            if definition:
                definitions.append((label_key(definition[1]), definition[2] or definition[3] or ""))
    return [*found, Cut(start, tuple(definitions))], None


def _interesting_lines(text: str, begin: int) -> Iterator[tuple[int, str]]:
    """The lines that may open or close something, each once, with their offsets; the first one is always among them."""
    done = begin
    for at in chain((begin,), (found.start() + (found[0][0] in "\r\n") for found in _INTERESTING.finditer(text, begin))):
        if at < done:
            continue
        start = max(done, text.rfind("\n", done, at) + 1)
        start = max(start, text.rfind("\r", start, at) + 1)
        end = _LINE_END.search(text, at)
        done = end.start() if end else len(text)
        yield start, text[start:done]


def readable(text: str) -> int:
    """How much of a text is read: all of it, but for one that has so many lines and marks that reading it would take long."""
    if len(text) * _LINE_COST <= MOST_MARKS or cost(text) <= MOST_MARKS:
        return len(text)
    at = spent = 0
    for line, after in _lines(text):
        spent += cost(line) + _LINE_COST
        if spent > MOST_MARKS:
            return at
        at = after
    return len(text)


def cost(text: str) -> int:
    """What reading a text costs, in marks; that of a whole is that of its pieces together."""
    return sum(map(text.count, _MARKS)) + _LINE_COST * (text.count("\n") + text.count("\r"))


def label_key(label: str) -> str:
    """The form in which CommonMark compares link labels."""
    return " ".join(label.split()).casefold()


def _front_matter(text: str) -> int:
    """The offset after a YAML or TOML front matter, 0 if there is none."""
    if not text.startswith(("---", "+++", "\ufeff---", "\ufeff+++")):
        return 0
    opened = ""
    for line, after in _lines(text):
        if not opened:
            opened = line.lstrip("\ufeff").rstrip()
            if opened not in ("---", "+++"):
                return 0
        elif line.rstrip() == opened or (opened == "---" and line.rstrip() == "..."):
            return after
    return 0


def _lines(text: str) -> Iterable[tuple[str, int]]:
    """Each line and the offset after its line end."""
    at = 0
    for end in _LINE_END.finditer(text):
        yield text[at : end.start()], end.end()
        at = end.end()
    yield text[at:], len(text)
