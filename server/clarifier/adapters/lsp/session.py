"""What the server knows: the texts that are open, what was read of each file, and what is to be said of it."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from lsprotocol import types

from clarifier.adapters import files
from clarifier.adapters.lsp.client import Client
from clarifier.adapters.lsp.conflicts import Conflicts, moved
from clarifier.adapters.lsp.convert import Positions, to_path, to_uri
from clarifier.adapters.lsp.diagnostics import CONFIGURATION, UNREADABLE, Report, Writer, Written, at_beginning, at_place, report_of
from clarifier.adapters.lsp.library import Library
from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding, in_order
from clarifier.engine.omissions import omissions
from clarifier.engine.questions import asks
from clarifier.engine.workspace import Workspace
from clarifier.rules._rule import Severity
from clarifier.text.source import Source

# Under this name stands what was found by comparing files, not by looking at one.
_COMPARED = "compared"


@dataclass(frozen=True)
class Open:
    """A text that is open in the editor, at one version."""

    uri: str
    version: int
    source: Source
    language_id: str = "markdown"
    too_large: bool = False


class Said(tuple[Finding, ...]):
    """What is said of a file for one reason."""

    @cached_property
    def questions(self) -> int:
        """How many of the findings ask the author something."""
        return sum(map(asks, self))


@dataclass
class Session:
    """The state of one server. Only the event loop touches it."""

    on_change: Callable[[str], None]
    client: Client = field(default_factory=Client)
    library: Library = field(default_factory=Library)
    manuals: dict[str, str] = field(default_factory=dict)
    open: dict[str, Open] = field(default_factory=dict)
    analyses: dict[str, Analysis] = field(default_factory=dict)
    found: dict[str, dict[str, Said]] = field(default_factory=dict)  # by file, then by what was analysed
    workspaces: tuple[Workspace, ...] = ()
    unreadable: dict[str, str] = field(default_factory=dict)
    written: dict[str, Written] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)

    @cached_property
    def writer(self) -> Writer:
        """Writes diagnostics for the client."""
        return Writer(self.client, self.manuals, self.positions)

    # What the protocol tells

    def opened(self, item: types.TextDocumentItem) -> None:
        """Take in a text that the client has opened."""
        path = to_path(item.uri)
        too_large = len(item.text) > files.LARGEST
        source = Source(path, "" if too_large else item.text)
        self.open[path] = Open(item.uri, item.version, source, item.language_id, too_large)
        self.on_change(path)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Apply changes to a text; changes to a text that is not open are passed over."""
        path = to_path(params.text_document.uri)
        before = self.open.get(path)
        if before is None or before.too_large:
            return
        source = before.source
        for change in params.content_changes:
            source = Positions(source, self.client.encoding).changed(change)
        self.open[path] = replace(before, version=params.text_document.version, source=source)
        self.on_change(path)

    def closed(self, uri: str) -> None:
        """Let go of a text."""
        path = to_path(uri)
        if self.open.pop(path, None) is not None:
            self.on_change(path)

    # What the server knows

    def uri(self, path: str) -> str:
        """The URI of a file, spelt as the client spelt it."""
        return self.open[path].uri if path in self.open else to_uri(path)

    def owners(self, path: str) -> list[str]:
        """The specifications among whose prompt files a file is."""
        return [
            name
            for name, analysis in self.analyses.items()
            if any(file.path == path for group in analysis.specification.surroundings.prompts.values() for file in group)
        ]

    def source(self, path: str) -> Source | None:
        """The text of a file: as open, as analysed, or as a prompt file was read."""
        if path in self.open:
            return self.open[path].source
        if path in self.analyses:
            return self.analyses[path].document.source
        for analysis in self.analyses.values():
            for group in analysis.specification.surroundings.prompts.values():
                for file in group:
                    if file.path == path:
                        return file.source
        return None

    def positions(self, path: str) -> Positions | None:
        """The places of a file's text in the client's units."""
        source = self.source(path)
        return Positions(source, self.client.encoding) if source is not None else None

    def keep(self, path: str, analysis: Analysis) -> set[str]:
        """Store an analysis; the files about which it, or the one before it, has something to say."""
        self.unreadable.pop(path, None)
        before, conflicts = self.analyses.get(path), self.found.get(path, {}).get(_COMPARED)
        if before is not None and conflicts:
            # Until files are compared again, their conflicts go with the words.
            self.found[path][_COMPARED] = Said(moved(conflicts, before.document.source.text, analysis.document.source.text))
        self.analyses[path] = analysis
        return self.say(path, analysis.findings) | {path}

    def drop(self, path: str, why: str | None = None) -> set[str]:
        """Forget a file that is gone or cannot be read; the files about which there is now less to say."""
        self.unreadable.pop(path, None)
        if why is not None:
            self.unreadable[path] = why
        self.analyses.pop(path, None)
        return self.say(path, ()) | {path}

    def keep_conflicts(self, conflicts: Conflicts) -> set[str]:
        """Store what was found by comparing files; the files of which something else is said now."""
        self.workspaces = conflicts.workspaces
        concerned: set[str] = set()
        for path, findings in conflicts.findings.items():
            # Not what was found before but what is said: that may have gone with the words meanwhile.
            now = self._where_now(path, findings)
            if self.found.get(path, {}).get(_COMPARED, ()) != now:
                self.found.setdefault(path, {})[_COMPARED] = Said(now)
                concerned.add(path)
        return concerned

    def _where_now(self, path: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """What was found by comparing a text, where its words stand now: it may have been edited meanwhile."""
        then = next((w.analyses[path] for w in self.workspaces if path in w.analyses), None)
        now = self.analyses.get(path)
        if then is None or now is None or then is now:
            return findings
        return moved(findings, then.document.source.text, now.document.source.text)

    def say(self, origin: str, findings: Iterable[Finding]) -> set[str]:
        """Replace what was found by looking at `origin`; the files concerned, before or now."""
        by_file: dict[str, list[Finding]] = {}
        for finding in findings:
            by_file.setdefault(finding.path, []).append(finding)
        concerned = set(by_file)
        for path, said in self.found.items():
            if said.pop(origin, None) is not None:
                concerned.add(path)
        for path, new in by_file.items():
            self.found.setdefault(path, {})[origin] = Said(new)
        return concerned

    def findings(self, path: str) -> tuple[Finding, ...]:
        """What there is to say of a file, in order."""
        said = self.found.get(path, {})
        if said.keys() <= {path, _COMPARED}:
            # Both are in order already; most often there is little to put between.
            return _between(said.get(path, ()), said.get(_COMPARED, ()))
        return in_order({(f.rule, f.span, f.message): f for group in said.values() for f in group}.values())

    def report(self, path: str) -> Report:
        """The diagnostics of a file as they stand."""
        # What is said of a prompt file that cannot be read, or that is a folder, stands at its beginning.
        positions = self.positions(path) or Positions(Source(path, ""), self.client.encoding)
        self.written[path] = self.writer.diagnostics(self.findings(path), positions, self.written.get(path))
        items = self.written[path].items
        if path in self.analyses:
            document = self.analyses[path].document
            left_out = omissions(document.source, document.read, len(self.analyses[path].findings))
            items = (*items, *(at_place(o.message, o.at, positions) for o in left_out))
        if path in self.library.problems:
            items = (*items, at_beginning(self.library.problems[path], CONFIGURATION, Severity.ERROR))
        if path in self.unreadable:
            items = (*items, at_beginning(self.unreadable[path], UNREADABLE, Severity.WARNING))
        self.reports[path] = report_of(items, self.reports.get(path))
        return self.reports[path]


def _between(findings: tuple[Finding, ...], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings in order, with others in order put between them."""
    if not others:
        return findings
    whole = list(findings)
    for finding in others:
        insort(whole, finding, key=lambda f: (f.span.start, f.span.end, f.rule))
    return tuple(whole)
