"""Who refers to whom: the graph of specifications, by links, by clause IDs of other files, and by imports."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from clarifier.engine.analysis import Analysis
from clarifier.syntax.ids import footnotes


@dataclass(frozen=True, order=True)
class Edge:
    """One specification refers to another: how (link, clause, import), and how often."""

    source: str
    target: str
    kind: str
    count: int


@dataclass(frozen=True)
class Graph:
    """The specifications and what leads from one to the other, both in order."""

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]


def graph(analyses: Iterable[Analysis], imports: Mapping[str, Iterable[str]] | None = None) -> Graph:
    """The graph of the analyses. `imports` names, for a path, the paths of the specifications that it imports."""
    by_path = {a.specification.path: a for a in analyses}
    owners: dict[str, set[str]] = {}
    for path, analysis in by_path.items():
        for clause in analysis.document.clauses:
            owners.setdefault(clause.id, set()).add(path)
    counts: dict[tuple[str, str, str], int] = {}
    nodes = set(by_path)

    def lead(source: str, target: str, kind: str) -> None:
        nodes.add(target)
        if source != target:
            counts[source, target, kind] = counts.get((source, target, kind), 0) + 1

    for path, analysis in by_path.items():
        for link in analysis.document.links():
            target = _target(path, link.target)
            if target in by_path:
                lead(path, target, "link")
        own = {c.id for c in analysis.document.clauses}
        for named in sorted({mark.id for mark, _ in footnotes(analysis.document.source.text) if mark is not None} - own):
            for owner in sorted(owners.get(named, ())):
                lead(path, owner, "clause")
        for target in (imports or {}).get(path, ()):
            lead(path, target, "import")
    return Graph(tuple(sorted(nodes)), tuple(sorted(Edge(*key, count) for key, count in counts.items())))


def _target(path: str, written: str) -> str:
    """The path that a link names, in the coordinates of the path in which it stands."""
    plain = unquote(written.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), plain)) if plain and "://" not in plain else ""


def as_mermaid(shown: Graph) -> str:
    """The graph as a Mermaid flowchart."""
    names = {node: f"n{index}" for index, node in enumerate(shown.nodes)}
    lines = ["flowchart LR", *(f'    {name}["{_plain(node)}"]' for node, name in names.items())]
    lines += [
        f"    {names[e.source]} {'-.->' if e.kind == 'import' else '-->'}|{_label(e)}| {names[e.target]}" for e in shown.edges
    ]
    return "\n".join(lines)


def as_dot(shown: Graph) -> str:
    """The graph in the language of Graphviz."""
    lines = ["digraph specifications {", "    rankdir=LR;", *(f'    "{_escaped(node)}";' for node in shown.nodes)]
    lines += [
        f'    "{_escaped(e.source)}" -> "{_escaped(e.target)}" [label="{_label(e)}"{", style=dashed" if e.kind == "import" else ""}];'
        for e in shown.edges
    ]
    return "\n".join([*lines, "}"])


def _label(edge: Edge) -> str:
    names = {"link": "links", "clause": "clauses"}
    return edge.kind if edge.kind == "import" or edge.count == 1 else f"{edge.count} {names[edge.kind]}"


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
