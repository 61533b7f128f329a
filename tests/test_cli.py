"""The command line: reports in every format, exit statuses, and one sentence for whatever cannot be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import pytest

from clarifier.adapters import gathering, output
from clarifier.adapters.check import Checked, check
from clarifier.syntax.language import SpacyLanguage

from .sarif_schema import SARIF

SCHEMAS = Path(__file__).parents[1] / "server" / "clarifier" / "adapters" / "schemas"
SPEC = "# Requests\n\nThe client must sign each request[^a1b2], see [x](#nowhere).\n\n## 😀 Storage\n\nIt must keep logs for 30 days, etc.\n"


def run(*arguments: str, cwd: Path, code: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "clarifier", *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, encoding="utf-8", timeout=120, check=False, env={**os.environ, "NO_COLOR": "1"}
    )


def refused(found: subprocess.CompletedProcess[str], *said: str) -> None:
    assert found.returncode == 2, found.stderr
    assert found.stdout == ""
    lines = found.stderr.strip().split("\n")
    assert len(lines) == 1, found.stderr
    assert lines[0].startswith("clarifier: ")
    for words in said:
        assert words in lines[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "spec.md").write_text(SPEC, encoding="utf-8")
    return tmp_path


def checked(folder: Path, language: SpacyLanguage) -> Checked:
    before = Path.cwd()
    os.chdir(folder)
    try:
        return check(gathering.gather([Path()], None), language, [])
    finally:
        os.chdir(before)


# Reports


def as_format(name: str, folder: Path, language: SpacyLanguage, capsys: pytest.CaptureFixture[str]) -> str:
    found = checked(folder, language)
    output.printed(name, found.findings, found.sources, len(found.analyses))
    return capsys.readouterr().out


def test_json_keeps_to_its_schema(folder: Path, language: SpacyLanguage, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(as_format("json", folder, language, capsys))
    jsonschema.validate(report, json.loads((SCHEMAS / "findings.json").read_text(encoding="utf-8")))
    assert report["files"] == 1
    assert {f["rule"] for f in report["findings"]} >= {"unknown-reference", "missing-prompts", "missing-clause-id", "open-list"}
    assert {f["path"] for f in report["findings"]} == {"spec.md"}
    places = [(f["range"]["start"]["line"], f["range"]["start"]["character"]) for f in report["findings"]]
    assert places == sorted(places)
    title = next(f for f in report["findings"] if f["rule"] == "missing-clause-id")
    assert title["range"] == {"start": {"line": 4, "character": 3}, "end": {"line": 4, "character": 13}}


def test_sarif_keeps_to_the_standard(folder: Path, language: SpacyLanguage, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(as_format("sarif", folder, language, capsys))
    jsonschema.validate(report, SARIF)
    (one,) = report["runs"]
    rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in one["results"])
    assert all(rule["help"]["text"] for rule in one["tool"]["driver"]["rules"])
    wrong = next(result for result in one["results"] if result["ruleId"] == "unknown-reference")
    assert wrong["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 52, "endLine": 3, "endColumn": 59}


def test_github_annotations(folder: Path, language: SpacyLanguage, capsys: pytest.CaptureFixture[str]) -> None:
    lines = as_format("github", folder, language, capsys).strip().split("\n")
    assert any(
        line.startswith("::error file=spec.md,line=3,endLine=3,col=52,endColumn=58,title=unknown-reference::") for line in lines
    )
    assert all(line.startswith("::") for line in lines)


def test_junit(folder: Path, language: SpacyLanguage, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "spec.md").write_text(SPEC + "\nIt must be \x1b[31m & <b>, etc.\n", encoding="utf-8")
    suites = ElementTree.fromstring(as_format("junit", folder, language, capsys))
    cases = suites.findall("./testsuite/testcase")
    assert len(cases) == int(suites.attrib["tests"])
    assert len(suites.findall("./testsuite/testcase/failure")) == int(suites.attrib["failures"]) > 0


def test_text_underlines_the_words(folder: Path, language: SpacyLanguage, capsys: pytest.CaptureFixture[str]) -> None:
    lines = as_format("text", folder, language, capsys).split("\n")
    at = next(i for i, line in enumerate(lines) if "unknown-reference" in line)
    assert lines[at].startswith("spec.md:3:52: error: ")
    assert lines[at + 1][lines[at + 2].index("^") :].startswith("nowhere")
    assert "\x1b" not in "".join(lines)


def test_exit_status(folder: Path) -> None:
    assert run("check", "spec.md", cwd=folder).returncode == 1
    assert run("check", "spec.md", "--fail-on", "never", cwd=folder).returncode == 0
    (folder / "spec.md").write_text("# A\n\nIt is so.\n", encoding="utf-8")
    clean = run("check", cwd=folder)
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "", "")


def test_baseline_is_stable_when_text_moves(folder: Path) -> None:
    run("baseline", "--output", "known.json", cwd=folder)
    assert run("check", "--baseline", "known.json", cwd=folder).stdout == ""
    (folder / "spec.md").write_text("Before.\n\n" + SPEC + "\nIt must stop, and so on.\n", encoding="utf-8")
    new = json.loads(run("check", "--baseline", "known.json", "--format", "json", cwd=folder).stdout)
    assert {f["rule"] for f in new["findings"]} == {"open-list"}
    refused(run("check", "--baseline", "spec.md", cwd=folder), "spec.md", "baseline")
    refused(run("check", "--baseline", "none.json", cwd=folder), "none.json")


def test_changed_since(folder: Path) -> None:
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@y", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    (folder / "spec.md").write_text("Before.\n\n" + SPEC + "\nIt must stop, and so on.\n", encoding="utf-8")
    new = json.loads(run("check", "--changed-since", "HEAD", "--format", "json", cwd=folder).stdout)
    assert {f["range"]["start"]["line"] for f in new["findings"]} == {10}
    refused(run("check", "--changed-since", "nowhere", cwd=folder), "nowhere")


# What cannot be read


def test_path_that_does_not_exist(tmp_path: Path) -> None:
    refused(run("check", "none.md", cwd=tmp_path), "none.md")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01\x02" * 100, "binary"),
        (b"# A\n\nIt must \xff be.\n", "UTF-8"),
        ("# A\n\nIt must.\n".encode("utf-16"), "UTF-16"),
        (b"# A\n\nIt must be.\n" * 1_300_000, "larger"),
    ],
    ids=["binary", "broken UTF-8", "UTF-16", "20 MB"],
)
def test_file_that_cannot_be_read(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes(content)
    (tmp_path / "good.md").write_text("# A\n\nIt is so.\n", encoding="utf-8")
    refused(run("check", "bad.md", cwd=tmp_path), "bad.md", said)
    # In a folder the other files are checked all the same, but what nobody read passes no gate.
    walked = run("check", ".", "--format", "json", cwd=tmp_path)
    assert walked.returncode == 2
    assert json.loads(walked.stdout)["files"] == 1
    assert "bad.md" in walked.stderr
    assert len(walked.stderr.strip().split("\n")) == 1


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("b.md")
    (tmp_path / "b.md").symlink_to("a.md")
    (tmp_path / "inside").symlink_to(".")
    (tmp_path / "examples").symlink_to("examples")
    (tmp_path / "good.md").write_text("# A\n\nIt is so.\n", encoding="utf-8")
    refused(run("check", "a.md", cwd=tmp_path), "a.md")
    walked = run("check", ".", "--format", "json", cwd=tmp_path)
    assert (walked.returncode, json.loads(walked.stdout)["files"]) == (0, 1)
    assert "Traceback" not in walked.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rules\n", "TOML"),
        ("colour = 1\n", "colour"),
        ("[clauses]\nnormative = 3\n", "clauses.normative"),
        ("[rules]\nvague-term = 'loud'\n", "rules.vague-term"),
        ("[rules]\nvague-trem = 'off'\n", "vague-trem"),
        ("include = 'x'\n", "include"),
    ],
)
def test_broken_configuration(text: str, said: str, folder: Path) -> None:
    (folder / "clarifier.toml").write_text(text, encoding="utf-8")
    refused(run("check", "spec.md", cwd=folder), "clarifier.toml", said)


def test_configuration_that_is_not_there(folder: Path) -> None:
    refused(run("check", "spec.md", "--config", "none.toml", cwd=folder), "none.toml")
    refused(run("check", "spec.md", "--config", ".", cwd=folder), "is a folder")


def test_prompt_file_that_is_a_folder(folder: Path) -> None:
    (folder / "examples" / "a1b2.md").mkdir(parents=True)
    report = json.loads(run("check", "--format", "json", cwd=folder).stdout)
    (broken,) = [f for f in report["findings"] if f["rule"] == "malformed-prompts"]
    assert broken["path"] == "examples/a1b2.md"
    assert "folder" in broken["message"]
    assert not any(f["rule"] == "missing-prompts" for f in report["findings"])


def test_what_a_walk_takes(folder: Path) -> None:
    for name in ("README.md", "CHANGELOG.md", "node_modules/a.md", ".git/b.md", "docs/more.md", "examples/other.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("# A\n\nIt must be so, etc.\n", encoding="utf-8")
    (folder / "examples" / "a1b2.md").write_text(
        "Examples for [^a1b2] in Requests:\n\n<user>\nIt must, etc.\n</user>\n", encoding="utf-8"
    )
    (folder / "examples" / "zz99.md").write_text("<user>It must, etc.</user>\n", encoding="utf-8")
    report = json.loads(run("check", "--format", "json", cwd=folder).stdout)
    assert report["files"] == 3
    assert {f["path"] for f in report["findings"]} == {"spec.md", "docs/more.md", "examples/other.md", "examples/zz99.md"}
    assert {f["rule"] for f in report["findings"] if f["path"] == "examples/zz99.md"} == {"orphan-prompts"}
    # What is named is checked, whatever its name.
    named = json.loads(run("check", "README.md", "--format", "json", cwd=folder).stdout)
    assert named["files"] == 1
    assert named["findings"]


def test_nearest_configuration_holds(folder: Path) -> None:
    (folder / "docs").mkdir()
    (folder / "docs" / "more.md").write_text("# A\n\nIt must be so, etc.\n", encoding="utf-8")
    (folder / "docs" / "clarifier.toml").write_text("[rules]\nopen-list = 'off'\n", encoding="utf-8")
    report = json.loads(run("check", "--format", "json", cwd=folder).stdout)
    assert {f["path"] for f in report["findings"] if f["rule"] == "open-list"} == {"spec.md"}


def test_prompts_that_the_configuration_shares(tmp_path: Path) -> None:
    (tmp_path / "clarifier.toml").write_text("[prompts]\ndirs = ['tests/prompts']\n", encoding="utf-8")
    for name, clause in (("specs/a.md", "aa11"), ("specs/deep/b.md", "bb22")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"# A\n\nIt must be so[^{clause}].\n", encoding="utf-8")
    prompts = tmp_path / "tests" / "prompts"
    prompts.mkdir(parents=True)
    for clause in ("aa11", "bb22", "cc33"):
        (prompts / f"{clause}.md").write_text("<user>Is it so?</user>\n", encoding="utf-8")
    report = json.loads(run("check", "--format", "json", cwd=tmp_path).stdout)
    assert report["files"] == 2
    assert [(f["rule"], f["clause"]) for f in report["findings"]] == [("orphan-prompts", "cc33")]


def test_documents_at_the_top_are_no_prompts(tmp_path: Path) -> None:
    (tmp_path / "clarifier.toml").write_text("[terms]\nSLA = 'what was agreed'\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "spec.md").write_text("# A\n\nIt must be so[^aa11]. It must be red[^bb22].\n", encoding="utf-8")
    (tmp_path / "overview.md").write_text("# Overview\n\nAll is well.\n\n<user>Is it?</user>\n", encoding="utf-8")
    report = json.loads(run("check", "--format", "json", cwd=tmp_path).stdout)
    assert {f["rule"] for f in report["findings"] if f["rule"].endswith("-prompts")} == {"missing-prompts"}
    # What says whose prompts it holds is taken, wherever it lies.
    (tmp_path / "aa11.md").write_text("Examples for [^aa11] in A:\n\n<user>Is it so?</user>\n", encoding="utf-8")
    report = json.loads(run("check", "--format", "json", cwd=tmp_path).stdout)
    assert [(f["rule"], f["clause"]) for f in report["findings"] if f["rule"].endswith("-prompts")] == [("missing-prompts", "bb22")]


def test_rule_that_does_not_exist(tmp_path: Path) -> None:
    refused(run("explain", "none", cwd=tmp_path), "none")


# IDs


def test_ids_are_listed_without_the_language_model(folder: Path) -> None:
    (folder / "examples").mkdir()
    (folder / "examples" / "a1b2.md").write_text("<user>Why?</user>\n", encoding="utf-8")
    code = "import sys; sys.argv=['clarifier','ids','--json']\ntry:\n  from clarifier.__main__ import main; main()\nexcept SystemExit: pass\nassert not {'spacy','numpy','openai','pygls'} & set(sys.modules)"
    found = run(cwd=folder, code=code)
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["ids"] == [
        {"id": "a1b2", "style": "footnote", "path": "spec.md", "line": 3, "column": 34, "section": "Requests", "prompts": 1}
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "# A\n\nIt must be so[^ab12].\n\n# B\n\nIt is. It must **be**.\n",
            "# A\n\nIt must be so[^ab12].\n\n# B\n\nIt is. It must **be**[^NEW].\n",
        ),
        (
            "# A\n\nIt must be so[^ab12].\n\n# B\n\nIt must run `x`\n",
            "# A\n\nIt must be so[^ab12].\n\n# B\n\nIt must run `x`[^NEW]\n",
        ),
        (
            "# A\n\n- **FR-009**: It must log.\n- It must stop.\n- [ ] It must go.\n",
            "# A\n\n- **FR-009**: It must log.\n- **FR-010**: It must stop.\n- [ ] **FR-011**: It must go.\n",
        ),
        ("# A\n\nREQ-1: It must log.\n\nIt must stop.\n", "# A\n\nREQ-1: It must log.\n\nREQ-2: It must stop.\n"),
        ("# A\n\n[SRS_1] It must log.\n\nIt must stop.\n", "# A\n\n[SRS_1] It must log.\n\n[SRS_2] It must stop.\n"),
        (
            "# A\n\nr[x.log]\nIt must log.\n\nThe server must stop.\n",
            "# A\n\nr[x.log]\nIt must log.\n\nr[x.server-stop]\nThe server must stop.\n",
        ),
        (
            "# A {#a}\n\nIt must log.\n\n## Be off ##\n\nIt must stop.\n",
            "# A {#a}\n\nIt must log.\n\n## Be off {#be-off} ##\n\nIt must stop.\n",
        ),
    ],
    ids=["footnote", "after code", "label", "plain label", "bracket", "rule", "heading"],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_missing_ids_are_written_in_the_style_of_the_document(text: str, written: str, newline: str, tmp_path: Path) -> None:
    file = tmp_path / "spec.md"
    file.write_bytes(text.replace("\n", newline).encode())
    given = run("ids", "--write", cwd=tmp_path)
    assert given.returncode == 0, given.stderr
    new = given.stdout.strip().rpartition(" ")[2]
    assert file.read_bytes().decode() == written.replace("NEW", new).replace("\n", newline)
    found = json.loads(run("check", "--format", "json", cwd=tmp_path).stdout)
    assert not [f for f in found["findings"] if f["rule"] == "missing-clause-id"]
    again = run("ids", "--write", cwd=tmp_path)
    assert again.stdout == ""
