"""Any text is read as a document, a prompt file, a configuration and IDs. Needs atheris; the tests do not."""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from clarifier.adapters import configuration
from clarifier.adapters.failures import CannotRun
from clarifier.engine.analysis import analyse
from clarifier.engine.settings import Settings
from clarifier.syntax.ids import footnotes, heading_attributes, heading_label, leading_label
from clarifier.syntax.prompts import read_prompt_file
from clarifier.text.source import Source


def documents(text: str) -> None:
    """Every finding lies in the text, and what was known of its first half changes nothing."""
    whole = analyse(Source("a.md", text), Settings())
    assert all(0 <= f.span.start <= f.span.end <= len(text) for f in whole.findings)
    half = analyse(Source("a.md", text[: len(text) // 2]), Settings())
    assert analyse(Source("a.md", text), Settings(), half) == whole


def prompts(text: str) -> None:
    """A prompt file is read, whatever is in it."""
    read_prompt_file("abc.md", text)


def configurations(text: str) -> None:
    """A configuration is read or refused in one sentence."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clarifier.toml"
        file.write_text(text, encoding="utf-8", errors="replace")
        with suppress(CannotRun):
            configuration.load(file)


def ids(text: str) -> None:
    """IDs lie in the text."""
    for _, span in footnotes(text):
        assert 0 <= span.start < span.end <= len(text)
    heading_attributes(text, 0)
    leading_label(text)
    heading_label(text)


TARGETS: dict[str, Callable[[str], None]] = {f.__name__: f for f in (documents, prompts, configurations, ids)}


if __name__ == "__main__":
    atheris = importlib.import_module("atheris")
    for name in [name for name in sys.modules if name.partition(".")[0] == "clarifier"]:
        del sys.modules[name]
    with atheris.instrument_imports(include=["clarifier"]):
        target = importlib.import_module("tests.fuzz.fuzz_texts").TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, lambda content: target(content.decode("utf-8", "replace")))
    atheris.Fuzz()
