"""Changes to offer, as plain values: to texts, and to files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from clarifier.engine.findings import Finding
from clarifier.rules._rule import Edit


@dataclass(frozen=True)
class NewFile:
    """A file to make; one that is there already stays as it is."""

    path: str
    text: str


@dataclass(frozen=True)
class MovedFile:
    """A file to give another path. Edits of the same change name its old path and come first."""

    path: str
    to: str


@dataclass(frozen=True)
class RemovedFile:
    """A file to delete."""

    path: str


Change: TypeAlias = Edit | NewFile | MovedFile | RemovedFile


@dataclass(frozen=True)
class Fix:
    """Something that the author may choose: what it is called, what it changes, what it answers."""

    title: str
    changes: tuple[Change, ...]
    finding: Finding | None = None
    preferred: bool = False
    needs_consent: bool = False  # it touches more than the place that the author looks at
