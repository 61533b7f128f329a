"""What the editor asks to be shown at a place."""

from __future__ import annotations

from lsprotocol import types

from clarifier.adapters.lsp.convert import to_path
from clarifier.adapters.lsp.server import Clarifier
from clarifier.engine.views.hover import hover


def register(server: Clarifier) -> None:
    """Make the server answer questions about places."""
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)


async def _hover(ls: Clarifier, params: types.HoverParams) -> types.Hover | None:
    path = to_path(params.text_document.uri)
    await ls.schedule.settled(path)
    positions = ls.session.positions(path)
    if positions is None:
        return None
    shown = hover(ls.session.analyses, path, positions.from_position(params.position), ls.session.findings(path))
    if shown is None:
        return None
    kind = types.MarkupKind.Markdown if ls.session.client.markdown else types.MarkupKind.PlainText
    content = types.MarkupContent(kind=kind, value=shown.markdown)
    return types.Hover(contents=content, range=positions.to_range(shown.span) if shown.span else None)
