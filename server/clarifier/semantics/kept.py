"""Work done once a value: what is worked out of a passage or a specification stays with it and goes with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

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
        # Asked some thousand times after each keystroke, so nothing is called that need not be.
        held: dict[str, Result] = value.__dict__  # only `make` writes under its own name
        try:
            return held[name]
        except KeyError:
            held[name] = result = make(value)
            return result

    return ask
