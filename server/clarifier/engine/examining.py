"""Parts examined one by one: sentences into words, blocks into passages, and what passage rules see in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clarifier.engine.language import Language
from clarifier.engine.settings import Settings
from clarifier.rules import RULES
from clarifier.rules._rule import Hit, Rule
from clarifier.semantics.passages import Held, Words, passages, texts_of, texts_to_read
from clarifier.syntax.document import Document, Part, Passage, Passages


@dataclass(frozen=True)
class Examined:
    """A part as it was read and what passage rules saw in it: its passages, its words, its hits by block.

    `unread` are the sentences that were left unread in haste, `waiting` the blocks that hold or lean on one of them.
    """

    part: Part
    passages: Passages
    words: Words
    hits: tuple[tuple[int, Rule, Hit], ...]
    unread: frozenset[str] = frozenset()
    waiting: frozenset[int] = frozenset()


def examine(
    document: Document,
    settings: Settings,
    language: Language | None,
    earlier: Mapping[str, Examined],
    hasty: bool,
    pause: Callable[[], None],
) -> dict[str, Examined]:
    """Every part of the document examined: as it was earlier, or anew with what gone parts have in common with it."""
    texts = {part.key: part for part in document.parts}
    gone = [examined for text, examined in earlier.items() if text not in texts or (examined.unread and not hasty)]
    fresh = [part for text, part in texts.items() if text not in earlier or (earlier[text].unread and not hasty)]
    to_read = [texts_to_read(part) for part in fresh] if language else [()] * len(fresh)
    known = {text: words for examined in gone for text, words in examined.words.items()}
    missing = [text for text in dict.fromkeys(t for part in to_read for block in part for t in block) if text not in known]
    if language and missing and not hasty:
        known.update(zip(missing, language.read(missing), strict=True))
    held, hits = _taken_out_of(gone)
    anew = {
        part.key: _examined(part, blocks, known, settings, held, hits, pause) for part, blocks in zip(fresh, to_read, strict=True)
    }
    return {text: anew[text] if text in anew else earlier[text] for text in texts}


def _examined(
    part: Part,
    to_read: Sequence[tuple[str, ...]],
    known: Words,
    settings: Settings,
    held: Held,
    hits: Mapping[int, Seen],
    pause: Callable[[], None],
) -> Examined:
    here = dict.fromkeys(text for block in to_read for text in block)
    words = {text: known[text] for text in here if text in known}
    unread = frozenset(text for text in here if text not in known)
    # What was worked out of a passage stays with it, so the passage itself is taken over, and its hits with it.
    read = passages(part, words, settings.normative, held)
    found: list[tuple[int, Rule, Hit]] = []
    for index, passage in enumerate(read):
        if passage is not None:
            if id(passage) not in hits:
                pause()
            seen = hits[id(passage)] if id(passage) in hits else tuple(_hits(passage, settings))
            found.extend([(index, rule, hit) for rule, hit in seen])
    waiting = frozenset(
        index for index, passage in enumerate(read) if unread and passage is not None and _waits(passage, to_read[index], unread)
    )
    return Examined(part, read, words, tuple(found), unread, waiting)


def _waits(passage: Passage, texts: Sequence[str], unread: frozenset[str]) -> bool:
    """Whether a passage holds or leans on one of these sentences."""
    around = [s.text for s in (passage.lead, passage.before) if s is not None]
    return any(text in unread for text in (*texts, *around))


Seen = tuple[tuple[Rule, Hit], ...]


def _taken_out_of(parts: Sequence[Examined]) -> tuple[Held, dict[int, Seen]]:
    """The passages of parts that are gone, by their texts, and the hits in each, by its identity; without those that wait."""
    held: Held = {}
    hits: dict[int, list[tuple[Rule, Hit]]] = {}
    for part in parts:
        for index, passage in enumerate(part.passages):
            if passage is not None and index not in part.waiting:
                held.setdefault(texts_of(passage), []).append(passage)
                hits[id(passage)] = []
        for index, rule, hit in part.hits:
            if index not in part.waiting:
                hits[id(part.passages[index])].append((rule, hit))
    return held, {passage: tuple(seen) for passage, seen in hits.items()}


def _hits(passage: Passage, settings: Settings) -> Iterator[tuple[Rule, Hit]]:
    for rule in RULES.values():
        if rule.scope == "passage" and settings.rules.get(rule.name, rule.severity) is not None:
            yield from ((rule, hit) for hit in rule.check(passage) if isinstance(hit, Hit))
