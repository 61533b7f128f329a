"""Checking files and folders: from paths to findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from clarifier.adapters import configuration, files
from clarifier.adapters.failures import CannotRun
from clarifier.engine.analysis import Analysis, Language, analyse
from clarifier.engine.findings import Finding, in_order
from clarifier.engine.settings import Settings
from clarifier.engine.workspace import compare
from clarifier.text.source import Source


@dataclass(frozen=True)
class Checked:
    """The analyses of all files that were checked, and their findings in order."""

    analyses: tuple[Analysis, ...]
    findings: tuple[Finding, ...]
    sources: dict[str, Source]


def gather(paths: Sequence[Path], config: Path | None) -> list[tuple[Path, Settings]]:
    """The specifications that paths name, each with its settings; folders are walked."""
    found: dict[Path, Settings] = {}
    for path in paths:
        if not path.exists():
            raise CannotRun(f"{path}: there is no such file or folder")
        settings = configuration.load(config or configuration.find(path.resolve()))
        names = [path] if not path.is_dir() else list(files.specifications(path, settings))
        for name in names:
            found.setdefault(name, settings)
    return list(found.items())


def check(chosen: Sequence[tuple[Path, Settings]], language: Language | None) -> Checked:
    """The findings of the chosen files."""
    analyses, sources = [], {}
    for path, settings in chosen:
        source = Source(path.as_posix(), files.read_text(path))
        around = replace(files.surroundings(path, settings), missing_files=files.missing_files(path, source.text))
        sources[source.name] = source
        sources.update({f.path: f.source for group in around.prompts.values() for f in group})
        analyses.append(analyse(source, settings, None, language, around))
    conflicts = [f for group in grouped(analyses) for found in compare(group).findings.values() for f in found]
    return Checked(tuple(analyses), in_order([*(f for a in analyses for f in a.findings), *conflicts]), sources)


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
