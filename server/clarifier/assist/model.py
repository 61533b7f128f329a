"""Asks a model: bounded concurrency, retries, timeouts. The only module that knows openai."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import openai

from clarifier.assist.questions import Answer, Request, Stopped, Unanswered, read_answer
from clarifier.assist.secrets import CannotAsk, Endpoint, endpoint

_LONGEST_PAUSE = 60.0
_LONGEST_OBEYED = 600.0
_MARK = "clarifier"
_MOST_BATCHES = 1_000


@dataclass(frozen=True)
class Manners:
    """How an endpoint is asked: at most `concurrency` at once, `attempts` each, `timeout` and first `pause` in seconds."""

    concurrency: int = 8
    attempts: int = 6
    timeout: float = 120.0
    pause: float = 1.0


@dataclass
class Tally:
    """What was asked of an endpoint and what went wrong on the way."""

    asked: int = 0
    retried: int = 0
    waited: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)

    def fault(self, kind: str) -> None:
        """Count a fault of a kind."""
        self.faults[kind] = self.faults.get(kind, 0) + 1


class Asker:
    """Asks the models of one endpoint. Use as an asynchronous context manager; `stop` ends it between questions."""

    def __init__(self, endpoint: Endpoint, manners: Manners | None = None, stop: asyncio.Event | None = None) -> None:
        self.endpoint = endpoint
        self.manners = manners or Manners()
        self.tally = Tally()
        self.stop = stop or asyncio.Event()
        self._slots = asyncio.Semaphore(self.manners.concurrency)
        self._quiet_until = 0.0
        self._refused: dict[str, set[str]] = {}
        # An explicit address keeps the client from taking one of another variable.
        self._client = openai.AsyncOpenAI(
            api_key=endpoint.key,
            base_url=endpoint.base_url or "https://api.openai.com/v1",
            timeout=self.manners.timeout,
            max_retries=0,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._client.close()

    async def ask(self, request: Request) -> Answer:
        """The model's answer. Raises Unanswered for this question, CannotAsk for all, Stopped at the user's wish."""
        async with self._slots:
            for attempt in range(self.manners.attempts):
                await self._wait_out()
                try:
                    return await self._once(request)
                except _Again as again:
                    self.tally.fault(again.kind)
                    last = again
                if last.adapted:
                    continue
                if attempt + 1 < self.manners.attempts:
                    self.tally.retried += 1
                    pause = min(_LONGEST_PAUSE, self.manners.pause * 2**attempt) * random.uniform(0.5, 1.0)
                    self._be_quiet(max(pause, last.after)) if last.everyone else await self._pause(pause)
        raise Unanswered(f"{last.kind} {self.manners.attempts} times")

    def body(self, request: Request) -> dict[str, Any]:
        """The request as the endpoint takes it, without what its models have refused before."""
        refused = self._refused.get(request.model, set())
        body: dict[str, Any] = {"model": request.model, "messages": [dict(m) for m in request.messages]}
        # OpenAI has renamed the limit and refuses the old name for some models; other servers know the old one.
        new_name = self.endpoint.is_openai != ("limit" in refused)
        body["max_completion_tokens" if new_name else "max_tokens"] = request.max_tokens
        if request.temperature is not None and "temperature" not in refused:
            body["temperature"] = request.temperature
        if request.schema is not None and "response_format" not in refused:
            shape = {"name": "answer", "strict": True, "schema": dict(request.schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": shape}
        return body

    async def hand_in(self, name: str, content: bytes, mark: str) -> str:
        """Hand in a file of requests as a batch of OpenAI's Batch API, with a mark on it; its ID. Raises CannotAsk."""
        with self._batch_errors():
            file = await self._client.files.create(file=(name, content), purpose="batch")
            batch = await self._client.batches.create(
                input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h", metadata={_MARK: mark}
            )
        return batch.id

    async def batch_marked(self, mark: str) -> str | None:
        """The ID of the batch that bears a mark, among the newest; None if there is none. Raises CannotAsk."""
        with self._batch_errors():
            seen = 0
            async for batch in self._client.batches.list(limit=100):
                seen += 1
                if (batch.metadata or {}).get(_MARK) == mark:
                    return batch.id
                if seen == _MOST_BATCHES:
                    break
        return None

    async def batch(self, batch_id: str) -> tuple[str, str]:
        """How a batch stands, and what it holds if it has ended. Raises CannotAsk."""
        with self._batch_errors():
            batch = await self._client.batches.retrieve(batch_id)
            if not batch.output_file_id:
                return batch.status, ""
            content = await self._client.files.content(batch.output_file_id)
        return batch.status, content.text

    @contextmanager
    def _batch_errors(self) -> Iterator[None]:
        try:
            yield
        except openai.APIStatusError as error:
            said = self.endpoint.redacted(_said(error))
            raise CannotAsk(f"{self.endpoint.host} refuses the batch with status {error.status_code}: {said}") from None
        except openai.APIConnectionError:
            raise CannotAsk(f"{self.endpoint.host} cannot be reached") from None

    async def _once(self, request: Request) -> Answer:
        body = self.body(request)
        self.tally.asked += 1
        try:
            # The client's own timeout counts from byte to byte; a server that drips would hold it for ever.
            async with asyncio.timeout(self.manners.timeout):
                raw = await self._client.chat.completions.with_raw_response.create(**body)
        except (TimeoutError, openai.APITimeoutError):
            raise _Again("no answer in time") from None
        except openai.APIConnectionError as error:
            raise _Again(_connection(error)) from None
        except openai.APIStatusError as error:
            raise self._of_status(request, body, error) from None
        return self._read(raw.text)

    def _read(self, content: str) -> Answer:
        try:
            return read_answer(json.loads(content), self.endpoint)
        except ValueError:
            raise _Again("an answer that is not the JSON it should be") from None

    def _of_status(self, request: Request, body: Mapping[str, Any], error: openai.APIStatusError) -> Exception:
        status, said = error.status_code, self.endpoint.redacted(_said(error))
        if status == 429 and "insufficient_quota" in str(error.body):
            return CannotAsk(f"{self.endpoint.host} refuses: {said}")
        if status == 429 or status == 503:
            return _Again(f"status {status}", after=_retry_after(error.response.headers), everyone=True)
        if status in (408, 409) or status >= 500:
            return _Again(f"status {status}")
        if status in (401, 403, 404):
            return CannotAsk(f"{self.endpoint.host} refuses “{request.model}” with status {status}: {said}")
        if status in (400, 422):
            dropped = self._drop(request.model, said, body)
            if dropped:
                return _Again(f"no {dropped}", adapted=True)
        return Unanswered(f"refused with status {status}: {said}")

    def _drop(self, model: str, said: str, body: Mapping[str, Any]) -> str | None:
        """The option that the endpoint names as the one it does not know; it is not sent to the model again."""
        named = {
            "max_tokens": "limit",
            "max_completion_tokens": "limit",
            "temperature": "temperature",
            "response_format": "response_format",
            "json_schema": "response_format",
            "schema": "response_format",
        }
        refused = self._refused.setdefault(model, set())
        for word, option in named.items():
            if word in said and (word in body or (option == "response_format" and option in body)) and option not in refused:
                refused.add(option)
                return option
        return None

    def _be_quiet(self, seconds: float) -> None:
        """Let nobody ask for a while: who is told to slow down is told so for all."""
        self._quiet_until = max(self._quiet_until, time.monotonic() + min(seconds, _LONGEST_OBEYED))

    async def _wait_out(self) -> None:
        while (left := self._quiet_until - time.monotonic()) > 0:
            await self._pause(left + random.uniform(0, 0.1 * self.manners.pause))
        if self.stop.is_set():
            raise Stopped

    async def _pause(self, seconds: float) -> None:
        self.tally.waited += seconds
        try:
            async with asyncio.timeout(seconds):
                await self.stop.wait()
        except TimeoutError:
            return
        raise Stopped


@asynccontextmanager
async def askers(
    environment: Mapping[str, str], manners: Manners | None = None, stop: asyncio.Event | None = None
) -> AsyncIterator[tuple[Asker, Asker]]:
    """Who asks the model under test, and who asks the grader. Raises CannotAsk if the environment names no endpoint."""
    sampling, judging = endpoint(environment), endpoint(environment, "GRADER")
    async with Asker(sampling, manners, stop) as sampler:
        if judging == sampling:
            # One endpoint is one Asker, so that the concurrency is what the user said.
            yield sampler, sampler
            return
        async with Asker(judging, manners, sampler.stop) as grader:
            yield sampler, grader


class _Again(Exception):
    """A fault after which asking again may help; `adapted`: at once and in another way."""

    def __init__(self, kind: str, after: float = 0.0, everyone: bool = False, adapted: bool = False) -> None:
        super().__init__(kind)
        self.kind, self.after, self.everyone, self.adapted = kind, after, everyone, adapted


def _said(error: openai.APIStatusError) -> str:
    """What the endpoint says of a refusal, shortened to a sentence."""
    body = error.body
    said = body.get("message") if isinstance(body, dict) else None
    return " ".join(str(said or error.message).split())[:300]


def _connection(error: openai.APIConnectionError) -> str:
    cause = type(error.__cause__).__name__ if error.__cause__ is not None else ""
    return "an answer cut off" if cause in ("RemoteProtocolError", "ReadError", "DecodingError") else "no connection"


def _retry_after(headers: Mapping[str, str]) -> float:
    value = headers.get("retry-after-ms")
    try:
        if value:
            return float(value) / 1000
        return float(headers.get("retry-after") or 0)
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(headers.get("retry-after", "")).timestamp() - time.time())
    except ValueError:
        return 0.0
