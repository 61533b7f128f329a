"""What a specification refers to, and what it offers to refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from clarifier.semantics.kept import carried, kept
from clarifier.semantics.specification import Specification, precedents_of
from clarifier.syntax.document import Part
from clarifier.text.source import Span

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|/|\\")
# Anchors that readers make themselves: the top of the page, footnotes, a text to scroll to.
_ALWAYS = re.compile(r"(?:top|fn(?:ref)?[:\-]?\w+|user-content-.*|:~:text=.*)?")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Reference:
    """A name of a clause or section, or the path of a file. `span` holds just that, or the label that stands for it."""

    name: str
    span: Span
    is_file: bool = False
    by_label: bool = False


def references(specification: Specification) -> Iterator[Reference]:
    """Every reference to a place in the specification or to a file beside it, in no order."""
    for part, start in zip(specification.document.parts, specification.document.starts, strict=True):
        for reference in _in_part(part):
            yield Reference(reference.name, reference.span.shifted(start), reference.is_file, reference.by_label)


@kept
def _in_part(part: Part) -> tuple[Reference, ...]:
    return tuple(_references(part))


def _references(part: Part) -> Iterator[Reference]:
    for link in part.links:
        target = link.target
        if target.startswith("#"):
            written = part.text[link.target_span.start : link.target_span.end]
            span = Span(link.target_span.start + 1, link.target_span.end) if written.startswith("#") else link.target_span
            yield Reference(target[1:], span, by_label=not written.startswith("#"))
        elif target and not _ELSEWHERE.match(target):
            yield Reference(target, link.target_span, is_file=True)
    for precedent in precedents_of(part):
        if precedent.verdict.clause and precedent.verdict.clause_span is not None:
            yield Reference(precedent.verdict.clause.removeprefix("#"), precedent.verdict.clause_span)


@kept
def anchors(specification: Specification) -> frozenset[str]:
    """Everything in the specification that a reference may name."""
    document = specification.document
    names = {clause.id for clause in document.clauses}
    for section in document.sections:
        names.update(name for name in (section.id, section.slug) if name)
    for part in document.parts:
        names.update(part.anchors)
    return frozenset(names)


@carried(anchors)
def loose_anchors(names: frozenset[str]) -> frozenset[str]:
    """The same as `loosened` gives them."""
    return frozenset(map(loosened, names)) - {""}


def offered(specification: Specification) -> frozenset[str]:
    """The names to propose: of a section with an ID only that."""
    document = specification.document
    titled = {section.id or section.slug for section in document.sections if section.heading}
    return frozenset(titled | {clause.id for clause in document.clauses})


def known(name: str, names: frozenset[str], loose: frozenset[str]) -> bool:
    """Whether a name is one of those offered; `loose` are they as `loosened` gives them.

    Tools make anchors of titles in slightly different ways, so that letters and digits decide.
    """
    if name in names:
        return True
    plain = unquote(name)
    return plain in names or bool(_ALWAYS.fullmatch(plain)) or loosened(plain) in loose


def loosened(name: str) -> str:
    """A name as its letters and digits alone."""
    return _NO_LETTER.sub("", name.casefold())
