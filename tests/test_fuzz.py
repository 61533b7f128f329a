"""The targets of the fuzzer, asked by Hypothesis; with CLARIFIER_TORTURE for minutes each, and what was found before each time."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .fuzz.alphabet import PIECES, SETTINGS, spelling
from .fuzz.fuzz_texts import TARGETS

EXAMPLES = 20_000 if os.environ.get("CLARIFIER_TORTURE") else 60
# Four control bytes may come first; what they are is left to chance as all else is.
control = st.binary(max_size=4)
letters = st.integers(0, 127).map(chr)


def contents(pieces: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    """Bytes that spell letters and pieces."""
    spelt = st.lists(st.sampled_from(pieces) | letters, max_size=60)
    return st.builds(lambda head, body: head + b"".join(spelling(piece, pieces) for piece in body), control, spelt)


# What fuzzing has found, smallest first.
FOUND = {
    "documents": ("+++\n" * 4, "[PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP0PP\n", "**A000000000000000000000000000000000"),
    "ids": ("[PPPPPPPPPPPPPPPPPPPPXPPPP0PPPPPPPQPP", "A_" + "4" * 3000 + "!"),
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, found in FOUND.items() for text in found])
def test_what_was_found_is_mended(name: str, text: str) -> None:
    TARGETS[name](b"".join(spelling(letter) for letter in text))


@pytest.mark.parametrize("name", TARGETS)
def test_any_text_is_taken(name: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(contents(SETTINGS if name == "configurations" else PIECES))
    def ask(content: bytes) -> None:
        TARGETS[name](content)

    ask()
