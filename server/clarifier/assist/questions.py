"""Questions to a model and its answers, as values: what may be asked, kept and counted without asking anybody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clarifier.assist.secrets import Endpoint

Message = Mapping[str, Any]


class Unanswered(Exception):
    """Why one question got no answer though others may, in a few words that hold no secret."""


class Stopped(Exception):
    """The user has stopped the run before this question was asked."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question to a model. `schema` asks for JSON of this shape; `temperature` None leaves the model's own."""

    model: str
    messages: tuple[Message, ...]
    max_tokens: int
    temperature: float | None = None
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, what it cost, and whether the token limit cut it off."""

    text: str
    tokens_in: int
    tokens_out: int
    cut: bool = False


def read_answer(body: object, endpoint: Endpoint) -> Answer:
    """The answer in a chat completion's body. Raises ValueError for what is none."""
    match body:
        case {"choices": [{"message": {"content": str(text)} as message, **choice}, *_]}:
            text = text or str(message.get("refusal") or "")
        case {"choices": [{"message": {"refusal": str(text)}, **choice}, *_]}:
            pass
        case {"choices": [{"message": {"tool_calls": [*calls]}, **choice}, *_]} if calls:
            text = json.dumps(calls, ensure_ascii=False)
        case _:
            raise ValueError("no chat completion")
    match body:
        case {"usage": dict(spent)}:
            pass
        case _:
            spent = {}
    return Answer(
        endpoint.kept(text),
        _count(spent.get("prompt_tokens")),
        _count(spent.get("completion_tokens")),
        choice.get("finish_reason") == "length",
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0


def estimate(messages: Sequence[Message]) -> int:
    """About how many tokens messages have: one for four characters, and a few for each message."""
    return sum(4 + len(str(m.get("content") or m.get("tool_calls") or "")) // 4 for m in messages)
