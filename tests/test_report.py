"""The report on grades: all of it there, none of it alive."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .fault_server import Body, FaultServer, Reply, completion, grade, is_grading
from .graded_spec import SPEC, clarifier, laid_out, scored

HOSTILE = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>&lt;'\"</pre></details>"


def hostile(number: int, body: Body) -> Reply:
    return Reply(grade(body, 3)) if is_grading(body) else Reply(completion(HOSTILE))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    laid_out(tmp_path, SPEC.replace("name its sources", 'name its <b onclick=x>sources</b> & "more"'))
    with FaultServer(hostile) as server:
        for model in ("m", "<script>m</script>"):
            clarifier(tmp_path, server, "test", "spec.md", "--model", model, "--grader", "g")
    assert clarifier(tmp_path, None, "report", "spec.md").returncode == 0
    return tmp_path / "clarifier-report.html"


def test_the_page_fetches_and_runs_nothing(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "&lt;img src=x onerror=" in text
    assert not re.search(r"<(?:script|img|iframe|link|object|embed|form|base)\b", text)
    assert not re.search(r"<[^>]*\son\w+=", text)
    assert not re.search(r"(?:src|href)=\"(?!#clause-)", text)
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src &#x27;none&#x27;" in text


def test_a_browser_shows_it_and_runs_nothing(page: Path, tmp_path: Path) -> None:
    browser = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if browser is None:
        pytest.skip("there is no Chromium here")
    command = [
        browser,
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=2000",
        "--dump-dom",
        page.as_uri(),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    assert "<title>Clarifier: grades</title>" in shown
    for words in ("Clauses by models", "Trend over 2 runs", "Coverage of clauses by prompts", "Answer of m", "3.0"):
        assert words in shown
    assert shown.count("<details") == shown.count("</details>") == 3 + 4


def test_the_same_store_gives_the_same_page(page: Path) -> None:
    again = clarifier(page.parent, None, "report", "spec.md", "--output", "-")
    assert again.stdout == page.read_text(encoding="utf-8")


def test_nothing_graded_yet_is_a_page_too(tmp_path: Path) -> None:
    laid_out(tmp_path)
    shown = clarifier(tmp_path, None, "report", "spec.md", "--output", "-").stdout
    assert "No prompt has been run yet" in shown
    assert "2 of 2" in shown


def test_stale_and_uncounted_grades_are_told_apart(tmp_path: Path) -> None:
    spec = laid_out(tmp_path)
    with FaultServer(scored({})) as server:
        clarifier(tmp_path, server, "test", "spec.md", "--model", "m")
    spec.write_text(SPEC.replace("must name its sources", "must name sources"), encoding="utf-8")
    shown = clarifier(tmp_path, None, "report", "spec.md", "--output", "-").stdout
    assert shown.count('class="grade g6 stale"') == 1
    assert shown.count('class="grade g6"') == 2
