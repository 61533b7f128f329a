"""What is exported is run by the tools it is written for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openai.types import EvalCreateParams
from openai.types.evals import RunCreateParams
from pydantic import TypeAdapter

from .fault_server import Body, FaultServer, Reply, completion, is_grading, well
from .fetched import inspect_ai, promptfoo
from .graded_spec import clarifier, laid_out

MODEL_SPEC = Path(__file__).parent / "model_spec" / "model_spec.md"


def exported(folder: Path, engine: str) -> Path:
    laid_out(folder)
    ran = clarifier(folder, None, "export", engine, "spec.md", "--output", "out", "--model", "m", "--grader", "g")
    assert ran.returncode == 0, ran.stderr
    return folder / "out"


def test_evals_are_what_the_interface_takes(tmp_path: Path) -> None:
    out = exported(tmp_path, "evals")
    evaluation = json.loads((out / "eval.json").read_text(encoding="utf-8"))
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    TypeAdapter(EvalCreateParams).validate_python(evaluation)
    TypeAdapter(RunCreateParams).validate_python({"eval_id": "x", **run})
    items = [json.loads(line)["item"] for line in (out / "items.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert [item["clause"] for item in items] == ["l4ng", "l4ng", "s0ry", "s7rc"]
    assert run["data_source"]["source"]["content"][0]["item"] == items[0]
    assert "<clause>\nThe assistant must name its sources.\n</clause>" in items[3]["before"]


def test_a_specification_without_prompts_is_said_to_have_none(tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_text("# Title\n\nIt must work.\n")
    ran = clarifier(tmp_path, None, "export", "evals", "spec.md")
    assert ran.returncode == 2
    assert "no prompts" in ran.stderr


@pytest.mark.heavy
def test_inspect_runs_the_task(tmp_path: Path) -> None:
    packages = inspect_ai()
    out = exported(tmp_path, "inspect")
    with FaultServer() as server:
        local = {"LOCAL_BASE_URL": server.url, "LOCAL_API_KEY": "none"}
        environment = os.environ | local | {"PYTHONPATH": str(packages), "INSPECT_DISPLAY": "plain"}
        command = [
            sys.executable,
            "-m",
            "inspect_ai",
            "eval",
            "clauses.py",
            "--model",
            "openai-api/local/m",
            "--model-role",
            "grader=openai-api/local/g",
        ]
        command += ["--log-format", "json", "--log-dir", "logs", "--max-retries", "1"]
        ran = subprocess.run(command, cwd=out, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (log,) = (out / "logs").glob("*.json")
    result = json.loads(log.read_text(encoding="utf-8"))
    assert result["status"] == "success", result.get("error")
    samples = result["samples"]
    assert [s["id"] for s in samples] == ["l4ng-1", "l4ng-2", "s0ry-1", "s7rc-1"]
    scores = [s["scores"]["clause_grader"] for s in samples]
    assert [s["value"] for s in scores] == [6, 6, 6, 6]
    assert all(s["metadata"]["quoted"] for s in scores)
    metrics = result["results"]["scores"][0]["metrics"]
    assert {"l4ng", "s0ry", "s7rc"} <= set(metrics)
    asked = [b for b in server.requests if not is_grading(b)]
    assert any("{{braces}} {% stay %}" in str(b["messages"]) for b in asked)


def rubric_grader(number: int, body: Body) -> Reply:
    """As promptfoo asks its grader: for a pass, a score from 0 to 1 and a reason."""
    if "<clause>" in json.dumps(body["messages"]):
        return Reply(completion(json.dumps({"pass": True, "score": 0.83, "reason": "It follows the clause."})))
    return well(body)


@pytest.mark.heavy
def test_promptfoo_runs_the_configuration(tmp_path: Path) -> None:
    program = promptfoo()
    out = exported(tmp_path, "promptfoo")
    with FaultServer(rubric_grader) as server:
        quiet = {
            "PROMPTFOO_DISABLE_TELEMETRY": "1",
            "PROMPTFOO_DISABLE_UPDATE": "1",
            "PROMPTFOO_CONFIG_DIR": str(tmp_path / "state"),
            "PROMPTFOO_DISABLE_REMOTE_GENERATION": "1",
        }
        environment = os.environ | server.environment() | quiet
        command = [str(program), "eval", "-c", "promptfooconfig.json", "-o", "result.json", "--no-cache", "--no-progress-bar"]
        ran = subprocess.run(command, cwd=out, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    results = json.loads((out / "result.json").read_text(encoding="utf-8"))["results"]["results"]
    assert sorted(r["testCase"]["metadata"]["clause"] for r in results) == ["l4ng", "l4ng", "s0ry", "s7rc"]
    assert all(r["success"] for r in results)
    asked = [b for b in server.requests if "<clause>" not in json.dumps(b["messages"])]
    assert any(b["messages"][-1]["content"] == "How high is Mont Blanc? {{braces}} {% stay %}" for b in asked)
    assert any([m["role"] for m in b["messages"]] == ["system", "user"] for b in asked)


@pytest.mark.parametrize("engine", ["promptfoo", "inspect", "evals"])
def test_the_model_spec_is_exported_whole(engine: str, tmp_path: Path) -> None:
    ran = clarifier(tmp_path, None, "export", engine, str(MODEL_SPEC), "--output", "out")
    assert ran.returncode == 0, ran.stderr
    names = {"promptfoo": "promptfooconfig.json", "inspect": "prompts.jsonl", "evals": "items.jsonl"}
    content = (tmp_path / "out" / names[engine]).read_text(encoding="utf-8")
    count = len(json.loads(content)["tests"]) if engine == "promptfoo" else content.count("\n")
    assert count == 270, "272 prompts, two of them of clauses that the specification has no more"
