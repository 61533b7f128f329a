"""Whether a document says how its keywords bind, and where it leaves that open."""

from __future__ import annotations

import re

from clarifier.semantics.kept import kept
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Passage, Passages

_CONVENTION = re.compile(
    r"RFC\s?-?\s?(?:2119|8174)|BCP\s?-?\s?14|ISO/IEC Directives|(?:the )?(?:key\s?)?words?\W{1,3}should\b|[\"“‘'*_`]should[\"”’'*_`]+\s+(?:means?|is|are|denotes?|indicates?|expresses|marks|stands|refers)|\bshould\W+(?:means|denotes|indicates|expresses)\b",
    re.IGNORECASE,
)
_SHOULD = re.compile(r"\b[Ss]hould\b")
_BINDING = re.compile(r"\b(?:[Mm]ust|[Ss]hall)\b")
# Keywords in capitals are those of RFC 2119, whether the text says so or not.
_CAPITALS = re.compile(r"\b(?:SHOULD|RECOMMENDED)\b")


@kept
def _counts(passage: Passage) -> tuple[int, int, bool]:
    """How often a passage obliges by "should", how often by "must" or "shall", and whether it states a convention."""
    texts = [s.text for s, normative in zip(passage.sentences, passage.normative, strict=True) if normative]
    convention = any(_CONVENTION.search(s.text) or _CAPITALS.search(s.text) for s in passage.sentences)
    return sum(len(_SHOULD.findall(t)) for t in texts), sum(len(_BINDING.findall(t)) for t in texts), convention


@kept
def undecided_should(specification: Specification) -> tuple[Passage, int] | None:
    """The passage of the first "should" in a document that uses it beside "must" or "shall" and nowhere says whether it binds.

    With the number of duties in "must" or "shall"; None if the document decides it, or hardly uses one of them.
    """
    parts = [_counts_in(part) for part in specification.passages]
    if any(convention for *_, convention in parts):
        return None
    first = next((passage for passage, *_ in parts if passage is not None), None)
    soft, hard = sum(shoulds for _, shoulds, _, _ in parts), sum(duties for _, _, duties, _ in parts)
    return (first, hard) if first is not None and soft >= 3 and hard >= 3 else None


@kept
def _counts_in(part: Passages) -> tuple[Passage | None, int, int, bool]:
    """The first passage of a part that obliges by "should", and the counts of all of them together."""
    found = [(passage, *_counts(passage)) for passage in part if passage is not None]
    first = next((passage for passage, shoulds, _, _ in found if shoulds), None)
    return first, sum(f[1] for f in found), sum(f[2] for f in found), any(f[3] for f in found)
