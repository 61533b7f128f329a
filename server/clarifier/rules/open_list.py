"""Open list: a list that does not say where it ends.

Two readers will close it in two ways, and both will be right. In a description examples do no harm; in the list that
a duty speaks of they do.

Bad:  The service must accept PNG, JPEG, etc.
Bad:  The service must reject formats such as TIFF and BMP.
Good: The service must accept PNG and JPEG, and reject every other format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Severity, passage_rule
from clarifier.rules._vague import graded, word_at
from clarifier.semantics.roles import Force, Place, force, place
from clarifier.syntax.document import Passage
from clarifier.text.source import Span

_OPEN = re.compile(r"\betc\b\.?|\band so (?:on|forth)\b|\band the like\b|\bor the like\b|\band (?:similar|others|more)\b(?=[.,;]|$)|\bor similar\b|\bamong(?:st)? others\b|\bincluding,? but not limited to\b", re.IGNORECASE)
_EXAMPLES = re.compile(r"\bsuch as\b|\bfor example\b|\be\.g\.|\bfor instance\b", re.IGNORECASE)


@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def open_list(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every phrase that leaves the list of a duty open."""
    if passage.commentary:
        return
    for index, sentence in enumerate(passage.sentences):
        if not passage.normative[index] or not sentence.words:
            continue
        for pattern in (_OPEN, _EXAMPLES):
            for found in pattern.finditer(sentence.text):
                span = Span(found.start(), found.end())
                word = word_at(passage, index, *found.span())
                if word is None or sentence.in_code(span):
                    continue
                if pattern is _EXAMPLES and (force(passage, index, word) is not Force.DUTY or place(sentence, word) in (Place.PURPOSE, Place.CONDITION)):
                    continue
                severity, weight = graded(passage, index, word, pattern is _OPEN)
                if pattern is _OPEN and severity is Severity.HINT:
                    severity = Severity.INFORMATION
                if pattern is _EXAMPLES:
                    severity = Severity.INFORMATION
                yield Hit(index, span, f"“{found[0]}” does not say what else belongs to the list.", "Is the list complete; if not, what else belongs to it?", (), severity, weight)
