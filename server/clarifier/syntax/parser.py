"""The Markdown parser as it is set up here, and the outermost level of what it parses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import FunctionType

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin

from clarifier.text.source import Source

_NESTING = 100  # markdown-it's own limit for containers; deeper text is read as a paragraph
_MOST_FILLED_UP = 128  # cells of a table that its rows are short of; the table ends where there are more
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})
_LINE_END = re.compile(r"\r\n|\r")


# markdown-it's own rule, but for its limit, which lets a page of small tables have a million empty cells.
_table = FunctionType(table.__code__, {**table.__globals__, "MAX_AUTOCOMPLETED_CELLS": _MOST_FILLED_UP})


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    admon_plugin(md)
    # Joined text tokens no longer say which character was written as an escape or an entity. Inlines are
    # parsed block by block, so that no block can take longer than its length allows.
    md.core.ruler.disable(["inline", "text_join"], ignoreInvalid=True)
    # A one-word footnote definition would be taken for a link definition and vanish.
    return md


MD = _parser()


@dataclass(frozen=True, slots=True)
class Outermost:
    """A block of the outermost level, or an item of a list there, at a line: how far was looked to find its end, and its tokens.

    The tokens of the first item of a list begin with that of the list. `marker` is that of the list.
    """

    line: int
    seen: int
    tokens: list[Token]
    marker: str = ""

    @property
    def opens_list(self) -> bool:
        """Whether the tokens begin with that of a list."""
        return bool(self.tokens) and self.tokens[0].type in _LISTS


def outermost(source: Source, references: Mapping[str, Mapping[str, str]]) -> Iterator[Outermost]:
    """The blocks of the outermost level. Definitions of links are put among the references."""
    state = StateBlock(_LINE_END.sub("\n", source.text), MD, {"references": references}, [])
    rules, starts = MD.block.ruler.getRules(""), source.line_starts

    def seen(after: int) -> int:
        # A table may begin in the line behind a paragraph, and shows in the one after.
        line = state.skipEmptyLines(after) + 2
        return starts[line] if line < len(starts) else len(source.text) + 1

    while (line := state.skipEmptyLines(state.line)) < state.lineMax:
        state.line, state.tokens = line, []
        any(rule(state, line, state.lineMax, False) for rule in rules)
        tokens = state.tokens
        items = [n for n, t in enumerate(tokens) if t.type == "list_item_open" and t.level == 1]
        if not tokens or tokens[0].type not in _LISTS:
            # A definition of a link, which leaves no token, looks for its title as far as a paragraph would go.
            yield Outermost(line, seen(state.line) if tokens else len(source.text) + 1, tokens)
            continue
        lines = [(tokens[n].map or [line])[0] for n in items]
        for begin, end, at, after in zip([0, *items[1:]], [*items[1:], len(tokens)], lines, [*lines[1:], state.line], strict=True):
            yield Outermost(at, seen(after), tokens[begin:end], tokens[0].markup)
