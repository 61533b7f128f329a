"""A chat-completions server in this process that answers by script: well, late, badly or not at all."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass
class Reply:
    """What the server does with a request. `cut`: close after so many bytes; `hold`: wait for this; `drip`: byte by byte."""

    body: object
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    hold: threading.Event | None = None
    drip: bool = False
    reset: bool = False


def completion(text: str | None, finish: str = "stop", **message: object) -> Body:
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [choice],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def clause_in(body: Body) -> str:
    found = re.search(r"<clause>\n(.*?)\n</clause>", body["messages"][1]["content"], re.DOTALL)
    assert found
    return found[1]


def answer_in(body: Body) -> str:
    found = re.search(r"<answer>\n(.*?)\n</answer>", body["messages"][1]["content"], re.DOTALL)
    assert found
    return found[1]


def is_grading(body: Body) -> bool:
    return any("<clause>" in str(m["content"]) for m in body["messages"])


def grade(body: Body, score: int = 6, quote: str | None = None) -> Body:
    quote = " ".join(clause_in(body).split()[:4]) if quote is None else quote
    return completion(json.dumps({"quote": quote, "rationale": f"It says “{quote}”.", "score": score}))


def well(body: Body) -> Reply:
    """A good answer to a prompt, a good grade to an answer."""
    if is_grading(body):
        return Reply(grade(body))
    return Reply(completion(f"An answer to: {str(body['messages'][-1]['content'])[:40]}"))


class FaultServer:
    """The server; `script(number, body)` gives the reply to the request of this number, from 0."""

    def __init__(self, script: Callable[[int, Body], Reply] | None = None) -> None:
        self.script = script or (lambda number, body: well(body))
        self.requests: list[Body] = []
        self.answered: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.busiest = 0
        self._busy = 0
        self.files: dict[str, str] = {}
        self.batches: dict[str, Body] = {}
        self.batch_made = threading.Event()
        self.answers_batches = threading.Event()
        self.answers_batches.set()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> FaultServer:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def environment(self, key: str = "sk-test-0123456789abcdef") -> dict[str, str]:
        return {"OPENAI_API_KEY": key, "OPENAI_BASE_URL": self.url}

    def finish_batches(self) -> None:
        """Answer every request in the batches that were handed in."""
        for name, batch in self.batches.items():
            if batch["status"] == "completed":
                continue
            out = []
            for line in self.files[batch["input_file_id"]].split("\n"):
                if line.strip():
                    asked = json.loads(line)
                    out.append(
                        json.dumps(
                            {"custom_id": asked["custom_id"], "response": {"status_code": 200, "body": well(asked["body"]).body}}
                        )
                    )
            self.files[f"out-{name}"] = "\n".join(out)
            batch.update(status="completed", output_file_id=f"out-{name}")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
                pass

            def do_GET(self) -> None:
                name = self.path.removeprefix("/v1/")
                if name.startswith("batches?"):
                    newest = list(reversed(outer.batches.values()))
                    self._send(Reply({"object": "list", "data": newest, "has_more": False}))
                elif name.startswith("batches/"):
                    self._send(Reply(outer.batches[name.removeprefix("batches/")]))
                else:
                    content = outer.files[name.removeprefix("files/").removesuffix("/content")].encode()
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path.endswith("/files"):
                    name = f"file-{len(outer.files)}"
                    start = content.index(b'filename="')
                    outer.files[name] = (
                        content[content.index(b"\r\n\r\n", start) + 4 : content.rindex(b"\r\n--")].decode().split("\r\n--")[0]
                    )
                    return self._send(
                        Reply(
                            {
                                "id": name,
                                "object": "file",
                                "bytes": 1,
                                "created_at": 0,
                                "filename": "x",
                                "purpose": "batch",
                                "status": "processed",
                            }
                        )
                    )
                if self.path.endswith("/batches"):
                    asked = json.loads(content)
                    name = f"batch_{len(outer.batches)}"
                    batch = {"id": name, "object": "batch", "status": "in_progress", "created_at": 0, **asked}
                    outer.batches[name] = batch
                    outer.batch_made.set()
                    outer.answers_batches.wait(30)
                    return self._send(Reply(batch))
                body = json.loads(content)
                with outer._lock:
                    number = len(outer.requests)
                    outer.requests.append(body)
                    outer.headers.append({name.lower(): value for name, value in self.headers.items()})
                    outer._busy += 1
                    outer.busiest = max(outer.busiest, outer._busy)
                reply = outer.script(number, body)
                if reply.hold is not None:
                    reply.hold.wait(30)
                with outer._lock:
                    outer._busy -= 1
                    if reply.status == 200 and reply.cut is None and not reply.reset:
                        outer.answered.append(body)
                return self._send(reply)

            def _send(self, reply: Reply) -> None:
                content = reply.body.encode() if isinstance(reply.body, str) else json.dumps(reply.body).encode()
                try:
                    if reply.reset:
                        self.close_connection = True
                        self.connection.close()
                        return
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    if reply.drip:
                        for byte in content:
                            self.wfile.write(bytes([byte]))
                            self.wfile.flush()
                            time.sleep(0.05)
                    elif reply.cut is not None:
                        self.wfile.write(content[: reply.cut])
                        self.wfile.flush()
                        self.close_connection = True
                        self.connection.close()
                    else:
                        self.wfile.write(content)
                except OSError:
                    self.close_connection = True

        return Handler
