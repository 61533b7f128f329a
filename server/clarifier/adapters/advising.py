"""A model's advice on conflicts: from the user's own environment to findings."""

from __future__ import annotations

import os
from pathlib import Path

from clarifier.adapters.check import Checked, grouped
from clarifier.adapters.failures import CannotRun
from clarifier.assist.judging import ModelJudge
from clarifier.assist.secrets import CannotAsk, endpoint
from clarifier.engine.advice import advised
from clarifier.engine.findings import Finding, in_order
from clarifier.engine.workspace import compare

STORE = Path(".clarifier") / "judgements.json"


def with_advice(checked: Checked, model: str) -> tuple[Finding, ...]:
    """The findings, and what a model judges of the closest pairs of clauses. Raises CannotRun if it cannot be asked."""
    try:
        judge = ModelJudge(endpoint(os.environ), model, STORE)
        found = [f for group in grouped(checked.analyses) for f in advised(compare(group), judge)]
    except CannotAsk as problem:
        raise CannotRun(str(problem)) from None
    return in_order([*checked.findings, *found])
