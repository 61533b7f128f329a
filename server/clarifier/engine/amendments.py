"""What has changed between two states of specifications, clause by clause and not line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from clarifier.semantics.identity import covered
from clarifier.semantics.references import references
from clarifier.semantics.specification import Specification

# From this share of common words on, a clause under a new ID is taken for the old one.
_ALIKE = 0.75


class Kind(StrEnum):
    """What can happen to a clause."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    RENAMED = "renamed"
    RAISED = "authority raised"
    LOWERED = "authority lowered"
    PROMPTS = "prompts changed"


@dataclass(frozen=True)
class State:
    """A clause as it stands in one state. What a section says beside its named clauses is one too, called `#section`."""

    path: str
    id: str
    text: str
    section: str
    authority: str | None
    line: int

    @property
    def is_named(self) -> bool:
        """Whether it has an ID of its own."""
        return not self.id.startswith("#")


@dataclass(frozen=True)
class Amendment:
    """One change of one clause; None before it was, and after it is no more. `notes` say what the change leaves open."""

    kind: Kind
    before: State | None
    after: State | None
    notes: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """The clause as it is now, or as it last was."""
        return self.after or self.before  # type: ignore[return-value]  # one of the two is there


def amendments(
    before: Sequence[Specification], after: Sequence[Specification], prompts_changed: AbstractSet[str], levels: Sequence[str]
) -> tuple[Amendment, ...]:
    """Every change from one state to another, in order of file and place. `prompts_changed`: IDs whose prompt files differ."""
    old = {(s.path, s.id): s for spec in before for s in _states(spec)}
    new = {(s.path, s.id): s for spec in after for s in _states(spec)}
    pairs = {key: key for key in old if key in new}
    pairs.update(_renamed({k: s for k, s in old.items() if k not in new}, {k: s for k, s in new.items() if k not in old}))
    titles = {s.section for s in old.values()}, {s.section for s in new.values()}
    found: list[Amendment] = []
    for was, now in pairs.items():
        found.extend(_changes(old[was], new[now], titles, prompts_changed, levels))
    for key, state in old.items():
        if key not in pairs and state.text:
            found.append(Amendment(Kind.REMOVED, state, None, tuple(_remains(state, after))))
    taken = set(pairs.values())
    found.extend(
        Amendment(Kind.ADDED, None, state, tuple(_untested(state, after)))
        for key, state in new.items()
        if key not in taken and state.text
    )
    return tuple(sorted(found, key=lambda a: (a.state.path, a.state.line, list(Kind).index(a.kind), a.state.id)))


def _states(specification: Specification) -> Iterator[State]:
    document = specification.document
    for clause in document.clauses:
        section = document.sections[clause.section]
        line = document.source.line_and_column(clause.mark.span.start)[0] + 1
        yield State(specification.path, clause.id, _plain(clause.text), section.title, section.authority, line)
    named = covered(document)
    for section in document.sections:
        rest = [document.block(a) for a in section.blocks if a not in named]
        text = _plain(" ".join(b.text for b in rest if b.kind.is_prose and not b.commentary))
        line = document.source.line_and_column(section.heading_span.start)[0] + 1
        yield State(specification.path, f"#{section.id or section.slug}", text, section.title, section.authority, line)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _renamed(
    gone: Mapping[tuple[str, str], State], come: Mapping[tuple[str, str], State]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Old to new, for clauses that go on under another ID or in another file: the same ID, the same words, then like words."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    free = dict(come)

    def pair(was: tuple[str, str], now: tuple[str, str]) -> None:
        found[was] = now
        del free[now]

    for key, state in gone.items():
        same = next((k for k, s in free.items() if s.id == state.id and s.is_named), None)
        if same is not None:
            pair(key, same)
    texts: dict[str, tuple[str, str]] = {s.text: k for k, s in reversed(free.items()) if s.text}
    for key, state in gone.items():
        if key not in found and state.text in texts and texts[state.text] in free:
            pair(key, texts[state.text])
    for key, state in gone.items():
        if key in found or not state.text:
            continue
        words = state.text.split()
        best, score = None, _ALIKE
        for other, candidate in free.items():
            if candidate.text and candidate.is_named == state.is_named:
                matcher = SequenceMatcher(None, words, candidate.text.split(), autojunk=False)
                if matcher.real_quick_ratio() > score and matcher.quick_ratio() > score and matcher.ratio() > score:
                    best, score = other, matcher.ratio()
        if best is not None:
            pair(key, best)
    return found


def _changes(
    was: State, now: State, titles: tuple[set[str], set[str]], prompts: AbstractSet[str], levels: Sequence[str]
) -> Iterator[Amendment]:
    amendment = Amendment(Kind.RENAMED, was, now)
    touched = now.id in prompts or was.id in prompts
    if was.id != now.id:
        yield amendment
    elif was.path != now.path or (
        was.section != now.section and now.is_named and (was.section in titles[1] or now.section in titles[0])
    ):
        yield replace(amendment, kind=Kind.MOVED)
    if was.text != now.text:
        notes = ("its prompts were not touched",) if now.is_named and not touched else ()
        yield replace(amendment, kind=Kind.REWORDED, notes=notes)
    if was.authority != now.authority and was.authority in levels and now.authority in levels:
        raised = levels.index(now.authority) < levels.index(was.authority)
        yield replace(amendment, kind=Kind.RAISED if raised else Kind.LOWERED)
    if touched:
        yield replace(amendment, kind=Kind.PROMPTS)


def _remains(state: State, after: Sequence[Specification]) -> Iterator[str]:
    """Where the ID of a removed clause still stands."""
    if not state.is_named:
        return
    for specification in after:
        around = specification.surroundings
        if any(reference.name == state.id for reference in references(specification)):
            yield f"{specification.path} still refers to it"
        if specification.path == state.path and state.id in around.prompts:
            yield f"its prompts are still there: {around.prompts[state.id][0].path}"


def _untested(state: State, after: Sequence[Specification]) -> Iterator[str]:
    if state.is_named and not any(spec.path == state.path and state.id in spec.surroundings.prompts for spec in after):
        yield "it has no prompts yet"


@dataclass(frozen=True)
class Stretch:
    """A stretch of words that both states share (`kind` "="), that is gone ("-") or new ("+")."""

    kind: str
    text: str


def words_changed(before: str, after: str) -> tuple[Stretch, ...]:
    """The words of both states in order."""
    old, new = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
    found: list[Stretch] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Stretch("=", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(Stretch("-", "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Stretch("+", "".join(new[j1:j2])))
    return tuple(found)
