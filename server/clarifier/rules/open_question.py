"""Open question: a place that the author has marked as not yet decided.

A reader cannot follow what is still to be decided, and a model will decide it for itself.

Bad:  The retention period is TBD.
Bad:  The server must log in the user [NEEDS CLARIFICATION: for how long?].
Good: The server must keep each log for 30 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Severity, passage_rule
from clarifier.syntax.document import Passage
from clarifier.text.source import Span

_MARKER = re.compile(r"\[NEEDS CLARIFICATION(?::\s*+(?P<asked>[^\]]*+))?\]|\b(?:TBD|TBC|TODO|FIXME|XXX)\b|\?\?\?+")


@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def open_question(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every marker of something undecided."""
    if passage.commentary:
        return
    for index, sentence in enumerate(passage.sentences):
        for found in _MARKER.finditer(sentence.text):
            span = Span(found.start(), found.end())
            if not sentence.in_code(span):
                asked = (found["asked"] or "").strip()
                yield Hit(
                    index,
                    span,
                    f"“{found[0]}” marks a decision that is still open.",
                    asked or "What has been decided here?",
                    weight=0.9,
                )
