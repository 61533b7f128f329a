"""Where the time of a typed character goes, within one process: python -m tests.benchmarks.stages"""

from __future__ import annotations

import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from clarifier.adapters.cache import cached_language
from clarifier.adapters.files import neighbourhood
from clarifier.adapters.lsp.client import Client
from clarifier.adapters.lsp.conflicts import compared
from clarifier.adapters.lsp.convert import Positions
from clarifier.adapters.lsp.diagnostics import Writer
from clarifier.engine import analysis as engine
from clarifier.engine.settings import Settings
from clarifier.rules import RULES
from clarifier.text.source import Source, Span

from .programs import Row
from .typing import SPEC

_TYPED = " and it must be told to the user"
# What an analysis calls, by the stage that it is. The rest is shared out over all of them.
_STAGES = {
    "read_document": "parse",
    "examine": "language and passage rules",
    "settle": "rules that look at the document",
    "_from_document": "rules that look at the document",
    "place": "placing findings",
    "told_apart": "placing findings",
    "without_allowed": "placing findings",
}


class Stopwatch:
    """Milliseconds spent in each stage since it was last read."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def over(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, timed. What yields is run to its end."""

        def timed(*arguments: Any, **named: Any) -> Any:
            begun = time.perf_counter()
            result = work(*arguments, **named)
            if hasattr(result, "__next__"):
                result = list(result)
            self.spent[stage] += (time.perf_counter() - begun) * 1000
            return result

        return timed


def run(characters: int = 200) -> list[Row]:
    """Rows of the table: the stage, its median a character, its share."""
    watch, taken = Stopwatch(), defaultdict(list)
    text = SPEC.read_text(encoding="utf-8")
    settings, language = Settings(), cached_language()
    around = neighbourhood(SPEC, settings, SPEC.parent)
    source = Source(str(SPEC), text)
    analysis = engine.analyse(source, settings, None, language, around)
    workspaces = compared([analysis], (), lambda: None).workspaces
    writer = Writer(Client(), dict.fromkeys(RULES, "file:///manual.md"), lambda _: None)
    written = writer.diagnostics(analysis.findings, Positions(source))
    plain = {name: getattr(engine, name) for name in _STAGES}
    for name, stage in _STAGES.items():
        setattr(engine, name, watch.over(stage, plain[name]))
    middle = text.index(" should ", len(text) // 2)
    gc.collect()
    gc.freeze()
    for number in range(characters):
        at, typed = Span(middle + number, middle + number), _TYPED[number % len(_TYPED)]
        source = watch.over("taking the edit", partial(source.edited, at, typed))()
        analyse = watch.over("analysis in all", partial(engine.analyse, source, settings, analysis, language, around, hasty=True))
        analysis = analyse()
        write = watch.over("encoding", partial(writer.diagnostics, analysis.findings, Positions(source), written))
        written = write()
        watch.over("encoding", ",".join)(written.items)
        workspaces = watch.over(
            "conflicts, when the author pauses", partial(compared, [analysis], workspaces, lambda: None)
        )().workspaces
        for stage, spent in watch.spent.items():
            taken[stage].append(spent)
        watch.spent.clear()
    for name, work in plain.items():
        setattr(engine, name, work)
    return [(f"typing: {stage}", f"{statistics.median(spent):.2f} ms", "", True) for stage, spent in taken.items()]


if __name__ == "__main__":
    for what, measured, *_ in run():
        print(f"{what:50} {measured:>10}")
