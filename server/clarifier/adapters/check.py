"""Checking files and folders: from paths to findings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from clarifier.adapters import files
from clarifier.adapters.around import surroundings
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.gathering import gather as gather
from clarifier.adapters.listing import Listing
from clarifier.adapters.parallel import Taken, analysed
from clarifier.adapters.results import Results, run_key
from clarifier.adapters.sharing import share_of
from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.findings import Finding, in_order
from clarifier.engine.graph import Graph, graph
from clarifier.engine.language import Language
from clarifier.engine.omissions import omissions
from clarifier.engine.settings import Settings
from clarifier.engine.workspace import compare
from clarifier.semantics.specification import Surroundings
from clarifier.syntax.parts import readable
from clarifier.text.source import Source


@dataclass(frozen=True)
class Checked:
    """The findings in so many files, in order, with the analyses that gave them; none where an earlier run is repeated."""

    analyses: tuple[Analysis, ...]
    findings: tuple[Finding, ...]
    sources: dict[str, Source]
    problems: tuple[str, ...] = ()
    files: int = 0
    incomplete: bool = False  # something of the files was not read, as `problems` say


def check(
    chosen: Sequence[tuple[Path, Settings]],
    language: Language | None,
    named: Collection[Path] | None = None,
    jobs: int = 1,
    on_read: Callable[[], None] = lambda: None,
    results: Results | None = None,
) -> Checked:
    """The findings of the chosen files, read in so many processes; `on_read` is called after each file.

    Raises CannotRun for a file that cannot be read; if `named` says which files the person named, for those alone, and the
    others are passed over and told of in `problems`. With `results`, what an earlier run found in the same texts is said
    again, without analyses.
    """
    taken, problems = _taken(chosen, named)
    beside = imported(chosen)
    sources = {source.name: source for source, _ in beside}
    for t in taken:
        sources[t.source.name] = t.source
        sources.update({f.path: f.source for group in t.around.prompts.values() for f in group})
        sources.update({name: Source(name, "") for name, _ in t.around.unreadable})
    key = (
        run_key(
            language.version if language else "",
            [(t.source, t.settings, t.around) for t in taken],
            [source for source, _ in beside],
        )
        if results
        else b""
    )
    known = results.get(key) if results else None
    if known is not None:
        return _checked((), known, sources, problems, taken)
    analyses: list[Analysis] = []
    others: list[Analysis] = []
    for analysis in analysed([*taken, *(Taken(s, settings, Surroundings()) for s, settings in beside)], language, jobs):
        if len(analyses) == len(taken):
            others.append(analysis)
            continue
        analyses.append(analysis)
        on_read()
    asked = {a.specification.path for a in analyses}
    conflicts = [
        f
        for group in grouped([*analyses, *others])
        for path, found in compare(group, share=share_of(jobs)).findings.items()
        if path in asked
        for f in found
    ]
    # Two specifications may share a prompt file, and both speak of it.
    findings = in_order(dict.fromkeys([*(f for a in analyses for f in a.findings), *conflicts]))
    if results:
        results.put(key, findings)
    return _checked(tuple(analyses), findings, sources, problems, taken)


def _checked(
    analyses: tuple[Analysis, ...],
    findings: tuple[Finding, ...],
    sources: dict[str, Source],
    problems: tuple[str, ...],
    taken: Sequence[Taken],
) -> Checked:
    found = Counter(f.path for f in findings)
    left_out = [
        f"{t.source.name}: {omission.message}"
        for t in taken
        for omission in omissions(t.source, readable(t.source.text), found[t.source.name])
    ]
    return Checked(analyses, findings, sources, (*problems, *left_out), len(taken), bool(problems or left_out))


def _taken(chosen: Sequence[tuple[Path, Settings]], named: Collection[Path] | None) -> tuple[list[Taken], tuple[str, ...]]:
    taken: list[Taken] = []
    problems: list[str] = []
    listed = lru_cache(maxsize=None)(Listing)
    for path, settings in chosen:
        try:
            source = Source(path.as_posix(), files.read_text(path))
        except CannotRun as problem:
            if named is None or path in named:
                raise
            problems.append(str(problem))
            continue
        taken.append(Taken(source, settings, surroundings(path, source.text, settings, names=False, listed=listed)))
    return taken, tuple(problems)


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


def imported(chosen: Sequence[tuple[Path, Settings]]) -> list[tuple[Source, Settings]]:
    """What the configurations of the chosen files import: its clauses take part, but nothing is said of them."""
    known = {os.path.realpath(path) for path, _ in chosen}
    found: list[tuple[Source, Settings]] = []
    seen: list[Settings] = []
    for _, settings in chosen:
        if settings.imports and settings.conflict_scope == "workspace" and settings not in seen:
            seen.append(settings)
            fresh = [path for path in imports_of(settings) if os.path.realpath(path) not in known]
            found.extend((Source(path.as_posix(), files.read_text(path)), settings) for path in fresh)
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
    return graph([*analyses, *(analyse(source, settings) for source, settings in imported(chosen))], imports)
