"""What the client said it can do, as plain questions."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types


@dataclass(frozen=True)
class Client:
    """The abilities of a client that bear on what the server sends."""

    encoding: str = "utf-16"
    pulls: bool = False
    refreshes_diagnostics: bool = False
    refreshes_lenses: bool = False
    refreshes_hints: bool = False
    markdown: bool = True
    versioned_edits: bool = False
    file_operations: frozenset[str] = frozenset()
    annotations: bool = False
    applies_edits: bool = False
    shows_documents: bool = False
    shows_progress: bool = False
    watches_files: bool = False
    registers_configuration: bool = False
    nested_symbols: bool = False
    literal_actions: bool = False
    related: bool = False
    tags: bool = False
    link_tooltips: bool = False


def client_of(params: types.InitializeParams, encoding: str) -> Client:
    """What the parameters of `initialize` say."""
    has = params.capabilities
    document = has.text_document or types.TextDocumentClientCapabilities()
    workspace = has.workspace or types.WorkspaceClientCapabilities()
    window = has.window or types.WindowClientCapabilities()
    edit = workspace.workspace_edit or types.WorkspaceEditClientCapabilities()
    published = document.publish_diagnostics or types.PublishDiagnosticsClientCapabilities()
    operations = frozenset(str(kind.value) for kind in edit.resource_operations or ())
    refreshes = bool(workspace.diagnostics and workspace.diagnostics.refresh_support)
    formats = document.hover.content_format if document.hover else None
    return Client(
        encoding=encoding,
        # Findings also change without an edit: a model is loaded, another file is saved. Without a way to say so,
        # a client that fetches would keep what it has, so it is sent diagnostics instead.
        pulls=document.diagnostic is not None and refreshes,
        refreshes_diagnostics=refreshes,
        refreshes_lenses=bool(workspace.code_lens and workspace.code_lens.refresh_support),
        refreshes_hints=bool(workspace.inlay_hint and workspace.inlay_hint.refresh_support),
        markdown=not formats or types.MarkupKind.Markdown in formats,
        # Neovim lists file operations without `documentChanges`, in which alone they can stand, and takes both.
        versioned_edits=bool(edit.document_changes) or bool(operations),
        file_operations=operations,
        annotations=edit.change_annotation_support is not None,
        applies_edits=bool(workspace.apply_edit),
        shows_documents=bool(window.show_document and window.show_document.support),
        shows_progress=bool(window.work_done_progress),
        watches_files=bool(workspace.did_change_watched_files and workspace.did_change_watched_files.dynamic_registration),
        registers_configuration=bool(
            workspace.did_change_configuration and workspace.did_change_configuration.dynamic_registration
        ),
        nested_symbols=bool(document.document_symbol and document.document_symbol.hierarchical_document_symbol_support),
        literal_actions=bool(document.code_action and document.code_action.code_action_literal_support),
        related=bool(published.related_information or (document.diagnostic and document.diagnostic.related_information)),
        link_tooltips=bool(document.document_link and document.document_link.tooltip_support),
        tags=bool(published.tag_support or (document.diagnostic and document.diagnostic.tag_support)),
    )
