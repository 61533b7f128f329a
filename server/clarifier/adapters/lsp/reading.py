"""Reading one file: from a text or a path to an analysis. Runs in the worker's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from clarifier.adapters import files
from clarifier.adapters.around import missing_files
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.lsp.companion import Companion, Lost
from clarifier.adapters.lsp.library import Library, with_open_prompts
from clarifier.adapters.lsp.session import Open
from clarifier.adapters.parallel import Taken
from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.language import Language
from clarifier.engine.lightening import is_light
from clarifier.syntax.parts import difference
from clarifier.text.source import Source, Span

# A text shorter than this is read with its words at once: the wait is hardly longer than for its structure.
SHORT = 12_000


_UNSAVED = "untitled:"


@dataclass(frozen=True)
class Task:
    """What is to be read, and with what."""

    path: str
    opened: Open | None
    previous: Analysis | None
    language: Language | None
    open_texts: Mapping[str, str]  # of the other files that are open
    hasty: bool = False  # the author is typing: sentences that are new are left for later
    again: bool = False  # the author can see what there is, and can wait for the rest


@dataclass(frozen=True)
class Outcome:
    """An analysis, or why there is none; `prompts` marks a prompt file, of which its specification speaks."""

    analysis: Analysis | None = None
    refused: str | None = None
    prompts: bool = False


def read(task: Task, library: Library, pause: Callable[[], None] = lambda: None, companion: Companion | None = None) -> Outcome:
    """Analyse a file if it is a specification; in another process if there is a companion."""
    opened, file = task.opened, Path(task.path)
    settings = library.settings(task.path)
    if opened is not None and opened.too_large:
        return Outcome(refused=f"{task.path}: is larger than {files.LARGEST // 1024 // 1024} MB and is not read")
    if file.is_absolute():
        markdown = opened is not None and opened.language_id == "markdown"
        if opened is None and (library.root(task.path) is None or not file.exists()):
            return Outcome()
        if not files.is_specification(file, library.root(task.path), settings, markdown):
            return Outcome()
        if library.is_prompt_file(task.path, opened.source.text[:200] if opened is not None else ""):
            return Outcome(prompts=True)
    elif opened is None or opened.language_id != "markdown" or not task.path.startswith(_UNSAVED):
        # What has another scheme mirrors a file, as the old side of a comparison does.
        return Outcome()
    try:
        source = opened.source if opened is not None else _from_disk(file, task.previous)
    except CannotRun as problem:
        return Outcome(refused=str(problem))
    around = with_open_prompts(library.neighbourhood(task.path, settings), task.open_texts)
    if file.is_absolute():
        around = replace(around, missing_files=_missing(file, source, task.previous, library))
    taken = Taken(source, settings, around)
    if task.previous is not None and _still_says_all(task, task.previous, taken):
        return Outcome(task.previous)
    if companion is not None:
        with suppress(Lost):
            return Outcome(companion.read(taken, task.language is not None))
    return Outcome(analyse(source, settings, task.previous, task.language, around, task.hasty, pause))


def _still_says_all(task: Task, previous: Analysis, taken: Taken) -> bool:
    """Whether nothing has changed since an analysis, so that it says what another would. What is open needs its words in the end."""
    return (
        previous.document.source is taken.source
        and previous.settings == taken.settings
        and previous.specification.surroundings == taken.around
        and previous.language == (task.language.version if task.language is not None else None)
        and previous.is_read
        and not (task.again and task.opened is not None and is_light(previous))
    )


def _missing(file: Path, source: Source, previous: Analysis | None, library: Library) -> frozenset[str]:
    """The targets of links at which there is no file. An edit in whose lines no link stands has changed nothing of that."""
    known = str(file) in library.linked
    library.linked.add(str(file))
    if known and previous is not None and previous.document.source is not source:
        old = previous.document.source
        changed = difference(old.text, source.text)
        lines = _lines(old, changed.old) + _lines(source, changed.new)
        if not any(sign in lines for sign in ("](", "]:", "<")):
            return previous.specification.surroundings.missing_files
    return missing_files(file, source.text, library.root(str(file)))


def _lines(source: Source, span: Span) -> str:
    first, last = source.line_and_column(span.start)[0], source.line_and_column(span.end)[0]
    return source.text[source.line_starts[first] : source.line_span(last).end]


def _from_disk(file: Path, previous: Analysis | None) -> Source:
    text = files.read_text(file)
    if previous is not None and previous.document.source.text == text:
        return previous.document.source
    return Source(str(file), text)
