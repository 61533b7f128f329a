"""What is read when: edited texts at once; beside them their words, then what lies around, then all with words; then they are compared."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from clarifier.adapters.lsp.companion import Companion
from clarifier.adapters.lsp.conflicts import Conflicts, compared
from clarifier.adapters.lsp.reading import SHORT, Outcome, Task, read
from clarifier.adapters.lsp.session import Open, Session
from clarifier.adapters.lsp.worker import Interrupted, Patient, SoFar, WindowLanguage, Worker
from clarifier.engine.analysis import Analysis
from clarifier.engine.language import Language
from clarifier.engine.lightening import is_light
from clarifier.text.source import Source

logger = logging.getLogger(__name__)
# Edits that follow each other faster than this, in seconds, are typing; new sentences are read when it pauses.
_TYPING = 0.4
_PAUSE = 0.2
# When more files than this are to be read for the first time, a second process is soon worth its start.
_MANY = 24
# So many seconds it is kept with nothing to do.
_REST = 10.0


class Schedule:
    """The files that wait to be read. Lives on the event loop; only the reading itself runs in the worker's threads."""

    def __init__(
        self,
        session: Session,
        on_read: Callable[[str, Outcome, bool], None],
        on_compared: Callable[[Conflicts], None],
        on_idle: Callable[[], None],
    ) -> None:
        self.session = session
        self.worker = Worker()
        self.companion = Companion()
        self.language: WindowLanguage | None = None
        self._on_read = on_read
        self._on_compared = on_compared
        self._on_idle = on_idle
        self._edited: dict[str, None] = {}
        self._listed: dict[str, None] = {}
        self._unread: dict[str, None] = {}
        self._settled: dict[str, Source] = {}  # the text of each open file that was last dealt with
        self._edited_at: dict[str, float] = {}
        self._typing: set[str] = set()
        self._called = asyncio.Event()
        self._awake = asyncio.Event()
        self._turn: asyncio.Future[None] | None = None
        self._ahead: dict[str, Analysis] = {}  # of a text before its last edits, but read with more words than the latest
        self._busy: list[str] = []  # the files that are being read for the first time, or after an edit
        self._uncompared = False
        self._at_work = False
        self._rest: asyncio.TimerHandle | None = None

    @property
    def first_readings(self) -> int:
        """How many files wait to have their structure read."""
        return len(self._edited) + len(self._listed) + len(self._busy)

    @property
    def is_pressed(self) -> bool:
        """Whether the author waits for a text to be shown."""
        return bool(self._edited) or any(path in self.session.open for path in self._busy)

    @property
    def is_busy(self) -> bool:
        """Whether more than the author's edits is still being read."""
        can_read = self.language is not None and self.language.pipeline is not None
        return bool(self._at_work or self._listed or self._uncompared or (self._unread and can_read))

    def edited(self, path: str) -> None:
        """The text of a file has been opened, changed or closed: it is read before all others."""
        now = asyncio.get_running_loop().time()
        if now - self._edited_at.get(path, -_TYPING) < _TYPING:
            self._typing.add(path)
        else:
            self._typing.discard(path)
        self._edited_at[path] = now
        self._edited.pop(path, None)
        self._edited[path] = None
        self._wake()

    def _pauses(self, path: str, source: Source) -> None:
        """Do for a text what was left for later, if it is still the same text: read its new sentences, compare it with others."""
        self._typing.discard(path)
        opened, analysis = self.session.open.get(path), self.session.analyses.get(path)
        if analysis is not None and opened is not None and opened.source is source:
            if analysis.specification.has_words and analysis.is_read:
                self._uncompared = True
            else:
                self._unread[path] = None
            self._wake()

    def reread(self, paths: Iterable[str]) -> None:
        """Read files again because something around them has changed."""
        for path in paths:
            if path in self.session.open:
                self._settled.pop(path, None)
                self._edited[path] = None
            else:
                self._listed[path] = None
        self._wake()

    def compare(self) -> None:
        """Compare the files anew: one is gone that was not read again."""
        self._uncompared = True
        self._wake()

    def speaks(self, language: WindowLanguage) -> None:
        """Read texts with words from now on: at first those that a cache on disk knows, all when the pipeline is loaded."""
        self.language = language
        self._unread.update(
            {
                path: None
                for path, a in self.session.analyses.items()
                if a.language != language.version or not a.is_read or self._lacks_words(path, a)
            }
        )
        self._wake()

    def _wake(self) -> None:
        if self._edited:
            if self.language is not None:
                self.language.interrupt.set()
            self._called.set()
        self._awake.set()

    async def run(self) -> None:
        """Read what waits, for ever."""
        await asyncio.gather(self._run_edited(), self._run_others())

    async def _run_edited(self) -> None:
        """Read what the author has open and has edited."""
        while True:
            await self._called.wait()
            self._called.clear()
            while self._edited:
                await self._take(self._edited, again=False, urgent=True)
            self._awake.set()

    async def _run_others(self) -> None:
        """Read what is open with words, then what lies around, then that with words, then compare."""
        while True:
            await self._awake.wait()
            self._at_work = True
            if self._rest is not None:
                self._rest.cancel()
            if self.language is not None and any(path in self._unread for path in self.session.open):
                await self._take(self._unread, again=True, urgent=False)
            elif self._listed:
                await self._take(self._listed, again=False, urgent=False)
            elif self._unread and self.language is not None:
                await self._take(self._unread, again=True, urgent=False)
            elif self._uncompared:
                await self._compare()
            else:
                self._awake.clear()
                self._at_work = False
                if self._edited or self._busy:
                    continue  # when that is done, this is asked anew
                self._rest = asyncio.get_running_loop().call_later(_REST, self.companion.end)
                self._on_idle()

    async def _take(self, queue: dict[str, None], again: bool, urgent: bool) -> None:
        # What the author sees comes before what lies around it.
        path = next((path for path in queue if path in self.session.open), next(iter(queue)))
        del queue[path]
        if not again:
            self._busy.append(path)
        await self._read(path, again, urgent)
        if not again:
            self._busy.remove(path)
        if self._turn is not None and not self._turn.done():
            self._turn.set_result(None)
        self._turn = None

    async def _read(self, path: str, again: bool, urgent: bool) -> None:
        opened = self.session.open.get(path)
        previous = self._ahead.pop(path, None) if urgent else None
        if previous is None:
            previous = self.session.analyses.get(path)
        edited = not self.is_settled(path)
        texts = {name: other.source.text for name, other in self.session.open.items() if name != path}
        hasty = path in self._typing and urgent
        task = Task(path, opened, previous, self._language(opened, previous, again, urgent), texts, hasty, again)
        if self.language is not None and not self._edited:
            self.language.interrupt.clear()
        try:
            outcome = await self._outcome(task, again, urgent, self._companion(opened, previous, urgent))
        except Interrupted:
            # The rest is read later: when nothing newer waits, or when the pipeline is loaded.
            if self.language is not None and self.language.pipeline is not None:
                self._unread[path] = None
            return
        except Exception:
            logger.exception("%s could not be analysed", path)
            outcome = Outcome(refused=f"{path}: could not be analysed; the log of the server says why")
        if not urgent and opened is not self.session.open.get(path):
            # The text was opened, edited or closed meanwhile: what was made of the old one helps to read the new one.
            if outcome.analysis is not None and path in self.session.open:
                self._ahead[path] = outcome.analysis
                self._edited[path] = None
                self._wake()
            return
        if opened is not None:
            self._settled[path] = opened.source
        else:
            self._settled.pop(path, None)
        self._unread.pop(path, None)
        analysis = outcome.analysis
        if analysis is not None:
            has_words = analysis.specification.has_words
            if hasty and opened is not None:
                asyncio.get_running_loop().call_later(_PAUSE, self._pauses, path, opened.source)
            elif self._can_read(again) and (not (has_words and analysis.is_read) or self._lacks_words(path, analysis)):
                self._unread[path] = None
            self._uncompared |= has_words and not hasty
        else:
            self._uncompared |= any(path in workspace.analyses for workspace in self.session.workspaces)
        self._on_read(path, outcome, edited)

    async def _compare(self) -> None:
        """Compare files that have not been compared yet with all others."""
        self._uncompared = False
        analyses, before = tuple(self.session.analyses.values()), self.session.workspaces
        try:
            conflicts = await self.worker.run(partial(compared, analyses, before, self.worker.pause))
        except Interrupted:
            return
        except Exception:
            logger.exception("the files could not be compared")
            return
        self._on_compared(conflicts)

    def _lacks_words(self, path: str, analysis: Analysis) -> bool:
        """Whether an edit of a file would begin at nothing: it was read before it was opened, by another process."""
        return path in self.session.open and is_light(analysis)

    def _can_read(self, again: bool) -> bool:
        """Whether a text that was not read with all its words can be soon; once it was tried, only with the pipeline."""
        return not again or (self.language is not None and self.language.pipeline is not None)

    def _companion(self, opened: Open | None, previous: Analysis | None, urgent: bool) -> Companion | None:
        """Who is to read a file, if not this process."""
        if opened is not None or urgent:
            return None
        first = previous is None or not previous.specification.has_words
        many = len(self._listed) + len(self._unread) >= _MANY
        return self.companion if self.companion.is_there or (first and many) else None

    async def _outcome(self, task: Task, again: bool, urgent: bool, companion: Companion | None) -> Outcome:
        """What reading gives; an edit that leaves too much to read for now is shown without it at once."""

        async def reading(task: Task) -> Outcome:
            if urgent:
                return await self.worker.hurry(partial(read, task, self.session.library))
            return await self.worker.run(partial(read, task, self.session.library, self.worker.pause, companion))

        try:
            return await reading(task)
        except Interrupted:
            if again and self.language is not None and self.language.pipeline is None and not isinstance(task.language, SoFar):
                return await reading(replace(task, language=SoFar(self.language)))
            if again:
                raise
            if task.previous is None or not task.previous.specification.has_words:
                return await reading(replace(task, language=None))
            return await reading(replace(task, hasty=True))

    def _language(self, opened: Open | None, previous: Analysis | None, again: bool, urgent: bool) -> Language | None:
        has_words = previous is not None and previous.specification.has_words
        if self.language is None or not (again or has_words or (opened is not None and len(opened.source.text) < SHORT)):
            return None
        if has_words and previous is not None and previous.language != self.language.version and self.language.pipeline is None:
            return SoFar(self.language)
        return self.language if urgent else Patient(self.language, self.worker.pause)

    async def settled(self, path: str) -> None:
        """Wait until the text of a file as it stands has been dealt with."""
        while not self.is_settled(path):
            await self.turn()

    async def turn(self) -> None:
        """Wait until another file has been read."""
        if self._turn is None:
            self._turn = asyncio.get_running_loop().create_future()
        await asyncio.shield(self._turn)

    def is_settled(self, path: str) -> bool:
        """Whether the text of a file as it stands has been dealt with; so has every text that is not open."""
        return path not in self.session.open or self._settled.get(path) is self.session.open[path].source
