"""Copies of frozen values."""

from __future__ import annotations

from typing import TypeVar

Value = TypeVar("Value")


def with_fields(value: Value, **fields: object) -> Value:
    """What `dataclasses.replace` gives, in a fifth of the time: an edit moves hundreds of findings.

    Only for frozen dataclasses without slots of which nothing is worked out that the new fields would change.
    """
    copy = object.__new__(type(value))
    copy.__dict__.update(value.__dict__)
    copy.__dict__.update(fields)
    return copy
