"""The page of pairs of clauses, what an edit may change, and how conflicts are settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clarifier.assist import judging
from clarifier.assist.questions import Answer, Request
from clarifier.assist.secrets import Endpoint
from clarifier.engine import index
from clarifier.engine.advice import Doubt, Judgement, advised
from clarifier.engine.analysis import analyse
from clarifier.engine.answers import applied
from clarifier.engine.findings import Finding
from clarifier.engine.settings import Settings
from clarifier.engine.workspace import Workspace, candidates, changed_paths, compare
from clarifier.rules._rule import Group
from clarifier.syntax.language import SpacyLanguage
from clarifier.text.source import Source

PAGE = (Path(__file__).parent / "conflicts.md").read_text(encoding="utf-8")
PAIRS = re.findall(r"^- ([\w-]+): (.+?) // (.+)$", PAGE, re.MULTILINE)
DOCUMENTS = re.findall(r"^```([\w-]+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ALL = [(rule, f"# Pair\n\n- {one}\n- {other}\n") for rule, one, other in PAIRS] + [
    (rule, f"# Document\n\n{text}") for rule, text in DOCUMENTS
]


def found_in(language: SpacyLanguage, *texts: str) -> tuple[Finding, ...]:
    workspace = compare([analyse(Source(f"{n}.md", text), Settings(), None, language) for n, text in enumerate(texts)])
    return tuple(f for findings in workspace.findings.values() for f in findings)


def test_enough_pairs() -> None:
    assert sum(rule != "none" for rule, _ in ALL) >= 60
    assert sum(rule == "none" for rule, _ in ALL) >= 60


@pytest.mark.parametrize(("rule", "text"), ALL, ids=[f"{rule}:{text.split(chr(10))[2][:50]}" for rule, text in ALL])
def test_pair(rule: str, text: str, language: SpacyLanguage) -> None:
    found = found_in(language, text)
    named = {f.rule for f in found if f.group is Group.CONFLICT}
    assert named == set() if rule == "none" else named if rule == "any" else rule in named


@pytest.mark.parametrize(("rule", "one", "other"), PAIRS[::7])
def test_across_files(rule: str, one: str, other: str, language: SpacyLanguage) -> None:
    together, apart = found_in(language, f"- {one}\n- {other}\n"), found_in(language, f"- {one}\n", f"- {other}\n")
    assert [f.rule for f in together] == [f.rule for f in apart]


def test_both_sides_and_readings(language: SpacyLanguage) -> None:
    text = (
        "# Logs\n\n- **A-1**: The server must log requests.\n- **A-2**: When the disk is full, the server must not log requests.\n"
    )
    one, other = found_in(language, text)
    assert (one.clause, other.clause) == ("A-1", "A-2")
    assert [r.span for r in one.related]
    assert "“When the disk is full”" in one.message
    results = [applied(text, r.edits) for r in one.readings]
    assert "A-2" not in results[0]
    assert "A-1" not in results[1]
    assert "log requests, unless the disk is full." in results[2]
    assert "requests. Where this and A-2 both apply, this holds." in results[3]


def test_an_entry_is_settled_by_the_word_that_says_whether_it_must_be_there(language: SpacyLanguage) -> None:
    text = "# Messages\n\n| Name | Required |\n|---|---|\n| `id` | yes |\n\n- `id` (optional): the ID.\n\n## Sizes field\n\nAn optional field for sizes.\n\n- Cardinality: 1..*\n"
    found = found_in(language, text)
    assert [f.question for f in found] == ["Must “id” be there?"] * 2 + ["Must “sizes” be there?"] * 2
    assert "the row “id”" in found[1].message
    assert [applied(text, r.edits) for r in found[0].readings] == [
        text.replace("(optional)", "(required)"),
        text.replace("yes", "no"),
    ]
    assert [applied(text, r.edits) for r in found[2].readings] == [
        text.replace("An optional", "A required"),
        text.replace("1..*", "0..*"),
    ]


def test_allowed_on_one_side_is_settled_on_both(language: SpacyLanguage) -> None:
    text = "The server must log requests.\n\n<!-- clarifier: allow opposed-duty because it is a draft -->\nThe server must not log requests.\n"
    assert found_in(language, text) == ()


CLAUSES = [text for _, one, other in PAIRS for text in (one, other)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(CLAUSES), max_size=5), min_size=2, max_size=4), st.data())
def test_previous_changes_nothing(language: SpacyLanguage, files: list[list[str]], data: st.DataObject) -> None:
    """Whatever was compared before, the result is that of a comparison from nothing, and what changed is named."""
    sources = [Source(f"{n}.md", "\n".join(f"- {c}" for c in clauses)) for n, clauses in enumerate(files)]
    analyses = [analyse(s, Settings(), None, language) for s in sources]
    before = compare(analyses)
    edited = data.draw(st.integers(0, len(files) - 1))
    text = "\n".join(f"- {c}" for c in data.draw(st.lists(st.sampled_from(CLAUSES), max_size=5)))
    analyses[edited] = analyse(Source(f"{edited}.md", text), Settings(), analyses[edited], language)
    after = compare(analyses, before)
    assert after == compare(analyses)
    assert all(before.findings[p] == after.findings[p] for p in {*before.findings} - changed_paths(before, after))
    assert compare(analyses[1:], after) == compare(analyses[1:], Workspace())


@pytest.mark.parametrize("most", [0, 1, 3, 500])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=6), min_size=2, max_size=3), data=st.data())
def test_a_history_of_edits_changes_nothing(
    most: int, language: SpacyLanguage, files: list[list[str]], data: st.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines come, go and change in one file after another; what stood where it stood is not worked out anew, and is the same.

    So it is too where words that more than so many statements speak of bring none of them together.
    """
    monkeypatch.setattr(index, "_MOST", most)
    analyses = [analyse(Source(f"{n}.md", "\n".join(f"- {c}" for c in f)), Settings(), None, language) for n, f in enumerate(files)]
    workspace = compare(analyses)
    for _ in range(4):
        edited = data.draw(st.integers(0, len(files) - 1))
        lines = analyses[edited].document.source.text.split("\n")
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([[], [""], ["# Part"], [f"{lines[at]} "], [f"- {data.draw(st.sampled_from(CLAUSES))}"], [lines[at]]])
        )
        analyses[edited] = analyse(Source(f"{edited}.md", "\n".join(lines)), Settings(), analyses[edited], language)
        workspace = compare(analyses, workspace)
        whole = compare(analyses)
        assert (workspace, workspace.clashes) == (whole, whole.clashes)


def test_statements_of_one_pattern_are_not_all_compared_with_all(language: SpacyLanguage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where many speak of the same words, those are still compared that say all the same, or share a rare word."""
    monkeypatch.setattr(index, "_MOST", 5)
    things = ["apple", "bird", "chair", "desk", "engine", "flower", "glass", "house", "iron", "jar"]
    rows = [f"- The server must send the {thing} report daily.\n" for thing in things]
    opposed = "- The server must not send the chair report daily.\n"
    found = compare([analyse(Source("a.md", "".join([*rows, opposed])), Settings(), None, language)])
    assert {f.rule for f in found.findings["a.md"]} == {"opposed-duty"}
    assert len(found.findings["a.md"]) == 2
    assert sum(len(list(candidates(found, key))) for key in found.listed["a.md"]) == 2


class FakeJudge:
    """Says of every pair what it was told to say."""

    def __init__(self, said: Judgement) -> None:
        self.said = said

    def judge(self, doubts: Sequence[Doubt]) -> list[Judgement | None]:
        return [self.said for _ in doubts]


JUDGED = (
    "- **A-1**: The digest must be sent to members at once.\n- **A-2**: The digest must be sent to members by the evening crew.\n"
)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (Judgement(True, "At once is not in the evening.", "at once", "evening crew"), 2),
        (Judgement(True, "Quotes must be verbatim.", "at  once", "evening crew"), 0),
        (Judgement(True, "Both must be quoted.", "at once", ""), 0),
        (Judgement(False, "They agree.", "at once", "evening crew"), 0),
    ],
)
def test_judged_only_if_quoted(said: Judgement, count: int, language: SpacyLanguage) -> None:
    workspace = compare([analyse(Source("a.md", JUDGED), Settings(rules={"diverging-twins": None}), None, language)])
    found = advised(workspace, FakeJudge(said))
    assert len(found) == count
    assert all(f.rule == "judged-conflict" and f.severity.value == "warning" and f.related for f in found)


def test_text_is_data_and_answers_are_kept(tmp_path: Path, language: SpacyLanguage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Request] = []

    class Scripted:
        def __init__(self, endpoint: Endpoint) -> None: ...
        async def __aenter__(self) -> Scripted:
            return self

        async def __aexit__(self, *_: object) -> None: ...
        async def ask(self, request: Request) -> Answer:
            asked.append(request)
            return Answer('{"conflict": true, "why": "So.", "first_quote": "at once", "second_quote": "evening crew"}', 1, 1)

    monkeypatch.setattr(judging, "Asker", Scripted)
    workspace = compare([analyse(Source("a.md", JUDGED), Settings(rules={"diverging-twins": None}), None, language)])
    judge = judging.ModelJudge(Endpoint("k"), "m", tmp_path / "store" / "judgements.json")
    first, second = advised(workspace, judge), advised(workspace, judge)
    assert first == second
    assert len(asked) == 1
    assert "at once" not in str(asked[0].messages[0])
    assert asked[0].schema is not None
