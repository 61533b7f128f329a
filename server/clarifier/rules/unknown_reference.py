"""Unknown reference: a link to a clause, a section or a file that is not there.

A reader who follows it arrives nowhere, and a precedent that names such a clause settles nothing.

Looked at are links within the document (`[text](#id)`: clause IDs, headings by their ID or title, HTML anchors), the clause
that a precedent names (`BAD[#id]`), and relative links to files; links to other sites are not followed.

Bad:  # Sign-in {#sign_in} … See [the rules](#sing_in).
Good: # Sign-in {#sign_in} … See [the rules](#sign_in).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from clarifier.rules._rule import Group, Reading, Severity, Spot, document_rule
from clarifier.semantics.references import anchors, known, loose_anchors, offered, references
from clarifier.semantics.specification import Specification


@document_rule(Group.IDENTITY, Severity.ERROR)
def unknown_reference(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for every reference that leads nowhere."""
    names, loose = anchors(specification), loose_anchors(specification)
    for reference in references(specification):
        if reference.is_file:
            if reference.name in specification.surroundings.missing_files:
                yield Spot(reference.span, f"The link leads to “{reference.name}”, but there is no such file.", weight=0.6)
        elif not known(reference.name, names, loose):
            near = [] if reference.by_label else get_close_matches(reference.name, sorted(offered(specification)), n=3, cutoff=0.6)
            yield Spot(
                reference.span,
                f"“#{reference.name}” names no clause and no section of this document.",
                "Which clause or section is meant?" if near else None,
                tuple(Reading(f"“{name}” is meant", name) for name in near),
                weight=0.7,
            )
