"""Compound clause: several independent duties under one ID.

A clause that binds two parties, or asks for two deeds that have nothing to do with each other, cannot be passed or failed
as one, cannot be amended alone, and a prompt that tests it does not say what failed. A list of objects of one duty is one duty.

Bad:  **FR-1**: The server must encrypt the backup, and the client must show the status of the last backup.
Good: **FR-1**: The server must encrypt the backup, the index and the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.rules._rule import Group, Severity, Spot, document_rule
from clarifier.semantics.actors import DUTY, key_of, modal_of, subject_of
from clarifier.semantics.kept import kept
from clarifier.semantics.specification import Address, Specification
from clarifier.syntax.document import IdStyle, Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


@dataclass(frozen=True, slots=True)
class _Compound:
    sentence: int
    span: Span
    bearers: int
    pieces: tuple[str, ...]


@document_rule(Group.AMBIGUITY, Severity.INFORMATION)
def compound_clause(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for every sentence of a named clause that puts together duties of its own."""
    for clause in specification.document.clauses:
        if clause.style is IdStyle.HEADING:
            continue
        for p, b in clause.blocks:
            passage = specification.passages[p][b]
            for found in _compounds(passage) if passage is not None else ():
                span = specification.place(Address(p, b, found.sentence), found.span)
                if span.start < clause.span.end and clause.span.start < span.end:
                    yield _spot(clause.id, span, found)


def _spot(clause: str, span: Span, found: _Compound) -> Spot:
    count = len(found.pieces)
    split = "; ".join(f"({n}) {piece}" for n, piece in enumerate(found.pieces, 1))
    who = f" of {found.bearers} bearers" if found.bearers > 1 else ""
    message = f"{clause} puts {count} duties{who} under one ID: {split}."
    return Spot(span, message, f"Should each of these be a clause of its own: {split}?", (), (), None, 0.4 if found.bearers > 1 else 0.3, clause)


@kept
def _compounds(passage: Passage) -> tuple[_Compound, ...]:
    if passage.commentary:
        return ()
    found = (_compound(i, s) for i, s in enumerate(passage.sentences) if passage.normative[i] and s.words)
    return tuple(c for c in found if c is not None)


def _compound(index: int, sentence: Sentence) -> _Compound | None:
    for root in sentence.roots:
        verbs = [root, *_joined(sentence, root)]
        duties = [v for v in verbs if (m := modal_of(sentence, v)) is not None and m.lower in DUTY]
        duties = [v for v in duties if not _is_aside(sentence, v)]
        bearers = {key_of(sentence, s) for v in duties if (s := subject_of(sentence, v)) is not None and s.dep == "nsubj" and s.pos != "PRON"}
        own = [v for v in duties if any(c.dep == "aux" and c.lower in DUTY for c in sentence.children[v.index]) and not _is_aside(sentence, v)]
        if len(own) < 2 or (len(own) < 3 and len(bearers) < 2):
            continue
        return _Compound(index, sentence.extent(root), len(bearers), tuple(_piece(sentence, v, own) for v in own))
    return None


def _joined(sentence: Sentence, verb: Word) -> Iterator[Word]:
    for child in sentence.children[verb.index]:
        if child.dep in ("conj", "ccomp") and child.pos in ("VERB", "AUX"):
            yield child
            yield from _joined(sentence, child)


def _is_aside(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb stands in brackets, in quotes or in a question, so that it says no duty of its own."""
    before = sentence.text[: verb.span.start]
    if before.count("(") > before.count(")") or before.count("“") > before.count("”") or before.count('"') % 2:
        return True
    modal, subject = modal_of(sentence, verb), subject_of(sentence, verb)
    return modal is not None and subject is not None and modal.index < subject.index < verb.index


def _piece(sentence: Sentence, verb: Word, verbs: list[Word]) -> str:
    """The words of one duty: what hangs on its verb but not on the other verbs."""
    others = {w.index for v in verbs if v.index != verb.index and v.index > verb.index for w in sentence.subtree(v)}
    words = [w for w in sentence.subtree(verb) if w.index not in others and w.dep != "punct"]
    while words and words[-1].dep == "cc":
        words.pop()
    return sentence.slice(Span(words[0].span.start, words[-1].span.end)) if words else verb.text
