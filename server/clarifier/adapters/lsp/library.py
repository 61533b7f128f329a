"""What lies on disk as the server last saw it: settings, prompt files, specifications. Forgotten when told so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from clarifier.adapters import configuration, files
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.listing import Listing
from clarifier.engine.settings import Settings
from clarifier.semantics.specification import Surroundings
from clarifier.syntax.prompts import PromptFile, read_prompt_file


class Library:
    """Answers from disk, kept until `forget_configuration` or `forget_prompts` says that they may have changed.

    Two threads ask and a third one forgets. So what is forgotten is put aside and not emptied: whoever looked at the disk
    before keeps the answer there, where nobody looks any more.
    """

    def __init__(self) -> None:
        self.folders: tuple[Path, ...] = ()
        self.defaults = configuration.load(None)
        self._found: dict[Path, Path | None] = {}
        self._loaded: dict[Path, Settings] = {}
        self._problems: dict[str, str] = {}
        self._around: dict[str, tuple[Settings, Surroundings]] = {}
        self.linked: set[str] = set()  # the specifications whose links were looked for
        self._prompts: dict[str, bool] = {}
        self._listed: dict[Path, Listing] = {}

    @property
    def problems(self) -> Mapping[str, str]:
        """What is wrong with each configuration file that could not be taken, by its path."""
        # A copy: the worker's thread may read a configuration while the loop looks through this.
        return dict(self._problems)

    def settings(self, path: str) -> Settings:
        """The settings for a file; the defaults where the configuration is broken or there is no file."""
        file = Path(path)
        if not file.is_absolute():
            return self.defaults
        places = self._found
        if file.parent not in places:
            places[file.parent] = configuration.find(file.parent) if file.parent.is_dir() else None
        found = places[file.parent]
        return self._load(found) if found is not None else self.defaults

    def _load(self, file: Path) -> Settings:
        loaded, problems = self._loaded, self._problems
        if file not in loaded:
            try:
                loaded[file] = configuration.load(file)
                problems.pop(str(file), None)
            except CannotRun as problem:
                loaded[file] = self.defaults
                problems[str(file)] = str(problem)
        return loaded[file]

    def neighbourhood(self, path: str, settings: Settings) -> Surroundings:
        """What lies around a specification but for what its text links to; nothing around a text that is no file."""
        file = Path(path)
        if not file.is_absolute():
            return Surroundings()
        around = self._around
        kept = around.get(path)
        if kept is None or kept[0] != settings:
            kept = settings, files.neighbourhood(file, settings, self.root(path), listed=self._listing)
            around[path] = kept
        return kept[1]

    def root(self, path: str) -> Path | None:
        """The innermost workspace folder that contains a path."""
        above = [folder for folder in self.folders if Path(path).is_relative_to(folder)]
        return max(above, key=lambda folder: len(folder.parts), default=None)

    def specifications(self) -> Iterator[Path]:
        """The specifications in the workspace folders, prompt files left out."""
        seen: set[Path] = set()
        for folder in self.folders:
            settings = self.settings(str(folder / "_"))
            for file in files.specifications(folder, settings) if folder.is_dir() else ():
                if file not in seen:
                    seen.add(file)
                    yield file

    def _listing(self, folder: Path) -> Listing:
        listed = self._listed
        if folder not in listed:
            listed[folder] = Listing(folder)
        return listed[folder]

    def is_prompt_file(self, path: str, begun: str = "") -> bool:
        """Whether a file holds the prompts of a clause: by its head line as it is open, else by what lies on disk."""
        if begun.lstrip("\ufeff").startswith(("Examples for [^", "Example for [^")):
            return True
        prompts = self._prompts
        if path not in prompts:
            prompts[path] = files.is_prompt_file(Path(path), self.settings(path))
        return prompts[path]

    def forget_configuration(self) -> None:
        """Look for configuration files anew."""
        self._found, self._loaded, self._problems = {}, {}, {}
        self.forget_prompts()

    def forget_prompts(self) -> None:
        """Look at prompt folders anew."""
        self._around, self._prompts, self._listed = {}, {}, {}
        self.linked.clear()


def with_open_prompts(around: Surroundings, texts: Mapping[str, str]) -> Surroundings:
    """The surroundings with the prompt files that are open as they stand in the editor."""
    prompts = dict(around.prompts)
    changed = False
    for name, group in around.prompts.items():
        if any(file.path in texts for file in group):
            prompts[name] = tuple(_as_open(file, texts) for file in group)
            changed = True
    return replace(around, prompts=prompts) if changed else around


def _as_open(file: PromptFile, texts: Mapping[str, str]) -> PromptFile:
    if file.path not in texts or texts[file.path] == file.source.text:
        return file
    return read_prompt_file(file.path, texts[file.path])
