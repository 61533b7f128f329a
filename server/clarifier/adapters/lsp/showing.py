"""What the editor asks to be shown at a place."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types

from clarifier.adapters.lsp.convert import Positions, to_path
from clarifier.adapters.lsp.server import Clarifier
from clarifier.engine.analysis import Analysis
from clarifier.engine.views.hover import hover
from clarifier.engine.views.lenses import lenses
from clarifier.engine.views.outline import Entry, outline, search
from clarifier.engine.views.writing import completions, hints
from clarifier.text.source import Source, Span

_MOST_SYMBOLS = 500


@dataclass(frozen=True)
class Page:
    """A file as it was last read: its path, the places in it, and its analysis if it is a specification."""

    path: str
    positions: Positions
    analysis: Analysis | None


async def page(ls: Clarifier, uri: str) -> Page | None:
    """The file of a URI when its text as it stands has been read; None if it is not known."""
    path = to_path(uri)
    await ls.schedule.settled(path)
    positions = ls.session.positions(path)
    return Page(path, positions, ls.session.analyses.get(path)) if positions is not None else None


async def _hover(ls: Clarifier, params: types.HoverParams) -> types.Hover | None:
    at = await page(ls, params.text_document.uri)
    if at is None:
        return None
    shown = hover(ls.session.analyses, at.path, at.positions.from_position(params.position), ls.session.findings(at.path))
    if shown is None:
        return None
    return types.Hover(contents=_markup(ls, shown.markdown), range=at.positions.to_range(shown.span) if shown.span else None)


def _markup(ls: Clarifier, text: str) -> types.MarkupContent:
    return types.MarkupContent(
        kind=types.MarkupKind.Markdown if ls.session.client.markdown else types.MarkupKind.PlainText, value=text
    )


async def _lenses(ls: Clarifier, params: types.CodeLensParams) -> list[types.CodeLens]:
    at = await page(ls, params.text_document.uri)
    if at is None or at.analysis is None:
        return []
    return [
        types.CodeLens(
            range=at.positions.to_range(lens.span),
            command=types.Command(title=lens.title, command=lens.command, arguments=[ls.session.uri(at.path), lens.clause]),
        )
        for lens in lenses(at.analysis)
    ]


async def _symbols(ls: Clarifier, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    at = await page(ls, params.text_document.uri)
    if at is None or at.analysis is None:
        return []
    if ls.session.client.nested_symbols:
        return [_symbol(entry, at.positions) for entry in outline(at.analysis)]
    return [_information(ls, at.path, entry, above) for _, entry, above in search({at.path: at.analysis}, "")]


def _symbol(entry: Entry, positions: Positions) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=entry.name,
        detail=entry.detail or None,
        kind=_kind(entry),
        range=positions.to_range(entry.span),
        selection_range=positions.to_range(entry.name_span),
        children=[_symbol(inner, positions) for inner in entry.inside],
    )


def _kind(entry: Entry) -> types.SymbolKind:
    return types.SymbolKind.Key if entry.is_clause else types.SymbolKind.Namespace


def _information(ls: Clarifier, path: str, entry: Entry, above: str) -> types.SymbolInformation:
    positions = ls.session.positions(path) or Positions(Source(path, ""))
    location = types.Location(uri=ls.session.uri(path), range=positions.to_range(entry.name_span))
    return types.SymbolInformation(name=entry.name, kind=_kind(entry), location=location, container_name=above or None)


async def _search(ls: Clarifier, params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
    for path in list(ls.session.open):
        await ls.schedule.settled(path)
    found = []
    for path, entry, above in search(ls.session.analyses, params.query):
        found.append(_information(ls, path, entry, above))
        if len(found) == _MOST_SYMBOLS:
            break
    return found


async def _complete(ls: Clarifier, params: types.CompletionParams) -> types.CompletionList:
    at = await page(ls, params.text_document.uri)
    items = []
    if at is not None and at.analysis is not None:
        for candidate in completions(at.analysis, at.positions.from_position(params.position)):
            items.append(
                types.CompletionItem(
                    label=candidate.id,
                    kind=types.CompletionItemKind.Reference,
                    detail=candidate.detail or None,
                    documentation=candidate.documentation or None,
                    text_edit=types.TextEdit(range=at.positions.to_range(candidate.span), new_text=candidate.id),
                )
            )
    return types.CompletionList(is_incomplete=False, items=items)


async def _hints(ls: Clarifier, params: types.InlayHintParams) -> list[types.InlayHint]:
    at = await page(ls, params.text_document.uri)
    if at is None or at.analysis is None:
        return []
    within: Span = at.positions.from_range(params.range)
    return [
        types.InlayHint(
            position=at.positions.to_position(hint.offset), label=hint.text, padding_left=True, tooltip=hint.more or None
        )
        for hint in hints(ls.session.analyses, at.path, within)
    ]


# What makes the server answer questions about places.
HANDLERS = {
    types.TEXT_DOCUMENT_HOVER: _hover,
    types.TEXT_DOCUMENT_CODE_LENS: _lenses,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: _symbols,
    types.WORKSPACE_SYMBOL: _search,
    types.TEXT_DOCUMENT_COMPLETION: _complete,
    types.TEXT_DOCUMENT_INLAY_HINT: _hints,
}
