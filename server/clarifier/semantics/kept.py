"""Work done once a value: what is worked out of a passage or a specification stays with it and goes with it.

Of a specification it may also be carried on to the one after an edit, if nothing that it was worked out of has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

Value = TypeVar("Value")
Result = TypeVar("Result")
Facts = TypeVar("Facts")


class Carrying(Protocol):
    """What holds the results that were carried on from before, by name, each with the facts that it was worked out of."""

    @property
    def carried(self) -> dict[str, Any]:
        """The results and their facts."""


Whole = TypeVar("Whole", bound=Carrying)


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


def hand_on(ask: Callable[[Value], Result], old: Value, new: Value) -> None:
    """Keep with one value what was worked out of another that says the same."""
    new.__dict__[f"{ask.__module__}.{ask.__qualname__}"] = ask(old)


def carried(facts: Callable[[Whole], Facts]) -> Callable[[Callable[[Facts], Result]], Callable[[Whole], Result]]:
    """A function that sees some facts of a whole specification and nothing else.

    While an edit leaves them as they were, the result is the very one of before: what depends on it can be compared at a glance.
    """

    def over(make: Callable[[Facts], Result]) -> Callable[[Whole], Result]:
        name = f"{make.__module__}.{make.__qualname__}"

        @kept
        @wraps(make)
        def ask(whole: Whole) -> Result:
            now = facts(whole)
            before: tuple[Facts, Result] | None = whole.carried.get(name)
            result = before[1] if before is not None and before[0] == now else make(now)
            whole.carried[name] = now, result
            return result

        return ask

    return over
