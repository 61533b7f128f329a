"""A rule's manual as Markdown."""

from __future__ import annotations

import re

from clarifier.rules._rule import Rule

_EXAMPLE = re.compile(r"^(Bad|Good):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)


def manual_page(rule: Rule) -> str:
    """The manual with a heading and its examples as quotes."""
    group = f"*{rule.group.capitalize()}, {rule.severity} unless the configuration says otherwise.*"
    return f"# {rule.name}\n\n{group}\n\n{manual_text(rule)}\n"


def manual_text(rule: Rule) -> str:
    """The manual with its examples as quotes."""
    return re.sub(r"\n{3,}", "\n\n", _EXAMPLE.sub(_quoted, rule.manual.strip())).strip()


def _quoted(example: re.Match[str]) -> str:
    return f"\n> {example[1]}: {' '.join(example[2].split())}\n"
