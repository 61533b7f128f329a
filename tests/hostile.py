"""Texts of any length, each of which has slowed some reader of Markdown, of prompts or of patterns down."""

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
    "wide tables of short rows": lambda n: _fill("a|" * 200 + "\n" + "-|" * 200 + "\n" + "c\n" * 330 + "\n", n),
    "tables of short rows": lambda n: _fill("a|" * 14 + "\n" + "-|" * 14 + "\n" + "c\n" * 22 + "\n", n),
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
    # What was found by fuzzing, or by pumping an expression.
    "a label of capitals": lambda n: "[" + "A" * n + "1 x",
    "labels of capitals": lambda n: _fill("[PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP0PP\n\n", n),
    "a label of digits": lambda n: "A_" + "4" * n + "!",
    "a bold label": lambda n: "**A" + "0" * n,
    "colons after a label": lambda n: "**FR-1**: " + ":" * n + "x",
    "attributes and spaces": lambda n: "# a {}" + " " * n + "x",
    "a long title": lambda n: "# " + _fill("word ", n // 2) + "\n\n" + _fill("- must a\n", n // 2),
    "items in a long item": lambda n: "- " + _fill("must ", n // 2) + "\n" + _fill("  - a b\n", n // 2),
    "a lead of spaces": lambda n: "The server must" + " " * 140 + ":\n\n" + _fill("- a\n", n),
    "a lead of colons": lambda n: "The server must" + ":" * 140 + "x\n\n" + _fill("- a\n", n),
    "allowed with spaces": lambda n: "<!-- clarifier:" + " " * n + "-->",
    "allowed with commas": lambda n: "<!-- clarifier: allow " + _fill("a, ", n) + "-->",
    "allowed in one paragraph": lambda n: _fill("TBD <!-- clarifier: allow open-question because x -->", n),
    "allowed in the whole file": lambda n: _fill("<!-- clarifier: allow-file open-question because x -->\n\nTBD\n\n", n),
    "role tags": lambda n: "```\n" + _fill("<user>\n", n),
    "role comments": lambda n: "```xml\n" + _fill("<user><!--", n),
    "role attributes": lambda n: "```xml\n" + _fill('<user a="', n),
    "verdicts": lambda n: "```xml\n" + _fill("<assistant> <!-- GOOD[#a] -->\nb\n</assistant>\n", n) + "```\n",
    "nested sections": lambda n: "".join("#" * (1 + i % 6) + " a\n" for i in range(n // 6)),
    "the same anchor": lambda n: _fill("# a {#b}\n", n),
    "the same ID": lambda n: _fill("The server must wait[^abc].\n\n", n),
    "terms": lambda n: "# Definitions\n\n" + "".join(f"- **T{i}**: a thing\n" for i in range(n // 22)),
    "acronyms": lambda n: _fill("The ABC must wait. ", n),
    "long forms": lambda n: _fill("Aaaa Aaaa (AAAAAAAAAAAA) ", n),
    "letters for words": lambda n: _fill("aaaa " * 30 + "(" + "A" * 40 + ") ", n),
    "links with titles": lambda n: _fill("[a](b 'c') ", n),
    "link references": lambda n: "[a]: b\n\n" + _fill("[a][a] ", n),
    "clarifications that are needed": lambda n: _fill("[NEEDS CLARIFICATION: ", n),
    "clarifications that are given": lambda n: _fill("[NEEDS CLARIFICATION: a “b” → c] ", n),
    "a log": lambda n: "## Clarifications\n\n" + _fill("- Q: a → A: b\n", n),
    "blocks of markup": lambda n: _fill("<div>\n\n", n),
    "short comments": lambda n: _fill("<!-- a -->\n", n),
    "mixed line ends": lambda n: _fill("must\r\nmust\rmust\n", n),
    "line separators": lambda n: _fill("must wait\u2028", n),
    "halves of characters": lambda n: _fill("must \ud800 wait \udc00. ", n),
    "byte order marks": lambda n: _fill("\ufeff# a\n", n),
    "strokes": lambda n: _fill("~~a ", n),
    "bars": lambda n: "|" * n,
    "escaped bars": lambda n: "a|b\n-|-\n" + _fill("\\|", n),
    "indented code": lambda n: _fill("    a\n", n),
    "lazy quotations": lambda n: _fill("> a\nb\n", n),
    "instructions": lambda n: _fill("<?", n),
    "declarations": lambda n: _fill("<!A ", n),
    "broken entities": lambda n: _fill("&#", n),
    "broken link definitions": lambda n: _fill("[a]: b '", n),
    "hard breaks": lambda n: _fill("a  \n", n),
    "markers without end": lambda n: _fill("TBD ", n),
    "short paragraphs of markers": lambda n: _fill("TBD " * 20 + "\n\n", n),
    "lines of front matter": lambda n: _fill("---\n", n),
}

PROMPTS: dict[str, Callable[[int], str]] = {
    "open roles": lambda n: _fill("<user>\n", n),
    "nested roles": lambda n: _fill("<user>\n", n // 2) + _fill("</user>\n", n // 2),
    "roles": lambda n: _fill("<user>\na\n</user>\n", n),
    "comments without end": lambda n: _fill("<user><!--", n),
    "attributes without end": lambda n: _fill('<user a="', n),
    "tags without end": lambda n: _fill("<user ", n),
    "fences": lambda n: _fill("```\n", n),
    "titles": lambda n: _fill("# a\n", n),
    "titles in fences": lambda n: _fill("```\n# a\n```\n", n),
    "a title of spaces": lambda n: "**Example**: a" + " " * n + "x",
    "a head of spaces": lambda n: "Examples for [^abc] in a" + " " * n + "x",
    "heads": lambda n: _fill("Examples for [^abc] in a:\n", n),
    "expectations": lambda n: "<user>\na\n</user>\nThe system should:\n" + _fill("- a\n", n),
    "suppressions": lambda n: _fill("<!-- clarifier: allow vague-term because x -->\n", n),
    "suppressions without end": lambda n: _fill("<!-- clarifier: ", n),
    "verdicts": lambda n: _fill("<assistant> <!-- BAD: x -->\nb\n</assistant>\n", n),
}
