"""`python -m clarifier` and the `clarifier` command."""

from __future__ import annotations

import gc
import importlib
import sys

from clarifier.adapters.ending import guarded

# Little of what a command makes is let go before it ends: to look for it again and again takes a tenth of the time.
gc.set_threshold(100_000, 20, 20)


def main() -> None:
    """Run the command line; bad input ends with status 2 and one sentence."""
    guarded(_run)


def _run() -> None:
    """What editors and scripts call bare is not kept waiting for what reads options."""
    command, *arguments = sys.argv[1:] or [""]
    if command == "lsp" and not arguments:
        importlib.import_module("clarifier.adapters.lsp.launch").serve_stdio()
    elif command == "ids" and arguments and not any(argument.startswith("-") for argument in arguments):
        importlib.import_module("clarifier.adapters.identifying").show(arguments)
    else:
        importlib.import_module("clarifier.adapters.cli").run(sys.argv[1:])


if __name__ == "__main__":
    main()
