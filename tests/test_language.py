"""What makes spaCy quicker changes nothing of what it reads."""

from __future__ import annotations

from pathlib import Path

import spacy

from clarifier.syntax import pipelines
from clarifier.syntax.language import SpacyLanguage

# The pages of the rules hold what is odd; spaCy's own patterns ask for contractions, expletives and spaces.
PAGES = sorted((Path(__file__).parent / "rules").glob("*.md"))
AWKWARD = [
    "It's gonna be so, y'all: nothin' ain't got ta be.",
    "There is a rule.  There\u00a0are   two.\n\n",
    "Let's say that I do, he does and you had to; give it to you and me.",
    "",
    " ",
    "MUST NOT",
]


def test_a_quickened_pipeline_reads_as_the_installed_one(language: SpacyLanguage) -> None:
    name = pipelines.installed()
    assert name is not None
    plain = SpacyLanguage(spacy.load(name, exclude=["ner", "senter"]), "plain")
    texts = [*AWKWARD, *(line for page in PAGES for line in page.read_text(encoding="utf-8").split("\n") if len(line) > 20)]
    assert language.read(texts) == plain.read(texts)
