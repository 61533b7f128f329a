"""How a conflict can be settled: each way as edits of the two texts. Nothing is changed until the author chooses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from clarifier.engine.analysis import Analysis
from clarifier.rules._rule import Edit, Reading
from clarifier.semantics.fields import restated
from clarifier.semantics.kept import kept
from clarifier.semantics.norms import Duty
from clarifier.semantics.specification import Address, Specification
from clarifier.semantics.statements import Statement, statements
from clarifier.syntax.document import BlockKind, Part
from clarifier.text.source import Span

_CUT = 120
_CLOSERS = "\"'”)*_`"


@dataclass(frozen=True)
class Side:
    """One of two statements in conflict, in its file."""

    analysis: Analysis
    address: Address

    @property
    def specification(self) -> Specification:
        """The specification in which it stands."""
        return self.analysis.specification

    @cached_property
    def text(self) -> str:
        """What it says."""
        return self.specification.block(self.address).prose[self.address.sentence].text

    def place(self, span: Span) -> Span:
        """A span of its text in the source."""
        length = len(self.text)
        return self.specification.place(self.address, Span(min(span.start, length), min(max(span.end, span.start), length)))

    @cached_property
    def clause(self) -> str | None:
        """The ID of its clause, if it has one."""
        found = self.specification.clause(self.address)
        return found.id if found else None

    @cached_property
    def name(self) -> str:
        """What a reader calls it: its clause, else its section, else its first words."""
        if self.clause is not None:
            return self.clause
        block = self.specification.block(self.address)
        if block.kind is BlockKind.ROW and self.address.sentence > 0:
            return f"the row “{block.prose[0].text}”"
        words = " ".join(self.text.split()[:7])
        return f"“{words}…”" if len(words) < len(self.text) - 1 else f"“{words}”"

    @cached_property
    def removal(self) -> Edit:
        """The edit that takes it out."""
        return removal(self)

    @cached_property
    def whole(self) -> Span:
        """Where all of it stands in the source."""
        return self.place(Span(0, len(self.text)))

    @cached_property
    def statement(self) -> Statement | None:
        """What it was read as."""
        passage = self.specification.passages[self.address.part][self.address.block]
        return next((s for s in statements(passage) if s.sentence == self.address.sentence), None) if passage is not None else None


@kept
def _parents(part: Part) -> frozenset[int]:
    """The blocks that hold others."""
    return frozenset(b.parent for b in part.blocks if b.parent is not None)


def readings(here: Side, there: Side) -> tuple[Reading, ...]:
    """The ways to settle a conflict: keep either, make one the exception of the other, or say which wins."""
    general, special = (there, here) if _limited(here) and not _limited(there) else (here, there)
    return (
        Reading(f"Keep this: {_short(here)}", None, (there.removal,)),
        Reading(f"Keep the other: {_short(there)}", None, (here.removal,)),
        Reading(f"{special.name} is an exception of {general.name}", None, (exception(general, special),)),
        Reading(f"This wins over {there.name}", None, (precedence(here, there),)),
    )


def entry_readings(here: Side, there: Side) -> tuple[Reading, ...]:
    """The ways to settle whether an entry must be there: both sides say that it is required, or that it is optional."""
    found: list[Reading] = []
    for duty in (Duty.OBLIGED, Duty.EXEMPT):
        for side in (here, there):
            entry = side.statement.field if side.statement is not None else None
            written = side.text[entry.span.start : entry.span.end] if entry is not None else ""
            text = restated(written, duty) if entry is not None and entry.duty is not duty else None
            if entry is not None and text is not None:
                edit = Edit(side.specification.path, side.place(entry.span), text)
                found.append(Reading(f"“{entry.name}” is {duty}: “{text}” in the place of “{written}”", None, (edit,)))
    return tuple(found)


def _short(side: Side) -> str:
    text = " ".join(side.text.split())
    return text if len(text) <= _CUT else text[: _CUT - 1].rstrip() + "…"


def _limited(side: Side) -> bool:
    return side.statement is not None and any(n.conditions for n in side.statement.norms)


def removal(side: Side) -> Edit:
    """The edit that takes a statement out: with its line where nothing else stands there."""
    spec, address = side.specification, side.address
    source, block = spec.document.source, spec.block(address)
    part = spec.document.parts[address.part]
    alone = len(block.prose) == 1 and address.block not in _parents(part)
    if (alone and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)) or (block.kind is BlockKind.ROW and len(block.prose) <= 3):
        span = block.span.shifted(spec.document.starts[address.part])
        first, last = source.line_and_column(span.start)[0], source.line_and_column(max(span.start, span.end - 1))[0]
        end = source.line_starts[last + 1] if last + 1 < len(source.line_starts) else len(source.text)
        start = source.line_starts[first]
        if not source.text[start : span.start].strip(" \t>-*+0123456789.)"):
            return Edit(spec.path, Span(start, end), "")
    span = side.whole
    end = span.end
    while end < len(source.text) and source.text[end] == " ":
        end += 1
    return Edit(spec.path, Span(span.start, end), "")


def exception(general: Side, special: Side) -> Edit:
    """The edit that makes one statement hold except where the other does."""
    text = general.text
    at = len(text)
    while at and (text[at - 1] in _CLOSERS or text[at - 1].isspace()):
        at -= 1
    at -= text[:at].endswith((".", "!"))
    condition = None
    if special.statement is not None and special.statement.norms:
        limits = special.statement.norms[0].conditions
        span = (
            special.statement.place(limits[0].span) if len(limits) == 1 and limits[0].kind in ("if", "when", "once") else Span(0, 0)
        )
        condition = special.text[span.start : span.end].partition(" ")[2] if len(span) else None
    said = f", unless {condition}" if condition and general.analysis is special.analysis else f", except as {special.name} says"
    place = general.place(Span(at, at))
    return Edit(general.specification.path, Span(place.start, place.start), said)


def precedence(winner: Side, loser: Side) -> Edit:
    """The edit that says after a statement that it wins."""
    span = winner.whole
    stop = "" if winner.text.rstrip().endswith((".", "!")) else "."
    return Edit(winner.specification.path, Span(span.end, span.end), f"{stop} Where this and {loser.name} both apply, this holds.")
