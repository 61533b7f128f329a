"""One file, one rule. `RULES` holds those found, by name in alphabetical order; adding a file adds a rule."""

from __future__ import annotations

import importlib
import pkgutil

from clarifier.rules._rule import Rule


def _found() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        if module.name.startswith("_"):
            continue
        rule = getattr(importlib.import_module(f"{__name__}.{module.name}"), module.name)
        rules[rule.name] = rule
    return rules


RULES = _found()
