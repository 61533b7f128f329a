"""Asking about a finding: the choices to offer, and room in the text for an answer that is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clarifier.engine.analysis import Analysis
from clarifier.engine.answers import IN_SPECIFICATION, Answer, Dismiss, Free, LeaveOpen, PickReading, log_edit, log_entry
from clarifier.engine.findings import Finding
from clarifier.engine.views.changes import Fix
from clarifier.engine.views.manual import manual_text
from clarifier.engine.views.quoting import shortened
from clarifier.rules import RULES
from clarifier.rules._rule import Edit
from clarifier.text.source import Span

SOMETHING_ELSE = "Something else…"
LEAVE_OPEN = "Leave open"
NOT_AMBIGUOUS = "Not ambiguous"
# Reasons that an author can give with one button; the words complete “allow … because”.
REASONS = ("the context makes it plain", "it is defined elsewhere", "it is meant to be this broad")
_ARROW = " → "
_ROOM = re.compile(r"[ \t]?\[NEEDS CLARIFICATION: (?P<question>[^\[\]]*?)(?: “(?P<words>[^“”\[\]]*)”)? →(?P<answer>[^\[\]]*)\]")


@dataclass(frozen=True)
class Choice:
    """A button of the dialogue and the answer that it gives; None where the answer has yet to be typed."""

    title: str
    answer: Answer | None


def choices(finding: Finding) -> tuple[Choice, ...]:
    """What the author can choose from: the readings, then the ways not to take one."""
    found = [Choice(reading_title(r.label, r.text), PickReading(index)) for index, r in enumerate(finding.readings)]
    found.append(Choice(SOMETHING_ELSE, None))
    if finding.rule != "open-question":
        found += [Choice(LEAVE_OPEN, LeaveOpen()), Choice(NOT_AMBIGUOUS, Dismiss(""))]
    return tuple(found)


def reading_title(label: str, text: str | None) -> str:
    """What a reading is called on a button or in a menu."""
    return label if text is None or text.casefold() in label.casefold() else f"{label}: “{shortened(text)}”"


def room_for_answer(analysis: Analysis, finding: Finding) -> tuple[Edit, int]:
    """An edit that leaves room for an answer after the words at issue, and where in its text the answer is to be typed.

    The question is marked as open until it is answered there; `typed_answers` then offers to put the answer in its place.
    """
    words = _line(analysis.document.source.slice(finding.span)).translate(_PLAIN)
    quoted = f" “{words}”" if 0 < len(words) <= 80 else ""
    marker = f" [NEEDS CLARIFICATION: {_line(finding.question or finding.message).translate(_PLAIN)}{quoted}{_ARROW}]"
    return Edit(finding.path, Span(finding.span.end, finding.span.end), marker), len(marker) - 1


_PLAIN = str.maketrans("[]|“”→", '()/"">')


def typed_answers(analysis: Analysis, within: Span) -> Iterator[Fix]:
    """For each answer that was typed into the room left for it: putting it in place of the words at issue, and logging it."""
    source = analysis.document.source
    for room in _ROOM.finditer(source.text):
        answer = " ".join(room["answer"].split())
        if not answer or not Span(room.start(), room.end()).touches(within):
            continue
        words = room["words"] or ""
        start = room.start() - len(words)
        at = start if words and source.text[max(0, start) : room.start()].translate(_PLAIN) == words else room.start()
        text = answer if at < room.start() or not room[0].startswith((" ", "\t")) else f" {answer}"
        finding = Finding(
            source.name,
            Span(at, room.end()),
            "open-question",
            RULES["open-question"].group,
            RULES["open-question"].severity,
            "",
            room["question"],
        )
        entry = log_entry(finding, Free(answer))
        logged = (
            (log_edit(source, entry, analysis.document),) if entry and analysis.settings.log_answers == IN_SPECIFICATION else ()
        )
        yield Fix(
            f"Say “{shortened(answer)}” here and log it", (Edit(source.name, finding.span, text), *logged), None, preferred=True
        )


def with_fingerprint(findings: Iterable[Finding], fingerprint: str) -> Finding | None:
    """The finding of a fingerprint, if it is still there."""
    return next((finding for finding in findings if finding.fingerprint == fingerprint), None)


def sentence_at(analysis: Analysis, span: Span) -> str:
    """The sentences, without markup, that a span touches; the source text where it touches none."""
    document = analysis.document
    part = document.part_at(span.start)
    start = document.starts[part]
    for block in document.parts[part].blocks:
        if block.prose and block.span.shifted(start).touches(span):
            touched = [prose.text for prose in block.prose if prose.span.shifted(start).touches(span)]
            if touched:
                return " ".join(touched)
    return shortened(document.source.slice(span))


def why(finding: Finding) -> str:
    """Why the question matters: the paragraph of the manual after its title."""
    if finding.rule not in RULES:
        return ""
    paragraphs = manual_text(RULES[finding.rule]).split("\n\n")
    return next((" ".join(p.split()) for p in paragraphs[1:] if not p.startswith(">")), "")


def _line(text: str) -> str:
    return " ".join(text.split())
