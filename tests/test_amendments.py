"""What has changed between two states, clause by clause."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clarifier.engine.amendments import Amendment, Kind, amendments, words_changed
from clarifier.engine.ids import bare_specification
from clarifier.engine.settings import LEVELS
from clarifier.text.source import Source

OLD = """# Honesty {#honesty authority=root}

The assistant must not lie[^ab12]. It must not mislead anybody in any way at all[^cd34].

It must cite its sources[^ef56].

# Tone {#tone}

It should be kind and brief in all that it says[^gh78].
"""


def compared(old: str, new: str, prompts: frozenset[str] = frozenset()) -> list[tuple[Kind, str]]:
    return [(a.kind, a.state.id) for a in found(old, new, prompts)]


def found(old: str, new: str, prompts: frozenset[str] = frozenset()) -> tuple[Amendment, ...]:
    before, after = (bare_specification(Source("spec.md", text)) for text in (old, new))
    return amendments([before], [after], prompts, LEVELS)


def test_nothing() -> None:
    assert compared(OLD, OLD) == []
    assert compared(OLD, OLD.replace("\n", "\r\n").replace("It must cite", "It must\r\ncite")) == []


def test_reworded_added_removed() -> None:
    new = OLD.replace("must not lie", "should not lie").replace(
        "It must cite its sources[^ef56].", "It must say when it guesses[^zz99]."
    )
    assert compared(OLD, new) == [(Kind.REWORDED, "ab12"), (Kind.ADDED, "zz99"), (Kind.REMOVED, "ef56")]
    reworded = found(OLD, new)[0]
    assert reworded.notes == ("its prompts were not touched",)
    assert compared(OLD, new, frozenset({"ab12"}))[:2] == [(Kind.REWORDED, "ab12"), (Kind.PROMPTS, "ab12")]


def test_renamed_and_moved() -> None:
    assert compared(OLD, OLD.replace("cd34", "xy99")) == [(Kind.RENAMED, "xy99")]
    moved = OLD.replace("It must cite its sources[^ef56].\n\n", "") + "\nIt must cite its sources[^ef56].\n"
    assert compared(OLD, moved) == [(Kind.MOVED, "ef56")]
    assert compared(OLD, OLD.replace("# Tone", "# Manner")) == []


def test_authority() -> None:
    assert {k for k, _ in compared(OLD, OLD.replace("authority=root", "authority=user"))} == {Kind.LOWERED}
    assert {k for k, _ in compared(OLD.replace("authority=root", "authority=user"), OLD)} == {Kind.RAISED}


def test_removed_clause_whose_id_lives_on() -> None:
    new = OLD.replace("It must cite its sources[^ef56].\n", "As [above](#ef56).\n")
    removed = next(a for a in found(OLD, new) if a.kind is Kind.REMOVED)
    assert removed.notes == ("spec.md still refers to it",)


def test_text_without_ids_is_compared_by_section() -> None:
    assert compared("# A\n\nIt must.\n\n# B\n\nIt may.\n", "# A\n\nIt must not.\n\n# B\n\nIt may.\n") == [(Kind.REWORDED, "#a")]


def test_words() -> None:
    assert [(s.kind, s.text) for s in words_changed("It must not lie.", "It should not lie.")] == [
        ("=", "It "),
        ("-", "must"),
        ("+", "should"),
        ("=", " not lie."),
    ]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "spec.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "ef56.md").write_text("<user>Says who?</user>\n", encoding="utf-8")
    (tmp_path / "gone.md").write_text("# Old\n\nIt must go now, said the old one[^qq11].\n", encoding="utf-8")
    commit(tmp_path, "one")
    (tmp_path / "gone.md").unlink()
    (tmp_path / "spec.md").write_text(OLD.replace("must not lie", "should not lie"), encoding="utf-8")
    (tmp_path / "examples" / "ef56.md").write_text("<user>Who says?</user>\n", encoding="utf-8")
    (tmp_path / "examples" / "ab12.md").write_text("<user>True?</user>\n", encoding="utf-8")
    return tmp_path


def commit(folder: Path, tag: str) -> None:
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=x", "-c", "user.email=x@y", "commit", "-qm", tag],
        ["tag", tag],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"})


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clarifier", "diff", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_command(repository: Path) -> None:
    report = json.loads(run(repository, "HEAD", "--format", "json").stdout)
    wanted = [("removed", "qq11"), ("reworded", "ab12"), ("prompts changed", "ab12"), ("prompts changed", "ef56")]
    assert [(a["kind"], a["id"]) for a in report["amendments"]] == wanted
    assert "The assistant [-must-]{+should+} not lie." in run(repository, "HEAD").stdout
    assert "~~must~~**should**" in run(repository, "HEAD", "--format", "markdown").stdout
    commit(repository, "two")
    both = json.loads(run(repository, "one", "two", "--format", "json").stdout)
    assert [(a["kind"], a["id"]) for a in both["amendments"]] == wanted
    bad = run(repository, "none")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert "none" in bad.stderr
