"""Statements: sentences that oblige, permit, forbid or define, read so that two of them can be compared.

A list item that goes on where its lead breaks off ("The server MUST:") is read as one sentence with it, a cell of a table with
the case that its row states. Statements hold no position in the document: spans are those of the sentence's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from clarifier.semantics.bases import Basis, bases
from clarifier.semantics.entries import entry
from clarifier.semantics.fields import Field, fields
from clarifier.semantics.glossary import definitions, key
from clarifier.semantics.kept import kept
from clarifier.semantics.norms import Norm, norms
from clarifier.semantics.opposites import topics
from clarifier.semantics.pieces import CONTENT, Piece, Role, Sort, pieces
from clarifier.semantics.roots import root
from clarifier.syntax.document import BlockKind, Passage
from clarifier.syntax.prose import MarkKind
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


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
    field: Field | None = None  # the entry of a table or list that it speaks of
    entry: str = ""  # the function, option or endpoint that its section describes

    def __hash__(self) -> int:
        return hash((self.sentence, self.text))

    @cached_property
    def content(self) -> tuple[Piece, ...]:
        """The pieces that carry meaning of their own."""
        return tuple(p for p in self.pieces if p.sort in (Sort.CONTENT, Sort.NUMBER))

    @cached_property
    def topics(self) -> tuple[frozenset[str], ...]:
        """What each of its words is found by; one entry for words of one root."""
        roots = dict.fromkeys(p.root for p in self.pieces if p.sort is Sort.CONTENT and p.root not in GENERIC)
        named = [f"§{term}" for term, _ in self.defines]
        if self.field is not None:
            named.append(f"§{self.field.owner}#{self.field.name}")
        return (*map(topics, roots), *(frozenset({name}) for name in named))

    @cached_property
    def keys(self) -> frozenset[str]:
        """All that an index finds the statement by."""
        return frozenset().union(*self.topics)

    def shared(self, other: Statement) -> int:
        """How many of its words the other statement speaks of too, or says the opposite of."""
        keys = other.keys
        return len([topic for topic in self.topics if not keys.isdisjoint(topic)])

    @property
    def commanded(self) -> bool:
        """Whether it is a command, read as what "you must" do."""
        return self.led.startswith("You must ")

    def names(self, other: Statement) -> bool:
        """Whether both define one term, or speak of one field."""
        return any(name.startswith("§") for name in self.keys & other.keys)

    @cached_property
    def only(self) -> Piece | None:
        """The word that makes it exclusive; in a condition only where it makes the condition the only one."""
        limits = {c.only.start - self.shift for n in self.norms for c in n.conditions if c.only is not None}
        own = (p for p in self.pieces if p.sort is Sort.ONLY)
        return next((p for p in own if p.role is not Role.CONDITION or (p.span and p.span.start in limits)), None)

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
                repr(self.field),
                self.entry,
            )
        )

    def place(self, span: Span) -> Span:
        """A span of a norm in the sentence's own text, cut off where the lead ends."""
        return Span(max(0, span.start - self.shift), max(0, span.end - self.shift))


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


_GLOSSARY = re.compile(r"\b(?:definitions?|terminology|glossary|terms|abbreviations?|acronyms?)\b", re.IGNORECASE)
_APART = re.compile(
    r"(?:otherwise|instead|however|if (?:not|so)|in (?:this|that|such|these|those|either|the former|the latter) cases?|then|else|for (?:example|instance)|e\.g\.)\b",
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
    entries = dict(fields(passage))
    for index, sentence in enumerate(passage.sentences):
        terms = tuple(defined.get(index, ()))
        if not passage.normative[index] and not terms and index not in entries:
            continue
        read, shift = sentence, 0
        fuller = passage.reread[index] if passage.reread else None
        if fuller is not None and fuller.words:
            read, shift = fuller, len(fuller.text) - len(sentence.text)
        if read.words and not _is_code(sentence):
            yield replace(_statement(passage, index, read, shift, terms), field=entries.get(index))


def _is_code(sentence: Sentence) -> bool:
    """Whether all of a sentence is one code span: a name in a list."""
    return any(m.kind is MarkKind.CODE and len(m.span) >= len(sentence.text.rstrip(" .,;:")) for m in sentence.marks)


def _statement(passage: Passage, index: int, read: Sentence, shift: int, terms: tuple[tuple[str, str], ...]) -> Statement:
    found = norms(read) if passage.normative[index] else ()
    case: frozenset[str] = frozenset()
    if passage.kind is BlockKind.ROW and passage.cells and passage.cells[index] > 0:
        first = next((s for s, c in zip(passage.sentences, passage.cells, strict=True) if c == 0), None)
        if first is not None:
            case = frozenset(root(w.lemma) for w in first.words if w.pos in CONTENT) or frozenset(
                root(w) for w in first.text.split()
            )
    limits = tuple(c for n in found for c in n.conditions)
    text = passage.sentences[index].text
    return Statement(
        index,
        text,
        tuple(pieces(read, found, limits, shift)),
        found,
        shift,
        case,
        terms,
        passage.normative[index],
        _APART.match(text) is not None or text.rstrip().endswith(":") or _is_excepted(passage),
        read.text if shift else "",
        passage.lead.text if passage.lead is not None else "",
        _GLOSSARY.search(passage.title) is not None,
        _context(passage, index, read),
        bases(read) if passage.normative[index] else (),
        None,
        entry(passage.path),
    )


def _is_idle(read: Sentence, word: Word) -> bool:
    """Whether "it" only opens the sentence: "it is possible to merge accounts"."""
    below = read.children[read.head(word).index]
    said = next((c for c in below if c.dep == "acomp"), None)
    return word.lower == "it" and said is not None and any(c.dep == "xcomp" for c in (*below, *read.children[said.index]))


def _is_excepted(passage: Passage) -> bool:
    """Whether a list is one of exceptions, so that its items hold against what its lead says."""
    return passage.lead is not None and re.search(r"\bexcept(?:ions?)?\b", passage.lead.text, re.IGNORECASE) is not None


def _context(passage: Passage, index: int, read: Sentence) -> str:
    """What a statement that does not stand alone refers to: the item around it, or the sentence before it."""
    if passage.named:
        return ""
    pointing = any(
        (w.lower in ("above", "aforementioned", "foregoing", "preceding") and w.dep in ("amod", "det", "compound", "advmod"))
        or (
            w.lower in ("this", "these", "that", "those", "such")
            and w.tag != "WDT"
            and w.dep in ("det", "nsubj", "nsubjpass", "predet", "amod")
        )
        or (w.lower in ("it", "they", "its", "their") and w.dep in ("nsubj", "nsubjpass") and w.index < 4 and not _is_idle(read, w))
        or w.lower == "here"
        for w in read.words
    )
    before = passage.preceding(index) if pointing else None
    named = before.text if before is not None else passage.path if pointing else ""
    return " / ".join((passage.context, named))
