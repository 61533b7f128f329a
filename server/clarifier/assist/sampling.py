"""From a prompt of a prompt file to the messages that a model under test is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from clarifier.assist.questions import Message, Request
from clarifier.semantics.rubric import digest
from clarifier.syntax.prompts import Prompt
from clarifier.syntax.transcripts import Turn

_ROLES = {
    "root": "system",
    "platform": "system",
    "system": "system",
    "developer": "developer",
    "user": "user",
    "assistant": "assistant",
}


def sample_request(prompt: Prompt, model: str, max_tokens: int, developer: bool) -> Request:
    """The request that has a model answer a prompt. Without `developer` that role is sent as system."""
    return Request(model, messages(prompt.turns, developer), max_tokens)


def conversation(prompt: Prompt) -> str:
    """A fingerprint of what a model is sent, whatever is expected of its answer."""
    return digest(json.dumps(messages(prompt.turns, True), ensure_ascii=False, sort_keys=True))


def messages(turns: Sequence[Turn], developer: bool) -> tuple[Message, ...]:
    """Turns as chat messages. An assistant's turn to a recipient is a tool call, a tool's turn its result."""
    return tuple(_messages(turns, developer))


def _messages(turns: Sequence[Turn], developer: bool) -> Iterator[dict[str, Any]]:
    calls = 0
    for index, turn in enumerate(turns):
        recipient = dict(turn.attributes).get("recipient")
        answered = index + 1 < len(turns) and turns[index + 1].role == "tool"
        if turn.role == "assistant" and recipient and answered:
            calls += 1
            called = {"name": _name(recipient), "arguments": _arguments(turn.text)}
            yield {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": f"call_{calls}", "type": "function", "function": called}],
            }
        elif turn.role == "tool":
            if index and yielded_call(turns[index - 1]):
                yield {"role": "tool", "tool_call_id": f"call_{calls}", "content": turn.text}
            else:
                # A tool that nobody called can only be told of.
                yield {"role": "user", "content": f"A tool returned:\n{turn.text}"}
        else:
            role = _ROLES[turn.role]
            yield {"role": "system" if role == "developer" and not developer else role, "content": turn.text}


def yielded_call(turn: Turn) -> bool:
    """Whether a turn is an assistant's call of a tool."""
    return turn.role == "assistant" and "recipient" in dict(turn.attributes)


def _name(recipient: str) -> str:
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "_-") else "_" for c in recipient)
    return kept[:64] or "tool"


def _arguments(text: str) -> str:
    try:
        return (
            json.dumps(json.loads(text), ensure_ascii=False)
            if isinstance(json.loads(text), dict)
            else json.dumps({"input": text}, ensure_ascii=False)
        )
    except ValueError:
        return json.dumps({"input": text}, ensure_ascii=False)
