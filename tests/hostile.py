"""Texts of about a megabyte, each of which has slowed some reader of Markdown down."""

from __future__ import annotations

from collections.abc import Callable


def _fill(unit: str, size: int) -> str:
    return unit * (size // len(unit) + 1)


def _nested_lists(size: int) -> str:
    depth = 0
    lines: list[str] = []
    while size > 0:
        line = "  " * (depth % 400) + "- must\n"
        lines.append(line)
        size -= len(line)
        depth += 1
    return "".join(lines)


def _many_ids(size: int) -> str:
    return "".join(f"The server MUST do {i} [^id-{i}].\n\n" for i in range(size // 34))


def _many_definitions(size: int) -> str:
    return "".join(f"[label{i}]: target{i}\n" for i in range(size // 24))


def _many_anchors(size: int) -> str:
    return "".join(f"# Title {i} {{#anchor-{i}}}\n" for i in range(size // 28))


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line of words": lambda n: _fill("must or should ", n),
    "one line without a space": lambda n: "a" * n,
    "lines of one sentence": lambda n: _fill("The server MUST answer and/or wait.\n", n),
    "paragraphs": lambda n: _fill("The server MUST answer and/or wait.\n\n", n),
    "one letter paragraphs": lambda n: _fill("a\n\n", n),
    "many headings": lambda n: _fill("# a\n", n),
    "setext headings": lambda n: _fill("a\n=\n", n),
    "headings with anchors": _many_anchors,
    "tables of one row": lambda n: _fill("a|b\n-|-\n", n),
    "rows of a table": lambda n: "a|b\n-|-\n" + _fill("c|d\n", n),
    "cells of a row": lambda n: "a|b\n-|-\n" + _fill("c|", n),
    "rows of many cells": lambda n: _fill("a|", 4000) + "\n" + _fill("-|", 4000) + "\n" + _fill("c\n", n),
    "clauses with IDs": _many_ids,
    "link definitions": _many_definitions,
    "the same footnote": lambda n: _fill("a[^b] ", n),
    "open footnotes": lambda n: _fill("[^", n),
    "footnotes in paragraphs": lambda n: _fill("a [^b]\n\n", n),
    "footnote definitions": lambda n: _fill("[^b]: c\n\n", n),
    "nested lists": _nested_lists,
    "items": lambda n: _fill("- a\n", n),
    "items that introduce": lambda n: _fill("- a:\n", n),
    "numbered items": lambda n: _fill("1. a\n", n),
    "labelled items": lambda n: _fill("- **FR-001**: a:\n", n),
    "labels": lambda n: _fill("r[a.b]\n\n", n),
    "deep quotation": lambda n: ">" * n,
    "deep quotations": lambda n: _fill(">" * 90 + " a\n\n", n),
    "deep list in a line": lambda n: _fill("- ", n),
    "deep numbers in a line": lambda n: _fill("1. ", n),
    "open brackets": lambda n: "[" * n,
    "brackets": lambda n: _fill("[](", n),
    "nested brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "images": lambda n: _fill("![", n),
    "emphasis": lambda n: _fill("*a **b ", n),
    "emphasis marks": lambda n: "*" * n,
    "alternating marks": lambda n: _fill("*_", n),
    "backticks": lambda n: "`" * n,
    "growing backticks": lambda n: " ".join("`" * i for i in range(1, int((2 * n) ** 0.5))),
    "unbalanced fences": lambda n: _fill("```\na\n~~~\n", n),
    "an open fence": lambda n: "```\n" + _fill("a\n", n),
    "growing fences": lambda n: "\n".join("`" * i for i in range(3, int((2 * n) ** 0.5))),
    "open comments": lambda n: _fill("<!-- ", n),
    "comments": lambda n: _fill("<!-- clarifier: allow vague-term because -->\n\n", n),
    "allowed without end": lambda n: "<!-- clarifier: allow " + _fill("a ", n),
    "open tags": lambda n: _fill("<a ", n),
    "angle brackets": lambda n: "<" * n,
    "entities": lambda n: _fill("&amp;", n),
    "escapes": lambda n: _fill("\\", n),
    "line ends": lambda n: "\n" * n,
    "carriage returns": lambda n: "\r" * n,
    "spaces": lambda n: " " * n,
    "tabs": lambda n: "\t" * n,
    "spaces and a letter": lambda n: " " * n + "a",
    "a letter, spaces and a letter": lambda n: "a" + " " * n + "a",
    "full stops": lambda n: "." * n,
    "short sentences": lambda n: _fill("A. ", n),
    "question marks": lambda n: _fill("TODO? ", n),
    "hyphens": lambda n: "-" * n,
    "equals signs": lambda n: "=" * n,
    "colons": lambda n: ":" * n,
    "admonitions": lambda n: _fill("!!! note\n    a\n", n),
    "quotation marks": lambda n: _fill('"a" ', n),
    "open quotation marks": lambda n: _fill("“", n),
    "parentheses": lambda n: "(" * n,
    "braces in a heading": lambda n: "# a " + "{" * n,
    "attributes in a heading": lambda n: "# a {" + _fill("b=c ", n),
    "spaces in a heading": lambda n: "# a" + " " * n + "b",
    "hashes": lambda n: "#" * n,
    "front matter": lambda n: "---\n" + _fill("a: b\n", n),
    "bytes that are no text": lambda n: _fill("\0", n),
    "combining marks": lambda n: "a" + "\u0301" * n,
    "other planes": lambda n: _fill("\U0001f600 ", n),
    "digits": lambda n: "1" * n,
    "numbers with points": lambda n: _fill("1.", n),
    "identifiers": lambda n: _fill("FR-001 ", n),
    "dashed identifiers": lambda n: _fill("A-", n),
    "addresses": lambda n: _fill("http://a.", n),
    "links": lambda n: _fill("[a](b.md#c) ", n),
    "conversation turns": lambda n: _fill("**User**: a\n\n**Assistant**: b\n\n", n),
    "defined terms": lambda n: _fill('"Thing" means a thing. ', n),
    "and then and": lambda n: _fill("and or ", n),
    "commas": lambda n: _fill("a, ", n),
}
