"""A repository of strangers: it names no program, no endpoint and no place outside itself, and takes over no page."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clarifier.adapters import configuration, files
from clarifier.adapters.around import missing_files
from clarifier.adapters.failures import CannotRun
from clarifier.engine.analysis import analyse
from clarifier.engine.settings import Settings
from clarifier.engine.views.hover import hover
from clarifier.text.source import Source

PROMPTS = "Examples for [^abc]:\n\n**Example**: one\n\n```\n<user>\nsecret\n</user>\n```\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace with a folder of prompts beside it that is none of its business."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "abc.md").write_text(PROMPTS, encoding="utf-8")
    (outside / "other.md").write_text("The server MUST NOT wait.\n", encoding="utf-8")
    inside = tmp_path / "repository"
    (inside / ".git").mkdir(parents=True)
    (inside / "spec.md").write_text("The server MUST wait [^abc].\n", encoding="utf-8")
    return inside


@pytest.mark.parametrize(
    "line",
    [
        *(
            f'{key} = "x"'
            for key in ("python", "interpreter", "command", "plugins", "model", "api_key", "OPENAI_API_KEY", "base_url")
        ),
        *(
            f'[{table}]\n{key} = "x"'
            for table in ("model", "grader", "prompts", "answers", "conflicts")
            for key in ("command", "key", "base_url")
        ),
    ],
)
def test_a_workspace_names_no_program_and_no_endpoint(place: Path, line: str) -> None:
    file = place / "clarifier.toml"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(CannotRun, match="there is no setting of this name"):
        configuration.load(file)


@pytest.mark.parametrize("name", ["../outside", "./x/../../outside", "link"])
def test_prompt_folders_do_not_lead_out(place: Path, name: str) -> None:
    (place / "x").mkdir()
    (place / "link").symlink_to("../outside")
    around = files.neighbourhood(place / "spec.md", Settings(prompt_dirs=(name, str(place.parent / "outside"))), place)
    assert not around.prompts
    assert not around.prompt_dirs


def test_a_prompt_file_that_is_a_link_does_not_lead_out(place: Path) -> None:
    (place / "prompts").mkdir()
    (place / "prompts" / "abc.md").symlink_to("../../outside/abc.md")
    (place / "prompts" / "loop.md").symlink_to("loop.md")
    assert not files.neighbourhood(place / "spec.md", Settings(), place).prompts
    (place / "prompts" / "real.md").write_text(PROMPTS, encoding="utf-8")
    assert set(files.neighbourhood(place / "spec.md", Settings(), place).prompts) == {"real"}


@pytest.mark.parametrize("name", ["../outside/other.md", "../outside", "link/other.md", "/etc/hostname", "x\\u0000y"])
def test_imports_do_not_lead_out(place: Path, name: str) -> None:
    (place / "link").symlink_to("../outside")
    file = place / "clarifier.toml"
    file.write_text(f'imports = ["{name}"]', encoding="utf-8")
    with pytest.raises(CannotRun, match="outside the workspace"):
        configuration.load(file)


def test_no_link_tells_whether_a_file_outside_is_there(place: Path) -> None:
    (place / "link").symlink_to("../outside")
    targets = [f"{above}{name}.md" for above in ("../outside/", "link/", "/etc/", "%2e%2e/outside/") for name in ("other", "gone")]
    text = " ".join(f"[a]({target})" for target in (*targets, "spec.md", "gone.md"))
    assert missing_files(place / "spec.md", text, place) == {"gone.md"}


def test_answers_are_not_logged_outside(place: Path) -> None:
    (place / "link").symlink_to("../outside")
    spec = place / "spec.md"
    assert files.within(place / "log" / "answers.md", spec)
    for name in ("../outside/log.md", "link/log.md", "/etc/log.md"):
        assert not files.within(place / name, spec, place)


def test_links_in_a_circle_and_folders_that_cannot_be_read_are_passed_over(place: Path) -> None:
    (place / "round").symlink_to(".")
    (place / "loop").symlink_to("loop")
    closed = place / "closed"
    closed.mkdir()
    os.chmod(closed, 0)
    try:
        assert list(files.specifications(place, Settings())) == [place / "spec.md"]
        files.neighbourhood(place / "spec.md", Settings(prompt_dirs=("round", "loop", "closed")), place)
    finally:
        os.chmod(closed, 0o700)


def test_folders_lie_as_deep_as_they_like(place: Path) -> None:
    top, here = os.getcwd(), place
    os.chdir(place)
    try:
        for _ in range(1_200):
            os.mkdir("d")
            os.chdir("d")
        Path("deep.md").write_text("The limit is TBD.\n", encoding="utf-8")
        os.chdir(here)
        assert [file.name for file in files.specifications(Path(), Settings())] == ["spec.md", "deep.md"]
    finally:
        os.chdir(top)
        subprocess.run(["rm", "-rf", str(place / "d")], check=True)


def test_links_that_no_system_follows_lead_nowhere(place: Path) -> None:
    """A thousand links, each to the next: to follow them all for each of them would take minutes."""
    (place / "prompts").mkdir()
    for folder in (place, place / "prompts"):
        for number in range(1_000):
            (folder / f"l{number}.md").symlink_to(f"l{number + 1}.md")
        (folder / "l1000.md").symlink_to("/etc/hostname")
    begun = time.process_time()
    assert list(files.specifications(place, Settings())) == [place / "spec.md"]
    assert not files.neighbourhood(place / "spec.md", Settings(), place).prompts
    assert not files.within(place / "l0.md", place / "spec.md")
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)>",
        "[x](command:workbench.action.quit)",
        "<script>alert(1)</script>",
        "![x](http://evil.example/p.png)",
    ],
)
def test_a_hover_shows_markup_as_text(hostile: str) -> None:
    text = f"# Title {hostile}\n\n- The server MUST wait for {hostile} [^abc].\n\nSee [^abc] and [that](#abc); TBD {hostile}.\n"
    analysis = analyse(Source("a.md", text), Settings())
    for offset in range(len(text)):
        found = hover(
            {"a.md": analysis}, "a.md", offset, tuple(f for f in analysis.findings if f.span.start <= offset <= f.span.end)
        )
        if found is not None:
            assert not re.search(r"(?<!\\)<(?:img|script)|(?<!\\)\]\((?:command|http:)", found.markdown), found.markdown


def clarifier(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clarifier", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
        timeout=60,
    )


def test_a_specification_that_is_a_link_does_not_lead_out(place: Path) -> None:
    outside = place.parent / "outside" / "other.md"
    before = outside.read_text(encoding="utf-8")
    (place / "linked.md").symlink_to("../outside/other.md")
    (place / "inner.md").symlink_to("spec.md")
    done = clarifier(place, "check", ".", "--format", "json")
    assert {f["path"] for f in json.loads(done.stdout)["findings"]} <= {"spec.md", "inner.md"}
    assert "linked.md: is a link that leads out of the workspace, and is not followed" in done.stderr
    clarifier(place, "ids", "--write", ".")
    assert outside.read_text(encoding="utf-8") == before
    assert not files.is_prompt_file(place / "linked.md", Settings())


def test_what_is_no_file_is_passed_over_and_not_waited_for(place: Path) -> None:
    (place / "prompts").mkdir()
    for folder in (place, place / "prompts"):
        os.mkfifo(folder / "pipe.md")
        (folder / "zero.md").symlink_to("/dev/zero")
        (folder / "folder.md").mkdir()
        (folder / "nowhere.md").symlink_to("gone.md")
    done = clarifier(place, "check", ".", "--format", "json")
    assert json.loads(done.stdout)["files"] == 1
    assert "pipe.md: is not a regular file" in done.stderr
    for name in ("pipe.md", "/dev/zero", "folder.md"):
        with pytest.raises(CannotRun, match=r"is not a regular file|is a folder"):
            files.read_text(place / name)
    os.mkfifo(place / "pyproject.toml")
    assert configuration.find(place) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" + ".a" * 200_000 + " = 1", "nested too deeply"),
        ('"a"' + ' . "a"' * 100_000 + " = 1", "nested too deeply"),
        ("x = " + "[" * 100_000, "nested too deeply"),
        ("x = " + "9" * 100_000, "not valid TOML"),
        ("include = 1" + "_0" * 10_000, "not valid TOML"),
        ('exclude = ["' + "*a" * 12 + 'b"]', "exclude.0: has more wildcards"),
        ('include = ["' + "**/a/" * 9 + 'b"]', "include.0: has more wildcards"),
        ("include = [" + '"a",' * 20_000 + "]", "include: list should have at most 1000"),
        ("[prompts]\ndirs = [" + '"a",' * 20_000 + "]", "prompts.dirs: list should have at most 100"),
        ("#" * 2_000_000, "is larger than 1 MB"),
        ("[rules]\nvague-time = 7", "rules.vague-time"),
        ("terms = 3", "terms"),
        ("terms = {a = 1e400}", "terms.a"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_no_configuration_takes_long_or_much(place: Path, text: str, said: str) -> None:
    file = place / "clarifier.toml"
    file.write_text(text, encoding="utf-8")
    begun = time.process_time()
    with pytest.raises(CannotRun, match=said):
        configuration.load(file)
    assert time.process_time() - begun < 2


def test_a_pattern_of_many_wildcards_is_matched_in_time(place: Path) -> None:
    (place / ("a" * 240 + ".md")).write_text("# A\n", encoding="utf-8")
    file = place / "clarifier.toml"
    file.write_text('exclude = ["*a*a*b", "**/a/**/a/**/b*"]', encoding="utf-8")
    begun = time.process_time()
    assert len(list(files.specifications(place, configuration.load(file)))) == 2
    assert time.process_time() - begun < 2


def test_the_settings_of_a_repository_run_no_program(place: Path) -> None:
    shutil.rmtree(place / ".git")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@t"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], cwd=place, check=True)
    run = f"touch '{place / 'ran'}'; cat"
    (place / ".gitattributes").write_text("* filter=evil diff=evil\n", encoding="utf-8")
    settings = {
        "filter.evil.clean": run,
        "filter.evil.smudge": run,
        "filter.evil.required": "true",
        "filter.ev.il.process": run,
        "diff.evil.textconv": run,
        "diff.evil.command": run,
        "diff.external": run,
        "core.fsmonitor": run,
        "core.pager": run,
        "core.sshCommand": run,
        "pager.show": run,
        "remote.origin.url": f"ext::sh -c {run}",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
    }
    for name, value in settings.items():
        subprocess.run(["git", "config", name, value], cwd=place, check=True)
    (place / "spec.md").write_text("The server MUST NOT wait [^abc].\n", encoding="utf-8")
    commands = (
        ("diff", "HEAD"),
        ("check", ".", "--changed-since", "HEAD"),
        ("stats", ".", "--since", "HEAD"),
        ("diff", "HEAD", "HEAD"),
    )
    for command in commands:
        clarifier(place, *command)
        assert not (place / "ran").exists(), command
    assert "reworded: abc" in clarifier(place, "diff", "HEAD").stdout
    # An object that is not there would be fetched.
    for kept in (place / ".git" / "objects").glob("??/*"):
        kept.unlink()
    for command in commands:
        clarifier(place, *command)
        assert not (place / "ran").exists(), command
