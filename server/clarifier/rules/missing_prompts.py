"""Missing prompts: a clause that no prompt tests.

What a clause asks of a model, or of a reader, is seen only where it is put to the test; a clause without prompts can be
misread for years. The prompts of a clause lie in `examples/<id>.md` or another folder that `[prompts] dirs` names.

It is a warning where there are prompts for other clauses or the IDs are footnote references, and a hint where the
specification has no folder of prompts yet.

Bad:  The assistant must not lie[^ab12]. (There is no examples/ab12.md.)
Good: The assistant must not lie[^cd34]. (There is examples/cd34.md.)
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Severity, Spot, document_rule
from clarifier.semantics.prompting import tested_ids
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import IdStyle


@document_rule(Group.PROMPTS, Severity.WARNING)
def missing_prompts(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for every clause ID without a prompt file."""
    around = specification.surroundings
    tested = tested_ids(specification)
    has_folder = bool(around.prompt_dirs or around.prompts)
    seen: set[str] = set()
    for clause in specification.document.clauses:
        if clause.id not in tested and clause.id not in seen:
            expected = has_folder or clause.style is IdStyle.FOOTNOTE
            yield Spot(
                clause.mark.name_span,
                f"No prompts test the clause “{clause.id}”.",
                severity=Severity.WARNING if expected else Severity.HINT,
                weight=0.3,
                clause=clause.id,
                data=(("clause", clause.id),),
            )
        seen.add(clause.id)
