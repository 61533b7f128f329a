"""Amendments between git revisions, as text, JSON and Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from clarifier.adapters import files
from clarifier.adapters.gathering import gather
from clarifier.adapters.revisions import changed_files, text_at
from clarifier.adapters.saying import on_a_line
from clarifier.engine.amendments import Amendment, Kind, amendments, words_changed
from clarifier.engine.ids import bare_specification
from clarifier.engine.settings import LEVELS
from clarifier.semantics.specification import Specification, Surroundings
from clarifier.text.source import Source

_AROUND = 12  # words shown on either side of a change


def between(paths: Sequence[Path], config: Path | None, old: str, new: str | None) -> tuple[Amendment, ...]:
    """The amendments from a revision to another, or to the files as they are."""
    before: list[Specification] = []
    after: list[Specification] = []
    prompts: set[str] = set()
    levels: tuple[str, ...] = LEVELS
    chosen = gather(paths, config)
    for path, settings in chosen:
        levels = settings.levels
        around = files.neighbourhood(path, settings)
        was = text_at(path, old)
        now = files.read_text(path) if new is None else text_at(path, new)
        if was is not None:
            before.append(_read(path, was, around))
        if now is not None:
            after.append(_read(path, now, around))
    folders = {p if p.is_dir() else p.parent for p in paths}
    walked = {path.resolve() for path, _ in chosen}
    for folder in sorted(folders):
        for changed in changed_files(folder, old, new):
            prompts.add(PurePosixPath(changed.as_posix()).stem)
            named = [p for p in paths if not p.is_dir()]
            gone = changed.suffix == ".md" and changed.resolve() not in walked and not changed.exists() and not named
            own = chosen[0][1] if chosen else None
            if (
                gone
                and own is not None
                and files.is_specification(changed, folder, own)
                and changed.parent.name not in own.prompt_dirs
            ):
                was = text_at(changed, old)
                if was is not None:
                    before.append(_read(changed, was, Surroundings()))
    return amendments(before, after, prompts, levels)


def _read(path: Path, text: str, around: Surroundings) -> Specification:
    return bare_specification(Source(path.as_posix(), text), None, around)


def as_text(found: Sequence[Amendment]) -> str:
    """A paragraph an amendment, by file: what happened, to which clause, with the words and what is left open."""
    out: list[str] = []
    path = ""
    for amendment in found:
        state = amendment.state
        if state.path != path:
            path = state.path
            out.append(on_a_line(path))
        out.append(f"  {amendment.kind}: {_title(amendment)}")
        if amendment.kind is Kind.REWORDED and amendment.before and amendment.after:
            out.append("      " + _shown(amendment.before.text, amendment.after.text, "[-", "-]", "{+", "+}"))
        elif amendment.kind in (Kind.ADDED, Kind.REMOVED):
            out.append(f"      {_short(state.text)}")
        out.extend(f"      ! {note}" for note in amendment.notes)
    return "\n".join(out)


def as_json(found: Sequence[Amendment], old: str, new: str | None) -> str:
    """The amendments for machines."""

    def state(of: Any) -> Any:
        return None if of is None else {**vars(of), "id": of.id}

    entries = [
        {
            "kind": str(a.kind),
            "id": a.state.id,
            "path": a.state.path,
            "before": state(a.before),
            "after": state(a.after),
            "notes": list(a.notes),
        }
        for a in found
    ]
    return json.dumps({"version": 1, "from": old, "to": new, "amendments": entries}, ensure_ascii=False, indent=1)


_CHAPTERS = {
    "Added": (Kind.ADDED,),
    "Changed": (Kind.REWORDED, Kind.RAISED, Kind.LOWERED),
    "Moved and renamed": (Kind.MOVED, Kind.RENAMED),
    "Removed": (Kind.REMOVED,),
    "Prompts": (Kind.PROMPTS,),
}


def as_markdown(found: Sequence[Amendment]) -> str:
    """The amendments as chapters of a change log."""
    out: list[str] = []
    for chapter, kinds in _CHAPTERS.items():
        entries = [a for a in found if a.kind in kinds]
        if entries:
            out += [*([""] if out else []), f"### {chapter}", "", *map(_entry, entries)]
    return "\n".join(out)


def _entry(amendment: Amendment) -> str:
    said = f"- {_title(amendment, '`')}"
    if amendment.kind is Kind.REWORDED and amendment.before and amendment.after:
        said += f": {_shown(amendment.before.text, amendment.after.text, '~~', '~~', '**', '**', escape=True)}"
    elif amendment.kind in (Kind.ADDED, Kind.REMOVED):
        said += f": {_escaped(_short(amendment.state.text))}"
    return said + "".join(f" ({note})" for note in amendment.notes)


def _title(amendment: Amendment, quote: str = "") -> str:
    before, after = amendment.before, amendment.after
    state = amendment.state
    name = f"{quote}{state.id}{quote}"
    if amendment.kind is Kind.RENAMED and before and after:
        name = f"{quote}{before.id}{quote} is now {quote}{after.id}{quote}"
    where = f" in {state.section}" if state.section else ""
    if amendment.kind is Kind.MOVED and before and after:
        where = f" from {before.section or before.path} to {after.section or after.path}" + (
            f" ({before.path} → {after.path})" if before.path != after.path else ""
        )
    if amendment.kind in (Kind.RAISED, Kind.LOWERED) and before and after:
        where += (
            f": {amendment.kind} from {before.authority} to {after.authority}"
            if quote
            else f", from {before.authority} to {after.authority}"
        )
    return name + where


def _shown(before: str, after: str, gone: str, gone_end: str, new: str, new_end: str, escape: bool = False) -> str:
    stretches = words_changed(before, after)
    said = ""
    for number, stretch in enumerate(stretches):
        text = _escaped(stretch.text) if escape else stretch.text
        if stretch.kind == "=":
            said += _context(text, number > 0, number + 1 < len(stretches))
        else:
            opened, closed = (gone, gone_end) if stretch.kind == "-" else (new, new_end)
            inner = text.strip()
            said += text.replace(inner, f"{opened}{inner}{closed}", 1) if inner else text
    return said.strip()


def _context(text: str, after: bool, before: bool) -> str:
    """The words of a shared stretch that stand near a change."""
    words = re.split(r"(?<=\s)(?=\S)", text)
    if len(words) <= 2 * _AROUND + 2:
        return text
    head = "".join(words[:_AROUND]) if after else ""
    tail = "".join(words[-_AROUND:]) if before else ""
    return f"{head}… {tail}" if head or tail else text


def _short(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:159].rsplit(' ', 1)[0]} …"


def _escaped(text: str) -> str:
    return re.sub(r"([*_`~\[\]<>\\])", r"\\\1", text)
