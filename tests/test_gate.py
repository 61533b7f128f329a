"""What teams hang Clarifier up on: the pre-commit hook, the GitHub Action, the image."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SPEC = "# A\n\nThe client must sign each request, see [x](#nowhere).\n"


@pytest.fixture
def commands(tmp_path: Path) -> dict[str, str]:
    """An environment in which `clarifier` is this one."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (bin_folder / "clarifier").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m clarifier "$@"\n', encoding="utf-8")
    (bin_folder / "clarifier").chmod(0o755)
    return {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "repository"
    made.mkdir()
    (made / "spec.md").write_text(SPEC, encoding="utf-8")
    return made


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_hooks(folder: Path, commands: dict[str, str]) -> None:
    hooks = read(".pre-commit-hooks.yaml")
    assert [hook["id"] for hook in hooks] == ["clarifier", "clarifier-changed"]
    for hook in hooks:
        assert hook["language"] == "python"
        assert re.search(hook["files"], "docs/Spec.MD")
        assert not re.search(hook["files"], "main.py")
    assert subprocess.run(hooks[0]["entry"].split(), cwd=folder, env=commands, capture_output=True, check=False).returncode == 1


def steps() -> list[dict[str, Any]]:
    action = read("action.yml")
    assert action["runs"]["using"] == "composite"
    assert all(name in action["inputs"] for step in action["runs"]["steps"] for name in re.findall(r"inputs\.([\w-]+)", str(step)))
    found: list[dict[str, Any]] = action["runs"]["steps"]
    return found


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("never", 0)])
def test_action(fail_on: str, status: int, folder: Path, commands: dict[str, str]) -> None:
    check = next(step for step in steps() if step.get("name") == "Check")
    assert "${{" not in check["run"], "an input must not become part of a command"
    given = {
        "CLARIFIER_PATHS": "spec.md\n",
        "CLARIFIER_FAIL_ON": fail_on,
        "CLARIFIER_SINCE": "",
        "CLARIFIER_BASELINE": "",
        "CLARIFIER_SARIF": "out.sarif",
    }
    assert set(given) == set(check["env"])
    done = subprocess.run(
        ["bash", "-c", check["run"]], cwd=folder, env={**commands, **given}, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == status, done.stderr
    assert "::error file=spec.md,line=3," in done.stdout
    assert '"version": "2.1.0"' in (folder / "out.sarif").read_text(encoding="utf-8")


def test_image_copies_what_the_package_is_built_from() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \./?\S*$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    for name in " ".join(copied).split():
        assert (ROOT / name).exists()
        assert f"!{name}\n" in ignored


@pytest.mark.skipif(
    shutil.which("docker") is None or subprocess.run(["docker", "info"], capture_output=True, check=False).returncode != 0,
    reason="no Docker runs here",
)
def test_image_builds(folder: Path) -> None:
    subprocess.run(["docker", "build", "-q", "-t", "clarifier-test", str(ROOT)], check=True, timeout=1200)
    done = subprocess.run(
        ["docker", "run", "--rm", "-v", f"{folder}:/work", "clarifier-test", "check", "spec.md"],
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 1
