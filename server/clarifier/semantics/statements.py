"""Statements: sentences that oblige, permit, forbid or define, read so that two of them can be compared.

A list item that goes on where its lead breaks off ("The server MUST:") is read as one sentence with it, a cell of a table with
the case that its row states. Statements hold no position in the document: spans are those of the sentence's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from clarifier.semantics.bases import Basis, bases
from clarifier.semantics.conditions import Condition
from clarifier.semantics.glossary import definitions, key
from clarifier.semantics.kept import kept
from clarifier.semantics.norms import Norm, norms
from clarifier.semantics.opposites import topic
from clarifier.semantics.roots import root
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import BlockKind, Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


class Role(StrEnum):
    """Where in a statement a piece stands."""

    BEARER = "bearer"
    CONDITION = "condition"
    MATTER = "matter"


class Sort(StrEnum):
    """What a piece does."""

    MODAL = "modal"
    NEGATION = "negation"
    ONLY = "only"
    QUANTIFIER = "quantifier"
    NUMBER = "number"
    OPERATOR = "operator"
    CONTENT = "content"
    FUNCTION = "function"


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a statement: what it is compared by, and where it stands; no span in what the lead says."""

    text: str
    root: str
    sort: Sort
    role: Role
    pos: str
    span: Span | None
    list: int = -1  # the index of the first word of the coordination that it belongs to


@dataclass(frozen=True)
class Statement:
    """A sentence as it is compared with others. `norms` is empty where the grammar shows none.

    `sentence` is its index in the passage, `shift` what its spans are behind those of the norms by, `case` the case of its row.
    """

    sentence: int
    text: str
    pieces: tuple[Piece, ...]
    norms: tuple[Norm, ...]
    shift: int = 0
    case: frozenset[str] = frozenset()
    defines: tuple[tuple[str, str], ...] = ()
    normative: bool = True
    apart: bool = False  # it opens with "otherwise" or the like: when it holds is said elsewhere
    led: str = ""
    lead: str = ""  # what introduces the list that it stands in
    glossary: bool = False  # it stands under a heading such as "Definitions"
    context: str = ""  # what it depends on, if it speaks of "this" or stands inside an item
    bases: tuple[Basis, ...] = ()  # what it makes something depend on, or not

    def __hash__(self) -> int:
        return hash((self.sentence, self.text))

    @cached_property
    def content(self) -> tuple[Piece, ...]:
        """The pieces that carry meaning of their own."""
        return tuple(p for p in self.pieces if p.sort in (Sort.CONTENT, Sort.NUMBER))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What an index finds the statement by: synonyms and antonyms share a key."""
        found = {topic(p.root) for p in self.pieces if p.sort is Sort.CONTENT and p.root not in GENERIC}
        return frozenset({*found, *(f"§{term}" for term, _ in self.defines)})

    @cached_property
    def only(self) -> Piece | None:
        """The word that makes it exclusive."""
        return next((p for p in self.pieces if p.sort is Sort.ONLY), None)

    @cached_property
    def said(self) -> str:
        """All that a comparison can see of it, as text."""
        return "\0".join(
            (
                self.led,
                self.text,
                " ".join(sorted(self.case)),
                str(self.sentence),
                self.context,
                self.lead,
                *(f"{t}={d}" for t, d in self.defines),
                str(self.normative),
                str(self.glossary),
            )
        )

    def place(self, span: Span) -> Span:
        """A span of a norm in the sentence's own text, cut off where the lead ends."""
        return Span(max(0, span.start - self.shift), max(0, span.end - self.shift))


_NEGATIONS = words("not n't never no neither nor cannot n’t without")
_ONLY = words("only exclusively solely")
TOTAL = words("all every each any whole entire everything everyone always")
PARTIAL = words("some most few several many certain sometimes partial occasionally")
_MODALS = words("must shall should may might can could will would ought")
_OPERATORS = words("< > <= >= ≤ ≥ = == !=")
_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "X", "ADV", "SYM")
_IDLE = words(
    "be have do also then very such own there here so as just however otherwise please able strictly given when where how why if"
)
GENERIC = frozenset(
    root(w)
    for w in (
        "system",
        "application",
        "product",
        "platform",
        "software",
        "provide",
        "ability",
        "allow",
        "support",
        "include",
        "use",
        "user",
        "ensure",
        "require",
        "permit",
        "enable",
        "need",
    )
)


# Numbers and marks of priority that stand before a sentence name it and say nothing: "5.2.2.61 The call", "(M) The archive".
_LABEL = re.compile(r"(?:\(?[A-Z]{1,3}\)\s*)?(?:\d+(?:\.\d+)+\w*\.?\s+)?")
_GLOSSARY = re.compile(r"\b(?:definitions?|terminology|glossary|terms|abbreviations?|acronyms?)\b", re.IGNORECASE)
_APART = re.compile(
    r"(?:otherwise|instead|however|in (?:this|that|such|these|those|either|the former|the latter) cases?|then|else|for (?:example|instance)|e\.g\.)\b",
    re.IGNORECASE,
)


@kept
def statements(passage: Passage) -> tuple[Statement, ...]:
    """The statements of a passage, in order. Without words there are none."""
    if passage.commentary:
        return ()
    return tuple(_of(passage))


def _of(passage: Passage) -> Iterator[Statement]:
    defined: dict[int, list[tuple[str, str]]] = {}
    for d in definitions(passage):
        defined.setdefault(d.sentence, []).append((key(d.term), d.definition))
    for index, sentence in enumerate(passage.sentences):
        terms = tuple(defined.get(index, ()))
        if not passage.normative[index] and not terms:
            continue
        read, shift = sentence, 0
        fuller = passage.reread[index] if passage.reread else None
        if fuller is not None and fuller.words:
            read, shift = fuller, len(fuller.text) - len(sentence.text)
        if not read.words:
            continue
        yield _statement(passage, index, read, shift, terms)


def _statement(passage: Passage, index: int, read: Sentence, shift: int, terms: tuple[tuple[str, str], ...]) -> Statement:
    found = norms(read) if passage.normative[index] else ()
    case: frozenset[str] = frozenset()
    if passage.kind is BlockKind.ROW and passage.cells and passage.cells[index] > 0:
        first = next((s for s, c in zip(passage.sentences, passage.cells, strict=True) if c == 0), None)
        if first is not None:
            case = frozenset(root(w.lemma) for w in first.words if w.pos in _CONTENT) or frozenset(
                root(w) for w in first.text.split()
            )
    limits = tuple(c for n in found for c in n.conditions)
    text = passage.sentences[index].text
    return Statement(
        index,
        text,
        tuple(_pieces(read, found, limits, shift)),
        found,
        shift,
        case,
        terms,
        passage.normative[index],
        _APART.match(text) is not None or text.rstrip().endswith(":"),
        read.text if shift else "",
        passage.lead.text if passage.lead is not None else "",
        _GLOSSARY.search(passage.title) is not None,
        _context(passage, index, read),
        bases(read) if passage.normative[index] else (),
    )


def _context(passage: Passage, index: int, read: Sentence) -> str:
    """What a statement that does not stand alone refers to: the item around it, or the sentence before it."""
    if passage.named:
        return ""
    pointing = any(
        (w.lower in ("this", "these", "that", "those", "such") and w.dep in ("det", "nsubj", "nsubjpass", "predet", "amod"))
        or (w.lower in ("it", "they", "its", "their") and w.dep in ("nsubj", "nsubjpass") and w.index < 4)
        or w.lower == "here"
        for w in read.words
    )
    before = passage.preceding(index) if pointing else None
    return " / ".join((passage.context, before.text if before is not None else ""))


def _pieces(read: Sentence, found: tuple[Norm, ...], limits: tuple[Condition, ...], shift: int) -> Iterator[Piece]:
    inside = {i for c in limits for i in c.indices}
    bearers = [n.bearer.span for n in found if n.bearer is not None]
    if found and read.words:
        # The subject of the sentence is the topic also where it is what something is done to.
        subject = next((w for w in read.words if w.dep in ("nsubj", "nsubjpass") and w.index not in inside), None)
        if subject is not None:
            bearers.append(read.extent(subject))
    lists = _lists(read)
    first = next((w.index for w in read.words if w.pos in ("VERB", "AUX")), 0)
    label = _LABEL.match(read.text)
    named = label.end() if label and not shift else 0
    for word in read.words:
        code = read.in_code(word.span)
        if (word.pos in ("PUNCT", "SPACE") and word.text not in _OPERATORS and not code) or word.span.end <= named:
            continue
        role = (
            Role.BEARER
            if code and word.index < first
            else Role.CONDITION
            if word.index in inside
            else Role.BEARER
            if any(b.covers(word.span) for b in bearers)
            else Role.MATTER
        )
        span = Span(word.span.start - shift, word.span.end - shift) if word.span.start >= shift else None
        yield Piece(
            word.text,
            root(word.lemma) if word.text.isalnum() else word.text.lower(),
            Sort.CONTENT if code and word.pos in ("PUNCT", "SYM") else _sort(word),
            role,
            word.pos,
            span,
            lists.get(word.index, -1),
        )


def _lists(read: Sentence) -> dict[int, int]:
    """The words in coordinated phrases, each with the first head of its coordination."""
    found: dict[int, int] = {}
    for word in read.words:
        if word.dep == "conj":
            first = word
            while first.dep == "conj" and first.head != first.index:
                first = read.head(first)
            if first.pos not in ("VERB", "AUX") and len(read.subtree(first)) < 40:
                found.update({w.index: first.index for w in read.subtree(first)})
    return found


def _sort(word: Word) -> Sort:
    lower = word.lower
    if word.tag == "MD" or (lower in _MODALS and word.dep == "aux"):
        return Sort.MODAL
    if lower in _NEGATIONS or (word.lemma in ("fail", "lack") and word.pos == "VERB"):
        return Sort.NEGATION
    if lower in _ONLY:
        return Sort.ONLY
    if lower in TOTAL or lower in PARTIAL:
        return Sort.QUANTIFIER
    if word.text in _OPERATORS:
        return Sort.OPERATOR
    if (
        word.tag == "CD"
        or (any(c.isdigit() for c in lower) and lower[0].isdigit())
        or lower in ("once", "twice", "single", "infinite", "unlimited")
    ):
        return Sort.NUMBER
    if (
        word.pos in _CONTENT and lower not in _IDLE and word.lemma not in _IDLE and word.dep not in ("aux", "auxpass", "mark")
    ) or word.lemma in ("before", "after", "until", "unless"):
        return Sort.CONTENT
    return Sort.FUNCTION
