"""What the author has allowed, and why: `<!-- clarifier: allow RULE[, RULE] because … [until 2027-01-31] -->`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from clarifier.semantics.kept import kept
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Block, BlockKind, Document, Part
from clarifier.syntax.prompts import PromptFile
from clarifier.text.source import Source, Span

_OPENED = re.compile(r"<!--\s*+clarifier:", re.IGNORECASE)
_LETTERS = r"(?:\w|-(?!->))*+"
_ALLOW = re.compile(
    rf"<!--\s*+clarifier:\s*+(?P<what>{_LETTERS})\s*+(?P<rules>(?!because\b|until\b)[A-Za-z]{_LETTERS}(?:\s*+,\s*+[A-Za-z]{_LETTERS})*+)?\s*+(?P<rest>.*)-->",
    re.DOTALL | re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?<![\s,;(])[\s,;(]*+\buntil\s++(?P<date>\d[\w\-./]*?)\)?\.?\s*$|^\s*+until\s++(?P<early>\d[\w\-./]*)[\s,;:]*", re.IGNORECASE
)
_BECAUSE = re.compile(r"^(?:because\b|since\b|as\b|:|–|—|-+)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Suppression:
    """A comment that allows something. `covers` is where, None for the whole file; `until` the last day on which it holds.

    `problem` says why nothing can be made of it.
    """

    path: str
    span: Span
    written: str
    rules: tuple[str, ...]
    reason: str
    until: date | None = None
    covers: Span | None = None
    problem: str = ""

    def allows(self, rule: str, path: str, span: Span, today: date | None) -> bool:
        """Whether a finding of a rule at a place is allowed on a day; without a day nothing has ended."""
        if self.problem or rule not in self.rules or self.has_ended(today):
            return False
        if self.covers is None:
            return True
        return path == self.path and self.covers.start <= span.start < max(self.covers.end, self.covers.start + 1)

    def has_ended(self, today: date | None) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and today is not None and today > self.until


@dataclass(frozen=True)
class Outcome:
    """A suppression and what came of it: which of its rules hid nothing, the severities of what it hid (0 is an error)."""

    suppression: Suppression
    unused: tuple[str, ...] = ()
    ended: bool = False
    hidden: tuple[int, ...] = field(default=())


@kept
def suppressions(specification: Specification) -> tuple[Suppression, ...]:
    """Everything that the author has allowed, in the specification and in the prompt files around it."""
    return tuple(_suppressions(specification))


def _suppressions(specification: Specification) -> Iterator[Suppression]:
    document = specification.document
    for comment in document.comments():
        if comment.text.lower().startswith("clarifier:"):
            yield _read(document.source, comment.span, _covered(document, comment.span))
    for group in specification.surroundings.prompts.values():
        for file in group:
            yield from _in_prompts(file)


@kept
def _in_prompts(file: PromptFile) -> tuple[Suppression, ...]:
    # A file of prompts is one thing: what is allowed in it is allowed for the whole.
    if "clarifier:" not in file.source.text:
        return ()
    whole = Span(0, len(file.source.text) + 1)
    return tuple(_read(file.source, comment, whole, always=True) for comment in _comments(file.source.text))


def _comments(text: str) -> Iterator[Span]:
    """The comments that speak to Clarifier; one that is not closed is none, nor is any after it."""
    at = 0
    while opened := _OPENED.search(text, at):
        end = text.find("-->", opened.end())
        if end < 0:
            return
        at = end + len("-->")
        yield Span(opened.start(), at)


def _read(source: Source, span: Span, covers: Span | None, always: bool = False) -> Suppression:
    written = source.slice(span)
    found = _ALLOW.fullmatch(written)
    if found is None:
        return Suppression(source.name, span, written, (), "", problem="the comment is not closed by “-->”")
    what = found["what"].lower()
    if what not in ("allow", "allow-file"):
        return Suppression(
            source.name, span, written, (), "", problem=f"there is no instruction “{found['what']}”, only “allow” and “allow-file”"
        )
    rules = tuple(dict.fromkeys(name.strip().lower() for name in (found["rules"] or "").split(",") if name.strip()))
    rest = found["rest"].rstrip()
    until, problem = None, "" if rules else "it names no rule"
    ending = _UNTIL.search(rest)
    if ending:
        rest = rest[: ending.start()] if ending["date"] else rest[ending.end() :]
        said = ending["date"] or ending["early"]
        try:
            until = date.fromisoformat(said)
        except ValueError:
            problem = problem or f"“{said}” is no date such as 2027-01-31"
    reason = _BECAUSE.sub("", rest.strip(), count=1).strip(" .")
    return Suppression(source.name, span, written, rules, reason, until, covers if what == "allow" or always else None, problem)


def _covered(document: Document, comment: Span) -> Span:
    """The block that a comment stands in, else the one after it; of a table the whole, of a list item what it contains."""
    p = document.part_at(comment.start)
    part, start = document.parts[p], document.starts[p]
    shown, starts = _shown(part)
    own = bisect_right(starts, comment.start - start) - 1
    if own >= 0 and part.blocks[shown[own]].span.shifted(start).covers(comment):
        return part.blocks[shown[own]].span.shifted(start)
    for part, start in zip(document.parts[p:], document.starts[p:], strict=True):
        shown, starts = _shown(part)
        following = bisect_left(starts, comment.end - start)
        if following < len(shown):
            index = shown[following]
            return Span(part.blocks[index].span.start + start, _end(part.blocks, index) + start)
    return Span(comment.end, comment.end)


@kept
def _shown(part: Part) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The blocks of a part that are more than markup, and where each begins."""
    shown = tuple(index for index, block in enumerate(part.blocks) if block.kind is not BlockKind.HTML)
    return shown, tuple(part.blocks[index].span.start for index in shown)


def _end(blocks: tuple[Block, ...], index: int) -> int:
    first = blocks[index]
    end, inside = first.span.end, {index}
    for b in range(index + 1, len(blocks)):
        block = blocks[b]
        belongs = (
            block.parent in inside if first.kind is BlockKind.ITEM else block.kind is BlockKind.ROW and first.kind is BlockKind.ROW
        )
        if not belongs:
            break
        inside.add(b)
        end = max(end, block.span.end)
    return end
