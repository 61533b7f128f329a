from __future__ import annotations

import pytest

from clarifier.syntax.language import SpacyLanguage, load


@pytest.fixture(scope="session")
def language() -> SpacyLanguage:
    return load()
