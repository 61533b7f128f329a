"""Prompts and graders written for other evaluation tools, keyed by clause ID."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clarifier.adapters.exports import evals, inspect, promptfoo
from clarifier.adapters.exports.cases import cases
from clarifier.adapters.failures import CannotRun
from clarifier.semantics.specification import Specification

_WRITERS = {"promptfoo": promptfoo.written, "inspect": inspect.written, "evals": evals.written}


def written(engine: str, specifications: Sequence[Specification], model: str, grader: str) -> Mapping[str, str]:
    """The files for a tool, by name. Raises CannotRun if there are no prompts."""
    found = tuple(case for specification in specifications for case in cases(specification))
    if not found:
        raise CannotRun("there are no prompts to export")
    return _WRITERS[engine](found, model, grader)
