"""Work done once a value: what is worked out of a passage or a specification stays with it and goes with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

Value = TypeVar("Value")
Result = TypeVar("Result")


def kept(make: Callable[[Value], Result]) -> Callable[[Value], Result]:
    """A function whose result is kept in the value that it is asked about, as a cached property would be.

    Only for values that never change. An edit makes new passages only where the text is new, so what an analysis
    asks of all passages costs only what the edit touched.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def ask(value: Value) -> Result:
        held = vars(value)
        if name not in held:
            held[name] = make(value)
        return cast(Result, held[name])  # only `make` writes under its own name

    return ask
