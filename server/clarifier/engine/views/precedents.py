"""Precedents from graded answers: an example in the specification that settles how a clause is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.rules._rule import Edit
from clarifier.semantics.grades import Grade
from clarifier.semantics.specification import Specification
from clarifier.semantics.standings import standing_of
from clarifier.syntax.document import Clause
from clarifier.syntax.prompts import Prompt
from clarifier.syntax.transcripts import read_transcript
from clarifier.text.source import Span


@dataclass(frozen=True)
class Offer:
    """Something that the author may have done about a clause: what it is called, and the command that does it."""

    title: str
    command: str
    clause: str


def offers(specification: Specification, span: Span, with_model: bool) -> Iterator[Offer]:
    """What may be done about the clauses whose ID touches a span; what asks a model only `with_model`."""
    for clause in specification.document.clauses:
        if clause.mark.span.touches(span):
            if with_model:
                yield Offer(f"Suggest challenging prompts for “{clause.id}”", "clarifier.suggestPrompts", clause.id)
            if candidates(specification, clause):
                yield Offer(f"Make a graded answer a precedent of “{clause.id}”…", "clarifier.makePrecedent", clause.id)


def candidates(specification: Specification, clause: Clause) -> tuple[tuple[Grade, Prompt], ...]:
    """The graded answers of a clause whose prompt is still there and that are no precedents yet, the worst first."""
    prompts = {p.fingerprint: p for file in specification.surroundings.prompts.get(clause.id, ()) for p in file.prompts}
    settled = {" ".join(precedent.answer.text.split()) for precedent in specification.precedents}
    graded = [
        g for g in standing_of(specification, clause).shown if g.prompt in prompts and " ".join(g.response.split()) not in settled
    ]
    once = {(g.prompt, g.response): g for g in sorted(graded, key=lambda g: (g.sound, g.at))}
    return tuple((g, prompts[g.prompt]) for g in sorted(once.values(), key=lambda g: (g.score, g.title, g.model)))


def precedent_edit(specification: Specification, clause: Clause, prompt: Prompt, answer: str, good: bool, reason: str) -> Edit:
    """The edit that adds an answer as an example at the end of the clause's section.

    Raises ValueError for a conversation whose text would be read as other blocks than it is.
    """
    source = specification.document.source
    section = specification.document.sections[clause.section]
    at = section.span.start + len(source.slice(section.span).rstrip())
    lines = list(_example(clause, prompt, answer, good, reason))
    turns = read_transcript("\n".join(lines)).turns
    if [turn.role for turn in turns] != [*(turn.role for turn in prompt.turns), "assistant"]:
        raise ValueError("the conversation holds tags that would be read as other blocks")
    rest = source.text[at:]
    apart = rest.startswith(source.newline * 2) or rest.strip() == ""
    after = "" if apart else source.newline
    return Edit(source.name, Span(at, at), source.newline * 2 + source.newline.join(lines) + after)


def _example(clause: Clause, prompt: Prompt, answer: str, good: bool, reason: str) -> Iterator[str]:
    texts = [*(turn.text for turn in prompt.turns), answer]
    fence = "~~~"
    while any(fence in text for text in texts):
        fence += "~"
    said = _in_comment(reason)
    yield f"**Example**: {' '.join(prompt.title.split()) or clause.id}"
    yield ""
    yield f"{fence}xml"
    for turn in prompt.turns:
        attributes = "".join(f' {name}="{value}"' if value else f" {name}" for name, value in turn.attributes)
        yield f"<{turn.role}{attributes}>"
        yield from _lines(turn.text)
        yield f"</{turn.role}>"
    yield f"<assistant> <!-- {'GOOD' if good else 'BAD'}[#{clause.id}]{f': {said}' if said else ''} -->"
    yield from _lines(answer)
    yield "</assistant>"
    yield fence


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


def _in_comment(reason: str) -> str:
    """A reason on one line that ends no comment before its time."""
    return re.sub(r"-{2,}", "–", " ".join(reason.split())).rstrip("-").replace("<!", "< !")
