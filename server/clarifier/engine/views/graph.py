"""The clauses and sections of a specification and what leads from one to the other, as a Mermaid flowchart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding
from clarifier.engine.views.names import Analyses, Use, clauses_named, names_in, section_named
from clarifier.engine.views.quoting import shortened
from clarifier.rules._rule import Group
from clarifier.text.source import Span

_LENGTH = 60


@dataclass(frozen=True)
class Node:
    """A clause or a section: the specification in which it stands, its name there, what it is called."""

    path: str
    name: str
    title: str
    is_clause: bool


def graph(analyses: Analyses, path: str, findings: Iterable[Finding]) -> str:
    """What the clauses and sections of a specification refer to, which precedents they decide, and what conflicts with what."""
    arrows = dict.fromkeys([*_references(analyses, path), *_conflicts(analyses, findings)])
    nodes = {node: f"n{index}" for index, node in enumerate(dict.fromkeys(end for one, _, other in arrows for end in (one, other)))}
    lines = ["flowchart LR"]
    lines += [
        f'  {key}("{_text(node.title)}")' if node.is_clause else f'  {key}["{_text(node.title)}"]' for node, key in nodes.items()
    ]
    lines += [f"  {nodes[one]} {arrow} {nodes[other]}" for one, arrow, other in arrows]
    return "\n".join(lines) + "\n"


def _references(analyses: Analyses, path: str) -> Iterator[tuple[Node, str, Node]]:
    analysis = analyses[path]
    for name in sorted(names_in(analysis), key=lambda name: name.span):
        home = analyses.get(name.home)
        if name.use in (Use.LINK, Use.VERDICT) and home is not None:
            one, other = node_at(analysis, name.span), _named(home, name.id)
            if one is not None and other is not None and one != other:
                yield one, "-->" if name.use is Use.LINK else "-. precedent .->", other


def _conflicts(analyses: Analyses, findings: Iterable[Finding]) -> Iterator[tuple[Node, str, Node]]:
    for finding in findings:
        for place in finding.related if finding.group is Group.CONFLICT else ():
            if finding.path in analyses and place.path in analyses:
                one, other = node_at(analyses[finding.path], finding.span), node_at(analyses[place.path], place.span)
                if one is not None and other is not None:
                    first, second = sorted((one, other), key=lambda node: (node.path, node.name))
                    yield first, f"x-- {finding.rule} --x", second


def node_at(analysis: Analysis, span: Span) -> Node | None:
    """The clause in which a span lies, else its section."""
    document = analysis.document
    for clause in document.clauses:
        if clause.span.covers(span):
            return _named(analysis, clause.id)
    if not document.sections:
        return None
    section = document.sections[document.section_at(span.start)]
    return Node(analysis.specification.path, section.id or section.slug, section.title or "(before the first heading)", False)


def _named(analysis: Analysis, name: str) -> Node | None:
    path = analysis.specification.path
    clauses = clauses_named(analysis.document, name)
    section = section_named(analysis.document, name)
    if clauses and (section is None or section.id != name):
        return Node(path, name, f"{name}: {clauses[0].text}", True)
    return Node(path, section.id or section.slug, section.title, False) if section is not None else None


def _text(title: str) -> str:
    """A title as it can stand between quotation marks in Mermaid."""
    line = shortened(title)
    line = line if len(line) <= _LENGTH else line[: _LENGTH - 1].rstrip() + "…"
    return "".join(f"#{ord(c)};" if c in '"<>#&`[](){}|\\*_~' else c for c in line)
