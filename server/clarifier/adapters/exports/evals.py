"""For OpenAI's Evals API: an evaluation, a run of it, and the items as a file of their own.

eval = client.evals.create(**json.load(open("eval.json")))
client.evals.runs.create(eval.id, **json.load(open("run.json")))
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from clarifier.adapters.exports.cases import Case
from clarifier.assist.grading import JUDGE
from clarifier.semantics.grades import BEST, PASSING

_ITEM = {
    "type": "object",
    "properties": {
        "clause": {"type": "string"},
        "title": {"type": "string"},
        "messages": {"type": "array", "items": {"type": "object"}},
        "before": {"type": "string"},
        "after": {"type": "string"},
    },
    "required": ["clause", "messages", "before", "after"],
}


def written(cases: Sequence[Case], model: str, grader: str) -> Mapping[str, str]:
    """The evaluation, the run and the items."""
    items = [{"item": _item(case)} for case in cases]
    judged = [
        {"role": "system", "content": JUDGE},
        {"role": "user", "content": "{{item.before}}{{sample.output_text}}{{item.after}}"},
    ]
    grading = {
        "type": "score_model",
        "name": "clause",
        "model": grader,
        "input": judged,
        "range": [1, BEST],
        "pass_threshold": PASSING,
    }
    evaluation = {
        "name": "Clauses and their prompts, written by clarifier",
        "data_source_config": {"type": "custom", "item_schema": _ITEM, "include_sample_schema": True},
        "testing_criteria": [grading],
    }
    run = {
        "name": model,
        "data_source": {
            "type": "completions",
            "model": model,
            "input_messages": {"type": "item_reference", "item_reference": "item.messages"},
            "source": {"type": "file_content", "content": items},
        },
    }
    return {
        "eval.json": json.dumps(evaluation, ensure_ascii=False, indent=1) + "\n",
        "run.json": json.dumps(run, ensure_ascii=False, indent=1) + "\n",
        "items.jsonl": "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items),
    }


def _item(case: Case) -> dict[str, object]:
    return {
        "clause": case.clause,
        "title": case.title,
        "messages": [dict(m) for m in case.messages],
        "before": case.before,
        "after": case.after,
    }
