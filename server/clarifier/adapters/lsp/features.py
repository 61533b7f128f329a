"""What the server offers, before any of it is imported: each feature and command with the module that has its handler."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from clarifier.adapters.lsp.server import Clarifier

FEATURES: dict[str, tuple[str, ...]] = {
    "lifecycle": (
        types.INITIALIZED,
        types.TEXT_DOCUMENT_DID_SAVE,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        types.WORKSPACE_DID_CHANGE_CONFIGURATION,
        types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS,
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.WORKSPACE_DIAGNOSTIC,
    ),
    "showing": (
        types.TEXT_DOCUMENT_HOVER,
        types.TEXT_DOCUMENT_CODE_LENS,
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL,
        types.WORKSPACE_SYMBOL,
        types.TEXT_DOCUMENT_COMPLETION,
        types.TEXT_DOCUMENT_INLAY_HINT,
    ),
    "moving": (
        types.TEXT_DOCUMENT_DEFINITION,
        types.TEXT_DOCUMENT_REFERENCES,
        types.TEXT_DOCUMENT_DOCUMENT_LINK,
        types.TEXT_DOCUMENT_RENAME,
        types.TEXT_DOCUMENT_PREPARE_RENAME,
    ),
    "actions": (types.TEXT_DOCUMENT_CODE_ACTION,),
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "commands": (
        "clarifier.ask",
        "clarifier.nextQuestion",
        "clarifier.questions",
        "clarifier.answer",
        "clarifier.createPrompts",
        "clarifier.openPrompts",
        "clarifier.assignIds",
        "clarifier.graph",
    ),
    "grading": ("clarifier.runPrompts", "clarifier.suggestPrompts", "clarifier.makePrecedent", "clarifier.report"),
}
OPTIONS: dict[str, object] = {
    types.TEXT_DOCUMENT_DIAGNOSTIC: types.DiagnosticOptions(
        identifier="clarifier", inter_file_dependencies=True, workspace_diagnostics=True
    ),
    types.TEXT_DOCUMENT_CODE_LENS: types.CodeLensOptions(resolve_provider=False),
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(trigger_characters=["^", "#"]),
    types.TEXT_DOCUMENT_RENAME: types.RenameOptions(prepare_provider=True),
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(
        code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.RefactorRewrite]
    ),
}
Handler = Callable[..., Awaitable[Any]]


def register(server: Clarifier) -> None:
    """Make the server offer it all. A handler is imported when the client first asks for it."""
    for module, features in FEATURES.items():
        for name in features:
            server.feature(name, OPTIONS.get(name))(_late(module, name))
    for module, commands in COMMANDS.items():
        for name in commands:
            server.command(name)(_late(module, name))
    server.feature(types.SHUTDOWN)(_shutdown)


def _late(module: str, name: str) -> Handler:
    async def handler(ls: Clarifier, *arguments: Any) -> Any:
        carry_out = importlib.import_module(f"{__package__}.{module}").HANDLERS[name]
        try:
            bound = inspect.signature(carry_out).bind(ls, *arguments)
        except TypeError as problem:
            raise JsonRpcInvalidParams(f"{name}: {problem}") from None
        return await carry_out(*bound.args)

    return handler


def _shutdown(ls: Clarifier, params: None) -> None:
    # Not a coroutine: `exit` may come with the same chunk of input, and the answer must be out before.
    ls.rest()
