"""What goes on behind one editor window: a session, a schedule, a publisher, and how they begin."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from uuid import uuid4

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from clarifier.adapters import configuration, grades
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.lsp import manuals
from clarifier.adapters.lsp.client import Client
from clarifier.adapters.lsp.conflicts import Conflicts
from clarifier.adapters.lsp.protocol import ClarifierProtocol
from clarifier.adapters.lsp.publisher import Publisher
from clarifier.adapters.lsp.reading import Outcome
from clarifier.adapters.lsp.schedule import Schedule
from clarifier.adapters.lsp.session import Session
from clarifier.adapters.lsp.worker import installed_language, load_pipeline

logger = logging.getLogger(__name__)


class Window:
    """All that the server knows and does for one editor window. It is made when the client has been answered."""

    def __init__(self, server: LanguageServer, protocol: ClarifierProtocol, client: Client, folders: tuple[Path, ...]) -> None:
        self._server = server
        self.session = Session(lambda path: self.schedule.edited(path), client)
        self.session.library.folders = folders
        self.schedule = Schedule(self.session, self._was_read, self._was_compared, self._report_status)
        self.publisher = Publisher(server, protocol, self.session)
        self.model = "loading"
        self.indexing = False

    async def begin(self) -> None:
        """Read what is open and what lies in the workspace folders, load the language, and read all of it again."""
        self.session.manuals.update(await self.schedule.worker.run(manuals.written))
        self.publisher.spawn(self.schedule.run())
        self.publisher.spawn(self._watch())
        await asyncio.gather(self._index(), self._load())

    async def _load(self) -> None:
        """Read with words what the cache holds, then load the pipeline and read the rest."""
        while self.schedule.is_pressed:
            await self.schedule.turn()
        try:
            language = installed_language()
            self.schedule.speaks(language)
            language.pipeline = await asyncio.to_thread(load_pipeline)
        except (CannotRun, OSError) as problem:
            self.model = "missing"
            self.schedule.language = None
            self.publisher.tell(f"Only structure is checked: {problem}")
        else:
            self.model = "ready"
            self.schedule.speaks(language)
        self._report_status()

    async def _index(self) -> None:
        """List the specifications in the workspace folders and wait until their structure is read."""
        self.indexing = True
        self._report_status()
        found = await self.schedule.worker.run(lambda: [str(file) for file in self.session.library.specifications()])
        self.schedule.reread(path for path in found if path not in self.session.open)
        for path in [path for path in self.session.analyses if path not in found and path not in self.session.open]:
            self.publisher.show(self.session.drop(path))
            self.schedule.compare()
        if self.session.client.shows_progress:
            self.publisher.spawn(self._show_progress())
        while self.schedule.first_readings:
            await self.schedule.turn()
        self.indexing = False
        self._report_status()

    async def _show_progress(self) -> None:
        """Show how many specifications are read, until all are."""
        total, token = max(1, self.schedule.first_readings), str(uuid4())
        await self._server.work_done_progress.create_async(token)
        self._server.work_done_progress.begin(token, types.WorkDoneProgressBegin(title="Reading specifications", percentage=0))
        while self.schedule.first_readings:
            await self.schedule.turn()
            done = max(0, total - self.schedule.first_readings)
            report = types.WorkDoneProgressReport(message=f"{done} of {total}", percentage=100 * done // total)
            self._server.work_done_progress.report(token, report)
        self._server.work_done_progress.end(token, types.WorkDoneProgressEnd())

    async def _watch(self) -> None:
        """Ask to be told of what changes on disk, where the client can."""
        registrations = []
        if self.session.client.watches_files:
            patterns = ["**/*.md", "**/*.markdown", *(f"**/{name}" for name in configuration.NAMES), f"**/{grades.NAME}"]
            watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in patterns]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
            registrations.append(
                types.Registration(id="files", method=types.WORKSPACE_DID_CHANGE_WATCHED_FILES, register_options=options)
            )
        if registrations:
            await self._server.client_register_capability_async(types.RegistrationParams(registrations=registrations))

    def _was_read(self, path: str, outcome: Outcome, edited: bool) -> None:
        if outcome.refused is not None and path in self.session.open:
            # Of files that are not open it is said where they are listed, not in the author's face.
            self.publisher.tell(outcome.refused)
        if outcome.analysis is not None:
            concerned = self.session.keep(path, outcome.analysis)
        else:
            concerned = self.session.drop(path, outcome.refused)
        if outcome.prompts and edited:
            self.schedule.reread(self.session.owners(path))
        for file, problem in self.session.library.problems.items():
            concerned.add(file)
            self.publisher.tell(problem, types.MessageType.Error)
        # A text that has changed since is shown when it has been read in turn: places in it are not known now.
        self.publisher.show([p for p in concerned if self.schedule.is_settled(p)], path if edited else None)

    def _was_compared(self, conflicts: Conflicts) -> None:
        self.publisher.show([p for p in self.session.keep_conflicts(conflicts) if self.schedule.is_settled(p)])

    def _report_status(self) -> None:
        questions = sum([group.questions for said in self.session.found.values() for group in said.values()])
        self.publisher.status(indexing=self.indexing or self.schedule.is_busy, questions=questions, model=self.model)

    def changed_on_disk(self, paths: list[str]) -> None:
        """Look again at what files have changed on disk, and at all that may depend on them."""
        if any(Path(path).name in configuration.NAMES for path in paths):
            self.reconfigured()
            return
        self.session.library.forget_prompts()
        known = list(self.session.analyses)
        self.schedule.reread([*known, *(p for p in paths if p not in known and p not in self.session.open)])

    def reconfigured(self) -> None:
        """Read the configuration anew, and everything with it."""
        mended = set(self.session.library.problems)
        self.session.library.forget_configuration()
        self.publisher.forget_told()
        self.publisher.spawn(self._reconfigured(mended))

    async def _reconfigured(self, mended: set[str]) -> None:
        self.schedule.reread([*self.session.open, *self.session.analyses])
        await self._index()
        self.publisher.show(mended | set(self.session.library.problems))

    def stop(self) -> None:
        """Begin no more work, and break off what can be."""
        if self.schedule.language is not None:
            self.schedule.language.interrupt.set()
        self.schedule.worker.stop()
        self.schedule.companion.end()
