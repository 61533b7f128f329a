"""The commands: what lenses, actions and extensions have the server do. Arguments are JSON; fingerprints name findings."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from clarifier.adapters.lsp import dialogue
from clarifier.adapters.lsp.convert import to_path
from clarifier.adapters.lsp.moving import Refused
from clarifier.adapters.lsp.server import Clarifier
from clarifier.engine.answers import Answer, Dismiss, Free, LeaveOpen, PickReading
from clarifier.engine.findings import Finding
from clarifier.engine.ids import new_ids
from clarifier.engine.questions import questions
from clarifier.engine.views.asking import sentence_at, why
from clarifier.engine.views.graph import graph
from clarifier.engine.views.names import clauses_named
from clarifier.engine.views.prompting import new_prompt_file


def _text(argument: Any, name: str) -> str:
    if not isinstance(argument, str):
        raise Refused(f"The argument “{name}” must be a text.")
    return argument


async def _ask(ls: Clarifier, uri: Any, fingerprint: Any) -> bool:
    return await dialogue.ask(ls, to_path(_text(uri, "uri")), _text(fingerprint, "fingerprint"))


async def _next(ls: Clarifier, uri: Any) -> bool:
    ranked = await _ranked(ls, to_path(_text(uri, "uri")))
    # What the author has left open is asked again only when nothing else is to be asked.
    first = next((f for f in ranked if f.rule != "open-question"), next(iter(ranked), None))
    if first is None:
        ls.publisher.tell("There is nothing to ask.", types.MessageType.Info, once=False)
        return False
    return await dialogue.ask(ls, first.path, first.fingerprint)


async def _ranked(ls: Clarifier, path: str | None) -> tuple[Finding, ...]:
    """The questions of a file, or of all files, the weightiest first."""
    for known in [path] if path is not None else list(ls.session.open):
        await ls.schedule.settled(known)
    paths = [path] if path is not None else list(ls.session.found)
    found = (finding for name in paths for finding in ls.session.findings(name))
    return questions(found, [analysis.specification for analysis in ls.session.analyses.values()])


async def _questions(ls: Clarifier, *arguments: Any) -> list[dict[str, Any]]:
    uri = arguments[0] if arguments else None
    ranked = await _ranked(ls, to_path(_text(uri, "uri")) if uri is not None else None)
    return [_question(ls, finding) for finding in ranked]


def _question(ls: Clarifier, finding: Finding) -> dict[str, Any]:
    positions, analysis = ls.session.positions(finding.path), ls.session.analyses.get(finding.path)
    start = {"line": 0, "character": 0}
    return {
        "uri": ls.session.uri(finding.path),
        "range": positions.as_range(finding.span) if positions is not None else {"start": start, "end": start},
        "rule": finding.rule,
        "group": str(finding.group),
        "severity": str(finding.severity),
        "message": finding.message,
        "question": finding.question,
        "readings": [{"label": reading.label, "text": reading.text} for reading in finding.readings],
        "clause": finding.clause,
        "fingerprint": finding.fingerprint,
        "sentence": sentence_at(analysis, finding.span) if analysis is not None else "",
        "why": why(finding),
        "weight": finding.weight,
    }


async def _answer(ls: Clarifier, uri: Any, fingerprint: Any, given: Any) -> bool:
    return await dialogue.answer(ls, to_path(_text(uri, "uri")), _text(fingerprint, "fingerprint"), _as_answer(given))


def _as_answer(given: Any) -> Answer:
    """The answer that JSON such as `{"kind": "reading", "index": 0}` stands for."""
    kind = given.get("kind") if isinstance(given, dict) else None
    if kind == "reading" and isinstance(given.get("index"), int):
        return PickReading(given["index"])
    if kind == "free":
        return Free(_text(given.get("text"), "text"))
    if kind == "open":
        return LeaveOpen()
    if kind == "dismiss":
        return Dismiss(_text(given.get("reason", ""), "reason"))
    raise Refused("The answer must be of kind “reading” with an index, “free” with a text, “open”, or “dismiss” with a reason.")


async def _create(ls: Clarifier, uri: Any, clause: Any) -> bool:
    path, name = to_path(_text(uri, "uri")), _text(clause, "clause")
    await ls.schedule.settled(path)
    analysis = ls.session.analyses.get(path)
    found = clauses_named(analysis.document, name) if analysis is not None else ()
    if analysis is None or not found:
        raise Refused(f"There is no clause “{name}” in {path}.")
    existing = analysis.specification.surroundings.prompts.get(name, ())
    if existing:
        await dialogue.show(ls, existing[0].path)
        return False
    made = new_prompt_file(analysis, found[0])
    if not await dialogue.apply(ls, (made,), f"Clarifier: prompts of {name}"):
        return False
    await dialogue.show(ls, made.path)
    return True


async def _open(ls: Clarifier, uri: Any, clause: Any) -> bool:
    path, name = to_path(_text(uri, "uri")), _text(clause, "clause")
    await ls.schedule.settled(path)
    analysis = ls.session.analyses.get(path)
    existing = analysis.specification.surroundings.prompts.get(name, ()) if analysis is not None else ()
    if not existing:
        ls.publisher.tell(f"“{name}” has no prompts yet.", types.MessageType.Info, once=False)
        return False
    await dialogue.show(ls, existing[0].path)
    return True


async def _assign(ls: Clarifier, uri: Any) -> bool:
    path = to_path(_text(uri, "uri"))
    await ls.schedule.settled(path)
    if path not in ls.session.analyses:
        raise Refused(f"{path} is not read as a specification.")
    new = new_ids(ls.session.analyses[path].specification)
    if not new:
        ls.publisher.tell("Every clause has an ID already.", types.MessageType.Info, once=False)
        return False
    return await dialogue.apply(ls, tuple(one.edit for one in new), "Clarifier: clause IDs")


async def _graph(ls: Clarifier, uri: Any) -> dict[str, str]:
    path = to_path(_text(uri, "uri"))
    await ls.schedule.settled(path)
    if path not in ls.session.analyses:
        raise Refused(f"{path} is not read as a specification.")
    return {"mermaid": graph(ls.session.analyses, path, ls.session.findings(path))}


# What makes the server carry out commands.
HANDLERS = {
    "clarifier.ask": _ask,
    "clarifier.nextQuestion": _next,
    "clarifier.questions": _questions,
    "clarifier.answer": _answer,
    "clarifier.createPrompts": _create,
    "clarifier.openPrompts": _open,
    "clarifier.assignIds": _assign,
    "clarifier.graph": _graph,
}
