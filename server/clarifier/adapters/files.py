"""Specifications and prompt files on disk: which there are, and what is in them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath

from clarifier.adapters import grades
from clarifier.adapters.contents import LARGEST as LARGEST
from clarifier.adapters.contents import beginning
from clarifier.adapters.contents import read_text as read_text
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.listing import Entry, Listing, entry_of, headed_file, modified
from clarifier.adapters.walking import walked
from clarifier.engine.settings import LEFT_ALONE, Settings
from clarifier.semantics.specification import Surroundings
from clarifier.syntax.ids import ID, ids_in
from clarifier.syntax.prompts import ROLE_BLOCK, PromptFile, read_prompt_file

_DEPENDENCIES = frozenset({"node_modules", "vendor", "third_party", "site-packages", "dist", "build", "target", "__pycache__"})
_HEADS = ("Examples for [^", "Example for [^")
_MOST_DOCUMENTS = 200


def specifications(folder: Path, settings: Settings, skipped: Callable[[str], None] | None = None) -> Iterator[Path]:
    """The specifications in a folder, in order of their paths. Prompt files are none, and links to folders are not followed.

    Nor are links to files outside. `skipped` is told of these, and of each folder that cannot be read.
    """
    for path in _markdown(folder, settings, skipped):
        if not is_prompt_file(path, settings):
            yield path


def _markdown(folder: Path, settings: Settings, skipped: Callable[[str], None] | None) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        if skipped is not None:
            skipped(f"{error.filename}: cannot be read: {error.strerror or error}")

    include, exclude = _matching(settings.include), _matching(settings.exclude)
    for above, names in walked(folder, _is_entered, unreadable):
        relative = Path(above).relative_to(folder).as_posix()
        for name in names:
            path = name if relative == "." else f"{relative}/{name}"
            if include(path) and not exclude(path) and not _left_alone(name, settings):
                file = Path(above) / name
                if not file.is_symlink() or within(file, folder / "_", folder):
                    yield file
                elif skipped is not None:
                    skipped(f"{file}: is a link that leads out of the workspace, and is not followed")


def _is_entered(name: str) -> bool:
    return not name.startswith(".") and name not in _DEPENDENCIES


def is_prompt_file(file: Path, settings: Settings) -> bool:
    """Whether a file lies in a prompt folder and holds prompts, or is named after a clause of a document beside that folder."""
    folder = file.parent
    if not ID.fullmatch(file.stem):
        return False
    for name in settings.prompt_dirs:
        depth = len(PurePosixPath(name).parts)
        if depth and folder.parts[-depth:] == PurePosixPath(name).parts:
            return _holds_prompts(file) or any(
                file.stem in _named_in(str(d.path), d.modified) for d in _documents(Listing(folder.parents[depth - 1]))
            )
    return _holds_prompts(file, head_only=True)


def _holds_prompts(file: Path, head_only: bool = False) -> bool:
    try:
        begun = beginning(file, 65_536).decode("utf-8", "replace")
    except (CannotRun, OSError):
        return False
    return begun.lstrip("\ufeff").startswith(_HEADS) or (not head_only and bool(ROLE_BLOCK.search(begun) or not begun.strip()))


def is_specification(file: Path, folder: Path | None, settings: Settings, markdown: bool = False) -> bool:
    """Whether a walk of the folder would take a file; `markdown` says that it is, whatever its name."""
    path = file.relative_to(folder).as_posix() if folder is not None and file.is_relative_to(folder) else file.name
    if any(part.startswith(".") or part in _DEPENDENCIES for part in path.split("/")[:-1]) or _left_alone(file.name, settings):
        return False
    return (markdown or _matching(settings.include)(path)) and not _matching(settings.exclude)(path)


@lru_cache(maxsize=64)
def _matching(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether patterns as in `.gitignore` match a path."""
    # Imported for folders alone: it takes as long as all else that a command needs for one file.
    import pathspec  # noqa: PLC0415

    return pathspec.PathSpec.from_lines("gitignore", patterns).match_file


def _left_alone(name: str, settings: Settings) -> bool:
    return not settings.exclude and Path(name).stem.upper().partition(".")[0] in LEFT_ALONE


def neighbourhood(
    file: Path,
    settings: Settings,
    root: Path | None = None,
    names: bool = True,
    listed: Callable[[Path], Listing] = Listing,
) -> Surroundings:
    """What lies around a specification: the prompt files of every prompt folder that applies, and who else may own them.

    Without `names`, the IDs that others give are
    looked for only where there are prompts to own: whoever gives no new IDs need not know them. `listed` gives what is in a
    folder: whoever asks about many files need not look again each time.
    """
    prompts: dict[str, tuple[PromptFile, ...]] = {}
    unreadable: list[tuple[str, str]] = []
    external: set[str] = set()
    folders = list(prompt_folders(file, settings, root))
    shared = {resolved(top) for top in (file.parent, root, Path(settings.home) if settings.home else None) if top is not None}
    for folder in folders:
        beside = folder.resolve() in shared
        for entry in listed(folder).headed if beside else listed(folder).entries:
            if not _same(entry.path, file) and not _leads_out(
                entry, file, root or (Path(settings.home) if settings.home else None)
            ):
                try:
                    # Beside the specification, and at the top, lie other documents too: only what reads as prompts is taken.
                    found = (headed_file if beside else _prompt_file)(str(entry.path), entry.modified)
                except CannotRun as problem:
                    if not beside:
                        unreadable.append((entry.path.as_posix(), str(problem)))
                    continue
                if found is not None:
                    prompts[entry.path.stem] = (*prompts.get(entry.path.stem, ()), found)
        for document in _owners(folder, file, beside, settings, listed) if names or prompts else ():
            if not _same(document.path, file) and document.path.stem not in prompts:
                external |= _named_in(str(document.path), document.modified)
    dirs = tuple(f.as_posix() for f in folders if f.resolve() not in shared)
    return Surroundings(
        prompts, dirs, external_ids=frozenset(external), unreadable=tuple(unreadable), grades=grades.kept(file) if prompts else {}
    )


def within(place: Path, file: Path, root: Path | None = None) -> bool:
    """Whether a place that a document or a configuration names lies in the workspace of a file, links followed.

    A place to which the system follows no links, because they are too many or go round, lies nowhere.
    """
    try:
        place.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return False
    except ValueError:
        return False
    place = resolved(place)
    return place.is_relative_to(workspace(file)) or (root is not None and place.is_relative_to(resolved(root)))


def _leads_out(entry: Entry, file: Path, root: Path | None) -> bool:
    return entry.is_link and not within(entry.path, file, root)


def resolved(path: Path) -> Path:
    """The path with links followed; as it is where they lead nowhere or in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def workspace(file: Path) -> Path:
    """The repository in which a file lies, else its folder."""
    folder = file.resolve().parent
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)


def _same(one: Path, other: Path) -> bool:
    return one.name == other.name and one.resolve() == other.resolve()


def _owners(folder: Path, file: Path, beside: bool, settings: Settings, listed: Callable[[Path], Listing]) -> Sequence[Entry]:
    """The documents that may own the prompts in a folder: those beside it; of one that the configuration shares, all below that."""
    if beside or not settings.home or folder.resolve().is_relative_to(file.parent.resolve()):
        return _documents(listed(folder if beside else folder.parent))
    home = Path(settings.home)
    below = _below(home, modified(home), settings.include, settings.exclude)
    return [*_documents(listed(folder.parent)), *map(entry_of, below)]


@lru_cache(maxsize=16)
def _below(folder: Path, written: int, include: tuple[str, ...], exclude: tuple[str, ...]) -> tuple[Path, ...]:
    return tuple(_markdown(folder, Settings(include=include, exclude=exclude), None))[:_MOST_DOCUMENTS]


def _documents(listing: Listing) -> Sequence[Entry]:
    """The documents in a folder that may own the prompts in it or beside it."""
    if len(listing.documents) > _MOST_DOCUMENTS:
        return ()
    return [d for d in listing.documents if not d.is_link or within(d.path, listing.folder / "_")]


@lru_cache(maxsize=4096)
def _named_in(path: str, modified: int) -> frozenset[str]:
    """The clause IDs that a document gives, read quickly and rather too many."""
    try:
        text = read_text(Path(path))
    except CannotRun:
        return frozenset()
    return frozenset() if text.lstrip("\ufeff").startswith(_HEADS) else frozenset(ids_in(text))


def prompt_folders(file: Path, settings: Settings, root: Path | None = None) -> Iterator[Path]:
    """The prompt folders that exist for a specification: beside it first, then below the root."""
    seen: set[Path] = set()
    home = Path(settings.home) if settings.home else None
    if home is not None and not file.is_absolute():
        # Paths are shown as they were given: from the current folder, unless that is on another drive.
        with suppress(ValueError):
            home = Path(os.path.relpath(home))
    for base in (file.parent, home, root):
        for name in settings.prompt_dirs if base is not None else ():
            folder = base / name if base is not None else Path(name)
            if folder.is_dir() and folder.resolve() not in seen and any(within(folder, file, top) for top in (root, home)):
                seen.add(folder.resolve())
                yield folder


@lru_cache(maxsize=20_000)
def _prompt_file(path: str, modified: int) -> PromptFile:
    return read_prompt_file(Path(path).as_posix(), read_text(Path(path)))
