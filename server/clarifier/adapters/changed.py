"""What of the findings concerns text that differs from a git revision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from clarifier.adapters.revisions import text_at
from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding
from clarifier.syntax.assembly import read_document
from clarifier.syntax.document import Document
from clarifier.text.source import Source, Span


def only_changed(findings: Iterable[Finding], analyses: Sequence[Analysis], revision: str) -> tuple[Finding, ...]:
    """The findings whose block was not in the file at a revision, or that speak of a file that was not there.

    A conflict is kept where either of its clauses has changed.
    """
    changed = {a.specification.path: changed_spans(a.document, text_at(Path(a.specification.path), revision)) for a in analyses}

    def is_changed(path: str, span: Span) -> bool:
        if path not in changed:
            changed[path] = _file_changed(Path(path), revision)
        return any(c.start <= span.end and span.start <= c.end for c in changed[path])

    return tuple(
        f
        for f in findings
        if is_changed(f.path, f.span) or (f.group == "conflict" and any(is_changed(r.path, r.span) for r in f.related))
    )


def changed_spans(document: Document, before: str | None) -> tuple[Span, ...]:
    """Where a document says what an earlier text of it did not say, block by block."""
    if before is None:
        return (Span(0, len(document.source.text)),)
    if before == document.source.text:
        return ()
    old = [text for text, _ in _blocks(read_document(Source(document.source.name, before)))]
    new = list(_blocks(document))
    matcher = SequenceMatcher(None, old, [text for text, _ in new], autojunk=False)
    return tuple(new[j][1] for tag, _, _, j1, j2 in matcher.get_opcodes() if tag in ("insert", "replace") for j in range(j1, j2))


def _blocks(document: Document) -> Iterable[tuple[str, Span]]:
    for p, _, block in document.blocks():
        span = block.span.shifted(document.starts[p])
        yield " ".join(document.source.slice(span).split()), span


def _file_changed(file: Path, revision: str) -> tuple[Span, ...]:
    before = text_at(file, revision)
    try:
        now = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        now = ""
    return () if before == now else (Span(0, len(now) + 1),)
