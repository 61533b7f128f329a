"""Bad input from a person: one clear sentence that says what and where."""

from __future__ import annotations


class CannotRun(Exception):
    """Why a command cannot run, in one sentence for the person who gave it. Exit status 2."""
