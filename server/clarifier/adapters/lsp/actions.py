"""What the author can do at a place: fixes, and being asked."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence

from lsprotocol import types

from clarifier.adapters.lsp.changing import can_send, to_workspace_edit
from clarifier.adapters.lsp.convert import Positions, to_path
from clarifier.adapters.lsp.server import Clarifier
from clarifier.engine.analysis import Analysis
from clarifier.engine.answers import Dismiss, LeaveOpen, answer_edits
from clarifier.engine.findings import Finding
from clarifier.engine.views.asking import REASONS, typed_answers
from clarifier.engine.views.changes import Fix
from clarifier.engine.views.fixes import fixes
from clarifier.engine.views.precedents import offers
from clarifier.engine.views.quoting import shortened
from clarifier.text.source import Source, Span

ASK = "clarifier.ask"
CREATE = "clarifier.createPrompts"


async def _actions(ls: Clarifier, params: types.CodeActionParams) -> list[types.CodeAction]:
    path = to_path(params.text_document.uri)
    await ls.schedule.settled(path)
    positions = ls.session.positions(path)
    if positions is None:
        return []
    rewrites = (
        _with_model(ls, path, positions.from_range(params.range))
        if _wanted(params.context.only, types.CodeActionKind.RefactorRewrite)
        else []
    )
    if not _wanted(params.context.only, types.CodeActionKind.QuickFix):
        return rewrites
    # By place, never by the diagnostics in the context: ALE drops `data` and `source` from those.
    span = positions.from_range(params.range)
    found = ls.session.findings(path)
    offered = [*fixes(ls.session.analyses, found, span)]
    analysis = ls.session.analyses.get(path)
    actions: list[types.CodeAction] = []
    if analysis is not None:
        offered = [*typed_answers(analysis, span), *offered]
    for fix in offered:
        if can_send(ls.session, fix.changes):
            actions.append(_as_action(ls, fix))
        elif fix.finding is not None and fix.finding.rule == "missing-prompts" and analysis is not None:
            # This client cannot make files, the server can.
            command = types.Command(title=fix.title, command=CREATE, arguments=[ls.session.uri(path), fix.finding.clause])
            actions.append(
                types.CodeAction(
                    title=fix.title, kind=types.CodeActionKind.QuickFix, diagnostics=[_diagnostic(ls, fix.finding)], command=command
                )
            )
    touched = [f for f in found if f.span.touches(span)]
    actions += [_as_question(ls, finding) for finding in touched if finding.question is not None]
    for finding in touched:
        if analysis is not None and finding.path == path:
            actions += _without_reading(ls, analysis, finding)
    return [*actions, *rewrites]


def _with_model(ls: Clarifier, path: str, span: Span) -> list[types.CodeAction]:
    """What a model can do for the clause whose ID is at a span, where the user has named a model."""
    analysis = ls.session.analyses.get(path)
    if analysis is None or not ls.session.client.applies_edits:
        return []
    actions = []
    for offer in offers(analysis.specification, span, bool(os.environ.get("CLARIFIER_MODEL"))):
        command = types.Command(title=offer.title, command=offer.command, arguments=[ls.session.uri(path), offer.clause])
        actions.append(types.CodeAction(title=offer.title, kind=types.CodeActionKind.RefactorRewrite, command=command))
    return actions


def _without_reading(ls: Clarifier, analysis: Analysis, finding: Finding) -> Iterator[types.CodeAction]:
    """Marking a finding as open, and allowing it with a reason."""
    opened = answer_edits(analysis, finding, LeaveOpen())
    if opened:
        yield _as_action(ls, Fix(f"Leave open: insert “{shortened(opened[0].text.strip())}”", opened, finding))
    if ls.session.client.applies_edits:
        # Which reason it is, the author is asked when the action is chosen.
        arguments = [ls.session.uri(finding.path), finding.fingerprint, {"kind": "dismiss"}]
        command = types.Command(title="Allow", command="clarifier.answer", arguments=arguments)
        diagnostics = [_diagnostic(ls, finding)]
        yield types.CodeAction(
            title=f"Allow “{finding.rule}” here, and say why…",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=diagnostics,
            command=command,
        )
        return
    for reason in REASONS:
        edits = answer_edits(analysis, finding, Dismiss(reason))
        if edits:
            yield _as_action(ls, Fix(f"Allow “{finding.rule}” here because {reason}", edits, finding))


def _wanted(only: Sequence[types.CodeActionKind | str] | None, kind: types.CodeActionKind) -> bool:
    """Whether the client asks for actions of a kind, or of a kind above it."""
    asked = [kind.value if isinstance(kind, types.CodeActionKind) else kind for kind in only or ("",)]
    return any(not above or kind.value == above or kind.value.startswith(f"{above}.") for above in asked)


def _as_action(ls: Clarifier, fix: Fix) -> types.CodeAction:
    return types.CodeAction(
        title=fix.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(ls, fix.finding)] if fix.finding is not None else None,
        is_preferred=fix.preferred or None,
        edit=to_workspace_edit(ls.session, fix.changes, fix.title if fix.needs_consent else None),
    )


def _as_question(ls: Clarifier, finding: Finding) -> types.CodeAction:
    command = types.Command(title="Ask", command=ASK, arguments=[ls.session.uri(finding.path), finding.fingerprint])
    title = f"Ask: {finding.question}"
    return types.CodeAction(
        title=title, kind=types.CodeActionKind.QuickFix, diagnostics=[_diagnostic(ls, finding)], command=command
    )


def _diagnostic(ls: Clarifier, finding: Finding) -> types.Diagnostic:
    positions = ls.session.positions(finding.path) or Positions(Source(finding.path, ""), ls.session.client.encoding)
    return ls.protocol.as_value(json.loads(ls.session.writer.diagnostic(finding, positions)), types.Diagnostic)


# What makes the server offer actions.
HANDLERS = {
    types.TEXT_DOCUMENT_CODE_ACTION: _actions,
}
