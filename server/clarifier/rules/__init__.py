"""One file, one rule. `RULES` holds those found, by name in alphabetical order; adding a file adds a rule."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cached_property

from clarifier.rules._rule import Rule


class _Rules(Mapping[str, Rule]):
    """The rules by name. They are imported when first asked for: commands that look at no rule do not wait for them."""

    @cached_property
    def _found(self) -> dict[str, Rule]:
        rules: dict[str, Rule] = {}
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
            if module.name.startswith("_"):
                continue
            rule = getattr(importlib.import_module(f"{__name__}.{module.name}"), module.name)
            rules[rule.name] = rule
        return rules

    def __getitem__(self, name: str) -> Rule:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


RULES: Mapping[str, Rule] = _Rules()
