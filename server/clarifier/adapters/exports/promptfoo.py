"""For promptfoo: `promptfoo eval -c promptfooconfig.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from clarifier.adapters.exports.cases import Case
from clarifier.assist.grading import JUDGE
from clarifier.semantics.grades import BEST, PASSING

_SCORE = (
    "Report as score that mark less one, divided by six (7 is 1.0, 4 is 0.5, 1 is 0.0), as pass whether the mark is 5 or "
    "more, and as reason a quotation of the clause's deciding words and why the answer follows or departs from them."
)


def written(cases: Sequence[Case], model: str, grader: str) -> Mapping[str, str]:
    """The configuration, in which each test names its clause."""
    configuration = {
        "description": "Clauses and their prompts, written by clarifier",
        "providers": [f"openai:chat:{model}"],
        "prompts": ["{{conversation}}"],
        "defaultTest": {"options": {"provider": f"openai:chat:{grader}"}},
        "tests": [_test(case) for case in cases],
    }
    return {"promptfooconfig.json": json.dumps(configuration, ensure_ascii=False, indent=1) + "\n"}


def _test(case: Case) -> dict[str, object]:
    rubric = f"{JUDGE}\n\n{_SCORE}\n\n{case.before.rsplit('<answer>', 1)[0].strip()}"
    return {
        "description": f"{case.clause}: {case.title}" if case.title else case.id,
        "metadata": {"clause": case.clause, "section": case.section},
        "vars": {"conversation": _inert(json.dumps([dict(m) for m in case.messages], ensure_ascii=False))},
        "assert": [
            {"type": "llm-rubric", "metric": case.clause, "value": _raw(rubric), "threshold": round((PASSING - 1) / (BEST - 1), 3)}
        ],
    }


def _inert(conversation: str) -> str:
    """JSON that a template engine leaves as it is: braces that would open a template are written as escapes in its strings."""
    # Outside its strings this JSON has none of them: an object follows `[`, `,` or `: `, and begins with a quotation mark.
    for opening, escaped in (("{{", "\\u007b\\u007b"), ("{%", "\\u007b%"), ("{#", "\\u007b#")):
        conversation = conversation.replace(opening, escaped)
    return conversation


def _raw(text: str) -> str:
    """Text that a template engine leaves as it is."""
    if not any(opening in text for opening in ("{{", "{%", "{#")):
        return text
    return "{% raw %}" + text.replace("endraw", "end-raw") + "{% endraw %}"
