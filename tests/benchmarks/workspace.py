"""Whole workspaces: generated from the shipped example, so that every file differs and words are new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_SPEC = Path(__file__).parent.parent / "model_spec" / "model_spec.md"


def generate(folder: Path, files: int) -> None:
    """Write so many specifications of one to two sections each, with IDs of their own and words varied by number."""
    sections = [s for s in re.split(r"(?m)^(?=#{1,6} )", _SPEC.read_text(encoding="utf-8")) if "should" in s and "~~~" not in s[:200]]
    sections = [re.sub(r"(?s)~~~.*?~~~", "", s) for s in sections]
    names = list(_names())
    for number in range(files):
        text = sections[number % len(sections)]
        name = names[number % len(names)]
        text = re.sub(r"\[\^([a-z0-9]{4})\]", lambda m, n=number: f"[^{m[1]}{n}]", text)
        text = re.sub(r"\{#(\w+)", lambda m, n=number: f"{{#{m[1]}_{n}", text)
        text = re.sub(r"\(#(\w+)\)", lambda m, n=number: f"(#{m[1]}_{n})", text)
        # Each file is about a system of its own: otherwise all would be one another's twins.
        text = re.sub(r"\b[Tt]he (?:assistant|model)\b", f"the {name} service {number}", text)
        file = folder / f"area{number // 100:02}" / f"spec{number:04}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _names() -> Iterator[str]:
    for first in ("billing", "search", "ledger", "notice", "archive", "intake", "review", "export", "catalog", "audit"):
        for second in ("front", "back", "batch", "edge", "core", "relay", "store", "index", "queue", "sync"):
            yield f"{first} {second}"
