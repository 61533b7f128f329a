"""Conversations written as role blocks, `<user> … </user>`: in prompt files and in a specification's examples."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest

from clarifier.text.source import Span

ROLES = ("system", "developer", "user", "assistant", "tool", "root", "platform")
# Nothing in a tag goes past the next one, so that a thousand tags that never end are not read a thousand times.
_OPEN = re.compile(
    rf"<(?P<role>{'|'.join(ROLES)})(?P<attributes>(?:\s++[\w.\-]++(?:=(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s<>]++))?)*+)\s*+(?P<tag>>)(?P<comment>[ \t]*+<!--)?"
)
_TAG = re.compile(rf"<(?P<ends>/?)(?P<role>{'|'.join(ROLES)})(?=[\s>])[^<>]*+>")
_ATTRIBUTE = re.compile(r"([\w.\-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_VERDICT = re.compile(r"\s*+(GOOD|BAD)\s*+(?:\[#?([^\]]*)\]\s*+)?(?::\s*+(.*))?$", re.DOTALL)


@dataclass(frozen=True)
class Verdict:
    """What a precedent says of an answer: good or bad, which clause or section decides, and why."""

    good: bool
    clause: str | None
    reason: str
    span: Span
    clause_span: Span | None

    def shifted(self, by: int) -> Verdict:
        """The same verdict, `by` code points further on."""
        clause_span = None if self.clause_span is None else self.clause_span.shifted(by)
        return Verdict(self.good, self.clause, self.reason, self.span.shifted(by), clause_span)


@dataclass(frozen=True)
class Turn:
    """One message: its role, its text, attributes of its tag, and the verdict if it is a precedent."""

    role: str
    text: str
    span: Span
    attributes: tuple[tuple[str, str], ...] = ()
    verdict: Verdict | None = None

    def shifted(self, by: int) -> Turn:
        """The same turn, `by` code points further on."""
        verdict = self.verdict.shifted(by) if self.verdict is not None else None
        return Turn(self.role, self.text, self.span.shifted(by), self.attributes, verdict)


@dataclass(frozen=True)
class Transcript:
    """The turns of a conversation in order, and what could not be read."""

    turns: tuple[Turn, ...]
    problems: tuple[tuple[Span, str], ...] = field(default=())


@dataclass(frozen=True)
class Precedent:
    """An input-output pair that settles how a clause is read. Spans are absolute."""

    title: str
    prompt: tuple[Turn, ...]
    answer: Turn
    verdict: Verdict
    section: int

    def shifted(self, by: int, sections: int) -> Precedent:
        """The same precedent, so many code points and sections further on."""
        prompt = tuple(turn.shifted(by) for turn in self.prompt)
        return Precedent(self.title, prompt, self.answer.shifted(by), self.verdict.shifted(by), self.section + sections)


def read_transcript(text: str, base: int = 0) -> Transcript:
    """The role blocks in a text that begins at an offset. A block that is not closed ends with the text."""
    turns: list[Turn] = []
    problems: list[tuple[Span, str]] = []
    at = 0
    opened, closings = _tags(text)
    for tag, following in zip_longest(opened, opened[1:]):
        if tag.start < at:
            continue
        close = f"</{tag.role}>"
        if tag.start in closings:
            end = closings[tag.start]
            after = end + len(close)
        else:
            problems.append(
                (Span(base + tag.start, base + tag.start + len(tag.role) + 1), f"<{tag.role}> is not closed by {close}")
            )
            end = after = following.start if following is not None else len(text)
        turns.append(
            Turn(
                tag.role,
                text[tag.end : end].strip("\r\n"),
                Span(base + tag.start, base + after),
                tuple((a[1], a[2] or a[3] or a[4] or "") for a in _ATTRIBUTE.finditer(tag.attributes)),
                _verdict(text, tag.comment, base) if tag.comment is not None else None,
            )
        )
        at = after
    return Transcript(tuple(turns), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag that opens a block; its end is that of the comment beside it, if there is one."""

    role: str
    start: int
    end: int
    attributes: str
    comment: Span | None


def _tags(text: str) -> tuple[list[_Tag], dict[int, int]]:
    """The tags that open blocks, in order, and by the start of one the start of that which closes it. Blocks of a role may nest."""
    opened: list[_Tag] = []
    closings: dict[int, int] = {}
    waiting: dict[str, list[int]] = {role: [] for role in ROLES}
    at = 0
    while found := _TAG.search(text, at):
        at, role = found.end(), found["role"]
        if found["ends"]:
            if waiting[role]:
                closings[waiting[role].pop()] = found.start()
            continue
        waiting[role].append(found.start())
        tag = _OPEN.match(text, found.start())
        if tag is not None:
            at = tag.end("tag")
            comment = _comment(text, at, tag.end()) if tag["comment"] else None
            at = comment.end if comment is not None else at
            opened.append(_Tag(role, found.start(), at, tag["attributes"], comment))
    _close_the_rest(text, waiting, closings)
    return opened, closings


def _comment(text: str, start: int, inside: int) -> Span | None:
    """The comment that begins at a place, if it ends before another begins."""
    another = text.find("<!--", inside)
    end = text.find("-->", inside, another if another >= 0 else len(text))
    return Span(start, end + len("-->")) if end >= 0 else None


def _close_the_rest(text: str, waiting: Mapping[str, Sequence[int]], closings: dict[int, int]) -> None:
    """Let what is left open, because blocks in it are, end with the first tag after it that closes its role."""
    for role, starts in waiting.items():
        ends = sorted(end for start, end in closings.items() if text.startswith(f"<{role}", start)) if starts else []
        for start in starts:
            index = bisect_right(ends, start)
            if index < len(ends):
                closings[start] = ends[index]


def _verdict(text: str, comment: Span, base: int) -> Verdict | None:
    begun = text.index("<!--", comment.start) + len("<!--")
    said = _VERDICT.match(text[begun : comment.end - len("-->")])
    if not said:
        return None
    clause = said[2].strip() if said[2] is not None else None
    clause_span = Span(base + begun + said.start(2), base + begun + said.end(2)) if said[2] is not None else None
    return Verdict(said[1] == "GOOD", clause, " ".join((said[3] or "").split()), comment.shifted(base), clause_span)


def precedents_in(text: str, base: int, title: str, section: int) -> Iterator[Precedent]:
    """The answers in a transcript that carry a verdict, each with the conversation before it."""
    prompt: list[Turn] = []
    # An edit moves what stands behind it in the part; the texts themselves stay.
    for turn in (turn.shifted(base) for turn in _at_beginning(text).turns):
        if turn.verdict is not None:
            yield Precedent(title, tuple(prompt), turn, turn.verdict, section)
        else:
            prompt.append(turn)


@lru_cache(maxsize=256)
def _at_beginning(text: str) -> Transcript:
    return read_transcript(text)
