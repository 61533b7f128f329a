"""compare(analyses, previous) → Workspace: the conflicts between statements, within files and across them.

One pure function, like `analyse`: `previous` makes it faster, never different. After an edit, call it with the new analysis in
place of the old one and the workspace as it was; `changed_paths(old, new)` names the files whose conflict findings are now
others (the edited one, and those whose clauses conflict with what was edited), so only their diagnostics are sent again.
Statements are found by an index of their words: an edit compares what it touched with its candidates, never all with all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import chain

from clarifier.engine.analysis import Analysis
from clarifier.engine.candidates import candidates as candidates_of
from clarifier.engine.findings import Finding, from_spot, in_order
from clarifier.engine.index import Index, Key, Placed, indexed
from clarifier.engine.moving import Move, all_moved, move, unmoved
from clarifier.engine.reconciling import Side, entry_readings, readings
from clarifier.engine.settings import Settings
from clarifier.engine.suppression import is_allowed
from clarifier.rules import RULES
from clarifier.rules._rule import Related, Rule, Severity, Spot
from clarifier.semantics.pairs import Clash, Pair
from clarifier.semantics.specification import Address
from clarifier.semantics.statements import statements

Found = tuple[str, Clash]
Couple = tuple[Key, Key]
Clashes = dict[Couple, Found]
Search = Callable[[Sequence[Key]], Clashes]
Share = Callable[[Search, Sequence[Key]], Iterable[Clashes]]
Statements = Mapping[Key, Placed]
# A file may say a thousand things of the same words, in a list, a table or a log: no more than this are compared, or all would be
# with all.
_MOST_ALIKE = 20


@dataclass(frozen=True)
class Workspace:
    """The conflicts of all files together; `findings` by path, each pair of clauses on both sides.

    `partners` are the statements with which each one clashes, `settled` the findings of each pair.
    """

    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    analyses: Mapping[str, Analysis] = field(default_factory=dict, compare=False, repr=False)
    listed: Mapping[str, Statements] = field(default_factory=dict, compare=False, repr=False)
    index: Index = field(default_factory=Index, compare=False, repr=False)
    clashes: Mapping[Couple, Found] = field(default_factory=dict, compare=False, repr=False)
    partners: Mapping[Key, frozenset[Key]] = field(default_factory=dict, compare=False, repr=False)
    settled: Mapping[Couple, tuple[Finding, ...]] = field(default_factory=dict, compare=False, repr=False)
    settings: Settings = field(default_factory=Settings, compare=False, repr=False)


def changed_paths(old: Workspace, new: Workspace) -> frozenset[str]:
    """The paths whose conflict findings differ between two workspaces."""
    return frozenset(p for p in {*old.findings, *new.findings} if old.findings.get(p, ()) != new.findings.get(p, ()))


def compare(
    analyses: Iterable[Analysis],
    previous: Workspace | None = None,
    settings: Settings | None = None,
    share: Share = lambda search, keys: [search(keys)],
    pause: Callable[[], None] = lambda: None,
) -> Workspace:
    """The workspace of the analyses; of files with the same path the last one counts. `settings` say which rules are on.

    `share` may have the search for clashes done piece by piece; `pause` is called every few milliseconds of work.
    """
    by_path = {a.specification.path: a for a in analyses}
    asked = settings or next((a.settings for a in by_path.values()), Settings())
    before = previous if previous is not None and previous.settings == asked else Workspace()
    touched = [path for path in {**before.analyses, **by_path} if before.analyses.get(path) is not by_path.get(path)]
    if not touched and before is previous:
        return previous
    listed = {path: _listed(a, pause) if path in touched else before.listed[path] for path, a in by_path.items()}
    gone = {k for path in touched for k in before.listed.get(path, ()) if k not in listed.get(path, ())}
    fresh = [k for path in touched for k in listed.get(path, ()) if k not in before.listed.get(path, ())]
    lost_statements = ((key, before.listed[key.path][key].statement) for key in gone)
    index, moved = indexed(before.index, lost_statements, ((key, listed[key.path][key].statement) for key in fresh))
    clashes, partners, lost = _without(before, gone | moved)
    sought = moved.union(fresh)
    search = partial(_clashes, listed=listed, index=index, settings=asked, sought=sought, mutual=not before.listed, pause=pause)
    found: Clashes = {}
    for piece in share(search, sorted(sought)):
        found.update(piece)
    clashes.update(found)
    for one, its in chain(found, (pair[::-1] for pair in found)):
        partners[one] = partners.get(one, frozenset()) | {its}
    new = Workspace({}, by_path, listed, index, clashes, partners, {}, asked)
    settled, concerned = _settled(new, before, touched, lost, found)
    return replace(new, settled=settled, findings=_by_path(new, settled, before, concerned))


def _couple(one: Key, other: Key) -> Couple:
    return (one, other) if one < other else (other, one)


def _without(before: Workspace, gone: Iterable[Key]) -> tuple[Clashes, dict[Key, frozenset[Key]], Clashes]:
    """The clashes without those of statements that are gone, who clashes with whom then, and the clashes that are lost."""
    clashes, partners = dict(before.clashes), dict(before.partners)
    lost: Clashes = {}
    for key in gone:
        for other in partners.pop(key, ()):
            pair = _couple(key, other)
            lost[pair] = clashes.pop(pair)
            partners[other] -= {key}
    return clashes, partners, lost


def _clashes(
    keys: Sequence[Key],
    listed: Mapping[str, Statements],
    index: Index,
    settings: Settings,
    sought: frozenset[Key],
    mutual: bool,
    pause: Callable[[], None],
) -> Clashes:
    """The clashes of some of the statements that are `sought`, each pair of those once; `mutual` as `candidates` has it."""
    rules, within_file = _active(settings), settings.conflict_scope == "file"
    found: Clashes = {}
    for key in keys:
        pause()
        for other in candidates_of(key, listed, index, within_file, mutual):
            if other < key and other in sought and not (mutual and _words(listed, other) > _words(listed, key)):
                continue  # the other one finds this
            pair = _couple(key, other)
            clash = _clash(pair, listed, rules)
            if clash is not None:
                found[pair] = clash
    return found


def _words(listed: Mapping[str, Statements], key: Key) -> int:
    return len(listed[key.path][key].statement.topics)


def _active(settings: Settings) -> tuple[Rule, ...]:
    rules = (r for r in RULES.values() if r.scope == "pair" and settings.rules.get(r.name, r.severity) is not None)
    return tuple(sorted(rules, key=lambda r: (r.rank, r.name)))


def _listed(analysis: Analysis, pause: Callable[[], None]) -> Statements:
    """The statements of a file, in order of the text, and of those about the same words the first few."""
    spec = analysis.specification
    found: dict[Key, Placed] = {}
    copies: Counter[tuple[frozenset[str], int]] = Counter()
    ranked = any(s.authority is not None for s in spec.document.sections)
    levels = {level: n for n, level in enumerate(spec.levels)}
    for p, part in enumerate(spec.passages):
        for b, passage in enumerate(part):
            if passage is None or passage.commentary:
                continue
            pause()
            for statement in statements(passage):
                address = Address(p, b, statement.sentence)
                rank = levels.get(spec.authority(address) or "", -1) if ranked else -1
                kind = (statement.keys, rank)
                if copies[kind] < _MOST_ALIKE:
                    found[Key(spec.path, statement.said, rank, copies[kind])] = Placed(statement, address)
                copies[kind] += 1
    return found


def candidates(workspace: Workspace, key: Key) -> Iterator[Key]:
    """The statements of a workspace that a statement is compared with."""
    return candidates_of(key, workspace.listed, workspace.index, workspace.settings.conflict_scope == "file")


def _clash(pair: Couple, listed: Mapping[str, Statements], rules: tuple[Rule, ...]) -> Found | None:
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
    new: Workspace, before: Workspace, touched: Iterable[str], lost: Mapping[Couple, Found], fresh: Iterable[Couple]
) -> tuple[Mapping[Couple, tuple[Finding, ...]], frozenset[str]]:
    """The findings of each pair, on both sides, and the files that they concern in which something may have changed."""
    settled = dict(before.settled)
    for pair in lost:
        settled.pop(pair, None)
    # A clash more or less may make a series of others, or end one.
    others = {key for pair, (_, clash) in lost.items() if clash.series for key in pair}
    others.update(key for pair in fresh if new.clashes[pair][1].series for key in pair)
    others.update(key for path in touched for key in new.listed.get(path, ()))
    again = {*fresh, *(_couple(key, its) for key in others for its in new.partners.get(key, ()))}
    sides: dict[Key, Side] = {}
    concerned = {key.path for pair in lost for key in pair}
    moved = lru_cache(maxsize=None)(partial(_move, new=new, before=before))
    for pair in again:
        name, clash = new.clashes[pair]
        if clash.series and any(_has_series(key, clash.series, new) for key in pair):
            if settled.pop(pair, ()):
                concerned.update(key.path for key in pair)
            continue
        as_before = pair in settled and before.clashes.get(pair) == new.clashes[pair]
        went = all_moved(settled[pair], [moved(key) for key in pair]) if as_before else None
        if went is None:
            for key in pair:
                if key not in sides:
                    sides[key] = Side(new.analyses[key.path], new.listed[key.path][key].address)
            went = _both(RULES[name], sides[pair[0]], sides[pair[1]], clash)
        if went is not settled.get(pair):
            settled[pair] = went
            concerned.update(key.path for key in pair)
    return settled, frozenset(concerned)


def _has_series(key: Key, series: str, workspace: Workspace) -> bool:
    """Whether a statement clashes with several others at one place."""
    return sum(workspace.clashes[_couple(key, its)][1].series == series for its in workspace.partners[key]) > 1


def _move(key: Key, new: Workspace, before: Workspace) -> Move | None:
    """Where a statement went, if nothing but its place has changed."""
    now, then = new.analyses[key.path], before.analyses.get(key.path)
    if then is None or key not in before.listed[key.path]:
        return None
    return unmoved(key.path) if now is then else move(now, then, new.listed[key.path][key], before.listed[key.path][key])


def _both(rule: Rule, one: Side, other: Side, clash: Clash) -> tuple[Finding, ...]:
    """The finding on each side, unless the author has allowed it on one: then it is settled on both."""
    seen = (conflict_finding(rule, one, other, clash), conflict_finding(rule, other, one, clash.swapped))
    both = tuple(finding for finding in seen if finding is not None)
    specs = {side.specification.path: side for side in (one, other)}
    if any(is_allowed(specs[f.path].specification, f, specs[f.path].analysis.settings) for f in both):
        return ()
    return both


def _by_path(
    workspace: Workspace, settled: Mapping[Couple, tuple[Finding, ...]], before: Workspace, concerned: frozenset[str]
) -> Mapping[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for path, listed in workspace.listed.items():
        found[path] = before.findings.get(path, ())
        if path in concerned:
            pairs = {_couple(key, its) for key in listed for its in workspace.partners.get(key, ())}
            here = [finding for pair in pairs for finding in settled.get(pair, ()) if finding.path == path]
            if not _same(found[path], here):
                found[path] = in_order(here)
    return found


def _same(ordered: tuple[Finding, ...], found: list[Finding]) -> bool:
    """Whether the findings are the very ones that are in order already."""
    return len(ordered) == len(found) and {id(f) for f in ordered} == {id(f) for f in found}


def conflict_finding(rule: Rule, here: Side, there: Side, clash: Clash) -> Finding | None:
    """The finding on one side of a clash; None if the rule is off."""
    near, far = here.place(clash.one), there.place(clash.other)
    said = [f"“{w}”" if w else "nothing" for w in clash.words]
    where = there.name if there.specification.path == here.specification.path else f"{there.name} of {there.specification.path}"
    says = (
        "{here} here and {there} in {where} do not agree whether “" + clash.entry + "” must be there" if clash.entry else rule.says
    )
    message = says.format(here=said[0], there=said[1], where=where) + (f"; {clash.note}" if clash.note else "") + "."
    asks = f"Must “{clash.entry}” be there?" if clash.entry else rule.asks
    spot = Spot(
        near,
        message[0].upper() + message[1:],
        asks or None,
        (entry_readings if clash.entry else readings)(here, there) if asks else (),
        (Related(there.specification.path, far, there.text),),
        None if clash.sure else Severity.WARNING if rule.severity is Severity.ERROR else rule.severity,
        0.9 if clash.sure else 0.6,
        clause=here.clause,
        data=(("other", there.name),),
    )
    return from_spot(rule, spot, here.specification, here.analysis.settings)
