"""What a document defines, and where."""

from __future__ import annotations

import pytest

from clarifier.engine.analysis import analyse
from clarifier.engine.settings import Settings
from clarifier.semantics.glossary import glossary, key, spelled_out
from clarifier.text.source import Source


def defined(text: str, **terms: str) -> list[tuple[str, str, str | None]]:
    specification = analyse(Source("s.md", text), Settings(terms=terms)).specification
    return [
        (t.term, t.definition, None if t.span is None else text[t.span.start : t.span.end]) for t in glossary(specification).terms
    ]


@pytest.mark.parametrize(
    ("text", "term", "definition", "written"),
    [
        ("# A\n\nThe Retention Control Unit (RCU) deletes.\n", "RCU", "Retention Control Unit", "RCU"),
        ("# A\n\nThe RCU (Retention Control Unit) deletes.\n", "RCU", "Retention Control Unit", "RCU"),
        ("# A\n\nA *Directed Acyclic Graph* (DAG) is drawn.\n", "DAG", "Directed Acyclic Graph", "DAG"),
        ("# A\n\nThe United States of America (USA) is far.\n", "USA", "United States of America", "USA"),
        ("# A\n\nAcme Ltd (the “Supplier”) delivers.\n", "Supplier", "Acme Ltd", "Supplier"),
        ("# A\n\nThe Quality Exchange Bus (QXB) is new.\n", "QXB", "Quality Exchange Bus", "QXB"),
        ("# A\n\nABC is the Anti Bribery Council.\n", "ABC", "Anti Bribery Council", "ABC"),
        ("# A\n\nHere ABC stands for a bright council.\n", "ABC", "bright council", "ABC"),
        ("# A\n\n- **Token**: a piece of text.\n", "Token", "a piece of text.", "Token"),
        ("# A\n\n- **Token:** a piece of text.\n", "Token", "a piece of text.", "Token"),
        ("# A\n\n- `role` (required): the source of a message.\n", "role", "the source of a message.", "role"),
        ("# A\n\nA *manifest* is a list of layers.\n", "manifest", "list of layers.", "manifest"),
        ("# A\n\n“Month” means thirty days.\n", "Month", "thirty days.", "Month"),
        ("# A\n\nSuch a file is called a **bundle**.\n", "bundle", "Such a file is called a bundle.", "bundle"),
        ("# Definitions\n\nToken: a piece of text.\n", "Token", "a piece of text.", "Token"),
        ("# Definitions\n\n- Token - a piece of text.\n", "Token", "a piece of text.", "Token"),
        ("# Glossary\n\n| Name | Meaning |\n|---|---|\n| DR | disaster recovery |\n", "DR", "disaster recovery", "DR"),
        (
            "# 2. Terms and definitions\n\n## Data Subject\n\nA living person. Not a company.\n",
            "Data Subject",
            "A living person.",
            "Data Subject",
        ),
        ("\ufeff# A\r\n\r\n😀 The **Re**tention Unit (RU) deletes.\r\n", "RU", "Retention Unit", "RU"),
    ],
)
def test_a_definition_is_read_where_it_stands(text: str, term: str, definition: str, written: str) -> None:
    assert (term, definition, written) in defined(text)


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n**Note**: the server is slow.\n",
        "# A\n\n- **Choosing sensible defaults**: the model does.\n",
        "# A\n\nThe server (see below) answers. It must (should) not fail.\n",
        "# A\n\nThe server must answer *quickly*.\n",
        "# A\n\nABC is slow. The ABC is the best.\n",
        '# A\n\n!!! meta "Commentary"\n    **Token**: a piece.\n',
        "# A\n\n```\nToken: a piece\n```\n",
    ],
)
def test_what_only_looks_like_a_definition_is_none(text: str) -> None:
    assert defined(text) == []


def test_settings_come_first() -> None:
    assert defined("# A\n\n- **Token**: a piece.\n", Token="a coin") == [("Token", "a coin", None), ("Token", "a piece.", "Token")]


def test_terms_are_found_in_any_case_and_number() -> None:
    specification = analyse(Source("s.md", "# Terms\n\nData Subject: a person.\n"), Settings()).specification
    found = glossary(specification)
    assert "data subjects" in found
    assert "The Data Subject" in found
    assert "subject" not in found
    assert [key(w) for w in ("Policies", "Addresses", "the bus", "Status", "Access")] == [
        "policy",
        "address",
        "bus",
        "status",
        "access",
    ]


def test_letters_spell_words() -> None:
    assert spelled_out("HTML", "the HyperText Markup Language") == "HyperText Markup Language"
    assert spelled_out("RCU", "ask the Retention Control Unit") == "Retention Control Unit"
    assert spelled_out("RCU", "ask the Retention Unit") is None
