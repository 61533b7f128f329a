"""Prompt files: the challenging prompts that test a clause, in either of the two shapes in use."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from clarifier.syntax.transcripts import ROLES, Turn, read_transcript
from clarifier.text.source import Source, Span

_HEAD = re.compile(
    r"^\ufeff?Examples?[ \t]+for[ \t]+\[\^(?P<id>[^\]\r\n]*)\](?:[ \t]++in[ \t]++(?P<title>[^\r\n]*+)|[ \t]*+:?[ \t]*+)(?=[\r\n]|\Z)",
    re.MULTILINE,
)
_EXAMPLE = re.compile(r"^\*\*Example\*\*[ \t]*:(?P<title>.*)|^#{1,6}[ \t]+(?P<heading>.*)", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\r\n]*+", re.MULTILINE)
_SHOULD = re.compile(
    r"^(?:The|An?)[ \t]+(?:system|assistant|model|response|answer)[ \t]+(?:should|must|shall)[ \t]*:[ \t]*(?=[\r\n]|\Z)",
    re.MULTILINE | re.IGNORECASE,
)
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+(.*(?:\r?\n[ \t]{2,}\S.*)*)", re.MULTILINE)
ROLE_BLOCK = re.compile(rf"<(?:{'|'.join(ROLES)})[\s>]")


_LONGEST = 1_000_000
_MOST_PROBLEMS = 100


@dataclass(frozen=True)
class Prompt:
    """One prompt: its title, the conversation, and what the answer should do, where the file says."""

    title: str
    turns: tuple[Turn, ...]
    expectations: tuple[str, ...]
    span: Span

    @property
    def first_user_turn(self) -> str:
        """What the user says first; empty if no user speaks."""
        return next((turn.text for turn in self.turns if turn.role == "user"), "")

    @cached_property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that stay while the conversation and the expectations stay."""
        said = [f"{turn.role}{dict(turn.attributes)}: {turn.text}" for turn in self.turns]
        return hashlib.blake2b("\0".join((*said, *self.expectations)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True)
class PromptFile:
    """The prompts of one clause. `head_id` and `head_title` are what the head line says, if there is one."""

    path: str
    source: Source
    id: str
    head_id: str | None
    head_id_span: Span | None
    head_title: str | None
    head_title_span: Span | None
    prompts: tuple[Prompt, ...]
    problems: tuple[tuple[Span, str], ...] = ()


def has_head(text: str) -> bool:
    """Whether a line of a text says whose prompts follow."""
    return _HEAD.search(text) is not None


def read_prompt_file(path: str, text: str) -> PromptFile:
    """The prompts in a file; its name without the ending is the clause ID. Any text is taken, but not read past a million characters."""
    source, text = Source(path, text), text[:_LONGEST]
    stem = path.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".md")
    head = _HEAD.search(text)
    problems: list[tuple[Span, str]] = []
    prompts = tuple(_prompts(text, head.end() if head else 0, problems))
    title = _title(head) if head else None
    first = source.line_span(0)
    if len(source.text) > _LONGEST:
        problems.insert(0, (first, f"it is longer than {_LONGEST:,} characters, and what is after them is not read"))
    if not prompts and not problems:
        problems.append((first, "there is no prompt in it: no <user>, <system> or <developer> block"))
    if head and head["id"] != stem:
        problems.append((Span(head.start("id"), head.end("id")), f"the head line names [^{head['id']}], the file name {stem}"))
    return PromptFile(
        path,
        source,
        stem,
        head["id"] if head else None,
        Span(head.start("id"), head.end("id")) if head else None,
        title,
        Span(head.start("title"), head.start("title") + len(title)) if head and title is not None else None,
        prompts,
        tuple(problems[:_MOST_PROBLEMS]),
    )


def _title(head: re.Match[str]) -> str | None:
    """The title in a head line, without the colon that ends the line."""
    return head["title"].rstrip(" \t").removesuffix(":").rstrip(" \t") if head["title"] is not None else None


def _prompts(text: str, start: int, problems: list[tuple[Span, str]]) -> Iterator[Prompt]:
    fenced = _fenced(text)
    titles = [m for m in _EXAMPLE.finditer(text, start) if not bisect_right(fenced, m.start()) % 2]
    if titles:
        bounds = [(_said(m), m.start(), m.end()) for m in titles]
        if ROLE_BLOCK.search(text, start, bounds[0][1]):
            bounds.insert(0, ("", start, start))
    else:
        bounds = [("", start, start)]
    ends = [begun for _, begun, _ in bounds[1:]] + [len(text)]
    for (title, begun, content), end in zip(bounds, ends, strict=True):
        yield from _prompt(text, title, begun, content, end, problems, titled=bool(titles))


def _prompt(
    text: str, title: str, begun: int, content: int, end: int, problems: list[tuple[Span, str]], titled: bool
) -> Iterator[Prompt]:
    piece = text[content:end]
    should = _SHOULD.search(piece)
    transcript = read_transcript(piece[: should.start()] if should else piece, content)
    problems.extend(transcript.problems)
    fences = list(_FENCE.finditer(piece))
    if len(fences) % 2 and fences:
        at = content + fences[-1].start()
        problems.append((Span(at, content + fences[-1].end()), "the fence is not closed"))
    if not transcript.turns:
        if titled and title:
            problems.append((Span(begun, content), f"“{title}” has no <user>, <system> or <developer> block"))
        return
    expectations = tuple(" ".join(m[1].split()) for m in _BULLET.finditer(piece, should.end())) if should else ()
    yield Prompt(title, transcript.turns, expectations, Span(begun, begun + len(text[begun:end].rstrip())))


def _said(found: re.Match[str]) -> str:
    """The title of an example."""
    return found["title"].strip() if found["title"] is not None else found["heading"].rstrip().rstrip("#").strip()


def _fenced(text: str) -> list[int]:
    """Where fences open and close, in turn."""
    places: list[int] = []
    opened = ""
    for fence in _FENCE.finditer(text):
        if not opened:
            opened = fence["fence"]
            places.append(fence.end())
        elif fence["fence"].startswith(opened) and fence[0].strip() == fence["fence"]:
            opened = ""
            places.append(fence.end())
    return places
