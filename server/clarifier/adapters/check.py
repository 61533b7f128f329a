"""Checking files and folders: from paths to findings."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from clarifier.adapters import files
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.gathering import gather as gather
from clarifier.engine.analysis import Analysis, Language, analyse
from clarifier.engine.findings import Finding, in_order
from clarifier.engine.graph import Graph, graph
from clarifier.engine.settings import Settings
from clarifier.engine.workspace import compare
from clarifier.text.source import Source


@dataclass(frozen=True)
class Checked:
    """The analyses of all files that were checked, and their findings in order."""

    analyses: tuple[Analysis, ...]
    findings: tuple[Finding, ...]
    sources: dict[str, Source]
    problems: tuple[str, ...] = ()


def check(chosen: Sequence[tuple[Path, Settings]], language: Language | None, named: Collection[Path] | None = None) -> Checked:
    """The findings of the chosen files.

    Raises CannotRun for a file that cannot be read; if `named` says which files the person named, for those alone, and the
    others are passed over and told of in `problems`.
    """
    analyses, sources, problems = [], {}, []
    for path, settings in chosen:
        try:
            source = Source(path.as_posix(), files.read_text(path))
        except CannotRun as problem:
            if named is None or path in named:
                raise
            problems.append(str(problem))
            continue
        around = replace(files.surroundings(path, settings), missing_files=files.missing_files(path, source.text))
        sources[source.name] = source
        sources.update({f.path: f.source for group in around.prompts.values() for f in group})
        sources.update({name: Source(name, "") for name, _ in around.unreadable})
        analyses.append(analyse(source, settings, None, language, around))
    beside = imported(chosen, language)
    sources.update({a.specification.path: a.document.source for a in beside})
    asked = {a.specification.path for a in analyses}
    conflicts = [f for group in grouped([*analyses, *beside]) for path, found in compare(group).findings.items() if path in asked for f in found]
    # Two specifications may share a prompt file, and both speak of it.
    distinct = dict.fromkeys([*(f for a in analyses for f in a.findings), *conflicts])
    return Checked(tuple(analyses), in_order(distinct), sources, tuple(problems))


def imports_of(settings: Settings) -> list[Path]:
    """The specifications that a configuration imports; folders are walked. Raises CannotRun for what is not there."""
    found: list[Path] = []
    for name in settings.imports:
        path = Path(name)
        if not path.exists():
            raise CannotRun(f"imports: {path}: there is no such file or folder")
        shown = Path(os.path.relpath(path))
        found.extend(files.specifications(shown, settings) if path.is_dir() else [shown])
    return found


def imported(chosen: Sequence[tuple[Path, Settings]], language: Language | None) -> list[Analysis]:
    """The analyses of what the configurations of the chosen files import: its clauses take part, but nothing is said of them."""
    known = {path.resolve() for path, _ in chosen}
    found: list[Analysis] = []
    seen: list[Settings] = []
    for _, settings in chosen:
        if settings.imports and settings.conflict_scope == "workspace" and settings not in seen:
            seen.append(settings)
            fresh = [path for path in imports_of(settings) if path.resolve() not in known]
            found.extend(analyse(Source(path.as_posix(), files.read_text(path)), settings, None, language) for path in fresh)
    return found


def grouped(analyses: Sequence[Analysis]) -> Iterator[tuple[Analysis, ...]]:
    """The analyses that are compared with each other: those under one configuration, or each alone where it says so."""
    together: list[tuple[Settings, list[Analysis]]] = []
    for analysis in analyses:
        group = next((g for s, g in together if s == analysis.settings), None)
        if group is None or analysis.settings.conflict_scope == "file":
            together.append((analysis.settings, [analysis]))
        else:
            group.append(analysis)
    return (tuple(group) for _, group in together)


def drawn(chosen: Sequence[tuple[Path, Settings]]) -> Graph:
    """The graph of the chosen files and of what they import."""
    analyses = [analyse(Source(path.as_posix(), files.read_text(path)), settings) for path, settings in chosen]
    imports = {path.as_posix(): [p.as_posix() for p in imports_of(settings)] for path, settings in chosen if settings.imports}
    return graph([*analyses, *imported(chosen, None)], imports)
