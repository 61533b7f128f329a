"""Many files read by several processes: the same, in the same order, whatever becomes of the processes."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from clarifier.adapters.parallel import Taken, analysed
from clarifier.engine.language import Language
from clarifier.engine.settings import Settings
from clarifier.semantics.specification import Surroundings
from clarifier.syntax.language import SpacyLanguage
from clarifier.syntax.words import Word
from clarifier.text.source import Source

AROUND = Surroundings(external_ids=frozenset({"abcd"}))
FILES = [
    Taken(Source(f"{n}.md", f"# Rule {n}\n\nThe server must wait {n} s, etc.\n\nIt should stop.\n"), Settings(), AROUND)
    for n in range(50)
]


class Mortal:
    """A language that ends every process but the one that made it, at the second text."""

    def __init__(self, language: Language) -> None:
        self.version = language.version
        self._language, self._home, self._asked = language, os.getpid(), 0

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        self._asked += 1
        if os.getpid() != self._home and self._asked > 2:
            os._exit(1)
        return self._language.read(texts)


@pytest.mark.parametrize("dying", [False, True])
def test_several_processes_find_what_one_finds(language: SpacyLanguage, dying: bool) -> None:
    alone = list(analysed(FILES, language, 1))
    assert [a.specification.path for a in alone] == [taken.source.name for taken in FILES]
    assert list(analysed(FILES, Mortal(language) if dying else language, 3)) == alone


def test_who_needs_no_more_waits_for_none(language: SpacyLanguage) -> None:
    reading = analysed(FILES * 20, language, 2)
    assert next(reading).specification.path == "0.md"
    reading.close()  # type: ignore[attr-defined]  # it is a generator
