"""`clarifier mcp`: check, explain, questions, clause and answer as tools for agents. The only module that knows mcp."""

from __future__ import annotations

import json
import posixpath
from dataclasses import replace
from pathlib import Path
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from clarifier import __version__
from clarifier.adapters import files, formats
from clarifier.adapters.cache import cached_language
from clarifier.adapters.check import Checked, check
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.gathering import gather
from clarifier.adapters.writing import write_whole
from clarifier.engine.analysis import Analysis
from clarifier.engine.answers import (
    IN_SPECIFICATION,
    NO_LOG,
    Answer,
    Dismiss,
    Free,
    LeaveOpen,
    PickReading,
    answer_edits,
    applied,
    log_edit,
    log_entry,
)
from clarifier.engine.findings import Finding
from clarifier.engine.language import Language
from clarifier.engine.questions import questions as ranked
from clarifier.rules import RULES
from clarifier.text.source import Source

_ABOUT = (
    "Clarifier finds what two readers of a Markdown specification would understand in two ways, and conflicts between its clauses. "
    "Check a specification, ask a person the questions, and give their answers back; do not make up answers to questions of intent."
)


def server(root: Path, language: Language | None = None) -> MCPServer[Any]:
    """A server whose tools look at, and change, nothing outside the root."""
    made: MCPServer[Any] = MCPServer("clarifier", version=__version__, instructions=_ABOUT)
    desk = _Desk(root.resolve(), language)

    @made.tool(
        name="check", description="Find ambiguities, conflicts and missing IDs or prompts in a specification or a folder of them."
    )
    def _check(path: str = ".", severity: str = "information") -> dict[str, Any]:
        return desk.check(path, severity)

    @made.tool(
        name="questions",
        description="The questions that a specification leaves open, those that matter most first, each with its readings and fingerprint.",
    )
    def _questions(path: str, limit: int = 5) -> dict[str, Any]:
        return desk.questions(path, limit)

    @made.tool(name="explain", description="The manual of a rule: what it finds, why, and examples.")
    def _explain(rule: str) -> str:
        return desk.explain(rule)

    @made.tool(name="clause", description="What a clause ID names: its text, section, authority, prompts and precedents.")
    def _clause(path: str, id: str) -> dict[str, Any]:  # noqa: A002  # the name that agents see
        return desk.clause(path, id)

    @made.tool(
        name="answer",
        description="Write the author's answer to a question into the specification and log it. Give one of: reading (its number from 0), text (the words in place of those at issue), open (true), dismiss (why it is not ambiguous).",
    )
    def _answer(
        path: str,
        fingerprint: str,
        reading: int | None = None,
        text: str | None = None,
        open: bool = False,  # noqa: A002  # the name that agents see
        dismiss: str | None = None,
    ) -> dict[str, Any]:
        return desk.answer(path, fingerprint, reading, text, open, dismiss)

    return made


def serve(root: Path) -> None:
    """Serve an agent over standard input and output."""
    server(root, cached_language()).run("stdio")


class _Desk:
    """The tools, over one folder. Bad input raises ToolError with one sentence, which the agent is told."""

    def __init__(self, root: Path, language: Language | None) -> None:
        self.root = root
        self.language = language

    def check(self, path: str, severity: str) -> dict[str, Any]:
        ranks = ("error", "warning", "information", "hint")
        if severity not in ranks:
            raise ToolError(f"“{severity}” is no severity; there are: {', '.join(ranks)}")
        checked = self._checked(path)
        kept = [f for f in checked.findings if f.severity.rank <= ranks.index(severity)]
        return self._report(kept, checked)

    def questions(self, path: str, limit: int) -> dict[str, Any]:
        checked = self._checked(path)
        return self._report(ranked(checked.findings, [a.specification for a in checked.analyses])[: max(1, limit)], checked)

    def explain(self, rule: str) -> str:
        if rule not in RULES:
            raise ToolError(f"there is no rule “{rule}”; there are: {', '.join(RULES)}")
        return RULES[rule].manual

    def clause(self, path: str, name: str) -> dict[str, Any]:
        for analysis in self._checked(path).analyses:
            document = analysis.document
            for clause in document.clauses:
                if clause.id == name:
                    section = document.sections[clause.section]
                    line = document.source.line_and_column(clause.mark.span.start)[0] + 1
                    prompts = [p for file in analysis.specification.surroundings.prompts.get(name, ()) for p in file.prompts]
                    precedents = [p for p in analysis.specification.precedents if p.verdict.clause == name]
                    return {
                        "id": name,
                        "path": self._shown(analysis.specification.path),
                        "line": line,
                        "text": clause.text,
                        "section": section.title,
                        "authority": section.authority,
                        "prompts": [
                            {"title": p.title, "user": p.first_user_turn, "expectations": list(p.expectations)} for p in prompts
                        ],
                        "precedents": [
                            {"good": p.verdict.good, "reason": p.verdict.reason, "answer": p.answer.text} for p in precedents
                        ],
                    }
        raise ToolError(f"{path}: no clause has the ID “{name}”")

    def answer(
        self, path: str, fingerprint: str, reading: int | None, text: str | None, is_open: bool, dismiss: str | None
    ) -> dict[str, Any]:
        given: list[Answer] = []
        if reading is not None:
            given.append(PickReading(reading))
        if text is not None:
            given.append(Free(text))
        if dismiss is not None:
            given.append(Dismiss(dismiss))
        if is_open:
            given.append(LeaveOpen())
        if len(given) != 1:
            raise ToolError("give exactly one of reading, text, open and dismiss")
        if any(not said.strip() for said in (text, dismiss) if said is not None):
            raise ToolError("the answer is empty")
        checked = self._checked(path)
        for analysis in checked.analyses:
            found = next(
                (f for f in checked.findings if f.fingerprint == fingerprint and f.path == analysis.specification.path), None
            )
            if found is not None:
                return self._write(analysis, found, given[0])
        raise ToolError(f"{path}: nothing with the fingerprint “{fingerprint}” is found any more; ask for the questions anew")

    def _write(self, analysis: Analysis, finding: Finding, answer: Answer) -> dict[str, Any]:
        source = analysis.document.source
        edits = [e for e in answer_edits(analysis, finding, answer) if e.path == source.name]
        if not edits:
            raise ToolError("this answer changes nothing in the text")
        file = Path(source.name)
        if files.read_text(file) != source.text:
            raise ToolError(f"{self._shown(source.name)}: was changed meanwhile; ask for the questions anew")
        write_whole(file, applied(source.text, edits))
        entry, log = log_entry(finding, answer), analysis.settings.log_answers
        if entry is not None and log not in (IN_SPECIFICATION, NO_LOG):
            kept = self._inside((file.parent / log).as_posix())
            said = files.read_text(kept) if kept.exists() else ""
            write_whole(kept, applied(said, [log_edit(Source(kept.as_posix(), said), entry)]))
        return {"path": self._shown(source.name), "edits": [{"was": source.slice(e.span), "is": e.text} for e in edits]}

    def _checked(self, path: str) -> Checked:
        wanted = self._inside(path)
        try:
            return check(gather([wanted], None), self.language, [wanted])
        except CannotRun as problem:
            raise ToolError(self._shown(str(problem))) from None

    def _inside(self, path: str) -> Path:
        wanted = (self.root / path).resolve()
        if not wanted.is_relative_to(self.root):
            raise ToolError(f"{path}: lies outside the folder that is served")
        return wanted

    def _report(self, findings: Any, checked: Checked) -> dict[str, Any]:
        renamed = {path: replace(source, name=self._shown(path)) for path, source in checked.sources.items()}
        report: dict[str, Any] = json.loads(formats.as_json(findings, {**checked.sources, **renamed}, len(checked.analyses)))
        for finding in report["findings"]:
            finding["path"] = self._shown(finding["path"])
            for related in finding["related"]:
                related["path"] = self._shown(related["path"])
        if checked.problems:
            report["problems"] = [self._shown(problem) for problem in checked.problems]
        return report

    def _shown(self, path: str) -> str:
        """A path, or a text that begins with one, as the agent knows it."""
        return posixpath.normpath(path).removeprefix(f"{self.root.as_posix()}/") if path.startswith("/") else path
