"""Whatever a client does, the server says in the end what a fresh one says, and its log holds no fault."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from .hostile import HOSTILE
from .idle import SECONDS, as_idle
from .torture import compared, torture
from .torture.client import Client
from .torture.steps import Steps

TORTURE = bool(os.environ.get("CLARIFIER_TORTURE"))
A = "The server MUST keep logs for 30 days.\n\nOnly the admin may read the log.\n"
B = "The server MUST delete logs after 7 days.\n\nThe user may read the log.\n"


@pytest.mark.parametrize("seed", range(1, 6) if TORTURE else (1, 2))
def test_whatever_a_client_does_the_server_says_what_a_fresh_one_says(seed: int, tmp_path: Path) -> None:
    messages = 20_000 if TORTURE else 700
    sent, difference = torture(messages, seed, tmp_path, 500 if TORTURE else 350)
    assert not difference
    assert sent >= messages


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server of an empty workspace, ready."""
    folder = tmp_path_factory.getbasetemp() / "hostile"
    folder.mkdir()
    client = Client(folder, "utf-16", pulls=False)
    client.ready()
    yield client
    client.kill()


@pytest.fixture(params=["pushed", "pulled"])
def steps(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Steps]:
    """A client in a workspace in which two files contradict each other, when all of it was read."""
    steps = Steps(tmp_path, random.Random(0))
    for name, text in {"a.md": A, "b.md": B, "sub/c.md": "# C\n"}.items():
        steps.write(name, text)
    steps.client = Client(steps.folder, "utf-16", request.param == "pulled")
    steps.client.ready()
    yield steps
    steps.client.kill()


@pytest.mark.parametrize("name", list(HOSTILE) if TORTURE else list(HOSTILE)[::9])
def test_a_hostile_text_holds_up_no_answer(name: str, server: Client, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Opened, edited while it is read, and asked about: each answer within two seconds of work, and no fault."""
    uri = (tmp_path_factory.getbasetemp() / "hostile" / "a.md").as_uri()
    document, place = {"uri": uri}, {"line": 0, "character": 1}
    around = {"start": {"line": 0, "character": 0}, "end": {"line": 50, "character": 0}}
    server.open(uri, HOSTILE[name](1_000_000 if TORTURE else 6_000))
    for method in ("hover", "completion", "codeAction", "documentSymbol", "codeLens", "foldingRange", "documentLink", "inlayHint"):
        server.change(uri, {"range": {"start": place, "end": place}, "text": "x must "})
        begun = server.worked()
        server.ask(
            f"textDocument/{method}",
            {"textDocument": document, "position": place, "range": around, "context": {"diagnostics": []}},
        )
        assert as_idle(server.worked() - begun) < SECONDS, method
    server.notify("textDocument/didClose", {"textDocument": document})
    assert not server.faults()


def test_conflicts_go_with_the_file_that_is_deleted_or_excluded(steps: Steps) -> None:
    steps.open("a.md", A)
    assert steps.client.diagnostics(steps.uri("b.md"))
    (steps.folder / "b.md").unlink()
    steps.changed("b.md")
    assert not compared(steps)
    steps.write("b.md", B)
    steps.changed("b.md")
    assert steps.client.diagnostics(steps.uri("b.md"))
    steps.write("clarifier.toml", 'exclude = ["b.md"]\n')
    steps.changed("clarifier.toml")
    assert not compared(steps)


def test_conflicts_follow_the_configuration(steps: Steps) -> None:
    for text in ("[rules\n", '[rules]\nbroken-exclusivity = "off"\n', '[conflicts]\nscope = "file"\n'):
        steps.write("clarifier.toml", text)
        steps.changed("clarifier.toml")
    assert not compared(steps)


def test_conflicts_are_told_again_when_an_edit_is_undone(steps: Steps) -> None:
    steps.open("a.md", A)
    assert steps.client.diagnostics(steps.uri("a.md"))
    for text in ("Nothing.\n", A, "x" + A, A, A.replace("30 days", ""), A):
        steps.replace("a.md", text)
    assert not compared(steps)


def test_everything_is_read_once_though_the_client_begins_twice(steps: Steps) -> None:
    for _ in range(3):
        steps.client.notify("initialized", {})
    steps.open("a.md", A)
    for number in range(20):
        steps.replace("a.md", A + "The client must wait.\n" * number)
    steps.replace("a.md", B)
    assert not compared(steps)


def test_what_is_left_unread_is_told_where_it_begins(steps: Steps) -> None:
    text = "The server must wait 3 s.\n\n" * 20_000
    steps.open("a.md", text)
    steps.client.ask("textDocument/documentSymbol", {"textDocument": {"uri": steps.uri("a.md")}})
    told = [d for d in steps.client.diagnostics(steps.uri("a.md")) if d["code"] == "unreadable"]
    assert len(told) == 1
    assert told[0]["range"]["start"]["character"] == 0
    assert told[0]["message"].startswith(f"from line {told[0]['range']['start']['line'] + 1} on the text is not read")
