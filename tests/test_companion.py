"""The second process of a language server: what it reads is what the first would read, and the first goes on without it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from clarifier.adapters.lsp.companion import Companion, Lost
from clarifier.adapters.lsp.library import Library
from clarifier.adapters.lsp.reading import Task, read
from clarifier.adapters.lsp.session import Open
from clarifier.adapters.parallel import Taken
from clarifier.engine.analysis import analyse
from clarifier.engine.lightening import is_light, lightened
from clarifier.engine.settings import Settings
from clarifier.semantics.specification import Surroundings
from clarifier.syntax.language import SpacyLanguage
from clarifier.syntax.prompts import read_prompt_file
from clarifier.text.source import Source

from .benchmarks.wire import Message, Wire

TEXT = "# Rules\n\nThe server MUST wait {0} s [^a{0}], etc.\n\nIt should stop as soon as possible.\n"
FILES = 40


def test_it_reads_what_the_server_would_read(language: SpacyLanguage) -> None:
    around = Surroundings(prompts={"a3": (read_prompt_file("prompts/a3.md", "<user>Why?</user>"),)}, prompt_dirs=("prompts",))
    taken = Taken(Source("a.md", TEXT.format(3)), Settings(terms={"SLA": "what was agreed"}), around)
    companion = Companion()
    try:
        for words in (None, language):
            alone = lightened(analyse(taken.source, taken.settings, None, words, around))
            found = companion.read(taken, words is not None)
            assert found == alone
            assert found.language == alone.language
    finally:
        companion.end()


def test_one_that_is_lost_is_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(TEXT.format(3), encoding="utf-8")
    library, companion = Library(), Companion()
    library.folders = (tmp_path,)
    task = Task(str(file), None, None, None, {})
    assert companion.read(Taken(Source("a.md", "# A\n"), Settings(), Surroundings()), False).specification.path == "a.md"
    assert companion._process is not None
    companion._process.kill()
    assert read(task, library, companion=companion) == read(task, library)
    assert companion.lost
    with pytest.raises(Lost):
        companion.read(Taken(Source("a.md", "# A\n"), Settings(), Surroundings()), False)


def test_what_has_not_changed_is_not_read_again(tmp_path: Path, language: SpacyLanguage) -> None:
    file = tmp_path / "a.md"
    file.write_text(TEXT.format(3), encoding="utf-8")
    library = Library()
    library.folders = (tmp_path,)
    whole = read(Task(str(file), None, None, language, {}), library).analysis
    assert whole is not None
    assert read(Task(str(file), None, whole, language, {}), library).analysis is whole
    # Opened, a file is shown as it was read by another process; its words are read when there is time.
    light = lightened(whole)
    opened = Open(file.as_uri(), 1, light.document.source)
    assert read(Task(str(file), opened, light, language, {}), library).analysis is light
    again = read(Task(str(file), opened, light, language, {}, again=True), library).analysis
    assert again == whole
    assert again is not None
    assert not is_light(again)
    (tmp_path / "a3.md").write_text("Examples for [^a3] in Rules:\n\n<user>Why?</user>\n", encoding="utf-8")
    library.forget_prompts()
    assert read(Task(str(file), None, whole, language, {}), library).analysis != whole


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not say which processes a process has started")
@pytest.mark.parametrize("dying", [False, True])
def test_a_server_finds_what_a_check_finds(tmp_path: Path, dying: bool) -> None:
    for number in range(FILES):
        (tmp_path / f"spec{number}.md").write_text(TEXT.format(number), encoding="utf-8")
    environment = {**os.environ, "CLARIFIER_CACHE_DIR": str(tmp_path / ".cache")}
    check = [sys.executable, "-m", "clarifier", "check", str(tmp_path), "--fail-on", "never", "--format", "json", "--jobs", "1"]
    done = subprocess.run(check, capture_output=True, encoding="utf-8", check=True, env=environment)
    wanted = Counter((Path(f["path"]).name, f["rule"]) for f in json.loads(done.stdout)["findings"])
    wire = Wire([sys.executable, "-m", "clarifier", "lsp"], env=environment)
    wire.start({"textDocument": {"publishDiagnostics": {}}}, tmp_path.as_uri())
    said: dict[str, list[str]] = {}
    killed = False

    def is_done(message: Message) -> bool:
        nonlocal killed
        params = message.get("params", {})
        if message.get("method") == "textDocument/publishDiagnostics":
            said[Path(params["uri"]).name] = [d["code"] for d in params["diagnostics"]]
            for child in _children(wire.process.pid) if dying and not killed and len(said) > 3 else ():
                os.kill(child, 9)
                killed = True
        return message.get("method") == "clarifier/status" and params["model"] == "ready" and not params["indexing"]

    wire.wait(is_done, 120)
    assert wire.stop() == 0
    assert killed == dying
    assert Counter((name, rule) for name, rules in said.items() for rule in rules) == wanted


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not say which processes a process has started")
def test_it_ends_with_a_server_that_is_killed(tmp_path: Path) -> None:
    for number in range(FILES):
        (tmp_path / f"spec{number}.md").write_text(TEXT.format(number), encoding="utf-8")
    wire = Wire([sys.executable, "-m", "clarifier", "lsp"], env={**os.environ, "CLARIFIER_CACHE_DIR": str(tmp_path / ".cache")})
    wire.start({"textDocument": {"publishDiagnostics": {}}}, tmp_path.as_uri())
    wire.wait(lambda m: m.get("method") == "textDocument/publishDiagnostics", 60)
    ends = [os.pidfd_open(child) for child in _children(wire.process.pid)]
    assert ends
    wire.process.kill()
    wire.process.wait()
    for end in ends:
        assert select.select([end], [], [], 30)[0]
        os.close(end)


def _children(process: int) -> list[int]:
    # Each thread has children of its own.
    listed = (file.read_text(encoding="ascii").split() for file in Path(f"/proc/{process}/task").glob("*/children"))
    return [int(child) for children in listed for child in children]
