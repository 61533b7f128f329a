"""The house rules: format, types, lint, and imports that point down the ladder."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "ruff", "format", "--check", "server", "tests"],
        ["-m", "ruff", "check", "server", "tests"],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    ],
    ids=["format", "ruff", "mypy", "ladder"],
)
def test_house(command: list[str]) -> None:
    ran = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_one_place_prints() -> None:
    """What is printed elsewhere would go past the one place that keeps texts from speaking to the terminal."""
    package = ROOT / "server" / "clarifier"
    speaking = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and node.attr in ("stdout", "secho"))
    }
    # Of these one runs git, one hands standard output to the protocol, and one reads what a process of its own sends there.
    assert speaking == {"adapters/saying.py", "adapters/revisions.py", "adapters/lsp/launch.py", "adapters/lsp/companion.py"}
