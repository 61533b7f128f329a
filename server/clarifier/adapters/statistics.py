"""Figures of specifications for people, for machines and as a badge, and their trend since a revision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from clarifier.adapters.around import surroundings
from clarifier.adapters.check import check, grouped
from clarifier.adapters.gathering import gather
from clarifier.adapters.revisions import text_at
from clarifier.adapters.writing import write_whole
from clarifier.engine.analysis import analyse
from clarifier.engine.figures import Figures, figures
from clarifier.engine.language import Language
from clarifier.engine.workspace import compare
from clarifier.text.source import Source

_LINES = (
    ("specifications", "files"),
    ("sections", "sections"),
    ("clauses with an ID", "clauses"),
    ("clauses that prompts test", "tested"),
    ("prompts", "prompts"),
    ("normative sentences", "normative"),
    ("open questions", "questions"),
    ("findings", "findings"),
)
_GOOD, _FAIR = 0.9, 0.6


def now(paths: Sequence[Path], config: Path | None, language: Language | None) -> Figures:
    """The figures of the files as they are."""
    checked = check(gather(paths, config), language, paths)
    return figures(checked.analyses, checked.findings)


def then(paths: Sequence[Path], config: Path | None, language: Language | None, revision: str) -> Figures:
    """The figures of the same files at a revision, beside the prompt files as they are."""
    analyses = []
    for path, settings in gather(paths, config):
        text = text_at(path, revision)
        if text is not None:
            analyses.append(analyse(Source(path.as_posix(), text), settings, None, language, surroundings(path, text, settings)))
    conflicts = [f for group in grouped(analyses) for found in compare(group).findings.values() for f in found]
    return figures(analyses, [*(f for a in analyses for f in a.findings), *conflicts])


def as_text(of: Figures, before: Figures | None) -> str:
    """A line a figure, with what it was before in brackets, then the rules."""
    rows = [(label, getattr(of, name), getattr(before, name) if before else None) for label, name in _LINES]
    rows += [
        (f"  {rule}", of.rules.get(rule, 0), before.rules.get(rule, 0) if before else None)
        for rule in sorted({*of.rules, *(before.rules if before else ())})
    ]
    lines = [f"{number:7}  {label}{_since(number, was)}" for label, number, was in rows]
    if of.coverage is not None:
        lines.insert(
            4,
            f"{of.coverage:7.0%}  coverage"
            + (f" ({before.coverage:.0%} before)" if before and before.coverage is not None else ""),
        )
    return "\n".join(lines)


def _since(number: int, was: int | None) -> str:
    return "" if was is None or was == number else f" ({number - was:+})"


def as_json(of: Figures, before: Figures | None) -> str:
    """The same for machines."""

    def values(figures: Figures | None) -> Any:
        return None if figures is None else {**vars(figures), "coverage": figures.coverage}

    return json.dumps({"version": 1, "now": values(of), "before": values(before)}, indent=1)


def save_badge(of: Figures, file: Path) -> None:
    """Write a badge of the coverage: an image, or for a name ending in .json the values from which shields.io draws one."""
    share = of.coverage
    message = "no clauses" if share is None else f"{share:.0%}"
    colour = "#9f9f9f" if share is None else "#4c1" if share >= _GOOD else "#dfb317" if share >= _FAIR else "#e05d44"
    label = "clauses tested"
    if file.suffix == ".json":
        text = json.dumps({"schemaVersion": 1, "label": label, "message": message, "color": colour}) + "\n"
    else:
        text = _image(label, message, colour)
    write_whole(file, text)


def _image(label: str, message: str, colour: str) -> str:
    left, right = 7 * len(label) + 10, 8 * len(message) + 12
    text = 'text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" fill="#fff"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{escape(label)}: {escape(message)}">'
        f"<title>{escape(label)}: {escape(message)}</title>"
        f'<rect width="{left}" height="20" fill="#555"/><rect x="{left}" width="{right}" height="20" fill="{colour}"/>'
        f'<text x="{left / 2}" y="14" {text}>{escape(label)}</text><text x="{left + right / 2}" y="14" {text}>{escape(message)}</text></svg>\n'
    )


def figures_of(
    paths: Sequence[Path], config: Path | None, language: Language | None, since: str | None
) -> tuple[Figures, Figures | None]:
    """The figures now, and at a revision if one is named."""
    before = then(paths, config, language, since) if since else None
    current = now(paths, config, language)
    return current, before
