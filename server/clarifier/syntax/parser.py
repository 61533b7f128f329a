"""The Markdown parser as it is set up here, and the outermost level of what it parses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin

from clarifier.text.source import Source

_NESTING = 100  # markdown-it's own limit for containers; deeper text is read as a paragraph
# What is sure to give a block.
_BLOCKS = frozenset({"paragraph_open", "heading_open", "fence", "code_block", "html_block"})
_LINE_END = re.compile(r"\r\n|\r")


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    admon_plugin(md)
    # Joined text tokens no longer say which character was written as an escape or an entity. Inlines are
    # parsed block by block, so that no block can take longer than its length allows.
    md.core.ruler.disable(["inline", "text_join"], ignoreInvalid=True)
    # A one-word footnote definition would be taken for a link definition and vanish.
    return md


MD = _parser()

Outermost = tuple[int, int, list[Token]]


def outermost(
    source: Source, references: Mapping[str, Mapping[str, str]], is_known: Callable[[int], bool]
) -> tuple[list[Outermost], int | None]:
    """The blocks of the outermost level, each with where it begins, how far was looked to find its end, and its tokens."""
    state = StateBlock(_LINE_END.sub("\n", source.text), MD, {"references": references}, [])
    rules, starts = MD.block.ruler.getRules(""), source.line_starts
    found: list[Outermost] = []
    echoed = False
    while (line := state.skipEmptyLines(state.line)) < state.lineMax:
        known = is_known(starts[line])
        if known and echoed:
            return found, starts[line]
        state.line, state.tokens = line, []
        any(rule(state, line, state.lineMax, False) for rule in rules)
        # A table may begin in the line behind a paragraph, and shows in the one after.
        seen = state.skipEmptyLines(state.line) + 2
        # A definition of a link looks for its title as far as a paragraph would go.
        reaches = seen < len(starts) and bool(state.tokens)
        found.append((starts[line], starts[seen] if reaches else len(source.text) + 1, state.tokens))
        # What follows may lean on this block, so a known block counts as such only behind another.
        echoed = known and any(token.type in _BLOCKS for token in state.tokens)
    return found, None
