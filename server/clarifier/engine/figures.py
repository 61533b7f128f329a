"""How a specification stands, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding


@dataclass(frozen=True)
class Figures:
    """Counts of specifications together. `tested` are clauses with at least one prompt; `rules` counts findings by rule."""

    files: int
    sections: int
    clauses: int
    tested: int
    prompts: int
    normative: int
    questions: int
    findings: int
    rules: Mapping[str, int]
    severities: Mapping[str, int]

    @property
    def coverage(self) -> float | None:
        """The share of clauses that prompts test, from 0 to 1; None where there are no clauses."""
        return self.tested / self.clauses if self.clauses else None


def figures(analyses: Sequence[Analysis], findings: Iterable[Finding]) -> Figures:
    """The figures of analyses and of what was found in them."""
    found = list(findings)
    ids = [(a, clause.id) for a in analyses for clause in {c.id: c for c in a.document.clauses}.values()]
    prompts = {
        (a.specification.path, name): sum(len(f.prompts) for f in a.specification.surroundings.prompts.get(name, ()))
        for a, name in ids
    }
    return Figures(
        files=len(analyses),
        sections=sum(len(a.document.sections) for a in analyses),
        clauses=len(ids),
        tested=sum(count > 0 for count in prompts.values()),
        prompts=sum(prompts.values()),
        normative=sum(1 for a in analyses for _ in a.specification.normative()),
        questions=sum(f.rule == "open-question" for f in found),
        findings=len(found),
        rules=dict(sorted(Counter(f.rule for f in found).items())),
        severities=dict(sorted(Counter(str(f.severity) for f in found).items())),
    )
