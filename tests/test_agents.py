"""Clarifier as an agent sees it: a real MCP client, over the pipe and within the process."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")
from mcp import Client, StdioServerParameters

from clarifier.adapters.agents import server
from clarifier.syntax.language import SpacyLanguage

SPEC = "# Requests {authority=root}\n\nThe client must sign each request[^a1b2]. It must accept PNG, JPEG, etc.[^c3d4]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "spec.md").write_text(SPEC, encoding="utf-8")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "a1b2.md").write_text("<user>Must I sign?</user>\n", encoding="utf-8")
    return tmp_path


def value(result: Any) -> Any:
    assert not result.is_error, result.content
    return result.structured_content if result.structured_content is not None else json.loads(result.content[0].text)


async def test_over_the_pipe(folder: Path) -> None:
    command = StdioServerParameters(command=sys.executable, args=["-m", "clarifier", "mcp"], cwd=folder, env=dict(os.environ))
    async with Client(command, read_timeout_seconds=120) as client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools == {"check", "questions", "explain", "clause", "answer"}
        report = value(await client.call_tool("check", {"path": "spec.md", "severity": "warning"}))
        assert {"open-list", "missing-prompts"} <= {f["rule"] for f in report["findings"]}


async def test_a_question_is_answered(folder: Path, language: SpacyLanguage) -> None:
    async with Client(server(folder, language)) as client:
        asked = value(await client.call_tool("questions", {"path": "spec.md"}))["findings"]
        listed = next(f for f in asked if f["rule"] == "open-list")
        assert listed["path"] == "spec.md"
        changed = value(
            await client.call_tool("answer", {"path": "spec.md", "fingerprint": listed["fingerprint"], "text": "and GIF."})
        )
        assert changed["path"] == "spec.md"
        text = (folder / "spec.md").read_text(encoding="utf-8")
        assert "and GIF." in text
        assert "## Clarifications" in text
        again = await client.call_tool("answer", {"path": "spec.md", "fingerprint": listed["fingerprint"], "open": True})
        assert again.is_error


async def test_clause_and_manual(folder: Path, language: SpacyLanguage) -> None:
    async with Client(server(folder, language)) as client:
        clause = value(await client.call_tool("clause", {"path": ".", "id": "a1b2"}))
        assert (clause["text"], clause["section"], clause["authority"]) == (
            "The client must sign each request.",
            "Requests",
            "root",
        )
        assert clause["prompts"] == [{"title": "", "user": "Must I sign?", "expectations": []}]
        manual = await client.call_tool("explain", {"rule": "open-list"})
        assert "Open list" in manual.content[0].text


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("check", {"path": "../.."}, "outside"),
        ("check", {"path": "/etc/passwd"}, "outside"),
        ("check", {"path": "none.md"}, "no such file"),
        ("explain", {"rule": "none"}, "no rule"),
        ("clause", {"path": ".", "id": "none"}, "no clause"),
        ("answer", {"path": "spec.md", "fingerprint": "x"}, "exactly one"),
    ],
)
async def test_bad_input_is_told(tool: str, arguments: dict[str, str], said: str, folder: Path, language: SpacyLanguage) -> None:
    async with Client(server(folder, language)) as client:
        result = await client.call_tool(tool, arguments)
        assert result.is_error
        assert said in result.content[0].text
