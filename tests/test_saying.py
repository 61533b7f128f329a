"""What a stranger wrote, in a text, a name or an answer, never speaks to the terminal; what programs read stays exact."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from clarifier.__main__ import main
from clarifier.adapters.saying import on_a_line, plain

from .fault_server import FaultServer, Reply, completion
from .graded_spec import Body, grade, is_grading
from .terminal import Terminal

# A title of the window, a colour, a cursor that goes back, a bell, C1's introducer, and text that runs the other way.
EVIL = "a\x1b]0;owned\x07b\x1b[8mc\x08d\x9b8me\u202ef\u2066g\x7fh"
MARKUP = "[red]m[/red] :smile:"
SPEC = (
    f"# Title {EVIL} {MARKUP} {{#t authority=user}}\n\n"
    f"The server MUST send it {EVIL} to the client when it is ready {MARKUP}, TBD [^abc].\n\n"
    f"::add-mask::{EVIL} The limit is TBD.\n\nThe client must not wait.\n\nSee [x](#gone{EVIL}) and [^b{EVIL}].\n"
)
PROMPTS = f"Examples for [^abc] in Title {EVIL}:\n\n**Example**: one {EVIL}\n\n~~~xml\n<user>\nHow {EVIL}?\n</user>\n~~~\n"
NAME = f"s\x1b]0;owned\x07\x9b\n\u202e{MARKUP.replace('/', '')}.md"
SPEAKING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
STYLES = re.compile(r"\x1b\[[0-9;]*m|\r\n")


def silent(shown: str) -> bool:
    """Whether nothing in what was shown speaks to a terminal; each line as it is shown, none is made by a name."""
    return not SPEAKING.search(shown)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A repository, in two revisions, whose every word was chosen by a stranger."""
    place = tmp_path / "repository"
    (place / "prompts").mkdir(parents=True)
    (place / "prompts" / "abc.md").write_text(PROMPTS, encoding="utf-8")
    (place / "prompts" / "gone.md").write_text(PROMPTS.replace("[^abc]", "[^gone]"), encoding="utf-8")
    (place / NAME).write_text(SPEC, encoding="utf-8")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@t"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], cwd=place, check=True)
    (place / NAME).write_text(SPEC.replace("ready", f"rea\x1b[8mdy {EVIL}"), encoding="utf-8")
    return place


def clarifier(place: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clarifier", *arguments],
        cwd=place,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


COMMANDS = (
    ("check", "."),
    ("check", ".", "--questions", "5"),
    ("check", ".", "--summary"),
    ("check", f"no{EVIL}"),
    ("check", ".", f"--{EVIL}"),
    ("check", ".", "--jobs", EVIL),
    ("check", ".", "--config", f"no{EVIL}"),
    ("check", ".", "--baseline", f"no{EVIL}"),
    ("check", ".", "--changed-since", f"no{EVIL}"),
    (f"check{EVIL}",),
    ("ids", "."),
    ("ids", f"no{EVIL}"),
    ("ids", ".", "--write", "--style", "label"),
    ("graph", "."),
    ("graph", ".", "--format", "dot"),
    ("diff", "HEAD"),
    ("diff", "HEAD", "--format", "markdown"),
    ("diff", f"no{EVIL}"),
    ("stats", "."),
    ("explain", f"no{EVIL}"),
    ("new", f"new{EVIL}.md"),
    ("init", f"no{EVIL}"),
    ("baseline", ".", "--output", f"b{EVIL}"),
    ("report", ".", "--output", f"r{EVIL}"),
    ("export", "promptfoo", ".", "--output", f"e{EVIL}"),
    ("test", ".", "--model", f"m{EVIL}", "--dry-run"),
    ("test", ".", "--model", f"m{EVIL}", "--clause", f"c{EVIL}"),
    ("ask", f"no{EVIL}"),
    ("lsp", "--tcp", f"no{EVIL}"),
    ("mcp", "--root", f"no{EVIL}"),
)


def test_no_command_lets_a_text_speak_to_the_terminal(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    for command in COMMANDS:
        monkeypatch.setattr(sys, "argv", ["clarifier", *command])
        with suppress(SystemExit):
            main()
        done = capsys.readouterr()
        assert done.out or done.err, command
        assert silent(done.out), (command, ascii(done.out))
        assert silent(done.err), (command, ascii(done.err))
        assert not re.search(r"Traceback|fault of Clarifier", done.err)
        assert not re.search(r"^\s*::", done.out, re.MULTILINE), "a line that GitHub's runner takes for a command"


@pytest.mark.parametrize(
    "line",
    [
        f'"x{EVIL}" = 1'.replace("\x1b", "\\u001b").replace("\x07", "\\u0007").replace("\x08", "\\b").replace("\x7f", "\\u007f"),
        'imports = ["../x\\u001b]0;owned\\u0007"]',
        'exclude = ["\\u001b[8m*a*a*a*a*a*a*a*a*a*a*a*a*a*a"]',
        '[rules]\n"no\\u001b[8m" = "off"',
        '[rules]\nvague-time = "\\u001b[8m"',
        "x = \x1b]0;owned\x07",
    ],
)
def test_no_configuration_speaks_to_the_terminal(place: Path, line: str) -> None:
    (place / "clarifier.toml").write_text(line, encoding="utf-8")
    done = clarifier(place, "check", ".")
    assert done.returncode == 2
    assert silent(done.stderr), ascii(done.stderr)
    assert len(done.stderr.splitlines()) == 1, done.stderr


def test_no_answer_of_a_model_speaks_to_the_terminal(place: Path) -> None:
    def script(number: int, body: Body) -> Reply:
        if number == 3:
            return Reply({"error": {"message": f"no {EVIL}"}}, 400)
        return Reply(grade(body, 2) if is_grading(body) else completion(EVIL))

    with FaultServer(script) as server:
        for command in (("test", ".", "--model", f"m{EVIL}", "--attempts", "1"), ("check", ".", "--judge", "m")):
            done = clarifier(place, *command, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="k")
            assert silent(done.stdout + done.stderr), ascii(done.stdout + done.stderr)
            assert "Traceback" not in done.stderr
        assert server.requests


def test_at_a_terminal_only_styles_are_sent(place: Path) -> None:
    for command in (("check", "."), ("check", ".", "--format", "json"), ("ids", "."), ("check", f"no{EVIL}")):
        terminal = Terminal(*command, folder=place)
        terminal.ended()
        assert silent(STYLES.sub("", terminal.sent)), ascii(terminal.sent)
        if command == ("check", "."):
            assert "[red]m[/red] :smile:" in STYLES.sub("", terminal.sent)


def test_an_interview_only_sends_styles(place: Path) -> None:
    (place / "clarifier.toml").write_text(f'[answers]\nlog = "../{MARKUP}/log.md"\n', encoding="utf-8")
    terminal = Terminal("ask", NAME, folder=place)
    terminal.expect("Your answer")
    terminal.type(f"f\n{MARKUP}\n")
    terminal.expect("Written.*Your answer")
    terminal.type("q\n")
    assert terminal.ended() == 0
    echoed = re.sub(r"\x1b\[\?2004[hl]", "", STYLES.sub("", terminal.sent)).replace("\r", "")
    assert silent(echoed), ascii(terminal.sent)
    assert f"“../{MARKUP}/log.md” lies outside" in " ".join(echoed.split())


def test_what_programs_read_is_exact(place: Path) -> None:
    done = clarifier(place, "check", ".", "--format", "json")
    findings = json.loads(done.stdout)["findings"]
    assert {f["path"] for f in findings} >= {NAME}
    assert any(EVIL in f["message"] for f in findings)
    assert json.loads(clarifier(place, "ids", ".", "--json").stdout)["ids"][0]["section"] == f"Title {EVIL} {MARKUP}"
    assert EVIL in json.loads(clarifier(place, "diff", "HEAD", "--format", "json").stdout)["amendments"][0]["after"]["text"]


def test_signs_stand_for_single_characters() -> None:
    assert plain("a\tb\n\x1b[0m\x7f\x9b\u202e\udc9b\ud800é😀\u200d") == "a\tb\n␛[0m␡����é😀\u200d"
    assert on_a_line("a\tb\nc\r") == "a␉b␊c␍"
    every = "".join(map(chr, range(0x3000)))
    assert len(plain(every)) == len(every)
