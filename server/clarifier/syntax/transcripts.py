"""Conversations written as role blocks, `<user> … </user>`: in prompt files and in a specification's examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from clarifier.text.source import Span

ROLES = ("system", "developer", "user", "assistant", "tool", "root", "platform")
_OPEN = re.compile(
    rf"<(?P<role>{'|'.join(ROLES)})(?P<attributes>(?:\s+[\w.\-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*>(?P<after>[ \t]*<!--(?P<comment>.*?)-->)?",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w.\-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_VERDICT = re.compile(r"\s*(GOOD|BAD)\s*(?:\[#?([^\]]*)\])?\s*(?::\s*(.*))?$", re.DOTALL)


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
    while found := _OPEN.search(text, at):
        role = found["role"]
        close = f"</{role}>"
        end = _closing(text, role, found.end())
        if end < 0:
            problems.append(
                (Span(base + found.start(), base + found.start() + len(role) + 1), f"<{role}> is not closed by {close}")
            )
            following = _OPEN.search(text, found.end())
            end = following.start() if following else len(text)
            after = end
        else:
            after = end + len(close)
        turns.append(
            Turn(
                role,
                text[found.end() : end].strip("\r\n"),
                Span(base + found.start(), base + after),
                tuple((a[1], a[2] or a[3] or a[4] or "") for a in _ATTRIBUTE.finditer(found["attributes"] or "")),
                _verdict(found, base),
            )
        )
        at = after
    return Transcript(tuple(turns), tuple(problems))


def _closing(text: str, role: str, at: int) -> int:
    """Where the tag that closes a role stands; blocks of the same role may nest in it."""
    depth = 1
    for tag in re.compile(rf"<(/?){role}(?=[\s>])[^>]*>").finditer(text, at):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.start()
    return text.find(f"</{role}>", at)


def _verdict(found: re.Match[str], base: int) -> Verdict | None:
    comment = found["comment"]
    said = _VERDICT.match(comment) if comment is not None else None
    if not said:
        return None
    begun = found.start("comment")
    clause = said[2].strip() if said[2] is not None else None
    clause_span = Span(base + begun + said.start(2), base + begun + said.end(2)) if said[2] is not None else None
    return Verdict(
        said[1] == "GOOD",
        clause,
        " ".join((said[3] or "").split()),
        Span(base + found.start("after"), base + found.end("after")),
        clause_span,
    )


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
