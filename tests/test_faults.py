"""Every way in which a server can fail a question, and what comes of it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable

import pytest

from clarifier.assist.model import Asker, Manners
from clarifier.assist.questions import Answer, Request, Stopped, Unanswered
from clarifier.assist.secrets import CannotAsk, Endpoint, endpoint

from .fault_server import Body, FaultServer, Reply, completion, well

KEY = "sk-test-0123456789abcdef"
QUICK = Manners(concurrency=4, attempts=4, timeout=1.0, pause=0.02)
REQUEST = Request("m", ({"role": "user", "content": "Hello"},), 32)
SCHEMA = {"type": "object", "properties": {"score": {"type": "integer"}}}


async def ask(server: FaultServer, request: Request = REQUEST, manners: Manners = QUICK) -> tuple[Answer, Asker]:
    async with Asker(Endpoint(KEY, server.url), manners) as asker:
        return await asker.ask(request), asker


def first(faulty: Callable[[Body], Reply], times: int = 2) -> Callable[[int, Body], Reply]:
    return lambda number, body: faulty(body) if number < times else well(body)


FAULTS = {
    "429": lambda body: Reply({"error": {"message": "slow down"}}, 429, {"Retry-After": "0.1"}),
    "429 in milliseconds": lambda body: Reply({"error": {"message": "slow down"}}, 429, {"retry-after-ms": "50"}),
    "429 with a date long past": lambda body: Reply({}, 429, {"Retry-After": "Mon, 01 Jan 2001 00:00:00 GMT"}),
    "429 with nonsense": lambda body: Reply("?", 429, {"Retry-After": "soon"}),
    "500": lambda body: Reply({"error": {"message": "oops"}}, 500),
    "502 in HTML": lambda body: Reply("<html>Bad gateway</html>", 502),
    "503": lambda body: Reply({}, 503),
    "408": lambda body: Reply({}, 408),
    "not JSON": lambda body: Reply("{"),
    "empty": lambda body: Reply(""),
    "JSON of another shape": lambda body: Reply({"choices": []}),
    "null": lambda body: Reply("null"),
    "no content": lambda body: Reply(completion(None)),
    "HTML with 200": lambda body: Reply("<html>Log in</html>"),
    "cut off": lambda body: Reply(completion("x" * 2000), cut=200),
    "reset": lambda body: Reply({}, reset=True),
    "slow": lambda body: Reply(completion("late"), hold=threading.Event()),
    "dripping": lambda body: Reply(completion("slowly"), drip=True),
}


@pytest.mark.parametrize("kind", FAULTS)
async def test_a_passing_fault_is_survived(kind: str) -> None:
    faulty = FAULTS[kind]
    manners = Manners(4, 4, 0.3, 0.02) if kind in ("slow", "dripping") else QUICK
    with FaultServer(first(faulty)) as server:
        answer, asker = await ask(server, manners=manners)
    assert answer == Answer("An answer to: Hello", 11, 7)
    assert len(server.requests) == 3
    assert sum(asker.tally.faults.values()) == 2


@pytest.mark.parametrize("kind", ["429", "500", "not JSON", "cut off", "reset"])
async def test_a_lasting_fault_ends_one_question_only(kind: str) -> None:
    faulty = FAULTS[kind]
    with FaultServer(lambda number, body: faulty(body)) as server, pytest.raises(Unanswered) as raised:
        await ask(server)
    assert len(server.requests) == QUICK.attempts
    assert KEY not in str(raised.value)


async def test_no_server_at_all() -> None:
    with FaultServer() as server:
        url = server.url
    async with Asker(Endpoint(KEY, url), QUICK) as asker:
        with pytest.raises(Unanswered, match="no connection 4 times"):
            await asker.ask(REQUEST)


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_refusal_of_all_ends_the_run_without_the_key(status: int) -> None:
    said = Reply({"error": {"message": f"Incorrect API key provided: {KEY}, see {KEY[:7]}****cdef"}}, status)
    with FaultServer(lambda number, body: said) as server, pytest.raises(CannotAsk) as raised:
        await ask(server)
    assert len(server.requests) == 1
    assert KEY not in str(raised.value)
    assert KEY[:7] not in str(raised.value)


async def test_an_empty_account_is_not_asked_again() -> None:
    spent = Reply({"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}, 429)
    with FaultServer(lambda number, body: spent) as server, pytest.raises(CannotAsk, match="quota"):
        await ask(server)
    assert len(server.requests) == 1


async def test_who_is_told_to_slow_down_slows_down_for_all() -> None:
    slow = Reply({}, 429, {"Retry-After": "0.4"})
    with FaultServer(lambda number, body: slow if number == 0 else well(body)) as server:
        async with Asker(Endpoint(KEY, server.url), Manners(1, 4, 5, 0.02)) as asker:
            begun = asyncio.get_running_loop().time()
            await asyncio.gather(*(asker.ask(REQUEST) for _ in range(3)))
            assert asyncio.get_running_loop().time() - begun >= 0.4
    assert len(server.requests) == 4


async def test_never_more_than_agreed_at_once() -> None:
    gate = threading.Event()
    threading.Timer(0.5, gate.set).start()

    def script(number: int, body: Body) -> Reply:
        reply = well(body)
        reply.hold = gate
        return reply

    with FaultServer(script) as server:
        async with Asker(Endpoint(KEY, server.url), Manners(3, 2, 10, 0.02)) as asker:
            await asyncio.gather(*(asker.ask(REQUEST) for _ in range(12)))
    assert server.busiest == 3


async def test_options_that_a_model_refuses_are_left_out_from_then_on() -> None:
    def picky(number: int, body: Body) -> Reply:
        for option in ("max_tokens", "temperature", "response_format"):
            if option in body:
                return Reply({"error": {"message": f"Unsupported parameter: '{option}' is not supported with this model."}}, 400)
        return well(body)

    request = Request("m", REQUEST.messages, 32, 0.0, SCHEMA)
    with FaultServer(picky) as server:
        async with Asker(Endpoint(KEY, server.url), QUICK) as asker:
            assert (await asker.ask(request)).text
            tries = len(server.requests)
            assert (await asker.ask(request)).text
    assert tries == 4
    assert len(server.requests) == 5
    assert server.requests[-1]["max_completion_tokens"] == 32


async def test_a_refused_question_does_not_stop_others() -> None:
    refused = Reply({"error": {"message": "The prompt was refused by the content filter."}}, 400)
    with FaultServer(lambda number, body: refused) as server, pytest.raises(Unanswered, match="content filter"):
        await ask(server)
    assert len(server.requests) == 1


async def test_an_answer_at_the_token_limit_is_marked_and_a_refusal_is_an_answer() -> None:
    with FaultServer(lambda number, body: Reply(completion("Half a sen", "length"))) as server:
        assert (await ask(server))[0].cut
    with FaultServer(lambda number, body: Reply(completion(None, refusal="I cannot help with that."))) as server:
        assert (await ask(server))[0].text == "I cannot help with that."


async def test_stopping_ends_waiting_at_once() -> None:
    with FaultServer(lambda number, body: Reply({}, 429, {"Retry-After": "500"})) as server:
        async with Asker(Endpoint(KEY, server.url), QUICK) as asker:
            waiting = asyncio.ensure_future(asker.ask(REQUEST))
            while not asker.tally.waited:
                await asyncio.sleep(0.01)
            asker.stop.set()
            with pytest.raises(Stopped):
                await asyncio.wait_for(waiting, 2)


async def test_a_key_that_a_server_sends_back_is_not_kept() -> None:
    with FaultServer(lambda number, body: Reply(completion(f"Your key is {KEY}."))) as server:
        assert (await ask(server))[0].text == "Your key is [key]."


def test_keys_and_endpoints_come_from_the_environment_given() -> None:
    assert endpoint({"OPENAI_API_KEY": KEY}) == Endpoint(KEY, None)
    assert endpoint({"OPENAI_BASE_URL": "http://localhost:8080/v1"}).key == "none"
    with pytest.raises(CannotAsk, match="OPENAI_API_KEY"):
        endpoint({})
    with pytest.raises(CannotAsk, match="http"):
        endpoint({"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "file:///etc/passwd"})
    with pytest.raises(CannotAsk, match="key"):
        endpoint({"OPENAI_API_KEY": KEY + "\n"})


def test_a_key_goes_to_no_other_address() -> None:
    both = {"OPENAI_API_KEY": KEY, "CLARIFIER_GRADER_BASE_URL": "http://elsewhere/v1"}
    assert endpoint(both, "GRADER") == Endpoint("none", "http://elsewhere/v1")
    assert endpoint(both | {"CLARIFIER_GRADER_API_KEY": "other-key-0"}, "GRADER").key == "other-key-0"
    assert endpoint(both).base_url is None


def test_no_representation_shows_a_key() -> None:
    shown = Endpoint(KEY, f"https://user:{KEY}@host/v1")
    assert KEY not in repr(shown) + str(shown) + shown.host + shown.redacted(f"Bearer {KEY} at https://me:secret@host/")
    assert "secret" not in shown.redacted("https://me:secret@host/")
    assert json.dumps(shown.redacted("nothing to hide")) == '"nothing to hide"'
