"""How long the conflicts of an edited clause take in a workspace of 2,000 clauses: python -m tests.benchmarks.bench_conflicts"""

from __future__ import annotations

import gc
import random
import statistics
import time

from clarifier.engine.analysis import analyse
from clarifier.engine.settings import Settings
from clarifier.engine.workspace import compare
from clarifier.syntax.language import load
from clarifier.text.source import Source

from .programs import Row

BEARERS = [
    "gateway",
    "scheduler",
    "importer",
    "exporter",
    "editor",
    "archive",
    "mailer",
    "billing-service",
    "client",
    "proxy",
    "registry",
    "monitor",
    "planner",
    "notifier",
    "ledger",
    "indexer",
]
ACTIONS = [
    "store",
    "delete",
    "send",
    "validate",
    "encrypt",
    "display",
    "reject",
    "forward",
    "compress",
    "archive",
    "publish",
    "record",
    "update",
    "remove",
    "sign",
    "queue",
    "retry",
    "cache",
]
KINDS = [
    "daily",
    "signed",
    "internal",
    "external",
    "pending",
    "expired",
    "encrypted",
    "customer",
    "partner",
    "regional",
    "monthly",
    "failed",
    "archived",
    "draft",
    "shared",
    "temporary",
    "weekly",
    "personal",
    "foreign",
    "anonymous",
    "verified",
    "disputed",
    "cached",
    "corrupt",
    "nested",
    "printed",
    "scanned",
    "numbered",
    "protected",
    "regular",
    "final",
    "partial",
    "rejected",
]
THINGS = [
    "report",
    "invoice",
    "message",
    "token",
    "record",
    "certificate",
    "request",
    "response",
    "order",
    "backup",
    "session",
    "account",
    "contract",
    "ticket",
    "event",
    "file",
    "payment",
    "licence",
    "picture",
    "schedule",
    "route",
    "sensor",
    "reading",
    "comment",
    "label",
    "address",
    "password",
    "profile",
    "template",
    "photo",
    "catalogue",
    "parcel",
    "refund",
    "voucher",
    "balance",
    "contract",
    "warning",
    "password",
]
WAYS = [
    "after 30 days",
    "if the session has expired",
    "within 5 seconds",
    "to the audit service",
    "before the nightly run",
    "unless an operator objects",
    "with the current key",
    "at least once a day",
]
FILES, CLAUSES, EDITS = 20, 100, 60


def clause(chance: random.Random) -> str:
    """A made-up clause."""
    modal = chance.choice(("must", "must", "shall", "should", "must not", "may"))
    return f"The {chance.choice(BEARERS)} {modal} {chance.choice(ACTIONS)} each {chance.choice(KINDS)} {chance.choice(THINGS)} {chance.choice(WAYS)}."


def run() -> list[Row]:
    """Rows of the table, in milliseconds of processor time, so that a busy machine does not count.

    Garbage is collected as in the server: as seldom, and not of what it has read.
    """
    gc.set_threshold(100_000, 20, 20)
    chance, language, settings = random.Random(7), load(), Settings()
    texts = [[clause(chance) for _ in range(CLAUSES)] for _ in range(FILES)]

    def source(number: int) -> Source:
        return Source(
            f"spec{number}.md",
            f"# Specification {number}\n\n" + "\n".join(f"- **R{number}-{i}**: {c}" for i, c in enumerate(texts[number])) + "\n",
        )

    analyses = [analyse(source(n), settings, None, language) for n in range(FILES)]
    begun = time.process_time()
    workspace = compare(analyses)
    whole = time.process_time() - begun
    taken = []
    gc.collect()
    gc.freeze()
    for _ in range(EDITS):
        number = chance.randrange(FILES)
        texts[number][chance.randrange(CLAUSES)] = clause(chance)
        analyses[number] = analyse(source(number), settings, analyses[number], language)
        begun = time.process_time()
        workspace = compare(analyses, workspace)
        taken.append((time.process_time() - begun) * 1000)
    taken.sort()
    assert compare(analyses).findings == workspace.findings
    middle, worst = statistics.median(taken), taken[int(0.95 * len(taken))]
    clauses = f"{FILES * CLAUSES} clauses in {FILES} files"
    return [
        (f"conflicts of {clauses}, from nothing", f"{whole:.1f} s", f"{len(workspace.clashes)} pairs clash", True),
        ("conflicts after an edit of one clause", f"p50 {middle:.1f}, p95 {worst:.1f} ms", "p95 ≤ 10 ms", worst <= 10),
    ]


if __name__ == "__main__":
    for row in run():
        print(row)
