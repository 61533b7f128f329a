"""What a rule is: a name, a severity, a manual, and a check over a passage, a document or a workspace."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import wraps
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from clarifier.semantics.specification import Specification
from clarifier.semantics.suppression import Outcome
from clarifier.syntax.document import Passage
from clarifier.text.source import Span

if TYPE_CHECKING:
    # All that reads clauses stands behind these two, and only rules of pairs need it.
    from clarifier.semantics.pairs import Clash, Pair


class Severity(StrEnum):
    """How much a finding matters; the words of the configuration."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for an error, 3 for a hint."""
        return list(Severity).index(self)


class Group(StrEnum):
    """The kinds of findings."""

    AMBIGUITY = "ambiguity"
    IDENTITY = "identity"
    CONFLICT = "conflict"
    PROMPTS = "prompts"
    SUPPRESSION = "suppression"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to another place than the finding's own: path of the file, absolute span, new text."""

    path: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was found: in plain words, and the text that says only that.

    `text` replaces the span of the hit (or finding) that the reading belongs to; None where choosing
    the reading changes only what `edits` say.
    """

    label: str
    text: str | None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a rule saw in a passage, at a span of one of its sentences' text.

    `weight` from 0 to 1 is how much an answer matters and how unsure the reading is: it ranks questions.
    `severity`, where given, replaces the rule's own: severity follows the evidence. `key` is what a
    settling function looks up in the document (a term, an acronym). `frame`, where a free answer is not itself the
    text, is the text in which the answer takes the place of `{}`.
    """

    sentence: int
    span: Span
    message: str
    question: str | None = None
    readings: tuple[Reading, ...] = ()
    severity: Severity | None = None
    weight: float = 0.5
    key: str = ""
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of: path of the file, absolute span, why."""

    path: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Something a rule saw in a document, at an absolute span of its source."""

    span: Span
    message: str
    question: str | None = None
    readings: tuple[Reading, ...] = ()
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    weight: float = 0.5
    clause: str | None = None
    path: str | None = None  # another file than the document under check
    data: tuple[tuple[str, str], ...] = ()  # what a quick fix needs to know


@dataclass(frozen=True)
class Rule:
    """A rule: found by its file, named like it."""

    name: str
    group: Group
    severity: Severity
    manual: str
    check: Callable[..., Iterator[Hit] | Iterator[Spot]] = field(compare=False)
    scope: str = "passage"  # passage | document | pair | suppression | advice
    ground: Callable[[Specification], object] | None = field(default=None, compare=False)
    facts: Callable[[Hit, Passage, Specification], object] | None = field(default=None, compare=False)
    settle: Callable[..., Hit | None] | None = field(default=None, compare=False)
    clash: Callable[[Pair], Clash | None] | None = field(default=None, compare=False)  # of a conflict
    says: str = ""  # of a conflict: the message, with {here}, {there} and {where} to fill in
    asks: str = ""
    rank: int = 0  # of a conflict: of a pair, the rule of lowest rank that sees one has it

    def __reduce__(self) -> tuple[Callable[[str], Rule], tuple[str]]:
        # A rule goes from process to process by its name: its functions bear the name that the rule took over.
        return named, (self.name,)

    @property
    def title(self) -> str:
        """The first line of the manual."""
        return self.manual.strip().split("\n", 1)[0]


def named(name: str) -> Rule:
    """The rule of a name, from its file."""
    module = name.replace("-", "_")
    rule: Rule = getattr(importlib.import_module(f"{__package__}.{module}"), module)
    return rule


PassageCheck = Callable[[Passage], Iterator[Hit]]


def _rule(check: Callable[..., Iterator[Hit] | Iterator[Spot]], group: Group, severity: Severity, scope: str) -> Rule:
    module = sys.modules[check.__module__]
    name = PurePath(inspect.getfile(inspect.unwrap(check))).stem.replace("_", "-")
    return Rule(name, group, severity, inspect.cleandoc(module.__doc__ or ""), check, scope)


def passage_rule(group: Group, severity: Severity) -> Callable[[PassageCheck], Rule]:
    """Make a rule of a function from a passage to hits. It sees nothing else, so its answers can be kept."""
    return lambda check: _rule(check, group, severity, "passage")


DocumentCheck = Callable[[Specification], Iterator[Spot]]
Facts = TypeVar("Facts")


def document_rule(group: Group, severity: Severity) -> Callable[[DocumentCheck], Rule]:
    """Make a rule of a function from a specification to spots. It is asked again after each edit, so it must be quick."""
    return lambda check: _rule(check, group, severity, "document")


SuppressionCheck = Callable[[Outcome, frozenset[str]], Iterator[Spot]]


def suppression_rule(group: Group, severity: Severity) -> Callable[[SuppressionCheck], Rule]:
    """Make a rule of a function from what came of a suppression, and the names of all rules, to spots."""
    return lambda check: _rule(check, group, severity, "suppression")


ConflictCheck = Callable[["Pair"], "Clash | None"]


def _nothing_alone(clash: ConflictCheck) -> Callable[..., Iterator[Hit]]:
    """What a rule of pairs sees in one passage or document: nothing. It stands in the rule's file."""

    @wraps(clash)
    def check(*_: object) -> Iterator[Hit]:
        return iter(())

    return check


def conflict_rule(
    severity: Severity, says: str, asks: str = "Which holds when both apply?", rank: int = 1
) -> Callable[[ConflictCheck], Rule]:
    """Make a rule of a function from two statements, in one file or in two, to where they clash.

    It sees nothing but the pair, so its answers can be kept. `says` is the message: {here} and {there} stand for the quoted
    words on each side, {where} for what the other statement is called. Of the rules that see a clash in a pair, the one with the lowest rank reports it.
    """
    return lambda clash: replace(
        _rule(_nothing_alone(clash), Group.CONFLICT, severity, "pair"), clash=clash, says=says, asks=asks, rank=rank
    )


def advice_rule(group: Group, severity: Severity, says: str, asks: str) -> Callable[[Callable[..., Iterator[Hit]]], Rule]:
    """Make a rule of what only a model can say, when it is asked: an analysis never does."""
    return lambda check: replace(_rule(check, group, severity, "advice"), says=says, asks=asks)


def settled_by(
    settle: Callable[[Hit, Passage, Facts], Hit | None],
    facts: Callable[[Hit, Passage, Specification], Facts],
    ground: Callable[[Specification], object],
) -> Callable[[Rule], Rule]:
    """Let the whole document have the last word on each hit of a passage rule: keep, change or drop it.

    `facts` are what of the document a hit turns on; while they are equal, the last word stands. They are found in the part in
    which the hit stands and in the `ground` alone, so that while that is equal only what an edit touched is looked at.
    """
    return lambda rule: replace(rule, settle=settle, facts=facts, ground=ground)
