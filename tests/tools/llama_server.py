"""Serves a GGUF file over the chat-completions protocol: `python llama_server.py FILE`. Prints the address, ends with stdin."""

from __future__ import annotations

import sys

import xllamacpp  # type: ignore[import-not-found]  # fetched into .tools/ by the tests that need it

settings = xllamacpp.CommonParams()
settings.model.path = sys.argv[1]
settings.hostnames = ["127.0.0.1"]
settings.port = 0
settings.n_ctx = 8192
settings.n_parallel = 2
settings.n_predict = 64
settings.cpuparams.n_threads = 2
server = xllamacpp.Server(settings)
print(server.listening_address, flush=True)
sys.stdin.read()
