"""The clause as a rubric: what a grader is told of it, and the fingerprint that says whether that has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Clause
from clarifier.syntax.transcripts import Precedent

_PRECEDENTS = 8
_CONTEXT = 4000


@dataclass(frozen=True)
class Rubric:
    """A clause as it is judged by: its words, where it stands, its authority and its precedents.

    `within` is the sentence of which the clause is a part; empty if it is the whole. `sections` are the titles above it, outermost first. `context` is the prose of its section: it helps to
    read the clause, but a change of it makes no grade stale, so it is left out of the fingerprint.
    """

    clause: str
    text: str
    sections: tuple[str, ...]
    authority: str | None
    precedents: tuple[Precedent, ...]
    context: str
    within: str = ""

    @property
    def quotable(self) -> str:
        """The words from which a grader may quote."""
        return self.within or self.text

    @cached_property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that stay while the clause, its authority and its precedents stay."""
        said = [self.text, self.within, " > ".join(self.sections), self.authority or ""]
        said += [part for precedent in self.precedents for part in spoken(precedent)]
        return digest(*(_on_one_line(text) for text in said))

    def without(self, precedents: tuple[Precedent, ...]) -> Rubric:
        """The rubric without some of its precedents, so that a grader can be tested on those."""
        kept = tuple(p for p in self.precedents if p not in precedents)
        return replace(self, precedents=kept)


def rubric(specification: Specification, clause: Clause) -> Rubric:
    """The rubric that a clause is."""
    precedents = tuple(specification.precedents[index] for index in _settling(specification, clause))
    told = _rubric(specification, clause.id, clause.text, clause.section, precedents, _sentence(specification, clause))
    return replace(told, context=prose(specification, clause.section)[:_CONTEXT])


def fingerprint_of(specification: Specification, clause: Clause) -> str:
    """The fingerprint of the rubric that a clause is: quicker to have than the whole rubric."""
    precedents = tuple(specification.unplaced_precedents[index] for index in _settling(specification, clause))
    return _rubric(specification, clause.id, clause.text, clause.section, precedents, _sentence(specification, clause)).fingerprint


def _sentence(specification: Specification, clause: Clause) -> str:
    """The sentence around a clause that a reference cuts out of it; empty where the clause has all its words."""
    for part, index in clause.blocks[:1]:
        start = specification.document.starts[part]
        for sentence in specification.document.block((part, index)).prose:
            if sentence.span.shifted(start).touches(clause.mark.span) and not clause.text.startswith(sentence.text):
                return sentence.text if clause.text.strip(" .,;:") in sentence.text else ""
    return ""


def section_rubric(specification: Specification, section: int) -> Rubric:
    """The rubric that the prose of a whole section is, for precedents that name no clause."""
    named = specification.document.sections[section]
    precedents = tuple(p for p in specification.precedents if p.section == section)
    said = prose(specification, section)
    return replace(_rubric(specification, named.id or named.slug, said, section, precedents), context=said[:_CONTEXT])


def spoken(precedent: Precedent) -> Iterator[str]:
    """Everything that a precedent says, in order."""
    for turn in (*precedent.prompt, precedent.answer):
        yield turn.role
        yield turn.text
    yield "GOOD" if precedent.verdict.good else "BAD"
    yield precedent.verdict.reason


def prose(specification: Specification, section: int) -> str:
    """What a section says in prose, without its commentary."""
    document = specification.document
    blocks = (document.block(address) for address in document.sections[section].blocks)
    return "\n".join(block.text for block in blocks if block.kind.is_prose and not block.commentary and block.text)


def digest(*of: str) -> str:
    """16 hexadecimal digits for what is given."""
    return hashlib.blake2b("\0".join(of).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _rubric(
    specification: Specification, name: str, text: str, section: int, precedents: tuple[Precedent, ...], within: str = ""
) -> Rubric:
    titles: list[str] = []
    above: int | None = section
    while above is not None:
        titles.insert(0, specification.document.sections[above].title)
        above = specification.document.sections[above].parent
    authority = specification.document.sections[section].authority
    return Rubric(name, text, tuple(t for t in titles if t), authority, precedents, "", within)


def _settling(specification: Specification, clause: Clause) -> list[int]:
    """The indices of the precedents that name the clause or its section, and of those of its section that name none."""
    section, by_place = specification.document.sections[clause.section], specification.precedents_by_place
    names = dict.fromkeys(name for name in (clause.section, clause.id, section.id, section.slug) if name is not None)
    return sorted(index for name in names for index in by_place.get(name, ()))[:_PRECEDENTS]


@lru_cache(maxsize=16_384)
def _on_one_line(text: str) -> str:
    return " ".join(text.split())
