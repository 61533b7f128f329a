"""Whole workspaces: generated from the shipped example, so that every file differs and words are new."""

from __future__ import annotations

import random
import re
from pathlib import Path

_KEPT = {
    "should",
    "would",
    "could",
    "might",
    "shall",
    "unless",
    "except",
    "while",
    "before",
    "after",
    "which",
    "their",
    "there",
    "these",
    "those",
    "other",
    "being",
    "where",
    "without",
    "never",
    "always",
}
_SPEC = Path(__file__).parent.parent / "model_spec" / "model_spec.md"


def generate(folder: Path, files: int) -> None:
    """Write so many specifications of one section each, with IDs of their own and two words in three replaced.

    Words are drawn from the example's own, a draw for each file: without it every file would be a twin of dozens.
    """
    whole = re.sub(r"(?s)~~~.*?~~~", "", _SPEC.read_text(encoding="utf-8"))
    sections = [s for s in re.split(r"(?m)^(?=#{1,6} )", whole) if "should" in s]
    vocabulary = sorted({w for w in re.findall(r"\b[a-z]{5,}\b", whole) if w not in _KEPT})
    for number in range(files):
        draw = random.Random(number)
        chosen = {w: draw.choice(vocabulary) for w in vocabulary if draw.random() < 2 / 3}
        text = sections[number % len(sections)]
        text = re.sub(r"\[\^([a-z0-9]{4})\]", lambda m, n=number: f"[^{m[1]}{n}]", text)
        text = re.sub(r"\{#(\w+)", lambda m, n=number: f"{{#{m[1]}_{n}", text)
        text = re.sub(r"\(#(\w+)\)", lambda m, n=number: f"(#{m[1]}_{n})", text)
        text = re.sub(r"(?<![\[({#_\w])[a-z]{5,}(?![\w\])}_])", lambda m, c=chosen: c.get(m[0], m[0]), text)
        file = folder / f"area{number // 100:02}" / f"spec{number:04}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
