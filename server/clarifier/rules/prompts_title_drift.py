"""Prompts title drift: the head line of a prompt file names a title that its clause no longer stands under.

The clause was moved or its section renamed. Perhaps only the title is old, but the prompts may test what the clause said
then. The finding stands at the title in the prompt file; letter case, markup and the shape of quotation marks do not count.

Bad:  examples/ab12.md begins “Examples for [^ab12] in Be honest:”, and [^ab12] stands under “# Do not lie”.
Good: examples/ab12.md begins “Examples for [^ab12] in Do not lie:”, and [^ab12] stands under “# Do not lie”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from clarifier.rules._rule import Group, Related, Severity, Spot, document_rule
from clarifier.semantics.kept import carried
from clarifier.semantics.prompting import prompt_files
from clarifier.semantics.specification import Specification
from clarifier.syntax.prompts import PromptFile

_MARKUP = re.compile(r"[*_`]+|\{[^{}]*\}\s*$")
_QUOTES = str.maketrans("‘’“”", "''\"\"")


@document_rule(Group.PROMPTS, Severity.WARNING)
def prompts_title_drift(specification: Specification) -> Iterator[Spot]:
    """Yield a spot, in the prompt file, for every head line whose title is not that of the clause's section."""
    sections = specification.document.sections
    for file, index in _drifted(specification):
        title, heading = sections[index].title, sections[index].heading_span
        if file.head_title_span is not None:
            yield Spot(
                file.head_title_span,
                f"The head line says “{file.head_title}”, but “{file.id}” stands under “{title}”.",
                related=(Related(specification.path, heading, f"“{file.id}” stands under this heading."),),
                weight=0.3,
                clause=file.id,
                path=file.path,
                data=(("clause", file.id), ("title", title)),
            )


Facts = tuple[tuple[PromptFile, ...], list[tuple[str, int, str]]]


def _facts(specification: Specification) -> Facts:
    """The prompt files, and the clauses under headings: of each its ID and the index and title of its section."""
    sections = specification.document.sections
    titled = [(c.id, c.section, sections[c.section].title) for c in specification.document.clauses]
    return prompt_files(specification), titled


@carried(_facts)
def _drifted(facts: Facts) -> tuple[tuple[PromptFile, int], ...]:
    """The files that name another title than that of any section in which their clause stands, and the first of these."""
    files, clauses = facts
    under: dict[str, list[tuple[int, str]]] = {}
    for name, section, title in clauses:
        if title:
            under.setdefault(name, []).append((section, title))
    return tuple(
        (file, under[file.id][0][0])
        for file in files
        if file.id in under and file.head_title is not None
        if plain(file.head_title) not in {plain(title) for _, title in under[file.id]}
    )


@lru_cache(maxsize=4096)
def plain(title: str) -> str:
    """A title as it is compared."""
    return " ".join(_MARKUP.sub("", title).translate(_QUOTES).split()).casefold()
