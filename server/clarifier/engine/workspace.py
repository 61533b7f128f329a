"""compare(analyses, previous) → Workspace: the conflicts between statements, within files and across them.

One pure function, like `analyse`: `previous` makes it faster, never different. After an edit, call it with the new analysis in
place of the old one and the workspace as it was; `changed_paths(old, new)` names the files whose conflict findings are now
others (the edited one, and those whose clauses conflict with what was edited), so only their diagnostics are sent again.
Statements are found by an index of their words: an edit compares what it touched with its candidates, never all with all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from clarifier.engine.analysis import Analysis
from clarifier.engine.findings import Finding, from_spot, in_order
from clarifier.engine.reconciling import Side, readings
from clarifier.engine.settings import Settings
from clarifier.engine.suppression import is_allowed
from clarifier.rules import RULES
from clarifier.rules._rule import Related, Rule, Severity, Spot
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.specification import Address
from clarifier.semantics.statements import Statement, statements


class Key(NamedTuple):
    """What a statement is kept by: never its position. `copy` tells equal ones in a file apart, in order of the text."""

    path: str
    said: str
    rank: int
    copy: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement and where it stands now."""

    statement: Statement
    address: Address


Listed = Mapping[Key, Placed]
Found = tuple[str, Clash]
# Lemmas reduced to roots, with synonyms and antonyms merged, let no labelled pair of two requirement documents slip (53 of 53)
# at 156 of 10,878 and 353 of 2,211 pairs. Static embeddings would need a download at run time.
_SHARED = 0.5


@dataclass(frozen=True)
class Workspace:
    """The conflicts of all files together; `findings` by path, each pair of clauses on both sides."""

    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    analyses: Mapping[str, Analysis] = field(default_factory=dict, compare=False, repr=False)
    listed: Mapping[str, Listed] = field(default_factory=dict, compare=False, repr=False)
    index: Mapping[str, frozenset[Key]] = field(default_factory=dict, compare=False, repr=False)
    clashes: Mapping[tuple[Key, Key], Found] = field(default_factory=dict, compare=False, repr=False)
    settled: Mapping[tuple[Key, Key], tuple[Finding, ...]] = field(default_factory=dict, compare=False, repr=False)
    settings: Settings = field(default_factory=Settings, compare=False, repr=False)


def changed_paths(old: Workspace, new: Workspace) -> frozenset[str]:
    """The paths whose conflict findings differ between two workspaces."""
    return frozenset(p for p in {*old.findings, *new.findings} if old.findings.get(p, ()) != new.findings.get(p, ()))


def compare(analyses: Iterable[Analysis], previous: Workspace | None = None, settings: Settings | None = None) -> Workspace:
    """The workspace of the analyses; of files with the same path the last one counts. `settings` say which rules are on."""
    by_path = {a.specification.path: a for a in analyses}
    asked = settings or next((a.settings for a in by_path.values()), Settings())
    before = previous if previous is not None and previous.settings == asked else Workspace()
    listed = {p: before.listed[p] if before.analyses.get(p) is a else _listed(a) for p, a in by_path.items()}
    gone: set[Key] = set()
    fresh: list[Key] = []
    for path in {*before.listed, *listed}:
        old, new = before.listed.get(path, {}), listed.get(path, {})
        if old is not new:
            gone.update(k for k in old if k not in new)
            fresh.extend(k for k in new if k not in old)
    index = _indexed(before, gone, fresh, listed)
    clashes = (
        {pair: found for pair, found in before.clashes.items() if pair[0] not in gone and pair[1] not in gone}
        if gone
        else dict(before.clashes)
    )
    rules = _active(asked)
    done: set[tuple[Key, Key]] = set()
    for key in sorted(fresh):
        for other in _candidates(key, listed, index, asked.conflict_scope == "file"):
            pair = (key, other) if key < other else (other, key)
            if pair not in done:
                done.add(pair)
                found = _clash(pair, listed, rules)
                if found is not None:
                    clashes[pair] = found
    if (
        previous is not None
        and before is previous
        and not fresh
        and not gone
        and all(before.analyses.get(p) is a for p, a in by_path.items())
        and len(by_path) == len(before.analyses)
    ):
        return previous
    settled = _settled(by_path, listed, clashes, before)
    return Workspace(_by_path(by_path, settled, before), by_path, listed, index, clashes, settled, asked)


def _active(settings: Settings) -> tuple[Rule, ...]:
    rules = (r for r in RULES.values() if r.scope == "pair" and settings.rules.get(r.name, r.severity) is not None)
    return tuple(sorted(rules, key=lambda r: (r.rank, r.name)))


def _listed(analysis: Analysis) -> Listed:
    """The statements of a file, in order of the text."""
    spec = analysis.specification
    found: dict[Key, Placed] = {}
    copies: Counter[tuple[str, int]] = Counter()
    ranked = any(s.authority is not None for s in spec.document.sections)
    levels = {level: n for n, level in enumerate(spec.levels)}
    for p, part in enumerate(spec.passages):
        for b, passage in enumerate(part):
            if passage is None or passage.commentary:
                continue
            for statement in statements(passage):
                address = Address(p, b, statement.sentence)
                rank = levels.get(spec.authority(address) or "", -1) if ranked else -1
                said = statement.said
                found[Key(spec.path, said, rank, copies[said, rank])] = Placed(statement, address)
                copies[said, rank] += 1
    return found


def _indexed(before: Workspace, gone: set[Key], fresh: list[Key], listed: Mapping[str, Listed]) -> Mapping[str, frozenset[Key]]:
    if not gone and not fresh:
        return before.index
    touched: dict[str, set[Key]] = {}

    def posting(word: str) -> set[Key]:
        if word not in touched:
            touched[word] = set(before.index.get(word, ()))
        return touched[word]

    for key in gone:
        for word in before.listed[key.path][key].statement.keys:
            posting(word).discard(key)
    for key in fresh:
        for word in listed[key.path][key].statement.keys:
            posting(word).add(key)
    return {**before.index, **{word: frozenset(keys) for word, keys in touched.items()}}


def _candidates(key: Key, listed: Mapping[str, Listed], index: Mapping[str, frozenset[Key]], within_file: bool) -> Iterator[Key]:
    """The statements that share enough with one to be compared with it. Depends on the two of them only."""
    own = listed[key.path][key].statement
    found = (frozenset().union(*(index.get(name, ()) for name in topic)) for topic in own.topics)
    shared = Counter(chain.from_iterable(found))
    for other, count in shared.items():
        if (count < 2 and len(own.topics) > 1) or other == key or (within_file and other.path != key.path):
            continue
        theirs = listed[other.path][other].statement
        enough = count >= _SHARED * min(len(own.topics), len(theirs.topics))
        if enough or any(w.startswith("§") for w in own.keys & theirs.keys):
            yield other


def candidates(workspace: Workspace, key: Key) -> Iterator[Key]:
    """The statements of a workspace that a statement is compared with."""
    return _candidates(key, workspace.listed, workspace.index, workspace.settings.conflict_scope == "file")


def _clash(pair: tuple[Key, Key], listed: Mapping[str, Listed], rules: tuple[Rule, ...]) -> Found | None:
    one, other = (listed[k.path][k].statement for k in pair)
    if one.apart or other.apart or one.led.startswith(other.text[:-1] or "\0") or other.led.startswith(one.text[:-1] or "\0"):
        return None
    if pair[0].path != pair[1].path and (one.context.strip(" /") or other.context.strip(" /")):
        return None
    beside = Pair(one, other, (pair[0].rank, pair[1].rank))
    for rule in rules:
        clash = rule.clash(beside) if rule.clash is not None else None
        if clash is not None:
            return rule.name, clash
    return None


def _settled(
    analyses: Mapping[str, Analysis], listed: Mapping[str, Listed], clashes: Mapping[tuple[Key, Key], Found], before: Workspace
) -> Mapping[tuple[Key, Key], tuple[Finding, ...]]:
    """The findings of each pair, on both sides; those between files that are as they were are taken over."""
    series = Counter((key, clash.series) for pair, (_, clash) in clashes.items() if clash.series for key in pair)
    same = {path for path, analysis in analyses.items() if before.analyses.get(path) is analysis}
    sides: dict[Key, Side] = {}
    found: dict[tuple[Key, Key], tuple[Finding, ...]] = {}
    for pair, (name, clash) in clashes.items():
        left, right = pair
        if clash.series and (series[left, clash.series] > 1 or series[right, clash.series] > 1):
            continue
        if left.path in same and right.path in same and pair in before.settled:
            found[pair] = before.settled[pair]
            continue
        for key in pair:
            if key not in sides:
                sides[key] = Side(analyses[key.path], listed[key.path][key].address)
        found[pair] = _both(RULES[name], sides[left], sides[right], clash)
    return found


def _both(rule: Rule, one: Side, other: Side, clash: Clash) -> tuple[Finding, ...]:
    """The finding on each side, unless the author has allowed it on one: then it is settled on both."""
    seen = (conflict_finding(rule, one, other, clash), conflict_finding(rule, other, one, clash.swapped))
    both = tuple(finding for finding in seen if finding is not None)
    specs = {side.specification.path: side for side in (one, other)}
    if any(is_allowed(specs[f.path].specification, f, specs[f.path].analysis.settings) for f in both):
        return ()
    return both


def _by_path(
    analyses: Mapping[str, Analysis], settled: Mapping[tuple[Key, Key], tuple[Finding, ...]], before: Workspace
) -> Mapping[str, tuple[Finding, ...]]:
    found: dict[str, list[Finding]] = {path: [] for path in analyses}
    for both in settled.values():
        for finding in both:
            found[finding.path].append(finding)
    kept = {path: findings for path, findings in before.findings.items() if path in found and _same(findings, found[path])}
    return {path: kept[path] if path in kept else in_order(findings) for path, findings in found.items()}


def _same(ordered: tuple[Finding, ...], found: list[Finding]) -> bool:
    """Whether the findings are the very ones that are in order already."""
    return len(ordered) == len(found) and {id(f) for f in ordered} == {id(f) for f in found}


def conflict_finding(rule: Rule, here: Side, there: Side, clash: Clash) -> Finding | None:
    """The finding on one side of a clash; None if the rule is off."""
    near, far = here.place(clash.one), there.place(clash.other)
    said = [f"“{w}”" if w else "nothing" for w in clash.words]
    where = there.name if there.specification.path == here.specification.path else f"{there.name} of {there.specification.path}"
    message = rule.says.format(here=said[0], there=said[1], where=where) + (f"; {clash.note}" if clash.note else "") + "."
    spot = Spot(
        near,
        message[0].upper() + message[1:],
        rule.asks or None,
        readings(here, there) if rule.asks else (),
        (Related(there.specification.path, far, there.text),),
        None if clash.sure else Severity.WARNING if rule.severity is Severity.ERROR else rule.severity,
        0.9 if clash.sure else 0.6,
        clause=here.clause,
        data=(("other", there.name),),
    )
    return from_spot(rule, spot, here.specification, here.analysis.settings)
