"""What the specifications of a window say against each other, kept up to date file by file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from clarifier.adapters.check import grouped
from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding
from clarifier.engine.workspace import Workspace, changed_paths, compare
from clarifier.syntax.parts import difference
from clarifier.text.source import Span


@dataclass(frozen=True)
class Conflicts:
    """The workspaces of a window, one for each configuration, and the conflicts that a change of one file has changed."""

    workspaces: tuple[Workspace, ...]
    changed: Mapping[str, tuple[Finding, ...]]


def compared(analyses: Sequence[Analysis], before: Sequence[Workspace], pause: Callable[[], None]) -> Conflicts:
    """The conflicts of all files that are read with words. What is the same as before is not compared again."""
    after, changed, left = [], {}, list(before)
    for group in grouped([a for a in analyses if a.specification.has_words]):
        previous = _previous(group, left)
        if previous is not None:
            left.remove(previous)
        new = compare(group, previous, group[0].settings, pause=pause)
        after.append(new)
        changed.update({path: new.findings.get(path, ()) for path in changed_paths(previous or Workspace(), new)})
    for gone in left:
        for path, findings in gone.findings.items():
            if findings and not any(path in workspace.analyses for workspace in after):
                changed[path] = ()
    return Conflicts(tuple(after), changed)


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
