"""Where a specification can be cut so that each piece parses alone: at its top-level headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clarifier.text.source import Source

_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)((?:[^\[\]\\]|\\.)+)\]:[ \t]*(?:<([^<>\r\n]*)>|(\S+))")
_INTERESTING = re.compile(r"^(?=[^\r\n]*(?:```|~~~|<!--|-->)|#|\ufeff| {0,3}\[)[^\r\n]*", re.MULTILINE)


@dataclass(frozen=True)
class Cuts:
    """The offset at which each part begins, the length of the front matter, and the link definitions by label."""

    starts: tuple[int, ...]
    front_matter: int
    definitions: Mapping[str, str]


def cuts(source: Source) -> Cuts:
    """Where the parts of a source begin. A heading in a fence or a comment is no cut."""
    front_matter = _front_matter(source)
    starts = [0]
    definitions: dict[str, str] = {}
    fence, comment = "", False
    for line in _INTERESTING.finditer(source.text, front_matter):
        text, start = line[0], line.start()
        if comment:
            comment = "-->" not in text
            continue
        opened = _FENCE.match(text)
        if fence:
            if opened and opened[1].startswith(fence) and not opened[2].strip():
                fence = ""
            continue
        if opened and not (opened[1][0] == "`" and "`" in opened[2]):
            fence = opened[1]
        elif _HEADING.match(text):
            if start > 0:
                starts.append(start)
        else:
            begun = text.rfind("<!--")
            comment = begun >= 0 and "-->" not in text[begun:] and "`" not in text[:begun]
            definition = _DEFINITION.match(text)
            if definition:
                definitions.setdefault(label_key(definition[1]), definition[2] or definition[3] or "")
    if front_matter and starts[1:2] != [front_matter]:
        starts.insert(1, front_matter)
    return Cuts(tuple(s for s in dict.fromkeys(starts) if s < len(source.text) or s == 0), front_matter, definitions)


def label_key(label: str) -> str:
    """The form in which CommonMark compares link labels."""
    return " ".join(label.split()).casefold()


def _front_matter(source: Source) -> int:
    """The offset after a YAML or TOML front matter, 0 if there is none."""
    lines = _lines(source)
    first = next(lines, ("", 0))[0].lstrip("\ufeff").rstrip()
    if first not in ("---", "+++"):
        return 0
    ends = ("---", "...") if first == "---" else ("+++",)
    return next((end for text, end in lines if text.rstrip() in ends), 0)


def _lines(source: Source) -> Iterator[tuple[str, int]]:
    """Each line's text and the offset after its line end."""
    for line in range(len(source.line_starts)):
        following = source.line_starts[line + 1] if line + 1 < len(source.line_starts) else len(source.text)
        yield source.line_text(line), following
