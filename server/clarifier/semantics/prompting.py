"""Which prompt files belong to a specification, and to which of its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from clarifier.semantics.kept import carried
from clarifier.semantics.specification import Specification
from clarifier.syntax.prompts import PromptFile

_OTHER = frozenset({"readme", "changelog", "contributing", "license", "index", "code_of_conduct", "security"})


def _named(specification: Specification) -> tuple[frozenset[str], Mapping[str, tuple[PromptFile, ...]]]:
    return frozenset(clause.id for clause in specification.document.clauses), specification.surroundings.prompts


@carried(_named)
def prompt_files(found: tuple[frozenset[str], Mapping[str, tuple[PromptFile, ...]]]) -> tuple[PromptFile, ...]:
    """The files that hold prompts, or are named after a clause; other documents in the folder are left out."""
    named, groups = found
    return tuple(
        file
        for group in groups.values()
        for file in group
        if file.id in named or ((file.head_id is not None or file.prompts) and file.id.lower() not in _OTHER)
    )


def tested_ids(specification: Specification) -> frozenset[str]:
    """The IDs for which there is a prompt file, a broken one included."""
    broken = (PurePosixPath(path.replace("\\", "/")).name.removesuffix(".md") for path, _ in specification.surroundings.unreadable)
    return frozenset((*specification.surroundings.prompts, *broken))
