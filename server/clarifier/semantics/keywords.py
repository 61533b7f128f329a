"""Whether a document says how its keywords bind, and where it leaves that open."""

from __future__ import annotations

import re

from clarifier.semantics.kept import kept
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import Passage

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
    first: Passage | None = None
    soft = hard = 0
    for part in specification.passages:
        for passage in part:
            if passage is None:
                continue
            shoulds, duties, convention = _counts(passage)
            if convention:
                return None
            if shoulds and first is None:
                first = passage
            soft, hard = soft + shoulds, hard + duties
    return (first, hard) if first is not None and soft >= 3 and hard >= 3 else None
