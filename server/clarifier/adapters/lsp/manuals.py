"""The rules' manuals as files, so that every editor can follow a diagnostic's code to its manual."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from clarifier import __version__
from clarifier.adapters.disk import folder
from clarifier.engine.views.manual import manual_page
from clarifier.rules import RULES


def written() -> Mapping[str, str]:
    """The URI of each rule's manual by the rule's name; nothing where there is no place to write them."""
    pages = folder() / f"manual-{__version__}"
    try:
        pages.mkdir(parents=True, exist_ok=True)
        return {name: _written(pages / f"{name}.md", manual_page(rule)) for name, rule in RULES.items()}
    except OSError:
        return {}


def _written(file: Path, page: str) -> str:
    if not file.exists() or file.read_text(encoding="utf-8") != page:
        file.write_text(page, encoding="utf-8")
    return file.as_uri()
