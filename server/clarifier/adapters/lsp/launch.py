"""Starting the language server."""

from __future__ import annotations

import logging
import sys

from pygls.exceptions import JsonRpcException

from clarifier.adapters.failures import CannotRun
from clarifier.adapters.lsp import features
from clarifier.adapters.lsp import server as server_module
from clarifier.adapters.lsp.server import Clarifier

# What pygls logs of a message that does not fit its method, with a traceback as its argument.
_UNREADABLE = "Unable to deserialize message\n%s"


def _without_traceback(record: logging.LogRecord) -> bool:
    """Let a record pass; what was refused for a stated reason, or is no message, needs no traceback."""
    problem = record.exc_info[1] if record.exc_info else None
    if isinstance(problem, JsonRpcException | ValueError | RecursionError):
        record.msg, record.args, record.exc_info = "%s: %s", (record.getMessage(), problem), None
    elif record.msg == _UNREADABLE:
        record.msg, record.args = "%s", (record.getMessage().strip().rpartition("\n")[2].strip(" |"),)
    return True


def create() -> Clarifier:
    """A server with all its handlers."""
    server = Clarifier()
    for name in ("pygls.protocol.json_rpc", "pygls.server", server_module.__name__):
        logging.getLogger(name).addFilter(_without_traceback)
    features.register(server)
    return server


def serve_stdio() -> None:
    """Serve one client over standard input and output, until it says goodbye."""
    if sys.stdin is None or sys.stdout is None:
        raise CannotRun("an editor is served over standard input and output, and one of them is closed")
    # Whoever answers the author waits no longer than this for a thread that analyses.
    sys.setswitchinterval(0.001)
    # Unbuffered, standard output would tear long messages apart; and nothing but the protocol may write to it.
    out = open(sys.stdout.fileno(), "wb", closefd=False)  # noqa: SIM115  # open until the process ends
    sys.stdout = sys.stderr
    create().serve(sys.stdin.fileno(), out)


def serve_tcp(host: str, port: int) -> None:
    """Serve one client over TCP, for debugging."""
    create().start_tcp(host, port)
