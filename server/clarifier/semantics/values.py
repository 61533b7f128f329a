"""Values that two statements give one thing: amounts, quantifiers, lists and names."""

from __future__ import annotations

from clarifier.semantics.alignment import Change
from clarifier.semantics.amounts import Amount, Bound, disjoint, in_one_unit, incompatible, is_number
from clarifier.semantics.norms import Duty, Norm
from clarifier.semantics.opposites import opposed, same
from clarifier.semantics.oppositions import is_step
from clarifier.semantics.pairs import Clash, Pair, comparable, covering, in_one_case, may_meet, quoted, same_bearer
from clarifier.semantics.phrases import Phrase
from clarifier.semantics.pieces import PARTIAL, TOTAL, Piece, Role, Sort
from clarifier.semantics.statements import Statement
from clarifier.semantics.verbs import ADDING, ORDERING
from clarifier.semantics.wording import modality, when
from clarifier.text.source import Span

_ENOUGH = 0.5


def values(pair: Pair) -> Clash | None:
    """One thing has two values: by its amounts, or by where twins differ."""
    return _of_amounts(pair) or _of_counts(pair) or _of_orders(pair) or _of_twins(pair)


def _of_counts(pair: Pair) -> Clash | None:
    """One forbids more than so many of a thing, the other allows or asks for more, whatever is done to them."""
    if pair.cases_differ or pair.overlap < _ENOUGH:
        return None
    for few, many, first in ((pair.one, pair.other, True), (pair.other, pair.one, False)):
        for a in (n for n in few.norms if n.duty is Duty.FORBIDDEN):
            for b in (n for n in many.norms if not n.duty.denies):
                limit = next((x for x in a.amounts if x.bound is Bound.MORE and x.unit_root), None)
                asked = next((x for x in b.amounts if limit and x.unit_root == limit.unit_root and x.bound.above), None)
                if (
                    limit is not None
                    and asked is not None
                    and asked.value > limit.value
                    and _counted_alike(a, b, limit)
                    and may_meet(a, b)
                ):
                    spans = (few.place(limit.span), many.place(asked.span))
                    said = (_said(limit, few, spans[0]), _words(many, spans[1]))
                    clash = Clash(*spans, said, when(pair, *((a, b) if first else (b, a))), False)
                    return clash if first else clash.swapped
    return None


def _counted_alike(a: Norm, b: Norm, limit: Amount) -> bool:
    """Whether what both count is one thing, as far as the phrases say that hold the numbers."""
    left, right = ([o for o in (*n.objects, *(o for _, o in n.others)) if o.head == limit.unit_root] for n in (a, b))
    kinds = [[frozenset(r for r in o.narrowing if not is_number(r)) for o in side] for side in (left, right)]
    return any(x <= y or y <= x for x in kinds[0] for y in kinds[1])


def _of_orders(pair: Pair) -> Clash | None:
    """One thing is to be sorted by two different criteria."""
    for a, b in pair.norms:
        if a.action in ORDERING and same(a.action, b.action) and a.duty is b.duty is Duty.OBLIGED and comparable(a, b):
            for one in pair.one.bases:
                for other in pair.other.bases:
                    if not one.denied and not other.denied and not one.on.roots & other.on.roots:
                        spans = pair.one.place(one.span), pair.other.place(other.span)
                        return Clash(*spans, (_words(pair.one, spans[0]), _words(pair.other, spans[1])), when(pair, a, b))
    return None


def _words(statement: Statement, span: Span) -> str:
    return statement.text[span.start : span.end]


def _of_amounts(pair: Pair) -> Clash | None:
    if pair.cases_differ:
        return None
    for a in pair.one.norms:
        for b in pair.other.norms:
            if (
                same(a.action, b.action)
                and a.duty is not Duty.EXEMPT
                and (a.duty is Duty.FORBIDDEN) == (b.duty is Duty.FORBIDDEN)
                and same_bearer(a, b)
                and may_meet(a, b)
                and comparable(a, b)
            ):
                found = _amounts(pair, a, b)
                if found is not None:
                    return found
    return None


def _amounts(pair: Pair, a: Norm, b: Norm) -> Clash | None:
    left, right = (tuple(x for x in n.amounts if not any(x.index in c.indices for c in n.conditions)) for n in (a, b))
    for one in left:
        alike = [x for x in right if x.unit_root == one.unit_root] or [x for x in right if _placed_alike(x, one)]
        single = len(alike) == 1 and sum(x.unit_root == one.unit_root for x in left) == 1
        if single and incompatible(one, alike[0]) and _one_thing(a, b, disjoint(one, alike[0])):
            spans = pair.one.place(one.span), pair.other.place(alike[0].span)
            said = (_said(one, pair.one, spans[0]), _said(alike[0], pair.other, spans[1]))
            return Clash(*spans, said, when(pair, a, b), in_one_case(a, b))
    return None


def _placed_alike(one: Amount, other: Amount) -> bool:
    """Whether two amounts stand in one place, or are of one dimension and limit the same way."""
    if not one.unit or not other.unit:
        return False
    return one.limits == other.limits or (one.bound is other.bound and one.bound.below and in_one_unit(one, other) is not None)


def _said(amount: Amount, statement: Statement, span: Span) -> str:
    written = statement.text[span.start : span.end]
    return written if amount.bound.value == "exactly" else f"{amount.bound.value} {written}"


def _one_thing(a: Norm, b: Norm, apart: bool) -> bool:
    """Whether the amounts measure one thing: what is acted on, or else the bearer, is the same on both sides.

    Where no value satisfies both (`apart`), it is enough that one side is about some of the other's things.
    """
    counted = {x.unit_root for x in (*a.amounts, *b.amounts)}
    left, right = ([o for o in n.objects if o.head not in counted] for n in (a, b))
    if _phrases(a, counted) != _phrases(b, counted):
        return False
    if left and right:
        return any(same(x.head, y.head) and _one_kind(x, y, apart) for x in left for y in right)
    if left or right or a.bearer is None or b.bearer is None:
        return False
    ours, theirs = (frozenset(r for o in n.objects for r in o.narrowing if not is_number(r)) for n in (a, b))
    return same(a.bearer.head, b.bearer.head) and a.bearer.narrowing == b.bearer.narrowing and ours == theirs


def _one_kind(one: Phrase, other: Phrase, apart: bool) -> bool:
    if apart:
        return one.narrowing <= other.narrowing or other.narrowing <= one.narrowing
    return one.narrowing == other.narrowing


def _phrases(norm: Norm, counted: set[str]) -> frozenset[tuple[str, str]]:
    return frozenset((p, o.head) for p, o in norm.others if o.head not in counted and not any(r[:1].isdigit() for r in o.roots))


def _of_twins(pair: Pair) -> Clash | None:
    changes = pair.changes
    if not changes or pair.cases_differ or len(changes) > 4:
        return None
    if (
        any(c.role is Role.CONDITION and _replaces(c) for c in changes)
        or any(c.role is Role.BEARER and _replaces(c) for c in changes)
        or any(c.has(Sort.NEGATION) != (None, None) for c in changes)
    ):
        return None
    if pair.one.norms and pair.other.norms and not any(may_meet(a, b) for a in pair.one.norms for b in pair.other.norms):
        return None
    for change in changes:
        found = _quantifiers(pair, change) or _numbers(pair, change) or _operators(pair, change)
        if found is not None:
            return found
    if len(changes) > 2 or pair.siblings:
        return None
    for change in changes:
        if change.role is Role.MATTER:
            found = _antonyms(pair, change) or _lists(pair, change) or _names(pair, change, changes)
            if found is not None:
                return found
    return None


def _replaces(change: Change) -> bool:
    """Whether one thing stands for another, or a numbered one for another number: no amount for another amount."""
    one, other = change.content
    return bool(one) and bool(other) and not any(p.sort is Sort.NUMBER and " " in p.root for p in (*one, *other))


def _quantifiers(pair: Pair, change: Change) -> Clash | None:
    if change.role is Role.CONDITION:
        return None
    if not any(n.duty is Duty.OBLIGED for s in (pair.one, pair.other) for n in s.norms):
        return None
    one, other = change.has(Sort.QUANTIFIER)
    if one is not None and other is not None:
        left, right = one.text.lower(), other.text.lower()
        if (left in TOTAL) != (right in TOTAL):
            return _clash(pair, (one,), (other,))
        return None
    present, absent = (one, change.content[1]) if one is not None else (other, change.content[0])
    # "use any protocol" against "use HL-7": any thing, and one of its kind.
    if present is not None and present.text.lower() in ("any", "every") and absent:
        alone = not any(all(c.content) for c in pair.changes or () if c is not change)
        return _clash(pair, change.one, change.other, sure=alone)
    partial = present is not None and present.text.lower() in PARTIAL
    return _clash(pair, change.one, change.other, sure=False) if partial and not absent else None


def _numbers(pair: Pair, change: Change) -> Clash | None:
    one, other = ([p for p in side if p.sort is Sort.NUMBER] for side in (change.one, change.other))
    if len(one) == len(other) == 1 and one[0].text.lower() != other[0].text.lower():
        amounts = [
            next((a for n in s.norms for a in n.amounts if s.place(a.span).start == (p.span.start if p.span else -1)), None)
            for s, p in ((pair.one, one[0]), (pair.other, other[0]))
        ]
        left, right = amounts
        if pair.siblings and (left is None or right is None or not left.unit):
            return None
        if left is None or right is None or incompatible(left, right):
            return _clash(pair, change.one, change.other) if left is not None and right is not None else None
    return None


def _operators(pair: Pair, change: Change) -> Clash | None:
    """One limit of the same quantities, compared in two ways: "<" here, "<=" there."""
    if change.has(Sort.OPERATOR) == (None, None) or any(change.content):
        return None
    return _clash(pair, change.one, change.other, sure=False)


def _antonyms(pair: Pair, change: Change) -> Clash | None:
    if not any(n.duty is Duty.OBLIGED for s in (pair.one, pair.other) for n in s.norms):
        return None
    for a in change.one:
        for b in change.other:
            if opposed(a.root, b.root) and not any(
                n.action.split(" ")[0] in (a.root, b.root) for s in (pair.one, pair.other) for n in s.norms
            ):
                return _clash(pair, (a,), (b,), series=pair.common)
    return None


def _lists(pair: Pair, change: Change) -> Clash | None:
    """One list that is longer in one statement: a member is missing, and the rest is shared."""
    one, other = change.content
    if bool(one) == bool(other):
        return None
    longer = one or other
    lists = {p.list for p in longer}
    if len(lists) != 1 or -1 in lists:
        return None
    whole = [p for p in (pair.one if one else pair.other).pieces if p.list == longer[0].list and p.sort is Sort.CONTENT]
    return _clash(pair, change.one, change.other, sure=False, series=pair.common) if len(whole) > len(longer) else None


def _names(pair: Pair, change: Change, changes: tuple[Change, ...]) -> Clash | None:
    """Two names in one place where only one can stand."""
    one, other = change.content
    steps = all(any(is_step(s, n) for n in s.norms) for s in (pair.one, pair.other))
    if steps or not one or not other or len(changes) != 1 or len(one) > 3 or len(other) > 3:
        return None
    if any(p.pos not in ("NOUN", "PROPN", "ADJ", "X", "VERB") for p in (*one, *other)) or any(
        same(a.root, b.root) for a in one for b in other
    ):
        return None
    verbs = {n.action.split(" ")[0] for s in (pair.one, pair.other) for n in s.norms}
    if (
        not verbs
        or any(p.root in verbs for p in (*one, *other))
        or any(n.duty not in (Duty.OBLIGED,) for s in (pair.one, pair.other) for n in s.norms)
    ):
        return None
    in_list = all(p.list != -1 for p in (*one, *other))
    if verbs & ADDING and not in_list:
        return None
    return _clash(pair, one, other, sure=_named(one) and _named(other) and not in_list and not _foretold(pair), series=pair.common)


def _foretold(pair: Pair) -> bool:
    """Whether a statement only says what will be: "the file will be named"."""
    return any(
        s.text[w.start : w.end].lower() == "will" for s in (pair.one, pair.other) for n in s.norms for w in [s.place(n.words)]
    )


def _named(pieces: tuple[Piece, ...]) -> bool:
    return any(p.text.isupper() or any(c.isdigit() for c in p.text) for p in pieces)


def _clash(pair: Pair, one: tuple[Piece, ...], other: tuple[Piece, ...], sure: bool = True, series: str = "") -> Clash:
    return Clash(
        covering(one, modality(pair.one)), covering(other, modality(pair.other)), (quoted(one), quoted(other)), "", sure, series
    )
