"""The interview in the terminal: asks the questions that matter first, and writes each answer as it is given."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.prompt import Prompt
from rich.text import Text

from clarifier.adapters import files
from clarifier.adapters.around import surroundings
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.saying import on_a_line
from clarifier.adapters.writing import write_whole
from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.answers import (
    IN_SPECIFICATION,
    NO_LOG,
    Answer,
    Dismiss,
    Free,
    LeaveOpen,
    PickReading,
    answer_edits,
    applied,
    log_edit,
    log_entry,
)
from clarifier.engine.findings import Finding
from clarifier.engine.language import Language
from clarifier.engine.questions import questions
from clarifier.engine.settings import Settings
from clarifier.text.source import Source, Span

_WIDTH = 160


@dataclass
class Interview:
    """How far an interview has come: what was answered, and the questions that are not to be put again."""

    file: Path
    settings: Settings
    language: Language | None
    console: Console
    answered: int = 0
    skipped: frozenset[str] = frozenset()
    dismissed: frozenset[str] = frozenset()


def hold(file: Path, settings: Settings, language: Language | None, console: Console) -> None:
    """Ask about a file until nothing is left to ask or the author has had enough. Raises CannotRun if it cannot be read or written."""
    if sys.stdin is None:
        raise CannotRun("standard input is closed, so nothing can be answered")
    interview = Interview(file, settings, language, console)
    analysis = _analysis(interview, None)
    try:
        while waiting := _waiting(interview, analysis):
            _show(interview, analysis, waiting[0], len(waiting))
            answer = _ask(console, waiting[0])
            if answer is None:
                interview.skipped |= {waiting[0].fingerprint}
                continue
            _write(interview, analysis, waiting[0], answer)
            analysis = _analysis(interview, analysis)
            if isinstance(answer, LeaveOpen):
                # The mark just made is open on purpose.
                interview.skipped |= {
                    f.fingerprint
                    for f in analysis.findings
                    if f.rule == "open-question" and f.span.start == waiting[0].span.end + 1
                }
        console.print("No further questions." if interview.skipped else "Nothing is left to ask.")
    except (KeyboardInterrupt, EOFError):
        console.print()
    console.print(
        f"{interview.answered} answered, {len(_waiting(interview, analysis)) + len(interview.skipped)} still open.", style="dim"
    )


def _analysis(interview: Interview, previous: Analysis | None) -> Analysis:
    source = Source(interview.file.as_posix(), files.read_text(interview.file))
    around = surroundings(interview.file, source.text, interview.settings)
    return analyse(source, interview.settings, previous, interview.language, around)


def _waiting(interview: Interview, analysis: Analysis) -> list[Finding]:
    path = analysis.document.source.name
    return [
        f
        for f in questions(analysis.findings, [analysis.specification])
        if f.path == path and f.fingerprint not in interview.skipped | interview.dismissed
    ]


def _show(interview: Interview, analysis: Analysis, finding: Finding, waiting: int) -> None:
    console, source = interview.console, analysis.document.source
    line, column = source.line_and_column(finding.span.start)
    console.rule(f"{waiting} to ask", style="dim")
    console.print(Text(on_a_line(f"{source.name}:{line + 1}:{column + 1}"), style="dim"), Text(f"[{finding.rule}]", style="dim"))
    console.print(sentence(source, finding.span))
    console.print(Text(finding.message, style="dim"))
    console.print()
    console.print(Text(finding.question or "", style="bold"))
    for number, reading in enumerate(finding.readings, 1):
        console.print(Text.assemble((f"  {number}  ", "bold cyan"), reading.label, *_rewritten(source, finding, reading.text)))
    for letter, does in _choices(finding):
        console.print(Text.assemble((f"  {letter}  ", "bold cyan"), does))


def _rewritten(source: Source, finding: Finding, text: str | None) -> Iterator[tuple[str, str]]:
    if text is not None:
        yield f"  → {' '.join(text.split())}", "green"


def sentence(source: Source, span: Span) -> Text:
    """The line of a span and what of it lies around the words, with the words set apart; cut where it is long."""
    first, last = source.line_and_column(span.start)[0], source.line_and_column(max(span.start, span.end - 1))[0]
    start, end = source.line_span(first).start, source.line_span(last).end
    start, end = max(start, span.start - _WIDTH), min(end, span.end + _WIDTH)
    shown = Text(source.text[start : span.start].lstrip("\ufeff"))
    shown.append(source.slice(span), style="bold yellow underline")
    shown.append(source.text[span.end : end])
    return shown


def _choices(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "f", "your own answer" if _is_framed(finding) else "your own words in their place"
    if finding.rule != "open-question":
        yield "o", "leave it open, with a mark in the text"
    yield "n", "not ambiguous, and why"
    yield "s", "skip"
    yield "q", "quit"


def _is_framed(finding: Finding) -> bool:
    """Whether the rule holds the text ready into which an answer is put."""
    return "frame" in dict(finding.data)


def _ask(console: Console, finding: Finding) -> Answer | None:
    """The answer; None to skip. Raises EOFError when the author has had enough."""
    numbers = [str(n) for n in range(1, len(finding.readings) + 1)]
    letters = [letter for letter, _ in _choices(finding)]
    while True:
        chosen = Prompt.ask("Your answer", console=console, choices=[*numbers, *letters], show_choices=True).strip()
        if chosen in numbers:
            return PickReading(int(chosen) - 1)
        if chosen == "q":
            raise EOFError
        if chosen == "s":
            return None
        if chosen == "o":
            return LeaveOpen()
        if chosen in ("f", "n"):
            said = Prompt.ask(
                "Because" if chosen == "n" else "Your answer" if _is_framed(finding) else "In place of the words",
                console=console,
                default="",
                show_default=False,
            ).strip()
            if said:
                return Free(said) if chosen == "f" else Dismiss(said)
            console.print("Nothing was said, so nothing is changed.", style="dim")


def _write(interview: Interview, analysis: Analysis, finding: Finding, answer: Answer) -> None:
    source = analysis.document.source
    edits = [e for e in answer_edits(analysis, finding, answer) if e.path == source.name]
    elsewhere = {e.path for e in answer_edits(analysis, finding, answer)} - {source.name}
    if elsewhere:
        interview.console.print(f"This answer also changes {', '.join(sorted(elsewhere))}; ask there.", style="yellow")
    if not edits:
        interview.skipped |= {finding.fingerprint}
        return
    if files.read_text(interview.file) != source.text:
        interview.console.print(
            "The file was changed meanwhile; it is read again, and nothing of this answer is written.", style="yellow"
        )
        return
    write_whole(interview.file, applied(source.text, edits))
    interview.answered += 1
    if isinstance(answer, Dismiss):
        interview.dismissed |= {finding.fingerprint}
    entry = log_entry(finding, answer)
    log = interview.settings.log_answers
    if entry is not None and log not in (IN_SPECIFICATION, NO_LOG):
        place = interview.file.parent / log
        if files.within(place, interview.file):
            _log(place, entry)
        else:
            interview.console.print(f"The answer is not logged: “{log}” lies outside the workspace.", style="yellow")
    interview.console.print("Written.", style="green")
    interview.console.print()


def _log(file: Path, entry: str) -> None:
    text = files.read_text(file) if file.exists() else ""
    write_whole(file, applied(text, [log_edit(Source(file.as_posix(), text), entry)]))
