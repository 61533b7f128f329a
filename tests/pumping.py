"""Texts that make a regular expression go back and forth, made from the expression itself: what it repeats, repeated, and no end.

All patterns of the package are found: those in its modules, and those written inside functions.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import _constants as sre  # type: ignore[attr-defined]  # the parser of `re` is not typed
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import clarifier

_METHODS = frozenset({"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"})
_ENDS = ("", "\x01", "!")
_CLASSES = {
    sre.CATEGORY_WORD: ("a", "1", "_", "B"),
    sre.CATEGORY_SPACE: (" ", "\n", "\t"),
    sre.CATEGORY_DIGIT: ("1",),
    sre.CATEGORY_NOT_SPACE: ("a", ".", "1"),
    sre.CATEGORY_NOT_WORD: (" ", ".", ","),
    sre.CATEGORY_NOT_DIGIT: ("a", " "),
}
_LETTERS = "aA1 .,_-:*[]()\n\"'x/|`<>=#!“”"
_MANY = 20  # what may be repeated less often than this cannot take long
Tree = Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class Used:
    """A pattern, where it is written, and the methods by which it is asked; all of them where that is not known."""

    pattern: re.Pattern[str]
    where: str
    methods: frozenset[str]

    def ask(self, text: str) -> None:
        """Ask the pattern about a text in every way in which it is asked in the package."""
        if self.methods & {"match"}:
            self.pattern.match(text)
        if self.methods & {"fullmatch"}:
            self.pattern.fullmatch(text)
        if not self.methods or self.methods - {"match", "fullmatch"}:
            for _ in self.pattern.finditer(text):
                pass


def patterns() -> list[Used]:
    """Every pattern of the package, once."""
    found: dict[tuple[str, int, str], Used] = {}
    for module in _modules():
        tree = ast.parse(open(module.__file__ or "", encoding="utf-8").read())  # noqa: SIM115  # closed at once
        asked = _asked(tree)
        for used in (*_global(module, asked), *_inner(module, tree)):
            found.setdefault((used.pattern.pattern, used.pattern.flags, used.where), used)
    return list(found.values())


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(clarifier.__path__, "clarifier."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def _asked(tree: ast.AST) -> dict[str, set[str]]:
    """The methods by which names are asked; under the empty name those of which the name is not plain."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
            of = node.func.value
            of = of.value if isinstance(of, ast.Subscript) else of
            found.setdefault(of.id if isinstance(of, ast.Name) else "", set()).add(node.func.attr)
    return found


def _global(module: ModuleType, asked: dict[str, set[str]]) -> Iterator[Used]:
    for name, value in vars(module).items():
        # Patterns that stand in a list are asked by the name of a variable.
        own = asked.get(name) or {m for other, methods in asked.items() if other not in vars(module) for m in methods}
        for pattern in _in(value):
            yield Used(pattern, f"{module.__name__}.{name}", frozenset(own))


def _in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple) and depth < 3:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _in(inner, depth + 1)


def _inner(module: ModuleType, tree: ast.AST) -> Iterator[Used]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value) == "re"
            and node.args
        ):
            written = node.args[0]
            if isinstance(written, ast.Constant) and isinstance(written.value, str) and node.func.attr in _METHODS:
                flags = re.NOFLAG
                for argument in (*node.args[1:], *(k.value for k in node.keywords)):
                    for name in re.findall(r"re\.([A-Z]+)", ast.unparse(argument)):
                        flags |= re.RegexFlag[name]
                yield Used(re.compile(written.value, flags), f"{module.__name__}:{node.lineno}", frozenset({node.func.attr}))


def slowest(used: Used, length: int, patience: float = 0.2) -> tuple[float, str]:
    """The seconds of processor time that a pattern takes for the worst text that was found, and the text; none longer than `length`."""
    worst = (0.0, "")
    # Little by little, so that what takes twice as long for each character is seen before it takes for ever.
    lengths = [*range(8, 44, 4), *(n for n in (100, 400, 1_000, 3_000) if n < length), length]
    for before, pump in _attacks(parser.parse(used.pattern.pattern, used.pattern.flags & ~re.UNICODE)):
        for end in _ENDS:
            for size in lengths:
                text = f"{before}{pump * (size // len(pump) + 1)}{end}"
                begun = time.process_time()
                used.ask(text)
                worst = max(worst, (time.process_time() - begun, f"{before!r} {pump!r} × {size // len(pump) + 1} {end!r}"))
                if worst[0] > patience:
                    return worst
    return worst


def _attacks(tree: Tree) -> list[tuple[str, str]]:
    """What comes before something that is repeated, and what it repeats."""
    found = [("", sample) for sample in _samples(tree, 4) if sample]
    _gather(tree, [""], found)
    return list(dict.fromkeys(found))


def _gather(tree: Tree, before: list[str], found: list[tuple[str, str]]) -> None:
    for index, (kind, value) in enumerate(tree):
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            if value[1] >= _MANY:
                found.extend((b, sample) for b in before[:2] for sample in _samples(value[2], 8) if sample)
            _gather(value[2], before, found)
        else:
            for inner in _inside(kind, value):
                _gather(inner, before, found)
        before = [b + s for b in before for s in _samples(tree[index : index + 1], 2)][:3]


def _inside(kind: Any, value: Any) -> Sequence[Tree]:
    if kind is sre.SUBPATTERN:
        return (value[-1],)
    if kind is sre.BRANCH:
        return tuple(value[1])
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return (value[1],)
    return (value,) if kind is sre.ATOMIC_GROUP else ()


def _samples(tree: Tree, most: int) -> list[str]:
    """A few short texts that an expression matches."""
    found = [""]
    for kind, value in tree:
        ways = list(dict.fromkeys(_ways(kind, value, most)))
        each = max(1, most // len(found)) if len(found) * len(ways) > 3 * most else len(ways)
        found = [text + way for text in found for way in ways[:each]][:most]
    return list(dict.fromkeys(found))


def _ways(kind: Any, value: Any, most: int) -> list[str]:
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind is sre.NOT_LITERAL:
        return [c for c in "a1 ." if ord(c) != value][:2]
    if kind is sre.ANY:
        return ["a", " "]
    if kind is sre.IN:
        return _members(value)[:6]
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        inner = _samples(value[2], 3)
        return [sample * value[0] for sample in inner] if value[0] else ["", *inner]
    if kind is sre.BRANCH:
        return [sample for branch in value[1] for sample in _samples(branch, 2)]
    if kind in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _samples(value[-1] if kind is sre.SUBPATTERN else value, most)
    return [""]


def _members(items: Tree) -> list[str]:
    """Characters of a class."""
    if items[0][0] is sre.NEGATE:
        return [c for c in _LETTERS if not any(_holds(c, *item) for item in items[1:])] or ["\x02"]
    found: list[str] = []
    for kind, value in items:
        if kind is sre.LITERAL:
            found.append(chr(value))
        elif kind is sre.RANGE:
            found += [chr(value[0]), chr(sum(value) // 2)]
        elif kind is sre.CATEGORY:
            found += _CLASSES[value]
    return found or ["a"]


def _holds(char: str, kind: Any, value: Any) -> bool:
    if kind is sre.LITERAL:
        return ord(char) == value
    if kind is sre.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    word, space, digit = char.isalnum() or char == "_", char.isspace(), char.isdigit()
    return {
        sre.CATEGORY_WORD: word,
        sre.CATEGORY_NOT_WORD: not word,
        sre.CATEGORY_SPACE: space,
        sre.CATEGORY_NOT_SPACE: not space,
        sre.CATEGORY_DIGIT: digit,
        sre.CATEGORY_NOT_DIGIT: not digit,
    }.get(value, False)
