"""The language server over the pipe: only what the pipe can break."""

from __future__ import annotations

import asyncio
import importlib
import re
import sys
from collections.abc import AsyncIterator
from concurrent.futures import Future
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import LanguageClient

from clarifier.adapters.lsp.features import COMMANDS, FEATURES

from .benchmarks.wire import Wire
from .editor import CONFIG, Editor


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    # The tests share the folder, and each looks at one file only.
    (folder / "clarifier.toml").write_text('[conflicts]\nscope = "file"\n[rules]\nmissing-clause-id = "off"\n', encoding="utf-8")
    return folder


@pytest_lsp.fixture(scope="session", config=CONFIG)
async def neovim(lsp_client: LanguageClient, workspace: Path) -> AsyncIterator[Editor]:
    editor = await Editor.start(lsp_client, workspace, "neovim")
    lsp_client.editor = editor
    await editor.ready()
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(scope="session", config=CONFIG)
async def vscode(lsp_client: LanguageClient, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    folder = tmp_path_factory.mktemp("vscode")
    (folder / "other.md").write_text("# Other\n\nThe limit is TBD.\n", encoding="utf-8")
    lsp_client.editor = await Editor.start(lsp_client, folder, "vscode")
    yield
    await lsp_client.shutdown_session()


@pytest.fixture
def editor(neovim: LanguageClient) -> Editor:
    return neovim.editor


@pytest.fixture
def puller(vscode: LanguageClient) -> Editor:
    return vscode.editor


AWKWARD = "\ufeff# Tïtle 😀\r\n\r\nBefore\u2028this\x0bline 😀, the server must log in, which is TBD\u2029 today.\r\n\r\n-\tThe server must accept PNG, JPEG, etc.\r\n"


async def test_awkward_characters_are_underlined_and_edited_exactly(editor: Editor) -> None:
    editor.open("awkward.md", AWKWARD)
    found = await editor.diagnostics("awkward.md", lambda found: len(found) >= 2)
    assert editor.encoding == "utf-8"
    assert [editor.at("awkward.md", d.range) for d in found if d.code == "open-question"] == ["TBD"]
    editor.type("awkward.md", "TBD\u2029", "logged\u2028 TODO\u2029")
    editor.type("awkward.md", "😀, the", "😀😀, all\r\rthe")
    found = await editor.diagnostics("awkward.md", lambda found: any(editor.at("awkward.md", d.range) == "TODO" for d in found))
    assert all(editor.at("awkward.md", d.range) for d in found)


async def test_an_older_analysis_is_never_published_over_a_newer_text(editor: Editor) -> None:
    editor.open("typed.md", "# T\n\nThe limit is TBD.\n")
    for number in range(30):
        editor.type("typed.md", "# T", f"# T{number % 10}")
    editor.type("typed.md", "TBD", "3")
    assert await editor.diagnostics("typed.md") == []
    versions = [p.version or 0 for p in editor.published if p.uri == editor.uri("typed.md")]
    assert versions == sorted(versions)


async def test_a_diagnostic_says_what_and_why(editor: Editor) -> None:
    editor.open("said.md", "# T\n\nThe server must accept PNG, JPEG, etc.\n")
    found = (await editor.diagnostics("said.md", bool))[0]
    assert (found.code, found.source, found.severity) == ("open-list", "clarifier", types.DiagnosticSeverity.Warning)
    assert found.code_description
    assert Path(found.code_description.href.removeprefix("file://")).read_text().startswith("# open-list")
    hover = await editor.client.text_document_hover_async(
        types.HoverParams(text_document=editor.document("said.md"), position=found.range.start)
    )
    assert hover
    assert isinstance(hover.contents, types.MarkupContent)
    assert "open-list" in hover.contents.value


async def test_a_reading_is_an_edit(editor: Editor) -> None:
    editor.open("reading.md", "# T\n\nThe 😀 server must accept PNG, JPEG, etc.\n")
    await editor.diagnostics("reading.md", bool)
    action = next(a for a in await editor.actions("reading.md", "JPEG") if a.title.startswith("the list is complete"))
    assert action.edit
    editor.apply(action.edit)
    assert editor.text("reading.md") == "# T\n\nThe 😀 server must accept only PNG and JPEG.\n"
    assert await editor.diagnostics("reading.md") == []


async def test_the_dialogue_answers_and_logs(editor: Editor) -> None:
    editor.open("asked.md", "# T\n\nThe server must accept PNG, JPEG, etc.\n")
    await editor.diagnostics("asked.md", bool)
    assert any(action.title.startswith("Ask: ") for action in await editor.actions("asked.md", "etc."))
    asked = (await editor.run("clarifier.questions", editor.uri("asked.md")))[0]["fingerprint"]
    editor.answers = ["the list is complete"]
    assert await editor.run("clarifier.ask", editor.uri("asked.md"), asked) is True
    titles = [action.title for action in editor.asked[-1].actions or ()]
    assert titles[-3:] == ["Something else…", "Leave open", "Not ambiguous"]
    assert "must accept only PNG and JPEG.\n\n## Clarifications\n\n- Q: " in editor.text("asked.md")
    assert await editor.run("clarifier.ask", editor.uri("asked.md"), asked) is False, "what was answered is not asked again"


async def test_not_ambiguous_asks_why_and_allows(editor: Editor) -> None:
    editor.open("allowed.md", "# T\n\nThe server must accept PNG, JPEG, etc.\n")
    await editor.diagnostics("allowed.md", bool)
    questions = await editor.run("clarifier.questions", editor.uri("allowed.md"))
    assert [(q["rule"], q["sentence"]) for q in questions] == [("open-list", "The server must accept PNG, JPEG, etc.")]
    editor.answers = ["Not ambiguous", "it is defined"]
    assert await editor.run("clarifier.ask", editor.uri("allowed.md"), questions[0]["fingerprint"]) is True
    assert "<!-- clarifier: allow open-list because it is defined elsewhere -->\nThe server" in editor.text("allowed.md")


async def test_something_else_is_typed_in_the_text(editor: Editor) -> None:
    editor.open("typed-answer.md", "# T\n\nThe server must accept PNG, JPEG, etc.\n")
    await editor.diagnostics("typed-answer.md", bool)
    editor.answers = ["Something else…"]
    assert await editor.run("clarifier.nextQuestion", editor.uri("typed-answer.md")) is True
    cursor = editor.shown[-1].selection
    assert cursor
    assert editor.text("typed-answer.md")[editor.offset(editor.uri("typed-answer.md"), cursor.start) :].startswith("]\n")
    editor.type("typed-answer.md", "→ ]", "→ every image format that the decoder lists]")
    action = next(a for a in await editor.actions("typed-answer.md", "decoder") if a.title.startswith("Say “every image"))
    assert action.edit
    editor.apply(action.edit)
    assert "must accept every image format that the decoder lists\n\n## Clarifications\n\n- Q: " in editor.text("typed-answer.md")


SPEC = "# Rules {#rules authority=user}\n\nThe server must log in[^ab12]. See [?](#rules) and [rules](#rules).\n\n## More\n\nThe client must wait[^cd34].\n"
PROMPTS = "Examples for [^ab12] in Rules:\n\n**Example**: first\n\n~~~xml\n<user>\nHello?\n</user>\n~~~\n"


async def test_places_of_a_clause(editor: Editor) -> None:
    editor.write("places/examples/ab12.md", PROMPTS)
    editor.open("places/spec.md", SPEC)
    await editor.diagnostics("places/spec.md")
    document, client = editor.document("places/spec.md"), editor.client
    mark, link = editor.range("places/spec.md", "ab12").start, editor.range("places/spec.md", "[rules]").start
    hover = await client.text_document_hover_async(types.HoverParams(text_document=document, position=mark))
    assert hover
    assert "Hello?" in hover.contents.value
    assert "user" in hover.contents.value
    there = await client.text_document_definition_async(types.DefinitionParams(text_document=document, position=mark))
    assert [place.uri for place in there] == [editor.uri("places/examples/ab12.md")]
    there = await client.text_document_definition_async(types.DefinitionParams(text_document=document, position=link))
    assert there[0].range.start.line == 0
    uses = await client.text_document_references_async(
        types.ReferenceParams(text_document=document, position=mark, context=types.ReferenceContext(include_declaration=True))
    )
    assert [use.uri.rpartition("/")[2] for use in uses] == ["ab12.md", "spec.md"]
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(text_document=document))
    assert [lens.command.title for lens in lenses if lens.command and "prompt" in lens.command.title] == [
        "ab12: 1 prompt",
        "cd34: add prompts",
    ]
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=document))
    assert [(s.name, [c.name for c in s.children]) for s in symbols] == [("Rules", ["ab12", "More"])]
    found = await client.workspace_symbol_async(types.WorkspaceSymbolParams(query="cd3"))
    assert [(s.name, s.container_name) for s in found] == [("cd34", "More")]
    links = await client.text_document_document_link_async(types.DocumentLinkParams(text_document=document))
    assert {link.target.rpartition("/")[2] for link in links} == {"spec.md#L1,1", "ab12.md"}
    whole = types.Range(start=types.Position(line=0, character=0), end=types.Position(line=99, character=0))
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(text_document=document, range=whole))
    assert [hint.label for hint in hints] == ["Rules"]
    at = editor.range("places/spec.md", "ules) and").start
    found = await client.text_document_completion_async(types.CompletionParams(text_document=document, position=at))
    assert [item.label for item in found.items] == ["ab12", "cd34", "rules", "more"]


async def test_the_graph_and_the_missing_ids(editor: Editor) -> None:
    editor.open("graph/spec.md", SPEC + "\n## Third\n\nThe server must never sleep, as [above](#ab12) says.\n")
    await editor.diagnostics("graph/spec.md")
    graph = (await editor.run("clarifier.graph", editor.uri("graph/spec.md")))["mermaid"]
    assert graph.startswith("flowchart LR\n")
    assert "ab12#58; The server must log in" in graph or "ab12: The server must log in" in graph
    assert await editor.run("clarifier.assignIds", editor.uri("graph/spec.md")) is True
    assert re.search(r"#ab12\) says\[\^[a-z0-9]{4}\]\.", editor.text("graph/spec.md"))
    with pytest.raises(JsonRpcException, match="must be a text"):
        await editor.run("clarifier.graph", 7)


async def test_rename_moves_the_prompt_file(editor: Editor) -> None:
    editor.write("renamed/examples/ab12.md", PROMPTS)
    editor.open("renamed/spec.md", SPEC)
    await editor.diagnostics("renamed/spec.md")
    params = types.RenameParams(
        text_document=editor.document("renamed/spec.md"), position=editor.range("renamed/spec.md", "ab12").start, new_name="zz99"
    )
    editor.apply(await editor.client.text_document_rename_async(params))
    assert "log in[^zz99]" in editor.text("renamed/spec.md")
    assert (editor.folder / "renamed/examples/zz99.md").read_text().startswith("Examples for [^zz99] in Rules:")
    assert not (editor.folder / "renamed/examples/ab12.md").exists()
    params.position = types.Position(line=1, character=0)
    with pytest.raises(JsonRpcException, match="no clause ID"):
        await editor.client.text_document_rename_async(params)


async def test_identity_and_prompts_are_mended(editor: Editor) -> None:
    editor.write("mended/clarifier.toml", "")
    editor.write("mended/examples/ab12.md", PROMPTS.replace("Rules", "Old rules"))
    editor.write("mended/examples/zz00.md", PROMPTS.replace("ab12", "zz00"))
    editor.open("mended/spec.md", SPEC + "\n## Third\n\nThe server must never sleep.\n")
    await editor.diagnostics("mended/spec.md", lambda found: {"missing-clause-id", "missing-prompts"} <= {d.code for d in found})
    named = next(a for a in await editor.actions("mended/spec.md", "Third") if a.title.startswith("Give it the ID"))
    editor.apply(named.edit)
    assert re.search(r"The server must never sleep\[\^[a-z0-9]{4}\]\.\n", editor.text("mended/spec.md"))
    created = next(a for a in await editor.actions("mended/spec.md", "cd34") if a.title == "Create examples/cd34.md")
    editor.apply(created.edit)
    assert (editor.folder / "mended/examples/cd34.md").read_text().startswith("Examples for [^cd34] in More:")
    editor.open("mended/examples/ab12.md", (editor.folder / "mended/examples/ab12.md").read_text())
    drifted = next(a for a in await editor.actions("mended/examples/ab12.md", "Old rules") if "title" in a.title)
    editor.apply(drifted.edit)
    assert editor.text("mended/examples/ab12.md").startswith("Examples for [^ab12] in Rules:\n")
    editor.open("mended/examples/zz00.md", (editor.folder / "mended/examples/zz00.md").read_text())
    titles = [action.title for action in await editor.actions("mended/examples/zz00.md", "zz00")]
    assert "Delete zz00.md" in titles
    assert any(title.startswith("Rename to ") for title in titles)


async def test_prompts_are_created_with_a_head_line(editor: Editor) -> None:
    editor.open("created/spec.md", SPEC)
    await editor.diagnostics("created/spec.md")
    assert await editor.run("clarifier.createPrompts", editor.uri("created/spec.md"), "cd34") is True
    made = (editor.folder / "created/examples/cd34.md").read_text()
    assert made.startswith("Examples for [^cd34] in More:\n\n**Example**:")
    assert editor.shown[-1].uri == editor.uri("created/examples/cd34.md")


async def test_a_broken_configuration_is_said_and_mended(editor: Editor) -> None:
    editor.write("configured/clarifier.toml", '[rules]\nopen-question = "loud"\n')
    editor.open("configured/spec.md", "# T\n\nThe limit is TBD.\n")
    await editor.diagnostics("configured/spec.md", bool)
    assert any("clarifier.toml" in said and "open-question" in said for said in editor.said)
    uri = editor.uri("configured/clarifier.toml")
    await editor.until(lambda: [p for p in editor.published if p.uri == uri and p.diagnostics])
    editor.write("configured/clarifier.toml", '[rules]\nopen-question = "off"\n')
    change = types.FileEvent(uri=uri, type=types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes=[change]))
    await editor.diagnostics("configured/spec.md", lambda found: not found)
    await editor.until(lambda: not [p for p in editor.published if p.uri == uri][-1].diagnostics)


async def test_what_cannot_be_read_is_survived(editor: Editor) -> None:
    (editor.folder / "odd/examples/ab12.md").mkdir(parents=True)
    (editor.folder / "odd/broken.md").write_bytes(b"# T\n\nThe \xff limit is TBD.\n")
    editor.open("odd/spec.md", SPEC)
    await editor.diagnostics("odd/spec.md")
    editor.open("untitled:Untitled-1", "# T\n\nThe limit is TBD.\n", disk=False)
    assert len(await editor.diagnostics("untitled:Untitled-1", bool)) == 1
    editor.open("git:/odd/spec.md?old", "# T\n\nThe limit is TBD.\n", disk=False)
    assert await editor.diagnostics("git:/odd/spec.md?old") == [], "the old side of a comparison is no second specification"
    editor.open("huge.md", "x" * (20 * 1024 * 1024), disk=False)
    await editor.until(lambda: any("huge.md" in said and "larger than" in said for said in editor.said))
    change = types.FileEvent(uri=editor.uri("odd/broken.md"), type=types.FileChangeType.Created)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes=[change]))
    said = await editor.until(lambda: [p.diagnostics[0].message for p in editor.published if p.uri == change.uri and p.diagnostics])
    assert "is not UTF-8 text (byte 9)" in said[-1]
    position = types.Position(line=3, character=3)
    for uri in ("file:///nowhere/at/all.md", "untitled:never", "git:/x.md?y", editor.uri("odd/broken.md")):
        document = types.TextDocumentIdentifier(uri=uri)
        assert await editor.client.text_document_hover_async(types.HoverParams(text_document=document, position=position)) is None
    answered = editor.client.protocol._request_futures["odd"] = Future()
    editor.client.protocol._send_data(
        {"jsonrpc": "2.0", "id": "odd", "method": "textDocument/hover", "params": {"position": "here"}}
    )
    with pytest.raises(JsonRpcException, match="cannot be read"):
        await asyncio.wait_for(asyncio.wrap_future(answered), 20)


async def test_an_edit_shows_its_conflict_in_the_other_file_too(editor: Editor) -> None:
    editor.write("compared/clarifier.toml", "")
    editor.open("compared/one.md", "# T\n\nThe server must keep each log for 30 days[^ab12].\n")
    editor.open("compared/two.md", "# T\n\nThe server must keep each log for 30 days[^cd34].\n")
    await editor.diagnostics("compared/one.md", lambda found: "incompatible-value" not in {d.code for d in found})
    editor.type("compared/two.md", "30", "90")
    here = await editor.diagnostics("compared/two.md", lambda found: "incompatible-value" in {d.code for d in found})
    there = await editor.diagnostics("compared/one.md", lambda found: "incompatible-value" in {d.code for d in found})
    for found, other in ((here, "one.md"), (there, "two.md")):
        related = next(d for d in found if d.code == "incompatible-value").related_information
        assert related
        assert related[0].location.uri.endswith(f"compared/{other}")
    editor.type("compared/two.md", "90", "30")
    await editor.diagnostics("compared/one.md", lambda found: "incompatible-value" not in {d.code for d in found})


async def test_pull_and_workspace_diagnostics(puller: Editor) -> None:
    provider = puller.result.capabilities.diagnostic_provider
    assert provider
    assert provider.workspace_diagnostics
    assert puller.encoding == "utf-16"
    await puller.ready()
    puller.open("pulled.md", "# T\n\nThe 😀 limit is TBD.\n")
    params = types.DocumentDiagnosticParams(text_document=puller.document("pulled.md"))
    report = await puller.client.text_document_diagnostic_async(params)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert [puller.at("pulled.md", d.range) for d in report.items] == ["TBD"]
    params.previous_result_id = report.result_id
    assert (await puller.client.text_document_diagnostic_async(params)).kind == "unchanged"
    whole = await puller.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(previous_result_ids=[]))
    assert {item.uri.rpartition("/")[2]: len(item.items) for item in whole.items} == {"other.md": 1, "pulled.md": 1}
    known = [types.PreviousResultId(uri=item.uri, value=item.result_id or "") for item in whole.items]
    again = await puller.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(previous_result_ids=known))
    assert {item.kind for item in again.items} == {"unchanged"}
    before = puller.refreshed
    puller.write("other.md", "# Other\n\nThe limit is 3.\n")
    change = types.FileEvent(uri=puller.uri("other.md"), type=types.FileChangeType.Changed)
    puller.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes=[change]))
    await puller.until(lambda: puller.refreshed > before)
    assert not puller.published, "a client that fetches is sent nothing"


def test_what_is_offered_has_a_handler() -> None:
    for module, names in {**FEATURES, **COMMANDS}.items():
        assert set(importlib.import_module(f"clarifier.adapters.lsp.{module}").HANDLERS) == set(names)


def test_without_a_model_structure_is_checked_in_every_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "spec.md").write_text("# T\n\nThe limit is TBD.\n", encoding="utf-8")
    bare = "import sys, clarifier.syntax.pipelines as p; p.installed = lambda: None; sys.argv[1:] = ['lsp']; from clarifier.__main__ import main; main()"
    wire = Wire([sys.executable, "-c", bare])
    wire.start({}, (tmp_path / "one").as_uri())
    _, said = wire.wait(lambda m: m.get("method") == "window/showMessage")
    assert said["params"]["message"].startswith("Only structure is checked: no English pipeline is installed")
    wire.wait(lambda m: m.get("method") == "clarifier/status" and m["params"]["model"] == "missing")
    for name in ("one", "two"):
        uri = (tmp_path / name / "spec.md").as_uri()
        if name == "two":
            event = {"added": [{"uri": (tmp_path / name).as_uri(), "name": name}], "removed": []}
            wire.notify("workspace/didChangeWorkspaceFolders", {"event": event})
        wire.wait(
            lambda m, uri=uri: (
                m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri and m["params"]["diagnostics"]
            )
        )
    assert wire.stop() == 0
    assert b"Traceback" not in b"".join(wire.errors)
