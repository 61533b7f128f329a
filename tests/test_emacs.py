"""A real Emacs with eglot: diagnostics, hover, a reading applied, a clean end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

DRIVE = Path(__file__).parent / "emacs" / "drive.el"


@cache
def missing() -> str | None:
    """Why this test cannot run here; None if it can."""
    emacs = shutil.which("emacs")
    if emacs is None:
        return "needs Emacs: tests/tools/editors.sh installs it on Debian"
    ran = subprocess.run(
        [emacs, "--batch", "--eval", "(progn (package-initialize) (require 'eglot) (require 'markdown-mode))"],
        capture_output=True,
        check=False,
    )
    return None if ran.returncode == 0 else "needs eglot and markdown-mode: tests/tools/editors.sh installs them on Debian"


def test_emacs(tmp_path: Path) -> None:
    reason = missing()
    if reason is not None:
        pytest.skip(reason)
    spec = tmp_path / "spec.md"
    spec.write_text("# Relay\n\nThe 😀 relay must encrypt logs and/or messages.\n", encoding="utf-8")
    environment = {**os.environ, "CLARIFIER_PYTHON": sys.executable, "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    ran = subprocess.run(
        ["emacs", "--batch", "-l", str(DRIVE), str(spec)], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert spec.read_text(encoding="utf-8").startswith("# Relay\n\nThe 😀 relay must encrypt both logs and messages.\n")
