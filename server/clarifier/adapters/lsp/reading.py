"""Reading one file: from a text or a path to an analysis. Runs in the worker's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clarifier.adapters import files
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.lsp.library import Library, with_open_prompts
from clarifier.adapters.lsp.session import Open
from clarifier.engine.analysis import Analysis, Language, analyse
from clarifier.text.source import Source

# A text shorter than this is read with its words at once: the wait is hardly longer than for its structure.
SHORT = 12_000


@dataclass(frozen=True)
class Task:
    """What is to be read, and with what."""

    path: str
    opened: Open | None
    previous: Analysis | None
    language: Language | None
    open_texts: Mapping[str, str]  # of the other files that are open
    hasty: bool = False  # the author is typing: sentences that are new are left for later


@dataclass(frozen=True)
class Outcome:
    """An analysis, or why there is none; `prompts` marks a prompt file, of which its specification speaks."""

    analysis: Analysis | None = None
    refused: str | None = None
    prompts: bool = False


def read(task: Task, library: Library) -> Outcome:
    """Analyse a file if it is a specification."""
    opened, file = task.opened, Path(task.path)
    settings = library.settings(task.path)
    if opened is not None and opened.too_large:
        return Outcome(refused=f"{task.path}: is larger than {files.LARGEST // 1024 // 1024} MB and is not read")
    if file.is_absolute():
        markdown = opened is not None and opened.language_id == "markdown"
        if not files.is_specification(file, library.root(task.path), settings, markdown):
            return Outcome()
        if library.is_prompt_file(task.path, opened.source.text[:4096] if opened is not None else None):
            return Outcome(prompts=True)
    elif opened is None or opened.language_id != "markdown":
        return Outcome()
    try:
        source = opened.source if opened is not None else _from_disk(file, task.previous)
    except CannotRun as problem:
        return Outcome(refused=str(problem))
    around = with_open_prompts(library.surroundings(task.path, settings), task.open_texts)
    if file.is_absolute():
        around = replace(around, missing_files=files.missing_files(file, source.text, library.root(task.path)))
    return Outcome(analyse(source, settings, task.previous, task.language, around, task.hasty))


def _from_disk(file: Path, previous: Analysis | None) -> Source:
    text = files.read_text(file)
    if previous is not None and previous.document.source.text == text:
        return previous.document.source
    return Source(str(file), text)
