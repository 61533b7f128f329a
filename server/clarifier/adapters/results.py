"""Findings of earlier runs, kept on disk: a run over texts that have not changed says again what it said.

The key covers all that an answer depends on: every text, the settings, the pipeline's version and this very code.
Deleting the file is harmless; whatever goes wrong with the disk costs time, never an answer.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from clarifier.adapters.disk import folder, kept
from clarifier.engine.findings import Finding
from clarifier.engine.settings import Settings
from clarifier.semantics.specification import Surroundings
from clarifier.text.source import Source

# Some hundred kilobytes a run over a large workspace, a few for most: the file stays under some ten megabytes.
MOST_RUNS = 64
_LAYOUT = 1
_TABLE = "run (at INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, findings BLOB NOT NULL)"
_PACKAGE = Path(__file__).resolve().parent.parent


def run_key(language: str, files: Iterable[tuple[Source, Settings, Surroundings]], scope: Sequence[Source] = ()) -> bytes:
    """What stands for a run: 32 bytes that differ where anything differs on which its findings depend.

    `scope` holds further texts that take part, such as imported specifications.
    """
    said = hashlib.blake2b(digest_size=32)

    def say(*words: str) -> None:
        for word in words:
            encoded = word.encode("utf-8", "surrogatepass")
            said.update(len(encoded).to_bytes(8, "big") + encoded)

    say(str(_LAYOUT), language, _code())
    for source, settings, around in files:
        say("file", source.name, source.text, repr(settings))
        for clause, group in sorted(around.prompts.items()):
            say(clause, *(part for file in group for part in (file.path, file.source.text)))
        say(
            repr(around.prompt_dirs), repr(sorted(around.missing_files)), repr(sorted(around.external_ids)), repr(around.unreadable)
        )
        say(repr(sorted(around.grades.items())), repr(around.passing))
    for source in scope:
        say("scope", source.name, source.text)
    return said.digest()


def _code() -> str:
    """The state of the installed package: an editable install changes without its version."""
    modules = sorted(_PACKAGE.rglob("*.py"))
    return ";".join(f"{m.relative_to(_PACKAGE)}:{(s := m.stat()).st_mtime_ns}:{s.st_size}" for m in modules)


class Results:
    """Findings by the key of the run that gave them."""

    def __init__(self, file: Path | None = None, most: int = MOST_RUNS) -> None:
        self._file = file or folder() / f"results-{_LAYOUT}.sqlite"
        self._most = most

    def get(self, key: bytes) -> tuple[Finding, ...] | None:
        """The findings of an earlier run; None if it is not known."""
        with kept(self._file, _TABLE) as store:
            row = store.execute("SELECT findings FROM run WHERE key = ?", (key,)).fetchone() if store else None
            if row is not None:
                with contextlib.suppress(ValidationError):
                    return _FINDINGS.validate_json(row[0])
        return None

    def put(self, key: bytes, findings: Sequence[Finding]) -> None:
        """Keep the findings of a run; the oldest runs go when there are too many."""
        try:
            content = _FINDINGS.dump_json(tuple(findings))
        except PydanticSerializationError:
            return  # the name of a file need not be text, and JSON holds text alone
        with kept(self._file, _TABLE) as store:
            if store is None:
                return
            with store:
                store.execute("INSERT OR REPLACE INTO run (key, findings) VALUES (?, ?)", (key, content))
                store.execute("DELETE FROM run WHERE at NOT IN (SELECT at FROM run ORDER BY at DESC LIMIT ?)", (self._most,))


_FINDINGS = TypeAdapter(tuple[Finding, ...])
