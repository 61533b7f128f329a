"""How the mean of each model went from run to run, as a drawing in HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from statistics import fmean

from clarifier.assist.store import Run

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 900, 220, 34, 34, 12, 170
_COLOURS = ("var(--a)", "var(--b)", "var(--c)", "var(--d)")
_MOST = 60


def trend(runs: Sequence[Run]) -> str:
    """The last runs as a drawing with a line for each model; empty with fewer than two runs."""
    shown = list(runs)[-_MOST:]
    if len(shown) < 2:
        return ""
    models = sorted({model for run in shown for _, model in run.means})
    grid = "".join(_grid(score) for score in range(1, 8))
    lines = "".join(_line(shown, model, index) for index, model in enumerate(models))
    labels = _label(0, shown[0].at, "start", len(shown)) + _label(len(shown) - 1, shown[-1].at, "end", len(shown))
    drawing = f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="Mean by run and model">{grid}{lines}{labels}</svg>'
    return f'<h2>Trend over {len(shown)} runs</h2><p class="soft">The mean of the clauses that each run graded; hover over a point for its run.</p>{drawing}'


def _x(index: int, count: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * index / max(1, count - 1)


def _y(score: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (7 - score) / 6


def _grid(score: int) -> str:
    y = _y(score)
    return (
        f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--line)"/>'
        f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" font-size="12" fill="var(--soft)">{score}</text>'
    )


def _line(runs: Sequence[Run], model: str, index: int) -> str:
    colour = _COLOURS[index % len(_COLOURS)]
    points = []
    for place, run in enumerate(runs):
        means = [mean for (_, graded), mean in run.means.items() if graded == model]
        if means:
            points.append((_x(place, len(runs)), fmean(means), run, len(means)))
    path = " ".join(f"{x:.1f},{_y(mean):.1f}" for x, mean, _, _ in points)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{_y(mean):.1f}" r="4" fill="{colour}"><title>{escape(f"{model}, {run.at}: {mean:.2f} over {count} clauses")}'
        f"{'' if run.complete else ' (not complete)'}</title></circle>"
        for x, mean, run, count in points
    )
    dash = ' stroke-dasharray="6 4"' if index >= len(_COLOURS) else ""
    x, last, _, _ = points[-1]
    name = f'<text x="{x + 9:.1f}" y="{_y(last) + 4:.1f}" font-size="12" fill="{colour}">{escape(model[:24])} {last:.1f}</text>'
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>{dots}{name}'


def _label(index: int, at: str, anchor: str, count: int) -> str:
    return f'<text x="{_x(index, count):.1f}" y="{_HEIGHT - 10}" text-anchor="{anchor}" font-size="12" fill="var(--soft)">{escape(at[:16].replace("T", " "))}</text>'
