"""What an answer changes: exactly that, in any file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.answers import Answer, Dismiss, Free, LeaveOpen, PickReading, answer_edits, applied, log_edit
from clarifier.engine.findings import Finding
from clarifier.engine.questions import questions
from clarifier.engine.settings import Settings
from clarifier.rules._rule import Group, Reading, Severity
from clarifier.syntax.language import load
from clarifier.text.source import Source, Span

LOG = "\n\n## Clarifications\n\n- Q: Which “it”? → A: "


def asked(text: str, words: str = "it", log: str = "specification") -> tuple[Analysis, Finding]:
    analysis = analyse(Source("s.md", text), Settings(log_answers=log))
    start = text.index(words)
    finding = Finding(
        "s.md",
        Span(start, start + len(words)),
        "unclear-pronoun",
        Group.AMBIGUITY,
        Severity.WARNING,
        "“it” could be two.",
        "Which “it”?",
        (Reading("the client", "the client"), Reading("the server", "the server")),
    )
    return analysis, finding


def answered(text: str, answer: Answer, words: str = "it", log: str = "none") -> str:
    analysis, finding = asked(text, words, log)
    return applied(text, answer_edits(analysis, finding, answer))


def test_each_answer_changes_what_it_says_and_is_logged() -> None:
    text = "# A\n\nWhen it is ready.\n"
    assert answered(text, PickReading(1), log="specification") == "# A\n\nWhen the server is ready." + LOG + "the server\n"
    assert answered(text, Free("the proxy"), log="specification") == "# A\n\nWhen the proxy is ready." + LOG + "the proxy\n"
    assert answered(text, LeaveOpen(), log="specification") == "# A\n\nWhen it [NEEDS CLARIFICATION: Which “it”?] is ready.\n"
    dismissed = "# A\n\n<!-- clarifier: allow unclear-pronoun because plain -->\nWhen it is ready."
    assert answered(text, Dismiss("plain"), log="specification") == dismissed + LOG + "as written, because plain\n"


def test_an_answer_that_cannot_be_carried_out_changes_nothing() -> None:
    assert answered("When it is.", PickReading(7), log="specification") == "When it is."
    assert answered("When it is.", Free("  "), log="specification") == "When it is."


def test_line_ends_and_byte_order_mark_stay() -> None:
    text = "\ufeffWhen it 😀 is\r\nready."
    assert answered(text, Free("the\nproxy")) == "\ufeffWhen the\r\nproxy 😀 is\r\nready."
    comment = "<!-- clarifier: allow unclear-pronoun because plain -->"
    assert answered(text, Dismiss("plain")) == f"\ufeff{comment}\r\nWhen it 😀 is\r\nready."
    logged = answered(text, PickReading(0), log="specification")
    assert logged == "\ufeffWhen the client 😀 is\r\nready.\r\n\r\n## Clarifications\r\n\r\n- Q: Which “it”? → A: the client\r\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- one\n- it\n- two\n", "  <!--"),
        ("- it\n- two\n", "<!--"),
        ("1. one\n2. it\n", "   <!--"),
        ("- one\n  - it\n", "  <!--"),
        ("- one\n  - deeper\n- it\n", "  <!--"),
        ("> one\n> it\n", "> <!--"),
        ("| a |\n|---|\n| b |\n| it |\n", "<!--"),
        ("one\ntwo it\n", "<!--"),
        ("- one\n\n  it\n", "  <!--"),
    ],
)
def test_a_suppression_leaves_the_blocks_what_they_are(text: str, line: str) -> None:
    new = answered(text, Dismiss("a -- b"))
    inserted = next(x for x in new.split("\n") if "<!--" in x)
    assert inserted.startswith(line)
    assert inserted.count("--") == 2
    before, after = analyse(Source("s.md", text), Settings()), analyse(Source("s.md", new), Settings())

    def blocks(analysis: Analysis) -> list[tuple[str, str]]:
        return [(b.kind.value, b.text) for _, _, b in analysis.document.blocks() if b.kind.is_prose]

    assert blocks(before) == blocks(after)
    assert len(list(after.document.comments())) == 1


def test_the_log_goes_on_where_it_was_begun() -> None:
    text = "When it is.\n\n## Clarifications\n\n- Q: a → A: b\n\n## Later\n\nText.\n"
    assert answered(text, PickReading(0), log="specification") == (
        "When the client is.\n\n## Clarifications\n\n- Q: a → A: b\n- Q: Which “it”? → A: the client\n\n## Later\n\nText.\n"
    )


def test_a_log_of_its_own() -> None:
    first = log_edit(Source("log.md", ""), "- Q: a → A: b")
    assert applied("", [first]) == "# Clarifications\n\n- Q: a → A: b\n"
    text = applied("", [first])
    assert applied(text, [log_edit(Source("log.md", text), "- Q: c → A: d")]) == text + "- Q: c → A: d\n"


def test_questions_that_matter_come_first() -> None:
    _, finding = asked("When it is.")

    def like(**changes: object) -> Finding:
        return Finding(**{**{n: getattr(finding, n) for n in finding.__dataclass_fields__}, **changes})  # type: ignore[arg-type]

    silent, light, heavy = like(question=None), like(weight=0.1), like(weight=0.9, span=Span(9, 10))
    hint, named, mild = (
        like(severity=Severity.HINT, weight=0.9),
        like(clause="sy73"),
        like(severity=Severity.INFORMATION, weight=0.9),
    )
    assert questions([silent, light, heavy, hint, named, mild]) == (heavy, named, mild, light), "a hint is not asked about"


def test_a_question_under_higher_authority_comes_first() -> None:
    text = "# A {authority=user}\n\nWhen it is.\n\n# B {authority=root}\n\nWhen it is.\n"
    analysis, low = asked(text)
    start = text.rindex("it")
    high = replace(low, span=Span(start, start + 2))
    assert questions([low, high]) == (low, high)
    assert questions([low, high], [analysis.specification]) == (high, low)


def test_a_question_that_stands_in_the_text_is_not_put_again() -> None:
    text = "# A\n\nThe system must not be unable to restart.\n"
    language = load()
    analysis = analyse(Source("s.md", text), Settings(), None, language)
    (finding,) = [f for f in analysis.findings if f.rule == "double-negation"]
    marked = applied(text, answer_edits(analysis, finding, LeaveOpen()))
    assert "unable [NEEDS CLARIFICATION: What does “not be unable” ask for?] to" in marked
    assert {f.rule for f in analyse(Source("s.md", marked), Settings(), analysis, language).findings} & {
        "double-negation",
        "open-question",
    } == {"open-question"}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("the operator", "The operator must encrypt each backup at night."),
        ("The operator must encrypt the lot", "The operator must encrypt the lot at night."),
    ],
)
def test_a_free_answer_names_the_hidden_actor(said: str, written: str) -> None:
    text = "# A\n\nEach backup must be encrypted at night.\n"
    analysis = analyse(Source("s.md", text), Settings(log_answers="none"), None, load())
    (finding,) = [f for f in analysis.findings if f.rule == "hidden-actor"]
    assert applied(text, answer_edits(analysis, finding, Free(said))) == f"# A\n\n{written}\n"
