"""What the specifications of a window say against each other, kept up to date file by file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from clarifier.adapters.check import grouped
from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding
from clarifier.engine.workspace import Workspace, compare
from clarifier.syntax.parts import difference
from clarifier.text.source import Span


@dataclass(frozen=True)
class Conflicts:
    """The workspaces of a window, one for each configuration, and the conflicts of each file; none of a file that is gone."""

    workspaces: tuple[Workspace, ...]
    findings: Mapping[str, tuple[Finding, ...]]


def compared(analyses: Sequence[Analysis], before: Sequence[Workspace], pause: Callable[[], None]) -> Conflicts:
    """The conflicts of all files that are read with words. What is the same as before is not compared again."""
    after, left = [], list(before)
    for group in grouped([a for a in analyses if a.specification.has_words]):
        previous = _previous(group, left)
        if previous is not None:
            left.remove(previous)
        after.append(compare(group, previous, group[0].settings, pause=pause))
    # A file may have gone, or have come under another configuration.
    findings: dict[str, tuple[Finding, ...]] = {path: () for workspace in before for path in workspace.findings}
    for workspace in after:
        findings.update(workspace.findings)
    return Conflicts(tuple(after), findings)


def moved(findings: Sequence[Finding], before: str, after: str) -> tuple[Finding, ...]:
    """Findings of a text at the places where their words stand after an edit; exact unless the edit lies in them."""
    changed = difference(before, after)
    by = changed.new.end - changed.old.end

    def place(offset: int) -> int:
        return offset if offset <= changed.old.start else max(changed.old.start, offset + by)

    return tuple(replace(f, span=Span(place(f.span.start), place(f.span.end))) for f in findings)


def _previous(group: Sequence[Analysis], before: Sequence[Workspace]) -> Workspace | None:
    """The workspace that a group was: one of the same settings that shares a file with it."""
    paths = {analysis.specification.path for analysis in group}
    return next((w for w in before if w.settings == group[0].settings and not paths.isdisjoint(w.analyses)), None)
