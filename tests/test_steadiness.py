"""No text takes long, and what is too much to read is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clarifier.adapters.lsp.library import Library
from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.settings import Settings
from clarifier.engine.workspace import compare
from clarifier.semantics.specification import Surroundings
from clarifier.syntax.assembly import read_document
from clarifier.syntax.language import SpacyLanguage
from clarifier.syntax.parts import UNREAD
from clarifier.syntax.prompts import read_prompt_file
from clarifier.text.source import Source, Span

from .hostile import HOSTILE, PROMPTS
from .idle import SECONDS, seconds
from .pumping import patterns, slowest

# A whole megabyte each with CLARIFIER_TORTURE set.
TORTURE = bool(os.environ.get("CLARIFIER_TORTURE"))
SIZE = 1_000_000 if TORTURE else 6_000


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    """Neither to read, nor to read again after an edit at its beginning, in its middle or at its end."""
    source = Source("a.md", HOSTILE[name](SIZE))
    analyses: list[Analysis] = []
    assert seconds(lambda: analyses.append(analyse(source, Settings()))) < SECONDS
    for at in (0, len(source.text) // 2, len(source.text)):
        edited = source.edited(Span(at, at), "x must ")
        assert seconds(lambda edited=edited: analyses.append(analyse(edited, Settings(), analyses[0]))) < SECONDS


@pytest.mark.parametrize("name", PROMPTS)
def test_no_prompt_file_takes_long(name: str) -> None:
    specification = Source("a.md", "# Rules\n\nThe server MUST wait [^abc].\n")

    def read() -> Analysis:
        file = read_prompt_file("prompts/abc.md", PROMPTS[name](SIZE))
        around = Surroundings(prompts={"abc": (file,)}, prompt_dirs=("prompts",))
        return analyse(specification, Settings(), None, None, around)

    assert seconds(read) < SECONDS


def test_no_folder_takes_long(tmp_path: Path) -> None:
    """Each file asks what lies beside it, and so many files ask about each other."""
    for number in range(3000):
        (tmp_path / f"spec{number}.md").write_text("# A\n\nIt must be so.\n", encoding="utf-8")
    library = Library()
    library.folders = (tmp_path,)
    assert seconds(lambda: [library.neighbourhood(str(file), Settings()) for file in tmp_path.iterdir()]) < SECONDS


@pytest.mark.parametrize("clause", ["The server must wait 3 s.", "The server must wait {} s.", "The {}x server must wait."])
def test_no_comparison_takes_long(clause: str, language: SpacyLanguage) -> None:
    """Hundreds of clauses about the same words contradict or repeat each other; not all are set against all."""
    text = "".join(f"- {clause.format(number)}\n" for number in range(300))
    analyses = [analyse(Source(name, text), Settings(), None, language) for name in ("a.md", "b.md")]
    assert seconds(lambda: compare(analyses)) < SECONDS


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


def test_what_is_left_unread_is_told_and_no_gate_is_passed(tmp_path: Path) -> None:
    big = "# Rules\n\n" + "The server must wait 3 s.\n\n" * 20_000
    (tmp_path / "big.md").write_text(big, encoding="utf-8")
    (tmp_path / "clarifier.toml").write_text('[rules]\nmissing-clause-id = "off"\nduplicate-clause = "off"\n', encoding="utf-8")
    read = read_document(Source("big.md", big)).read
    line = big[:read].count("\n") + 1
    for named in ("big.md", "."):
        for fail_on, status in (("error", 2), ("never", 0)):
            command = [sys.executable, "-m", "clarifier", "check", named, "--fail-on", fail_on, "--format", "json"]
            # The second time the findings are those that were kept.
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
            assert done.returncode == status, done.stderr
            assert done.stderr.startswith(f"clarifier: big.md: from line {line} on the text is not read")
            assert json.loads(done.stdout)["findings"] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * 5_000_000, "is larger than 4 MB and is not read"),
        (b"\xff\xfea\0", "is UTF-16 text; save it as UTF-8"),
        (b"The server must wait \xff.\n", "is not UTF-8 text (byte 21)"),
    ],
    ids=["large", "UTF-16", "Latin-1"],
)
def test_a_folder_with_a_file_that_is_not_read_passes_no_gate(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / "b.md").write_bytes(content)
    for fail_on, status in (("error", 2), ("never", 0)):
        # The second time the findings are those that were kept.
        command = [sys.executable, "-m", "clarifier", "check", ".", "--fail-on", fail_on, "--format", "json"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (status, f"clarifier: b.md: {said}\n")
        assert json.loads(done.stdout)["files"] == 1


def test_a_text_of_which_nothing_can_be_read_is_told_of() -> None:
    """One line of which no part is short enough: all of it is left unread, and nothing fails."""
    source = Source("a.md", "a[^b] " * 200_000)
    analysis = analyse(source, Settings())
    assert analysis.specification.document.parts[0].text == UNREAD
    again = source.edited(Span(600_000, 600_000), "x must ")
    assert analyse(again, Settings(), analysis).findings == analyse(again, Settings()).findings
