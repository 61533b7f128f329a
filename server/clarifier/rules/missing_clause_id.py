"""Missing clause ID: text that obliges, but that nothing can refer to.

A clause without an ID can have no prompts, no precedent can be decided by it, and a change of it cannot be told from a
new clause.

Where IDs are footnote references (`…[^ab12].`) or stand on headings (`{#id}`), one in each section with normative text is
asked for; where they are labels (`**FR-001**:`) or rules (`r[auth.login]`), one for each normative block. It is a warning
where the text obliges or forbids beside clauses that have IDs, and information where it merely permits, or where nothing
in the section has an ID. A document in which fewer than one normative block in ten is named gets one hint for the whole,
and none of these. `clarifier ids --write` gives the missing IDs.

Bad:  The client must sign each request[^a1b2]. … ## Storage … The server must keep each log for 30 days.
Good: The client must sign each request[^a1b2]. … ## Storage … The server must keep each log for 30 days[^c3d4].
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Severity, Spot, document_rule
from clarifier.semantics.identity import Unnamed, names_clauses, style_of, unnamed
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import IdStyle


@document_rule(Group.IDENTITY, Severity.WARNING)
def missing_clause_id(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for each section or block whose duties no ID names, or one for a document that names none."""
    missing = list(unnamed(specification))
    if not missing:
        return
    if not names_clauses(specification):
        duties = [u for u in missing if u.duty]
        if duties:
            yield Spot(
                duties[0].span,
                f"{_count(len(duties), 'part')} of this document {'states' if len(duties) == 1 else 'state'} duties without a clause ID; `clarifier ids --write` gives them IDs.",
                severity=Severity.HINT,
                weight=0.1,
                data=(("scope", "document"),),
            )
        return
    whole = style_of(specification.document) in (IdStyle.FOOTNOTE, IdStyle.HEADING)
    for place in missing:
        yield Spot(
            place.span,
            _message(specification, place, whole),
            severity=Severity.WARNING if place.duty and place.near else Severity.INFORMATION,
            weight=0.2,
        )


def _message(specification: Specification, place: Unnamed, whole: bool) -> str:
    title = specification.document.sections[place.section].title
    if whole and title:
        return f"“{title}” {'states duties' if place.duty else 'says what may or will be'}, but nothing in it has a clause ID."
    return (
        "This states a duty, but it has no clause ID." if place.duty else "This says what may or will be, but it has no clause ID."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
