"""Entries: sections that describe one function, option or endpoint, so that what they say is said of that one alone."""

from __future__ import annotations

import re
from functools import lru_cache

# "Event: 'close'", "Class: Agent"; "send(req, path)"; "--jobs", "fs.open", "maxAge", "etag", "/users/{id}", "GET /users"
_ENTRY = re.compile(
    r"(?i:event|class|method|property|option|function|command|parameter|field|attribute|endpoint|static method|class method)s?:\s*+\S.*+"
    r"|(?:[\w ]++:\s*+)?(?:new\s++)?[\w$.#@:/-]++\([^)]*+\).*+"
    r"|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) /\S*+"
    r"|[-./@$_]++\w\S*+|[a-z][\w$./:-]*+|[A-Za-z0-9]++(?:[._][A-Za-z0-9]++)++|[A-Z]++[a-z0-9]++[A-Z]\w*+"
)


@lru_cache(maxsize=4096)
def entry(path: str) -> str:
    """The innermost of the headings of a path that names an entry, with those around it; empty where none does."""
    headings = path.split(" / ")
    for depth in range(len(headings), 0, -1):
        if _ENTRY.fullmatch(headings[depth - 1].strip()):
            return " / ".join(headings[:depth])
    return ""
