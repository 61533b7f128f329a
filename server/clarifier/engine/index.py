"""The index of statements: by each of their words, those that speak of it; kept from edit to edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from clarifier.semantics.specification import Address
from clarifier.semantics.statements import Statement


class Key(NamedTuple):
    """What a statement is kept by: never its position. `copy` counts those of a file that speak of the same words, in order of the text."""

    path: str
    said: str
    rank: int
    copy: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement and where it stands now."""

    statement: Statement
    address: Address


Listed = Mapping[str, Mapping[Key, Placed]]
Entry = tuple[Key, Statement]
# What statements are found by: a word, or all the words of one together.
Name = str | frozenset[str]
# A word that more statements speak of brings none of them together; only what else they share does, or that they share all. Else a
# thousand statements of one pattern would all be compared with all: so the cost grows with their number, not with its square.
_MOST = 500
# Under this name stand the statements of one word: for all others one word in common is not enough.
SINGLE = "\0"


@dataclass(frozen=True)
class Index:
    """By each word the statements that speak of it. `crowded` are the words that too many speak of."""

    postings: Mapping[Name, frozenset[Key]] = field(default_factory=dict)
    crowded: frozenset[Name] = frozenset()

    def linked(self, name: Name) -> frozenset[Key]:
        """The statements that a word, or all of a statement's words, bring together."""
        return frozenset() if name in self.crowded else self.postings.get(name, frozenset())


def indexed(before: Index, gone: Iterable[Entry], fresh: Iterable[Entry]) -> tuple[Index, frozenset[Key]]:
    """The index without the statements that are gone, and with new ones; and those that stay, but have other links than before."""
    removed, added = _by_name(gone), _by_name(fresh)
    touched = {n: (before.postings.get(n, frozenset()) - removed.get(n, set())) | added.get(n, set()) for n in {**removed, **added}}
    crowded = frozenset(name for name, posting in touched.items() if len(posting) > _MOST and name != SINGLE)
    changed = [name for name in touched if (name in crowded) != (name in before.crowded)]
    moved = frozenset[Key]().union(*(before.postings.get(name, frozenset()) & touched[name] for name in changed))
    stay = moved.difference(*removed.values(), *added.values())
    return Index({**before.postings, **touched}, before.crowded.difference(touched) | crowded), stay


def frame(statement: Statement) -> frozenset[str]:
    """All the words of a statement as one name; opposites that stand in one place of two statements give the same."""
    return frozenset(min(topic, key=lambda name: (not name.startswith("/"), name)) for topic in statement.topics)


def _by_name(entries: Iterable[Entry]) -> dict[Name, set[Key]]:
    found: dict[Name, set[Key]] = {}
    for key, statement in entries:
        names: list[Name] = [*statement.keys, frame(statement), *([SINGLE] if len(statement.topics) == 1 else [])]
        for name in names:
            found.setdefault(name, set()).add(key)
    return found
