"""Compound clause: several independent duties under one ID.

A clause that binds two parties, or asks for two deeds that have nothing to do with each other, cannot be passed or failed
as one, cannot be amended alone, and a prompt that tests it does not say what failed. A list of objects of one duty is one duty.

Bad:  **FR-1**: The server must encrypt the backup, and the client must show the status of the last backup.
Good: **FR-1**: The server must encrypt the backup, the index and the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clarifier.rules._rule import Group, Reading, Severity, Spot, document_rule
from clarifier.semantics.actors import DUTY, key_of, modal_of, subject_of
from clarifier.semantics.agents import is_agent
from clarifier.semantics.kept import kept
from clarifier.semantics.specification import Address, Specification
from clarifier.syntax.document import Clause, IdStyle, Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span


@dataclass(frozen=True, slots=True)
class _Duty:
    """A duty in a sentence: its words, its bearer (empty if it has that of the duty before), and whether it has a modal of its own."""

    words: str
    bearer: str
    span: Span
    own: bool
    opens: bool  # whether it begins with its own subject, so that it can stand alone


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The duties of a sentence that are put together by “and”, and the span of them all."""

    index: int
    span: Span
    words: str
    duties: tuple[_Duty, ...]
    conditional: bool


@document_rule(Group.AMBIGUITY, Severity.INFORMATION)
def compound_clause(specification: Specification) -> Iterator[Spot]:
    """Yield a spot for every named clause that puts together duties of its own."""
    for clause in specification.document.clauses:
        if clause.style is IdStyle.HEADING:
            continue
        for p, b in clause.blocks:
            passage = specification.passages[p][b]
            # A footnote reference names one sentence, so that nothing but what is compound in itself counts.
            found = _compound if clause.style is IdStyle.FOOTNOTE else _sentences
            parts = found(passage) if passage is not None else ()
            placed = [(part, specification.place(Address(p, b, part.index), part.span)) for part in parts]
            inside = [(part, span) for part, span in placed if span.start < clause.span.end and clause.span.start < span.end]
            yield from _spots(clause, inside, specification)


def _spots(clause: Clause, inside: list[tuple[_Sentence, Span]], specification: Specification) -> Iterator[Spot]:
    whole = tuple(part for part, _ in inside)
    if clause.style is not IdStyle.FOOTNOTE and len(whole) > 1 and _weight([d for part in whole for d in part.duties]):
        yield _spot(clause.id, Span(inside[0][1].start, inside[-1][1].end), [d for part in whole for d in part.duties], ())
        return
    for part, span in inside:
        if _weight(part.duties):
            plain = specification.document.source.slice(span) == part.words  # markup could be torn by a cut
            yield _spot(clause.id, span, list(part.duties), tuple(_split(part)) if plain else ())


def _weight(duties: Sequence[_Duty]) -> float:
    """How much duties under one ID are apart: two bearers weigh most, then three modals, then three deeds; 0 if they are one."""
    bearers = {d.bearer for d in duties if d.bearer}
    own = sum(d.own for d in duties)
    if len(bearers) > 1 and own > 1:
        return 0.45
    if own > 2:
        return 0.35
    return 0.15 if len(duties) > 2 else 0.0


def _spot(clause: str, span: Span, duties: list[_Duty], readings: tuple[Reading, ...]) -> Spot:
    weight = _weight(duties)
    bearers = len({d.bearer for d in duties if d.bearer})
    listed = "; ".join(f"({n}) {' '.join(duty.words.split())}" for n, duty in enumerate(duties, 1))
    who = f" of {bearers} bearers" if bearers > 1 else ""
    message = f"{clause} puts {len(duties)} duties{who} under one ID: {listed}."
    severity = Severity.INFORMATION if weight > 0.3 else Severity.HINT
    return Spot(span, message, "Should each of these duties be a clause of its own?", readings, (), severity, weight, clause)


def _split(part: _Sentence) -> Iterator[Reading]:
    """The duties as sentences of their own, if each can stand alone."""
    if all(d.opens for d in part.duties) and not part.conditional:
        sentences = [d.words[0].upper() + d.words[1:] for d in part.duties]
        yield Reading("a sentence each, to be named one by one", ". ".join(sentences))


@kept
def _compound(passage: Passage) -> tuple[_Sentence, ...]:
    """The sentences of a passage that say duties of their own."""
    return tuple(part for part in _sentences(passage) if _weight(part.duties))


@kept
def _sentences(passage: Passage) -> tuple[_Sentence, ...]:
    """The sentences of a passage that say duties."""
    if passage.commentary:
        return ()
    found = (_duties(i, s) for i, s in enumerate(passage.sentences) if passage.normative[i] and s.words)
    return tuple(part for part in found if part is not None)


def _duties(index: int, sentence: Sentence) -> _Sentence | None:
    for root in sentence.roots:
        verbs = sorted([root, *_joined(sentence, root)], key=lambda v: v.index)
        bound = [v for v in verbs if (m := modal_of(sentence, v)) is not None and m.lower in DUTY and not _is_aside(sentence, v)]
        own = [v for v in bound if any(c.dep == "aux" and c.lower in DUTY for c in sentence.children[v.index])]
        deeds = [v for v in bound if v in own or any(c.dep == "dobj" for c in sentence.children[v.index])]
        if not own:
            continue
        conditional = any(c.dep == "advcl" and c.index < own[0].index for c in sentence.children[root.index])
        duties = tuple(_duty(sentence, v, deeds, v in own) for v in deeds)
        whole = Span(min(d.span.start for d in duties), max(d.span.end for d in duties))
        return _Sentence(index, whole, sentence.slice(whole), duties, conditional)
    return None


def _duty(sentence: Sentence, verb: Word, verbs: list[Word], own: bool) -> _Duty:
    span = _extent(sentence, verb, verbs)
    subject = next((c for c in sentence.children[verb.index] if c.dep in ("nsubj", "nsubjpass")), None)
    bearer = key_of(sentence, subject) if subject is not None and subject.dep == "nsubj" and is_agent(subject) else ""
    opens = subject is not None and subject.pos != "PRON" and sentence.extent(subject).start == span.start
    return _Duty(sentence.slice(span), bearer, span, own, opens)


def _joined(sentence: Sentence, verb: Word) -> Iterator[Word]:
    for child in sentence.children[verb.index]:
        if child.dep in ("conj", "ccomp") and child.pos in ("VERB", "AUX") and (child.dep == "conj" or child.index < verb.index):
            yield child
            yield from _joined(sentence, child)


def _is_aside(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb stands in brackets, in quotes or in a question, so that it says no duty of its own."""
    before = sentence.text[: verb.span.start]
    if before.count("(") > before.count(")") or before.count("“") > before.count("”") or before.count('"') % 2:
        return True
    modal, subject = modal_of(sentence, verb), subject_of(sentence, verb)
    return modal is not None and subject is not None and modal.index < subject.index < verb.index


def _extent(sentence: Sentence, verb: Word, verbs: list[Word]) -> Span:
    """The words of one duty: what hangs on its verb but not on the other verbs, without the “and” before or behind."""
    others = {w.index for v in verbs if v.index != verb.index and not _is_above(sentence, v, verb) for w in sentence.subtree(v)}
    words = [w for w in sentence.subtree(verb) if w.index not in others]
    while len(words) > 1 and (words[-1].dep in ("cc", "punct") or words[-1].text in (",", ";", ".")):
        words.pop()
    while len(words) > 1 and words[0].dep in ("cc", "punct"):
        del words[0]
    return Span(words[0].span.start, words[-1].span.end)


def _is_above(sentence: Sentence, verb: Word, other: Word) -> bool:
    return any(w.index == verb.index for w in sentence.ancestors(other))
