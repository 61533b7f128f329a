"""Beginnings: a configuration that fits the specifications at hand, and the skeleton of a specification."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from clarifier.adapters import files
from clarifier.adapters.failures import CannotRun
from clarifier.engine.ids import bare_specification, new_ids, written
from clarifier.engine.settings import LEVELS, Settings
from clarifier.semantics.specification import Specification
from clarifier.syntax.document import IdStyle
from clarifier.text.source import Source

NAME = "clarifier.toml"
_CAPITALS = re.compile(r"\b(?:MUST|SHALL|SHOULD|MAY)\b")
_SMALL = re.compile(r"\b(?:must|shall|should|may)\b")


def configuration_for(folder: Path) -> str:
    """The text of a commented configuration for the specifications in a folder."""
    settings = Settings()
    found: list[Specification] = []
    for path in files.specifications(folder, settings):
        try:
            found.append(
                bare_specification(Source(path.as_posix(), files.read_text(path)), None, files.neighbourhood(path, settings))
            )
        except CannotRun:
            continue
    styles = Counter(clause.style for spec in found for clause in spec.document.clauses)
    used = sorted({section.authority for spec in found for section in spec.document.sections if section.authority})
    dirs = _prompt_dirs(folder, found)
    said = " ".join(spec.document.source.text for spec in found)
    capitals, small = len(_CAPITALS.findall(said)), len(_SMALL.findall(said))
    profile = "rfc2119" if capitals >= 5 and capitals > 4 * small else "auto"
    lines = [
        "# Settings of Clarifier. What is commented out is the default. `clarifier explain RULE` tells what a rule asks for.",
        f"# Found here: {_count(len(found), 'specification')}, {_styles(styles)}.",
        "",
        "# Which files are specifications, and which are left alone.",
        '# include = ["**/*.md", "**/*.markdown"]',
        "# exclude = []",
        "",
        "[clauses]",
        "# Which sentences oblige: “auto” by all signs, “rfc2119” by MUST, SHOULD and MAY in capitals only, “all” of them.",
        f'{"" if profile != "auto" else "# "}normative = "{profile}"  # {capitals} in capitals, {small} in small letters',
        "",
        "[prompts]",
        "# Where the prompts of a clause lie, as <folder>/<clause id>.md; “.” is beside the specification.",
        f"{'' if dirs else '# '}dirs = {json.dumps(dirs or list(settings.prompt_dirs))}",
        "",
        "[authority]",
        "# The chain of command, highest first.",
        *_levels(used),
        "",
        "[conflicts]",
        "# Whether clauses are compared across files (“workspace”) or within each (“file”).",
        '# scope = "workspace"',
        "",
        "[rules]",
        "# off, hint, information, warning or error.",
        *_rules(styles),
        "",
        "[terms]",
        "# Terms that need no definition in the text.",
        '# "end user" = "The person who types into the product."',
        "",
    ]
    return "\n".join(lines)


def _rules(styles: Counter[IdStyle]) -> list[str]:
    if not styles:
        return ['missing-clause-id = "off"  # no clause has an ID here yet; `clarifier ids --write` gives them IDs']
    return ['# missing-clause-id = "warning"']


def _levels(used: Sequence[str]) -> list[str]:
    unknown = [level for level in used if level not in LEVELS]
    if unknown:
        return [f"levels = {json.dumps([*LEVELS, *unknown])}  # move these to their place: {', '.join(unknown)}"]
    return [f"# levels = {json.dumps(list(LEVELS))}"]


def _styles(styles: Counter[IdStyle]) -> str:
    if not styles:
        return "no clause IDs"
    return "clause IDs as " + ", ".join(f"{style} ({number})" for style, number in styles.most_common())


def _prompt_dirs(folder: Path, found: Sequence[Specification]) -> list[str]:
    """The folders in which prompts were found, by the names that the configuration knows them by."""
    names = []
    for specification in found:
        for directory in specification.surroundings.prompt_dirs:
            if any(
                file.path.startswith(f"{directory}/") for group in specification.surroundings.prompts.values() for file in group
            ):
                names.append(Path(directory).name)
        if any(
            Path(file.path).parent == Path(specification.path).parent
            for group in specification.surroundings.prompts.values()
            for file in group
        ):
            names.append(".")
    return list(dict.fromkeys(names))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


_SKELETON = """# {title}

## Purpose

What this specification is for, and who reads it.

## Definitions

- **operator**: the person who runs the service.

## Requests {{#requests authority=system}}

The service must answer each request within 2 seconds.

## Records {{#records authority=system}}

The service must keep each record for 30 days, and must delete it then.
"""


def skeleton(file: Path, style: str) -> tuple[tuple[Path, str], ...]:
    """The files of a new specification: itself with clauses that have IDs, and a prompt file for each clause."""
    title = re.sub(r"[-_]+", " ", file.stem).strip().capitalize() or "Specification"
    chosen = IdStyle(style)
    text = _SKELETON.format(title=title)
    if chosen is not IdStyle.FOOTNOTE:
        text = text.replace("{#requests authority=system}", "{authority=system}").replace(
            "{#records authority=system}", "{authority=system}"
        )
    bare = bare_specification(Source(file.as_posix(), text))
    text = written(text, new_ids(bare, chosen))
    named = bare_specification(Source(file.as_posix(), text))
    made = [(file, text)]
    for clause in named.document.clauses:
        heading = named.document.sections[clause.section].title
        prompts = f"Examples for [^{clause.id}] in {heading}:\n\n**Example**: {_FIRST}\n\n~~~xml\n<user>\n{clause.text}\nWhat would break this?\n</user>\n~~~\n"
        made.append((file.parent / "examples" / f"{clause.id}.md", prompts))
    return tuple(made)


_FIRST = "a first prompt, to be replaced by one that challenges the clause"


def save_new(made: Sequence[tuple[Path, str]]) -> None:
    """Write files that are not there yet. Raises CannotRun before anything is written if one is."""
    for path, _ in made:
        if path.exists() or path.is_symlink():
            raise CannotRun(f"{path}: is there already, and is not overwritten")
    for path, text in made:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as opened:
                opened.write(text)
        except OSError as error:
            raise CannotRun(f"{path}: cannot be written: {error.strerror or error}") from None
