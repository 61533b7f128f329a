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
from clarifier.semantics.prompting import prompt_files
from clarifier.semantics.specification import Specification

_MARKUP = re.compile(r"[*_`]+|\{[^{}]*\}\s*$")
_QUOTES = str.maketrans("‘’“”", "''\"\"")


@document_rule(Group.PROMPTS, Severity.WARNING)
def prompts_title_drift(specification: Specification) -> Iterator[Spot]:
    """Yield a spot, in the prompt file, for every head line whose title is not that of the clause's section."""
    document = specification.document
    sections: dict[str, list[int]] = {}
    for clause in document.clauses:
        sections.setdefault(clause.id, []).append(clause.section)
    for file in prompt_files(specification):
        titled = [document.sections[index] for index in sections.get(file.id, ()) if document.sections[index].title]
        if not titled or file.head_title_span is None or file.head_title is None:
            continue
        if plain(file.head_title) not in {plain(section.title) for section in titled}:
            title, heading = titled[0].title, titled[0].heading_span
            yield Spot(
                file.head_title_span,
                f"The head line says “{file.head_title}”, but “{file.id}” stands under “{title}”.",
                related=(Related(specification.path, heading, f"“{file.id}” stands under this heading."),),
                weight=0.3,
                clause=file.id,
                path=file.path,
                data=(("clause", file.id), ("title", title)),
            )


@lru_cache(maxsize=4096)
def plain(title: str) -> str:
    """A title as it is compared."""
    return " ".join(_MARKUP.sub("", title).translate(_QUOTES).split()).casefold()
