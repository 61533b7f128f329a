"""Starting the language server."""

from __future__ import annotations

import sys

from clarifier.adapters.lsp import actions, commands, lifecycle, moving, showing
from clarifier.adapters.lsp.server import Clarifier


def create() -> Clarifier:
    """A server with all its handlers."""
    server = Clarifier()
    for handlers in (lifecycle, showing, moving, actions, commands):
        handlers.register(server)
    return server


def serve_stdio() -> None:
    """Serve one client over standard input and output, until it says goodbye."""
    # Unbuffered, standard output would tear long messages apart; and nothing but the protocol may write to it.
    out = open(sys.stdout.fileno(), "wb", closefd=False)  # noqa: SIM115  # open until the process ends
    sys.stdout = sys.stderr
    create().start_io(stdout=out)


def serve_tcp(host: str, port: int) -> None:
    """Serve one client over TCP, for debugging."""
    create().start_tcp(host, port)
