"""The extension's types and its own tests, so that `pytest` is the only command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXTENSION = Path(__file__).parent.parent / "vscode-extension"


@pytest.mark.skipif(not (EXTENSION / "node_modules").is_dir(), reason="needs the extension's tools: run tests/tools/editors.sh")
@pytest.mark.parametrize("command", [["tsc", "--noEmit"], ["vitest", "run"]], ids=["types", "tests"])
def test_extension(command: list[str]) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run(
        [str(EXTENSION / "node_modules/.bin" / command[0]), *command[1:]],
        cwd=EXTENSION,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
