"""From the paths that a person names to specifications, each with the settings that hold for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from clarifier.adapters import configuration, files
from clarifier.adapters.failures import CannotRun
from clarifier.engine.settings import Settings


def gather(paths: Sequence[Path], config: Path | None, skipped: Callable[[str], None] | None = None) -> list[tuple[Path, Settings]]:
    """The specifications that paths name, each with its settings. Folders are walked; a file that is named is always taken.

    `skipped` is told of folders that cannot be read. Raises CannotRun for a path or configuration that is no good.
    """
    found: dict[Path, Settings] = {}
    known: dict[Path, Settings] = {}
    given = configuration.load(config) if config is not None else None

    def settings_for(folder: Path) -> Settings:
        if given is not None:
            return given
        if folder not in known:
            known[folder] = configuration.load(configuration.find(folder))
        return known[folder]

    for path in paths:
        if not _is_there(path):
            raise CannotRun(f"{path}: there is no such file or folder")
        if not path.is_dir():
            found.setdefault(path, settings_for(path.resolve().parent))
            continue
        top = settings_for(path.resolve())
        for file in files.specifications(path, top, skipped):
            own = settings_for(file.parent.resolve())
            if own is top or files.is_specification(file, file.parent, own):
                found.setdefault(file, own)
    return list(found.items())


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
