"""A specification with its meaning: what document and workspace rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from clarifier.semantics.grades import PASSING, Grade
from clarifier.semantics.kept import kept
from clarifier.semantics.normativity import Profile
from clarifier.syntax.document import Block, Clause, Document, IdStyle, Part, Passage, Passages
from clarifier.syntax.prompts import PromptFile
from clarifier.syntax.transcripts import Precedent, precedents_in
from clarifier.syntax.words import Sentence
from clarifier.text.source import Span


@dataclass(frozen=True, slots=True)
class Address:
    """Where a sentence stands: indices of the part, of the block in it, of the sentence in that."""

    part: int
    block: int
    sentence: int


@dataclass(frozen=True)
class Surroundings:
    """What lies around a specification on disk, as far as rules need it.

    `prompts`: prompt files by clause ID, from every prompt folder that applies. `prompt_dirs`: those folders that
    exist, as paths. `files`: paths of files that links name, and whether they exist. `external_ids`: clause IDs that
    other specifications with the same prompt folder define. `grades`: what graders said of answers, by clause ID;
    `passing`: the mean score from which on a clause counts as followed.
    """

    prompts: Mapping[str, tuple[PromptFile, ...]] = field(default_factory=dict)
    prompt_dirs: tuple[str, ...] = ()
    missing_files: frozenset[str] = frozenset()
    external_ids: frozenset[str] = frozenset()
    unreadable: tuple[tuple[str, str], ...] = ()
    grades: Mapping[str, tuple[Grade, ...]] = field(default_factory=dict)
    passing: float = PASSING


@dataclass(frozen=True)
class Specification:
    """A document, its passages (one entry a part and block; None for what is not prose) and its surroundings.

    `carried` is what was worked out of the whole before an edit, with the facts of which it was.
    """

    document: Document
    passages: tuple[Passages, ...]
    surroundings: Surroundings = field(default_factory=Surroundings)
    levels: tuple[str, ...] = ("root", "system", "developer", "user", "guideline")
    terms: Mapping[str, str] = field(default_factory=dict)
    profile: Profile = Profile.AUTO
    has_words: bool = False
    carried: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def path(self) -> str:
        """The path of the file, as given."""
        return self.document.source.name

    @cached_property
    def has_heading_ids(self) -> bool:
        """Whether clauses are named by the IDs of headings, which only the whole document can tell."""
        return any(clause.style is IdStyle.HEADING for clause in self.document.clauses)

    def place(self, address: Address, span: Span) -> Span:
        """The absolute source span of a span of a sentence's text."""
        prose = self.document.parts[address.part].blocks[address.block].prose[address.sentence]
        return prose.place(span).shifted(self.document.starts[address.part])

    def sentences(self) -> Iterator[tuple[Address, Passage, Sentence]]:
        """Every sentence of every passage, in order."""
        for p, part in enumerate(self.passages):
            for b, passage in enumerate(part):
                if passage is not None:
                    for s, sentence in enumerate(passage.sentences):
                        yield Address(p, b, s), passage, sentence

    def normative(self) -> Iterator[tuple[Address, Passage, Sentence]]:
        """Every sentence that obliges, permits or forbids."""
        return ((a, p, s) for a, p, s in self.sentences() if p.normative[a.sentence])

    def block(self, address: Address) -> Block:
        """The block in which a sentence stands."""
        return self.document.parts[address.part].blocks[address.block]

    def section(self, address: Address) -> int:
        """The index of the section in which a sentence stands."""
        return self._section_of[(address.part, address.block)]

    @cached_property
    def _section_of(self) -> dict[tuple[int, int], int]:
        return {a: i for i, section in enumerate(self.document.sections) for a in section.blocks}

    def authority(self, address: Address) -> str | None:
        """The authority under which a sentence stands, inherited from the sections above."""
        return self.document.sections[self.section(address)].authority

    def clause(self, address: Address) -> Clause | None:
        """The named clause to which a sentence belongs, if any."""
        whole = Span(0, len(self.passages[address.part][address.block].sentences[address.sentence].text))  # type: ignore[union-attr]  # an address is of a passage
        candidates = self._clauses_of.get((address.part, address.block), ())
        place = self.place(address, whole)
        return next((c for c in candidates if c.span.start < place.end and place.start < c.span.end), None)

    @cached_property
    def _clauses_of(self) -> dict[tuple[int, int], tuple[Clause, ...]]:
        found: dict[tuple[int, int], tuple[Clause, ...]] = {}
        for clause in self.document.clauses:
            for address in clause.blocks:
                found[address] = (*found.get(address, ()), clause)
        return found

    @cached_property
    def precedents(self) -> tuple[Precedent, ...]:
        """The answers marked GOOD or BAD in the specification's examples, in order."""
        starts = self.document.starts
        return tuple(
            precedent.shifted(starts[p], before)
            for p, before in self._sections_before()
            for precedent in precedents_of(self.document.parts[p])
        )

    @cached_property
    def unplaced_precedents(self) -> tuple[Precedent, ...]:
        """The same in the same order, each relative to its part: what an edit has moved is not made anew."""
        return tuple(found for part in self.document.parts for found in precedents_of(part))

    @cached_property
    def precedents_by_place(self) -> Mapping[int | str, tuple[int, ...]]:
        """Indices of precedents: those that name no clause by the index of their section, the others by the ID that they name."""
        found: dict[int | str, tuple[int, ...]] = {}
        places = [
            (p.verdict.clause or before + p.section)
            for i, before in self._sections_before()
            for p in precedents_of(self.document.parts[i])
        ]
        for index, place in enumerate(places):
            found[place] = (*found.get(place, ()), index)
        return found

    @cached_property
    def sections_with_precedents(self) -> frozenset[int]:
        """The indices of the sections whose examples are marked GOOD or BAD."""
        return frozenset(
            before + found.section for p, before in self._sections_before() for found in precedents_of(self.document.parts[p])
        )

    def _sections_before(self) -> Iterator[tuple[int, int]]:
        """Each part, and what is to be added to a count of headings in it to get the index of a section."""
        before = -1 if self.document.sections and self.document.sections[0].heading is not None else 0
        for p, part in enumerate(self.document.parts):
            yield p, before
            before += len(part.headings)


@kept
def precedents_of(part: Part) -> tuple[Precedent, ...]:
    """The precedents of a part, relative to it; `section` counts its headings."""
    found: list[Precedent] = []
    section, title = 0, ""
    for block in part.blocks:
        if block.heading is not None:
            section, title = section + 1, ""
        elif block.content is not None:
            text = part.text[block.content.start : block.content.end]
            if "<!--" in text:
                found.extend(precedents_in(text, block.content.start, title, section))
        elif block.commentary and block.prose:
            title = block.text.partition(":")[2].strip() or title
    return tuple(found)
