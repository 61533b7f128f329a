"""Markdown into clauses: positions are exact, whatever the text, and what was parsed before changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clarifier.syntax.assembly import read_document
from clarifier.syntax.document import Block, BlockKind, Clause, Document, IdStyle
from clarifier.syntax.language import SpacyLanguage
from clarifier.syntax.prose import MarkKind, Prose
from clarifier.syntax.words import Sentence
from clarifier.text.source import Source, Span

LF, CRLF = "\n", "\r\n"
PIECES = (
    *(
        "# H {#a}\n",
        "## T {#b} ##\n",
        "# T #\n",
        "Set\n===\n",
        "T\n---\n",
        "   # I\n",
        "- # L\n",
        "> # Q {#q}\n",
        "## S {authority=user #c}\n",
    ),
    *("- a\n", "  - b[^x1].\n", "> q\n", "> - l\n", "1. x\n", "\t- t\n", "    code\n", "1) > - deep. Er.\n", "- [ ] task **x**\n"),
    *(
        "```\n",
        "~~~~xml\n",
        "~~~\n",
        "> ```\n> x\n> ```\n",
        "- ```\n  a\n  ```\n",
        "<!-- c -->\n",
        "<!--",
        "-->",
        "<div>\n",
        "</div>\n",
    ),
    *("| a | b |\n|---|---|\n| x \\| y | `a|b` |\n", "| é | 😀 |\n", "| **FR-3** | must |\n", "|\n", "| a\n", "\\|", "|---|\n"),
    *(
        "**FR-1**: must\n",
        "**FR-2** x\n",
        "[SRS_1] can\n",
        "[AB_1]: x\n",
        "REQ-12: y\n",
        "r[a.b]\n",
        "r[a.c] z",
        "[^a b]",
        "[^]",
        "[^q",
    ),
    *(
        "text *em* **st** `co de` [l](t) [l][r] ![i](p)\n",
        "[l](#a 't')",
        "[l](<u v>)",
        "![a [b](c)](d)",
        "<http://x.y>",
        '<a id="z">',
        "[r]: t\n",
    ),
    *(
        "&amp; &lt; \\* \\[ x\n",
        "&#x1F600;",
        "&nope;",
        "`` ` ``",
        "***",
        "_a_",
        "~~s~~",
        "*",
        "`",
        "[",
        "]",
        "(",
        ")",
        "^",
        "{#x .c k=v}",
    ),
    *('!!! meta "C"\n    in\n', "[^1]: def\n", "foo[^1] bar.\nBaz qux. Hm", "a. B. C.", "---\n", "+++\n", "Lead:\n\n"),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u2028",
        "\x0b",
        "\x0c",
        "\ufeff",
        "\t",
        " ",
        "  \n",
        "\\\n",
        "\xa0",
        "\x85",
        "\x1c",
        "\u3000",
        "\0",
        "\ud800",
        "😀",
        "e\u0301",
    ),
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=16).map("".join)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str, previous: Document | None = None) -> Document:
    return read_document(Source("spec.md", text), previous)


def clauses(text: str) -> dict[str, Clause]:
    return {clause.id: clause for clause in read(text).clauses}


def proses(document: Document) -> list[tuple[Block, Prose, str, int]]:
    return [
        (block, prose, part.text, start)
        for part, start in zip(document.parts, document.starts, strict=True)
        for block in part.blocks
        for prose in block.prose
    ]


@QUICK
@given(TEXTS)
def test_every_run_stands_where_it_says(text: str) -> None:
    document = read(text)
    assert "".join(part.text for part in document.parts) == text
    for block, prose, source, _ in proses(document):
        assert 0 <= block.span.start <= block.span.end <= len(source)
        at = before = 0
        for run in prose.runs:
            assert run.prose == at, "runs leave no gap"
            assert before <= run.source <= run.source + run.source_length <= len(source), "runs are in order"
            at, before = at + run.length, run.source
            if run.length == run.source_length:
                said, written = prose.text[run.prose : at], source[run.source : run.source + run.length]
                # A line break is read as a space, and NUL as the replacement character.
                assert said == written or (said == " " and written in ("\n", "\r")) or said == written.replace("\0", "\ufffd")
        assert at == len(prose.text)


@QUICK
@given(TEXTS)
def test_ids_and_links_stand_where_they_say(text: str) -> None:
    document = read(text)
    for part in document.parts:
        for block in part.blocks:
            for mark in block.ids:
                assert part.text[mark.name_span.start : mark.name_span.end].replace("\0", "\ufffd") == mark.id
                assert mark.span.covers(mark.name_span)
        for link in part.links:
            assert 0 <= link.span.start <= link.target_span.start <= link.target_span.end <= len(part.text)
            assert link.span.end <= len(part.text)
    for clause in document.clauses:
        assert text[clause.mark.name_span.start : clause.mark.name_span.end] == clause.id
        assert 0 <= clause.span.start <= clause.span.end <= len(text)
        assert clause.section < len(document.sections)


@QUICK
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_what_was_parsed_before_changes_nothing(head: str, old: str, new: str, tail: str) -> None:
    before = read(head + old + tail)
    after, anew = read(head + new + tail, before), read(head + new + tail)
    assert after == anew


def underlined(text: str, words: str) -> list[str]:
    """What stands in the source where the prose says these words."""
    found = []
    for _, prose, source, _ in proses(read(text)):
        at = prose.text.find(words)
        if at >= 0:
            place = prose.place(Span(at, at + len(words)))
            found.append(source[place.start : place.end])
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("\ufeff# T\n\nThe server must answer.\n", "must answer", id="byte order mark"),
        pytest.param("# T\r\n\r\nThe server\r\nmust answer.\r\n", "must answer", id="CRLF"),
        pytest.param("# T\r\rThe server must answer.\r", "must answer", id="CR alone"),
        pytest.param("-\tThe server must answer.\n\n\tIt must answer.\n", "must answer", id="tabs"),
        pytest.param("The 😀 server 👩‍👩‍👧 must answer.", "must answer", id="emoji"),
        pytest.param("The server\u2028now\x0band\x0cthen must answer.", "must answer", id="unusual white space"),
        pytest.param("\x0c\nThe server must answer.", "must answer", id="a form feed before"),
        pytest.param("---\ntitle: T\n---\n\nThe server must answer.", "must answer", id="front matter"),
        pytest.param("| a | b |\n|---|---|\n| x \\| y | It must answer \\| ask. |\n", "must answer", id="table with escaped bars"),
        pytest.param("- [ ] The **server** must answer.\n- [x] It must answer.\n", "must answer", id="tasks"),
        pytest.param("<div>\n\nThe <b>server</b> must answer.\n\n</div>\n", "must answer", id="HTML"),
        pytest.param("> - a\n>   1. b\n>      - The server\n>        must answer.\n", "must answer", id="deep in a quote"),
        pytest.param("The server\n---\n\nIt must answer.\n", "must answer", id="setext heading"),
        pytest.param("It &amp; I must answer \\* &copy; now.", "must answer", id="entities and escapes"),
    ],
)
def test_words_are_found_in_the_source(text: str, words: str) -> None:
    found = underlined(text, words)
    assert found
    assert set(found) == {words}


def test_nothing_in_code_is_prose() -> None:
    text = "````md\n```\nIt must not.\n```\nIt must not.\n````\n\n~~~\nIt must not.\n\n- It must.\n"
    kinds = [block.kind for part in read(text).parts for block in part.blocks]
    assert kinds == [BlockKind.CODE, BlockKind.CODE]
    kinds = [block.kind for part in read(text.replace("~~~", "<!-- -->")).parts for block in part.blocks]
    assert kinds == [BlockKind.CODE, BlockKind.HTML, BlockKind.PARAGRAPH, BlockKind.ITEM]


def test_escaped_bars_are_one_character_each() -> None:
    (row,) = [b for part in read("| a |\n|---|\n| x \\| `y\\|z` \\| must |\n").parts for b in part.blocks]
    assert row.prose[0].text == "x | y|z | must"
    assert [mark.kind for mark in row.prose[0].marks] == [MarkKind.CODE]


def test_sections_nest_and_inherit_authority() -> None:
    document = read("Before.\n\n# A {#a authority=root}\n\n## B\n\nText.\n\nC {#c authority=user tags=x}\n---\n\n# D\n\n# D\n")
    assert [(s.title, s.level, s.parent, s.authority) for s in document.sections] == [
        ("", 0, None, None),
        ("A", 1, 0, "root"),
        ("B", 2, 1, "root"),
        ("C", 2, 1, "user"),
        ("D", 1, 0, None),
        ("D", 1, 0, None),
    ]
    assert [s.id or s.slug for s in document.sections] == ["", "a", "b", "c", "d", "d-1"]


@pytest.mark.parametrize("newline", [LF, CRLF])
def test_footnote_references_name_what_they_end(newline: str) -> None:
    text = "# A\n\nFirst it must. Then it should be so[^ab12]. And it may, if asked[^cd34], or not[^ef56].\n\nIt must:[^gh78]\n\n- log,\n- and stop.\n  - At once.\n\n[^1]: A note.\nOf old[^1].\n"
    found = clauses(text.replace("\n", newline))
    assert {name: clause.text for name, clause in found.items()} == {
        "ab12": "Then it should be so.",
        "cd34": "And it may, if asked",
        "ef56": ", or not.",
        "gh78": "It must: log, and stop. At once.",
    }
    assert {clause.style for clause in found.values()} == {IdStyle.FOOTNOTE}


def test_labels_name_the_block_and_what_is_in_it() -> None:
    text = """# A

- **FR-001**: The server must log.
  - Each request must be logged.
    - Even failed ones.
  - **FR-002**: It must log the time.
- The client may ask.

[SRS_1] The server must:

1. log,
2. stop.

REQ-12: The client must wait.

- [ ] **T-3**: The client must retry.

| ID | Duty |
|---|---|
| **FR-9** | The server must stop. |

### FR-10: Sign-in

The client must sign in.

It must not wait.
"""
    found = clauses(text)
    assert {name: clause.text for name, clause in found.items()} == {
        "FR-001": "The server must log. Each request must be logged. Even failed ones.",
        "FR-002": "It must log the time.",
        "SRS_1": "The server must: log, stop.",
        "REQ-12": "The client must wait.",
        "T-3": "The client must retry.",
        "FR-9": "The server must stop.",
        "FR-10": "Sign-in The client must sign in. It must not wait.",
    }
    assert {clause.style for clause in found.values()} == {IdStyle.LABEL}


def test_a_table_with_a_column_of_ids_names_its_rows() -> None:
    text = "| ID | Requirement |\n|---|---|\n| FR-1 | The server must log. |\n| `FR-2` | It must stop. |\n\n| Colour | Code |\n|---|---|\n| Red | A-1 |\n| B-52 | plane |\n"
    assert {name: clause.text for name, clause in clauses(text).items()} == {
        "FR-1": "The server must log.",
        "FR-2": "It must stop.",
    }


def test_rules_name_the_next_block() -> None:
    text = "# A\n\nr[auth.login]\nThe client must sign in.\n\nr[auth.logout]\n\nThe server must:\n\n- forget,\n- and tell.\n\nr[auth.end]\n\n# B\n\nIt is so.\n"
    assert {name: clause.text for name, clause in clauses(text).items()} == {
        "auth.login": "The client must sign in.",
        "auth.logout": "The server must: forget, and tell.",
        "auth.end": "",
    }


def test_headings_name_clauses_where_nothing_finer_does() -> None:
    text = "# A {#a}\n\n## B {#b}\n\nIt must.\n\n```\ncode\n```\n\n- And so on.\n"
    found = clauses(text)
    assert {name: clause.text for name, clause in found.items()} == {"b": "It must. And so on."}
    assert found["b"].style is IdStyle.HEADING
    assert set(clauses(text + "\nIt must too[^ab12].\n")) == {"ab12"}


def test_styles_mix() -> None:
    text = "# A {#a}\n\nIt must[^ab12].\n\n- **FR-1**: It must log[^cd34].\n\nr[x.y]\nIt must stop.\n"
    assert {name: clause.style for name, clause in clauses(text).items()} == {
        "ab12": IdStyle.FOOTNOTE,
        "FR-1": IdStyle.LABEL,
        "cd34": IdStyle.FOOTNOTE,
        "x.y": IdStyle.RULE,
    }


def test_what_looks_like_an_id_is_none() -> None:
    text = "# The set {a, b}\n\nSee [1] and [FR-1](x.md) and `[^ab12]` and `r[x]`. In 2024: all. HTTP: so. **Note**: it is.\n\n```\n[^ab12]\n```\n\n<!-- [^ab12] -->\n"
    assert clauses(text) == {}


@pytest.mark.parametrize(
    ("text", "verb", "thing"),
    [
        ("The GCSMiddleware shall forward commands sent from Dronology to a GCS.", "forward", "commands"),
        (
            "The leads washing functionality shall process all leads without validation to maximize ingestion speed.",
            "process",
            "leads",
        ),
    ],
)
def test_behind_a_modal_stands_the_verb(text: str, verb: str, thing: str, language: SpacyLanguage) -> None:
    sentence = Sentence(text, (), language.read([text])[0])
    root = next(sentence.roots)
    assert (root.text, root.tag) == (verb, "VB")
    assert {c.text for c in sentence.children[root.index] if c.dep == "dobj"} == {thing}
    assert any(c.tag == "MD" for c in sentence.children[root.index])


@given(
    st.lists(
        st.sampled_from(
            [
                "shall",
                "must",
                "not",
                "only",
                "forward",
                "process",
                "commands",
                "leads",
                "all",
                "the",
                "server",
                "quickly",
                "to",
                "of",
                "log",
                "if",
            ]
        ),
        max_size=9,
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_readings_are_trees(language: SpacyLanguage, words: list[str]) -> None:
    text = " ".join(words)
    sentence = Sentence(text, (), language.read([text])[0])
    assert [w.index for w in sentence.words] == list(range(len(sentence.words)))
    for word in sentence.words:
        assert len(list(zip(sentence.ancestors(word), range(len(words) + 1), strict=False))) <= len(words)
