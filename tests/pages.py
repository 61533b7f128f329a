"""Pages of examples: Markdown in which a line of carets underlines what a rule must find, exact both ways.

In a page `tests/rules/<rule>.md` each fence

    ```spec
    The client sends it to the server when it is ready.
                                           ^^ unclear-pronoun | the client | the server
    ```

is a specification. What is underlined must be found by the rule of that name, and nothing else by the
rule of the page. After a bar stand the texts of the readings, if they matter; after `!` a severity. A fence
```file examples/ab12.md``` before it gives a file beside the specification, in which what is found is underlined likewise;
```config``` gives a clarifier.toml.
A fence ```grades``` gives grades, a line each: clause ID, number of its prompt, grader, score, then `stale`, `unquoted`,
`failed` as they apply.
An underline that is longer than the line stands for the rest of it; `^` alone in column 0 under an empty
line marks an empty span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

_FENCE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})(?P<kind>spec|file|config|grades)\b[ \t]*(?P<name>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_UNDERLINE = re.compile(
    r"^\s*(?P<carets>\^[\^ ]*?)\s+(?P<rule>[a-z][a-z\-]+)(?:\s*!(?P<severity>\w+))?(?P<readings>(?:\s*\|[^|\n]*)*)$"
)


@dataclass(frozen=True)
class Mark:
    line: int
    start: int
    end: int
    rule: str
    severity: str | None = None
    readings: tuple[str, ...] = ()
    path: str = "spec.md"


@dataclass(frozen=True)
class Example:
    name: str
    text: str
    marks: tuple[Mark, ...]
    files: dict[str, str] = field(default_factory=dict)
    config: str = ""
    grades: str = ""


def examples(page: Path) -> Iterator[Example]:
    content = page.read_text(encoding="utf-8")
    files: dict[str, str] = {}
    marked: list[Mark] = []
    config = grades = ""
    for found in _FENCE.finditer(content):
        if found["kind"] == "file":
            name = found["name"].strip()
            files[name], marks = _read(found["body"])
            marked.extend(replace(mark, path=name) for mark in marks)
        elif found["kind"] == "config":
            config = found["body"]
        elif found["kind"] == "grades":
            grades = found["body"]
        else:
            line = content.count("\n", 0, found.start()) + 1
            text, marks = _read(found["body"])
            yield Example(f"{page.stem}:{line}", text, (*marked, *marks), files, config, grades)
            files, marked, config, grades = {}, [], "", ""


def _read(body: str) -> tuple[str, tuple[Mark, ...]]:
    lines: list[str] = []
    marks: list[Mark] = []
    for line in body.split("\n"):
        under = _UNDERLINE.match(line)
        if not under or not lines:
            lines.append(line)
            continue
        readings = tuple(r.strip() for r in under["readings"].split("|")[1:])
        base = under.start("carets")
        for run in re.finditer(r"\^+", under["carets"]):
            start, end = base + run.start(), base + run.end()
            above = lines[-1]
            if end >= len(above) and start < len(above):
                end = len(above)
            marks.append(Mark(len(lines) - 1, start, end, under["rule"], under["severity"], readings))
    return "\n".join(lines), tuple(marks)
