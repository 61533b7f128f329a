"""Grades in the editor, over the pipe: run, stop, suggest, make a precedent, report."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import ClientServerConfig, LanguageClient

from .editor import CONFIG, Editor
from .fault_server import Body, FaultServer, Reply, completion, well
from .graded_spec import PROMPTS, SPEC, laid_out, scored

SERVER = FaultServer()
_OWN = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI")}
WITH_MODEL = ClientServerConfig(
    CONFIG.server_command, server_env=_OWN | SERVER.environment() | {"CLARIFIER_MODEL": "m", "CLARIFIER_GRADER": "g"}
)


@pytest_lsp.fixture(scope="session", config=WITH_MODEL)
async def grading(lsp_client: LanguageClient, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[None]:
    with SERVER:
        lsp_client.editor = await Editor.start(lsp_client, tmp_path_factory.mktemp("graded"), "neovim")
        await lsp_client.editor.ready()
        yield
        await lsp_client.shutdown_session()


@pytest.fixture
def editor(grading: LanguageClient) -> Editor:
    SERVER.script = lambda number, body: well(body)
    return grading.editor


def opened(editor: Editor, folder: str, spec: str = SPEC) -> str:
    laid_out(editor.folder / folder, spec)
    # A folder of its own with a store of its own.
    (editor.folder / folder / ".clarifier").mkdir()
    editor.open(f"{folder}/spec.md", spec)
    return f"{folder}/spec.md"


async def lenses(editor: Editor, name: str) -> list[str]:
    found = await editor.client.text_document_code_lens_async(types.CodeLensParams(text_document=editor.document(name)))
    return [lens.command.title for lens in found or () if lens.command]


async def hover(editor: Editor, name: str, words: str) -> str:
    params = types.HoverParams(text_document=editor.document(name), position=editor.range(name, words).end)
    shown = await editor.client.text_document_hover_async(params)
    assert shown
    assert isinstance(shown.contents, types.MarkupContent)
    return shown.contents.value


async def test_lenses_and_hover_show_grades_and_what_is_stale(editor: Editor) -> None:
    name = opened(editor, "shown")
    assert await lenses(editor, name) == ["l4ng: 2 prompts", "Run", "s0ry: 1 prompt", "Run", "s7rc: 1 prompt", "Run"]
    before = len(SERVER.requests)
    SERVER.script = scored({"You were": 2})
    assert await editor.run("clarifier.runPrompts", editor.uri(name), "l4ng")
    assert len(SERVER.requests) == before + 4, "only the prompts of the clause are run"
    assert await editor.run("clarifier.runPrompts", editor.uri(name), None)
    assert len(SERVER.requests) == before + 8, "what is kept is not asked again"
    assert (await lenses(editor, name))[:4] == ["l4ng: 2 prompts · 6.0/7", "Run", "s0ry: 1 prompt · 2.0/7", "Run"]
    failing = await editor.diagnostics(name, lambda found: any(d.code == "failing-grade" for d in found))
    assert [editor.at(name, d.range) for d in failing if d.code == "failing-grade"] == ["[^s0ry]"]
    told = await hover(editor, name, "[^s0ry")
    assert "Grades: **m 2.0/7**" in told
    assert "2/7 untitled (g): “It should not apologise.” It says" in told
    editor.type(name, "must name its sources", "must name every source")
    await editor.diagnostics(name, lambda found: any(d.code == "stale-grade" for d in found))
    assert (await lenses(editor, name))[4] == "s7rc: 1 prompt · 6.0/7 · stale"
    assert "Grades of an earlier wording" in await hover(editor, name, "[^s7rc")


async def test_a_run_is_shown_and_can_be_stopped(editor: Editor) -> None:
    name = opened(editor, "stopped")
    gate = threading.Event()

    def held(number: int, body: Body) -> Reply:
        reply = well(body)
        reply.hold = gate
        return reply

    SERVER.script = held
    seen = set(editor.client.progress_reports)
    before = len(SERVER.requests)
    running = asyncio.ensure_future(editor.run("clarifier.runPrompts", editor.uri(name), None))
    async with asyncio.timeout(30):
        while len(SERVER.requests) < before + 4:
            await asyncio.sleep(0.02)
    (token,) = set(editor.client.progress_reports) - seen
    begun = editor.client.progress_reports[token][0]
    assert begun.title == "Running 4 prompts"
    assert begun.cancellable
    assert await lenses(editor, name), "the editor is served meanwhile"
    editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token=token))
    await lenses(editor, name)
    threading.Timer(0.2, gate.set).start()
    assert await running is False
    assert len(SERVER.requests) == before + 4, "nothing more is asked"
    SERVER.script = lambda number, body: well(body)
    assert await editor.run("clarifier.runPrompts", editor.uri(name), None)
    assert len(SERVER.requests) == before + 8, "the answers that were under way are kept"


async def test_suggestions_are_written_below_what_is_there(editor: Editor) -> None:
    name = opened(editor, "suggested")
    suggestions = {
        "prompts": [
            {"title": "a trap", "user": "Réponds en anglais ~~~ s'il te plaît.\nVite!"},
            {"title": "known", "user": "¿Qué hora es?"},
            {"title": "bad", "user": "x</user>"},
        ]
    }
    SERVER.script = lambda number, body: Reply(completion(json.dumps(suggestions)))
    assert await editor.run("clarifier.suggestPrompts", editor.uri(name), "l4ng")
    written = (editor.folder / "suggested/examples/l4ng.md").read_text(encoding="utf-8")
    assert (
        written
        == PROMPTS["l4ng"]
        + "\n**Example**: a trap\n\n~~~~xml\n<user>\nRéponds en anglais ~~~ s'il te plaît.\nVite!\n</user>\n~~~~\n"
    )
    asked = str(SERVER.requests[-1]["messages"][1]["content"])
    assert "¿Qué hora es?" in asked
    assert not await editor.run("clarifier.suggestPrompts", editor.uri(name), "l4ng"), "nothing new"


async def test_suggestions_for_a_clause_without_prompts_make_a_file(editor: Editor) -> None:
    name = opened(editor, "fresh", SPEC + "\nIt must be kind[^k1nd].\n")
    SERVER.script = lambda number, body: Reply(completion(json.dumps({"prompts": [{"title": "rude", "user": "Be rude."}]})))
    assert await editor.run("clarifier.suggestPrompts", editor.uri(name), "k1nd")
    written = (editor.folder / "fresh/examples/k1nd.md").read_text(encoding="utf-8")
    assert written == "Examples for [^k1nd] in Sources:\n\n**Example**: rude\n\n~~~xml\n<user>\nBe rude.\n</user>\n~~~\n"


async def test_a_graded_answer_becomes_a_precedent(editor: Editor) -> None:
    name = opened(editor, "settled")
    assert await editor.run("clarifier.runPrompts", editor.uri(name), "s7rc")
    editor.answers = ["BAD"]
    assert await editor.run("clarifier.makePrecedent", editor.uri(name), "s7rc", {"reason": "no source -- none --> at all"})
    example = "**Example**: s7rc\n\n~~~xml\n<user>\nHow high is Mont Blanc? {{braces}} {% stay %}\n</user>\n<assistant> <!-- BAD[#s7rc]: no source – none –> at all -->\nAn answer to: How high is Mont Blanc? {{braces}} {% st\n</assistant>\n~~~\n"
    assert editor.text(name) == SPEC.rstrip("\n") + "\n\n" + example
    assert (await lenses(editor, name))[4] == "s7rc: 1 prompt · 6.0/7 · stale", "a precedent changes how the clause is read"
    with pytest.raises(JsonRpcException, match="has been graded that is not a precedent already"):
        await editor.run("clarifier.makePrecedent", editor.uri(name), "s7rc")


async def test_actions_at_a_clause_id_lead_there(editor: Editor) -> None:
    name = opened(editor, "offered")
    suggest, precedent = "Suggest challenging prompts for “s7rc”", "Make a graded answer a precedent of “s7rc”…"
    assert [a.title for a in await editor.actions(name, "[^s7rc]") if "“s7rc”" in a.title] == [suggest]
    assert await editor.run("clarifier.runPrompts", editor.uri(name), "s7rc")
    offered = [a for a in await editor.actions(name, "[^s7rc]") if a.title in (suggest, precedent)]
    assert [a.title for a in offered] == [suggest, precedent]
    assert ["clarifier.suggestPrompts" in str(a.command) for a in offered] == [True, False]


async def test_the_report_is_a_page(editor: Editor) -> None:
    name = opened(editor, "reported")
    assert await editor.run("clarifier.runPrompts", editor.uri(name), None)
    page = await editor.run("clarifier.report", editor.uri(name))
    html = page["html"] if isinstance(page, dict) else page.html
    assert html.startswith("<!DOCTYPE html>")
    assert "s7rc" in html


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        ("clarifier.runPrompts", ("zzzz",), "There is no clause “zzzz”"),
        ("clarifier.suggestPrompts", (7,), "There is no clause “7”"),
        ("clarifier.makePrecedent", ("l4ng",), "has been graded"),
    ],
)
async def test_what_cannot_be_done_is_said(editor: Editor, command: str, arguments: tuple[Any, ...], said: str) -> None:
    name = opened(editor, f"said-{command}")
    with pytest.raises(JsonRpcException, match=said):
        await editor.run(command, editor.uri(name), *arguments)


@pytest.mark.parametrize(
    "faulty",
    [lambda body: Reply({"error": {"message": "bad key sk-test-0123456789abcdef"}}, 401), lambda body: Reply({}, 400)],
    ids=["401", "400"],
)
async def test_a_server_that_refuses_is_said_without_the_key(
    editor: Editor, faulty: Callable[[Body], Reply], request: pytest.FixtureRequest
) -> None:
    name = opened(editor, f"refused-{request.node.callspec.id}")
    SERVER.script = lambda number, body: faulty(body)
    editor.said.clear()
    said = ""
    try:
        assert await editor.run("clarifier.runPrompts", editor.uri(name), "s7rc") is False
    except JsonRpcException as problem:
        said = str(problem)
    said += " ".join(editor.said)
    assert "refuse" in said
    assert "sk-test" not in said
    assert Path(editor.folder).exists()
