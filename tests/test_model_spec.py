"""The figures of the shipped example, the OpenAI Model Spec of 2025-12-18."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from clarifier.adapters import files
from clarifier.adapters.around import surroundings
from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.findings import Finding
from clarifier.engine.settings import Settings
from clarifier.syntax.document import IdStyle
from clarifier.text.source import Source

SPEC = Path(__file__).parent / "model_spec" / "model_spec.md"


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    text = files.read_text(SPEC)
    around = surroundings(SPEC, text, Settings())
    return analyse(Source(SPEC.as_posix(), text), Settings(), None, None, around)


def found(analysis: Analysis, rule: str) -> list[Finding]:
    return [finding for finding in analysis.findings if finding.rule == rule]


def test_clauses_and_sections(analysis: Analysis) -> None:
    document = analysis.document
    assert len(document.clauses) == len({clause.id for clause in document.clauses}) == 116
    assert {clause.style for clause in document.clauses} == {IdStyle.FOOTNOTE}
    assert len(document.sections) == 80


def test_clauses_without_prompts(analysis: Analysis) -> None:
    findings = found(analysis, "missing-prompts")
    assert {finding.clause for finding in findings} == {"d0pu", "h82a", "rse0", "t5q0"}
    source = analysis.document.source
    assert {source.slice(finding.span) for finding in findings} == {"d0pu", "h82a", "rse0", "t5q0"}


def test_prompts_without_clause(analysis: Analysis) -> None:
    findings = found(analysis, "orphan-prompts")
    assert [Path(finding.path).name for finding in findings] == ["91ld.md", "lds1.md"]
    assert all(finding.path.startswith(SPEC.parent.as_posix()) for finding in findings)


def test_drifted_title(analysis: Analysis) -> None:
    (finding,) = found(analysis, "prompts-title-drift")
    assert Path(finding.path).name == "3kvn.md"
    assert Path(finding.path).read_text(encoding="utf-8")[finding.span.start : finding.span.end] == "Do not encourage self-harm"
    (related,) = finding.related
    assert analysis.document.source.slice(related.span).startswith(
        "# Do not encourage self-harm, delusions, or mania"
    ) or "delusions" in analysis.document.source.slice(related.span)


def test_identity_is_sound(analysis: Analysis) -> None:
    counted = Counter(finding.rule for finding in analysis.findings)
    for rule in ("unknown-reference", "duplicate-clause-id", "malformed-clause-id", "malformed-prompts"):
        assert counted[rule] == 0


def test_sections_that_oblige_and_carry_no_id(analysis: Analysis) -> None:
    document = analysis.document
    shown = {document.sections[document.section_at(finding.span.start)].id for finding in found(analysis, "missing-clause-id")}
    assert {"comply_with_laws", "formatting", "scope_of_autonomy", "avoid_abuse"} <= shown
    named = {document.sections[clause.section].id for clause in document.clauses}
    assert not shown & named


def test_every_prompt_file_is_read(analysis: Analysis) -> None:
    prompts = analysis.specification.surroundings.prompts
    assert len(prompts) == 114
    assert all(file.prompts and not file.problems for group in prompts.values() for file in group)
