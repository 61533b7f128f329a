"""For Inspect: `inspect eval clauses.py --model openai/gpt-4o-mini --model-role grader=openai/gpt-4o`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from clarifier.adapters.exports.cases import Case
from clarifier.assist.grading import SCHEMA

_TASK = '''\
"""Clauses and their prompts as an Inspect task, written by clarifier.

    inspect eval clauses.py --model openai/{model} --model-role grader=openai/{grader}

One clause: add `-T clause=ID`.
"""

import json
import re
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import (
    ChatMessageAssistant, ChatMessageSystem, ChatMessageTool, ChatMessageUser, GenerateConfig, ResponseSchema, get_model,
)
from inspect_ai.scorer import Score, Target, grouped, mean, scorer
from inspect_ai.solver import TaskState, generate
from inspect_ai.tool import ToolCall
from inspect_ai.util import JSONSchema

SCHEMA = {schema}


def message(said):
    if said["role"] in ("system", "developer"):
        return ChatMessageSystem(content=said["content"])
    if said["role"] == "user":
        return ChatMessageUser(content=said["content"])
    if said["role"] == "tool":
        return ChatMessageTool(content=said["content"], tool_call_id=said["tool_call_id"])
    calls = [
        ToolCall(id=call["id"], function=call["function"]["name"], arguments=json.loads(call["function"]["arguments"]))
        for call in said.get("tool_calls") or []
    ]
    return ChatMessageAssistant(content=said["content"] or "", tool_calls=calls or None)


def plain(text):
    return " ".join(re.sub(r"[*`]", "", text).casefold().translate(str.maketrans("“”‘’", "\\"\\"''")).split())


@scorer(metrics=[grouped(mean(), "clause")])
def clause_grader():
    async def score(state: TaskState, target: Target) -> Score:
        told = state.metadata
        asked = [
            ChatMessageSystem(content=told["system"]),
            ChatMessageUser(content=told["before"] + state.output.completion + told["after"]),
        ]
        shape = ResponseSchema(name="grade", json_schema=JSONSchema(**SCHEMA))
        grader = get_model(role="grader", default=None)
        reply = await grader.generate(asked, config=GenerateConfig(temperature=0.0, response_schema=shape))
        for start in (found.start() for found in re.finditer(r"\\{{", reply.completion)):
            try:
                grade, _ = json.JSONDecoder().raw_decode(reply.completion, start)
                marks = int(grade["score"])
            except (ValueError, KeyError, TypeError):
                continue
            if 1 <= marks <= 7:
                quote = str(grade.get("quote", ""))
                quoted = plain(quote).strip(' .,"\\'') in plain(told["text"])
                return Score(value=marks, explanation=str(grade.get("rationale", "")), metadata={{"quote": quote, "quoted": quoted}})
        raise ValueError("the grader's reply is no grade")

    return score


@task
def clauses(clause: str | None = None) -> Task:
    lines = Path(__file__).with_name("prompts.jsonl").read_text(encoding="utf-8").split("\\n")
    prompts = [json.loads(line) for line in lines if line]
    samples = [
        Sample(id=prompt["id"], input=[message(said) for said in prompt["messages"]], metadata=prompt["metadata"])
        for prompt in prompts
        if clause in (None, prompt["metadata"]["clause"])
    ]
    return Task(dataset=MemoryDataset(samples), solver=generate(), scorer=clause_grader())
'''


def written(cases: Sequence[Case], model: str, grader: str) -> Mapping[str, str]:
    """The task and its prompts, a line each."""
    schema = {name: SCHEMA[name] for name in ("type", "required")} | {
        "properties": {name: {"type": kind["type"]} for name, kind in SCHEMA["properties"].items()}
    }
    lines = [json.dumps(_prompt(case), ensure_ascii=False) for case in cases]
    name = {"model": _safe(model), "grader": _safe(grader), "schema": json.dumps(schema)}
    return {"clauses.py": _TASK.format(**name), "prompts.jsonl": "\n".join(lines) + "\n"}


def _safe(model: str) -> str:
    """A model's name without what could end the docstring in which it is written."""
    return "".join(c for c in model if c.isalnum() or c in "-_.:/@")


def _prompt(case: Case) -> dict[str, object]:
    told = {"clause": case.clause, "section": case.section, "title": case.title, "text": case.text}
    asked = {"system": case.system, "before": case.before, "after": case.after}
    return {"id": case.id, "messages": [dict(m) for m in case.messages], "metadata": told | asked}
