"""Each rule's page and the examples in its manual."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from clarifier.adapters import configuration
from clarifier.adapters.around import surroundings
from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.findings import Finding
from clarifier.engine.settings import Settings
from clarifier.engine.workspace import compare
from clarifier.rules import RULES
from clarifier.rules._rule import Rule
from clarifier.semantics.grades import Grade
from clarifier.semantics.rubric import rubric
from clarifier.semantics.specification import Specification
from clarifier.syntax.language import SpacyLanguage
from clarifier.text.source import Source

from .pages import Example, examples

PAGES = Path(__file__).parent / "rules"
EXAMPLES = [e for page in sorted(PAGES.glob("*.md")) for e in examples(page)]
_MANUAL = re.compile(r"^(Bad|Good):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)


def laid_out(example: Example, folder: Path, language: SpacyLanguage) -> Analysis:
    for name, text in example.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    (folder / "clarifier.toml").write_text(example.config, encoding="utf-8")
    settings = configuration.load(folder / "clarifier.toml") if example.config else Settings()
    spec = folder / "spec.md"
    spec.write_text(example.text, encoding="utf-8", newline="")
    around = surroundings(spec, example.text, settings, folder)
    if example.grades:
        ungraded = analyse(Source("spec.md", example.text), settings, None, None, around).specification
        around = replace(around, grades=graded(ungraded, example.grades))
    return analyse(Source("spec.md", example.text), settings, None, language, around)


def graded(specification: Specification, lines: str) -> dict[str, tuple[Grade, ...]]:
    found: dict[str, tuple[Grade, ...]] = {}
    for line in lines.split("\n"):
        if line.strip():
            name, number, grader, score, *marks = line.split()
            clause = next(c for c in specification.document.clauses if c.id == name)
            prompt = specification.surroundings.prompts[name][0].prompts[int(number) - 1]
            judged_by = "another" if "stale" in marks else rubric(specification, clause).fingerprint
            said = (
                int(score),
                f"It earns {score}.",
                clause.text,
                "unquoted" not in marks,
                "failed" not in marks,
                "Answer.",
                "2026-01-02T03:04:05Z",
            )
            found[name] = (*found.get(name, ()), Grade(name, judged_by, prompt.fingerprint, prompt.title, "m", grader, 0, *said))
    return found


def conflicts(analysis: Analysis, example: Example, language: SpacyLanguage) -> list[Finding]:
    """What is found in the specification and the files beside it when they are compared."""
    beside = [
        analyse(Source(name, text), analysis.settings, None, language) for name, text in example.files.items() if "/" not in name
    ]
    return [f for found in compare([analysis, *beside]).findings.values() for f in found]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_page(example: Example, tmp_path: Path, language: SpacyLanguage) -> None:
    page_rule = example.name.partition(":")[0].replace("_", "-")
    assert page_rule in RULES, "a page is named after a rule"
    analysis = laid_out(example, tmp_path, language)
    findings = (
        [*analysis.findings, *conflicts(analysis, example, language)] if RULES[page_rule].scope == "pair" else analysis.findings
    )
    sources = {name: Source(name, text) for name, text in example.files.items()} | {"spec.md": analysis.document.source}
    sources.update({f.path: f.source for group in analysis.specification.surroundings.prompts.values() for f in group})
    wanted_rules = {page_rule, *(m.rule for m in example.marks)}
    found = {}
    for f in findings:
        if f.rule in wanted_rules:
            source = sources[f.path]
            line, column = source.line_and_column(f.span.start)
            end_line, end = source.line_and_column(f.span.end)
            end = end if end_line == line else source.line_span(line).end - source.line_starts[line]
            path = Path(f.path).relative_to(tmp_path).as_posix() if Path(f.path).is_absolute() else f.path
            found[(path, line, column, end, f.rule)] = f
    wanted = {(m.path, m.line, m.start, m.end, m.rule): m for m in example.marks}
    texts = {"spec.md": Source("spec.md", example.text), **{name: Source(name, text) for name, text in example.files.items()}}
    assert {k: texts[k[0]].line_text(k[1])[k[2] : k[3]] for k in found} == {
        k: texts[k[0]].line_text(k[1])[k[2] : k[3]] for k in wanted
    }
    for key, mark in wanted.items():
        if mark.readings:
            assert [r.text for r in found[key].readings] == list(mark.readings)
        if mark.severity:
            assert found[key].severity == mark.severity


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.name)
def test_manual(rule: Rule, language: SpacyLanguage) -> None:
    """What is called bad is found by the rule, what is called good is not."""
    assert (PAGES / f"{rule.name.replace('-', '_')}.md").exists(), "each rule has a page"
    shown = _MANUAL.findall(rule.manual)
    assert {kind for kind, _ in shown} == {"Bad", "Good"}
    if rule.scope not in ("passage", "pair"):
        return
    for kind, text in shown:
        text = re.sub(r"\n[ \t]+", " ", text)
        if rule.scope == "pair":
            clauses = re.split(r"(?<=\.)\s+(?=[A-Z“])", text)
            # A clause that says its authority stands under a heading of its own.
            items = "\n".join(
                f"\n## Section {i} {m[2]}\n\n{m[1]}.\n" if (m := re.fullmatch(r"(.*) (\{authority=\w+\})\.", c)) else f"- {c}"
                for i, c in enumerate(clauses)
            )
            analysis = analyse(Source("manual.md", f"# Manual\n\n{items}\n"), Settings(), None, language)
            found = [f for f in compare([analysis]).findings["manual.md"] if f.rule == rule.name]
            assert len(found) == (2 if kind == "Bad" else 0), f"{kind}: {text}"
            assert all(f.related and f.question and f.readings for f in found)
            continue
        analysis = analyse(Source("manual.md", f"# Manual\n\n{text}\n"), Settings(), None, language)
        found = [f for f in analysis.findings if f.rule == rule.name]
        assert bool(found) == (kind == "Bad"), f"{kind}: {text}"
