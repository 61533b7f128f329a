"""What was found before, written down: findings that a check leaves out. Stable when text moves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from clarifier.adapters import files
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.writing import write_whole
from clarifier.engine.findings import Finding
from clarifier.text.source import Source

# A finding is known by its file, its rule and its fingerprint, which follows from the words and not from their place.
Known = Counter[tuple[str, str, str]]


def dumped(findings: Iterable[Finding], sources: Mapping[str, Source]) -> str:
    """The text of a baseline; the same findings give the same bytes."""
    entries = [
        {"path": f.path, "rule": f.rule, "fingerprint": f.fingerprint, "text": " ".join(sources[f.path].slice(f.span).split())[:80]}
        for f in findings
    ]
    ordered = sorted(entries, key=lambda e: (e["path"], e["rule"], e["fingerprint"]))
    return json.dumps({"version": 1, "findings": ordered}, ensure_ascii=False, indent=1) + "\n"


def save(file: Path, text: str) -> None:
    """Write a baseline. Raises CannotRun where it cannot be written."""
    write_whole(file, text)


def load(file: Path) -> Known:
    """The findings in a baseline. Raises CannotRun for what is none."""
    if not file.exists():
        raise CannotRun(f"{file}: there is no such baseline; `clarifier baseline` writes one")
    try:
        content = json.loads(files.read_text(file))
        return Counter((str(e["path"]), str(e["rule"]), str(e["fingerprint"])) for e in content["findings"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CannotRun(f"{file}: is not a baseline that `clarifier baseline` has written") from None


def new_only(findings: Iterable[Finding], known: Known) -> tuple[Finding, ...]:
    """The findings that a baseline does not hold. A file that was renamed is new; text that was moved in it is not."""
    left = Counter(known)
    found = []
    for finding in findings:
        key = (finding.path, finding.rule, finding.fingerprint)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(finding)
    return tuple(found)
