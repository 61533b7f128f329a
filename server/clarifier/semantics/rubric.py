"""The clause as a rubric: what a grader is told of it, and the fingerprint that says whether that has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

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
        return digest(*(" ".join(text.split()) for text in said))

    def without(self, precedents: tuple[Precedent, ...]) -> Rubric:
        """The rubric without some of its precedents, so that a grader can be tested on those."""
        kept = tuple(p for p in self.precedents if p not in precedents)
        return replace(self, precedents=kept)


def rubric(specification: Specification, clause: Clause) -> Rubric:
    """The rubric that a clause is."""
    precedents = tuple(p for p in specification.precedents if _settles(p, clause, specification))
    whole = _rubric(specification, clause.id, clause.text, clause.section, precedents[:_PRECEDENTS])
    return replace(whole, within=_sentence(specification, clause))


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
    return _rubric(specification, named.id or named.slug, prose(specification, section), section, precedents)


def spoken(precedent: Precedent) -> Iterator[str]:
    """Everything that a precedent says, in order."""
    for turn in (*precedent.prompt, precedent.answer):
        yield f"{turn.role}: {turn.text}"
    yield f"{'GOOD' if precedent.verdict.good else 'BAD'}: {precedent.verdict.reason}"


def prose(specification: Specification, section: int) -> str:
    """What a section says in prose, without its commentary."""
    document = specification.document
    blocks = (document.block(address) for address in document.sections[section].blocks)
    return "\n".join(block.text for block in blocks if block.kind.is_prose and not block.commentary and block.text)


def digest(*of: str) -> str:
    """16 hexadecimal digits for what is given."""
    return hashlib.blake2b("\0".join(of).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _rubric(specification: Specification, name: str, text: str, section: int, precedents: tuple[Precedent, ...]) -> Rubric:
    titles: list[str] = []
    above: int | None = section
    while above is not None:
        titles.insert(0, specification.document.sections[above].title)
        above = specification.document.sections[above].parent
    authority = specification.document.sections[section].authority
    return Rubric(name, text, tuple(t for t in titles if t), authority, precedents, prose(specification, section)[:_CONTEXT])


def _settles(precedent: Precedent, clause: Clause, specification: Specification) -> bool:
    named = precedent.verdict.clause
    if not named:
        return precedent.section == clause.section
    section = specification.document.sections[clause.section]
    return named == clause.id or named in (section.id, section.slug)
