"""No text takes long, and nothing that a client does ends the server or makes it say what is not so."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from clarifier.engine.analysis import analyse
from clarifier.engine.settings import Settings
from clarifier.syntax.assembly import read_document
from clarifier.text.source import Source

from .hostile import HOSTILE
from .pumping import patterns, slowest
from .torture import torture

# A whole megabyte each with CLARIFIER_TORTURE set; the time allowed is that of an idle machine thrice over.
SIZE = 1_000_000 if os.environ.get("CLARIFIER_TORTURE") else 10_000
SECONDS = 6.0
MESSAGES = 20_000 if os.environ.get("CLARIFIER_TORTURE") else 400


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    source = Source("a.md", HOSTILE[name](SIZE))
    begun = time.process_time()
    analyse(source, Settings())
    assert time.process_time() - begun < SECONDS


# Expressions that take the square of a length and are never asked about a longer text than this, as their callers see to.
BOUNDED = {
    "clarifier.rules.open_list._LISTED": 300,
    "clarifier.semantics.glossary._NAME": 400,
    "clarifier.semantics.passages._FOLLOWING": 160,
    "clarifier.syntax.sentences._ABBREVIATION": 24,
    r"(?:\w+-)*$": 80,
    r"[A-Za-z0-9&/+-]+$": 400,
}
# Of an idle machine some ten milliseconds are needed; what takes the square of the length needs hundreds.
PUMPED, PATIENCE = 10_000, 0.1


def test_no_expression_goes_back_and_forth() -> None:
    slow = []
    for used in patterns():
        length = BOUNDED.get(used.where, BOUNDED.get(used.pattern.pattern, PUMPED))
        worst = slowest(used, length, PATIENCE)
        if worst[0] > PATIENCE and (worst := slowest(used, length, PATIENCE))[0] > PATIENCE:
            slow.append((used.where, worst, used.pattern.pattern))
    assert not slow


def test_what_is_too_much_is_left_unread_from_a_line_on() -> None:
    text = "The server MUST wait, TBD.\n\n" * 20_000
    source = Source("a.md", text)
    document = read_document(source)
    left = document.parts[-1].blocks[-1].span.shifted(document.starts[-1])
    assert left.end == len(text)
    assert 100_000 < left.start < len(text)
    assert text[left.start - 1] == "\n"
    whole = analyse(source, Settings())
    short = Source("a.md", text[:28_000])
    assert analyse(short, Settings(), whole) == analyse(short, Settings())
    assert analyse(source, Settings(), analyse(short, Settings())) == whole
    assert analyse(Source("a.md", ""), Settings(), whole) == analyse(Source("a.md", ""), Settings())


def test_whatever_a_client_does_the_server_says_what_a_fresh_one_says(tmp_path: Path) -> None:
    sent, difference = torture(MESSAGES, 7, tmp_path)
    assert sent >= MESSAGES
    assert not difference
