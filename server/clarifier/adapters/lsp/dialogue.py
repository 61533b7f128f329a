"""Asking the author and carrying out the answer, in every editor without a plug-in.

The dialogue is `window/showMessageRequest`: each reading is a button, then “Something else…”, “Leave open” and “Not ambiguous”,
which asks once more for the reason. A message request has no field to type into. “Something else…” therefore leaves room in the
text, `[NEEDS CLARIFICATION: How soon? “soon” → ]`, and puts the cursor there where the client can show a place. Typing is what an
editor is for, the room is plain text that survives a restart and is reported as an open question for as long as it is empty, and
once it is filled a code action puts the answer in place of the words at issue and logs it.
"""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from clarifier.adapters import files
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.lsp.changing import can_send, on_disk, to_workspace_edit
from clarifier.adapters.lsp.convert import Positions
from clarifier.adapters.lsp.server import Clarifier
from clarifier.adapters.writing import write_whole
from clarifier.engine.analysis import Analysis
from clarifier.engine.answers import IN_SPECIFICATION, NO_LOG, Answer, Dismiss, answer_edits, applied, log_edit, log_entry
from clarifier.engine.findings import Finding
from clarifier.engine.views.asking import NOT_AMBIGUOUS, REASONS, choices, room_for_answer, with_fingerprint
from clarifier.engine.views.changes import Change
from clarifier.rules._rule import Edit
from clarifier.text.source import Source, Span

_GONE = "The text has changed since, and this question is no longer asked."


async def ask(ls: Clarifier, path: str, fingerprint: str) -> bool:
    """Ask the author about a finding and carry out the answer; whether anything was answered."""
    finding = await _finding(ls, path, fingerprint)
    if finding is None:
        return False
    offered = choices(finding)
    where = f" ({finding.clause})" if finding.clause else ""
    title = await choose(ls, f"{finding.question or finding.message}{where}", [choice.title for choice in offered])
    chosen = next((choice for choice in offered if choice.title == title), None)
    if chosen is None:
        return False
    if chosen.answer is None:
        return await _leave_room(ls, path, fingerprint)
    return await answer(ls, path, fingerprint, chosen.answer)


async def answer(ls: Clarifier, path: str, fingerprint: str, given: Answer) -> bool:
    """Carry out an answer to a finding: edit the text, log the answer; whether that was done."""
    if isinstance(given, Dismiss) and not given.reason.strip():
        reason = await choose(ls, f"{NOT_AMBIGUOUS}: why not?", list(REASONS))
        if reason is None:
            return False
        given = Dismiss(reason)
    # The author may have typed while the question stood: it is answered for the text as it is now.
    finding = await _finding(ls, path, fingerprint)
    analysis = ls.session.analyses.get(path)
    if finding is None or analysis is None:
        return False
    edits = answer_edits(analysis, finding, given)
    if not edits:
        ls.publisher.tell("This answer changes nothing here.", types.MessageType.Info, once=False)
        return False
    if not await apply(ls, edits, "Clarifier: answer"):
        return False
    entry = log_entry(finding, given)
    if entry is not None and analysis.settings.log_answers not in (IN_SPECIFICATION, NO_LOG):
        _log(ls, path, analysis, entry)
    return True


async def apply(ls: Clarifier, changes: tuple[Change, ...] | tuple[Edit, ...], label: str) -> bool:
    """Have the editor make changes, or make those to files that it cannot; whether that was done."""
    if (
        changes
        and all(not isinstance(change, Edit) for change in changes)
        and not (ls.session.client.applies_edits and can_send(ls.session, changes))
    ):
        try:
            on_disk(changes)
        except CannotRun as problem:
            ls.publisher.tell(f"The files could not be changed: {problem}.", types.MessageType.Error, once=False)
            return False
        ls.window.changed_on_disk([change.path for change in changes])
        return True
    if not ls.session.client.applies_edits:
        ls.publisher.tell("This editor lets no server change a text: choose one of the other actions at this place.", once=False)
        return False
    edit = to_workspace_edit(ls.session, changes)
    result = await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit=edit, label=label))
    if result is None or not result.applied:
        reason = f": {result.failure_reason}" if result is not None and result.failure_reason else ""
        ls.publisher.tell(f"The editor did not make the change{reason}.", once=False)
        return False
    return True


async def show(ls: Clarifier, path: str, selection: types.Range | None = None) -> None:
    """Open a file in the editor, or say where it is."""
    if ls.session.client.shows_documents:
        params = types.ShowDocumentParams(uri=ls.session.uri(path), take_focus=True, selection=selection)
        await ls.window_show_document_async(params)
    else:
        ls.publisher.tell(path, types.MessageType.Info, once=False)


async def choose(ls: Clarifier, question: str, titles: list[str]) -> str | None:
    """The title that the author chooses; None for none."""
    actions = [types.MessageActionItem(title=title) for title in titles]
    params = types.ShowMessageRequestParams(type=types.MessageType.Info, message=question, actions=actions)
    chosen = await ls.window_show_message_request_async(params)
    return chosen.title if chosen is not None else None


async def _finding(ls: Clarifier, path: str, fingerprint: str) -> Finding | None:
    await ls.schedule.settled(path)
    finding = with_fingerprint(ls.session.findings(path), fingerprint)
    if finding is None:
        ls.publisher.tell(_GONE, types.MessageType.Info, once=False)
    return finding


async def _leave_room(ls: Clarifier, path: str, fingerprint: str) -> bool:
    finding = await _finding(ls, path, fingerprint)
    analysis = ls.session.analyses.get(path)
    if finding is None or analysis is None:
        return False
    if finding.rule == "open-question":
        # It is a place to type at already.
        positions = ls.session.positions(path)
        await show(ls, path, positions.to_range(finding.span) if positions is not None else None)
        return False
    edit, at = room_for_answer(analysis, finding)
    if not await apply(ls, (edit,), "Clarifier: answer"):
        return False
    after = Positions(analysis.document.source.edited(edit.span, edit.text), ls.session.client.encoding)
    offset = edit.span.start + at
    if ls.session.client.shows_documents:
        await show(ls, path, after.to_range(Span(offset, offset)))
    return True


def _log(ls: Clarifier, path: str, analysis: Analysis, entry: str) -> None:
    """Add an entry to the log file of a specification, named relative to it."""
    file = Path(path).parent / analysis.settings.log_answers
    if not files.within(file, Path(path), ls.session.library.root(path)):
        ls.publisher.tell(
            f"The answer is not logged: “{analysis.settings.log_answers}” lies outside the workspace.",
            types.MessageType.Error,
            once=False,
        )
        return
    try:
        source = Source(str(file), files.read_text(file) if file.exists() else "")
        write_whole(file, applied(source.text, [log_edit(source, entry)]))
    except CannotRun as problem:
        ls.publisher.tell(f"The answer could not be logged in {file}: {problem}", types.MessageType.Error, once=False)
