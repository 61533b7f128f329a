"""Orphan prompts: a file of prompts for a clause that is not there.

The clause was removed or renamed, and its prompts were left behind; they test nothing any more, or the wrong thing. The
finding stands in the prompt file. Files that belong to another specification beside this one are left alone.

Bad:  examples/zz99.md, where no clause has the ID zz99.
Good: examples/ab12.md, where a sentence ends in [^ab12].
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Severity, Spot, document_rule
from clarifier.semantics.prompting import prompt_files
from clarifier.semantics.specification import Specification
from clarifier.text.source import Span


@document_rule(Group.PROMPTS, Severity.WARNING)
def orphan_prompts(specification: Specification) -> Iterator[Spot]:
    """Yield a spot, in the prompt file, for every file that no clause of this or a neighbouring specification owns."""
    named = {clause.id for clause in specification.document.clauses} | specification.surroundings.external_ids
    if not specification.document.clauses:
        # A text without clauses cannot own prompts: they belong to another document of the folder.
        return
    for file in prompt_files(specification):
        if file.id not in named:
            span = file.head_id_span or Span(0, len(file.source.line_text(0)))
            yield Spot(
                span,
                f"No clause has the ID “{file.id}”, so these prompts test nothing.",
                weight=0.3,
                clause=file.id,
                path=file.path,
                data=(("file", file.path),),
            )
