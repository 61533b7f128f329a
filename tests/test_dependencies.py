"""What is installed is what was looked at: each package in a lock file is held by its hash."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("server/requirements.lock", "tests/tools/editors.lock")
PACKAGE_LOCKS = ("vscode-extension/package-lock.json", "tests/tools/code-server/package-lock.json")
_REQUIREMENT = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?: ; [^\\\n]+)? \\\n(?P<hashes>(?: {4}--hash=\S+(?: \\)?\n?)+)", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@pytest.mark.parametrize("lock", LOCKS)
def test_each_requirement_has_a_version_and_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    requirements = list(_REQUIREMENT.finditer(text))
    assert requirements
    assert "".join(found[0] for found in requirements).split() == text.split(), "nothing else stands in it"
    for found in requirements:
        assert len(_HASH.findall(found["hashes"])) == found["hashes"].count("--hash=") > 0, found["name"]


@pytest.mark.parametrize("lock", PACKAGE_LOCKS)
def test_each_package_has_its_integrity(lock: str) -> None:
    packages = json.loads((ROOT / lock).read_text(encoding="utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name and not package.get("link")}
    assert installed
    for name, package in installed.items():
        # What another package brings along in its own archive is held by the hash of that.
        if not package.get("inBundle"):
            assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", package.get("integrity", "")), name
            assert package.get("resolved", "https://").startswith("https://"), name


def test_what_the_package_needs_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for group in project["optional-dependencies"].values() for one in group)]
    locked = {_normal(found["name"]) for found in _REQUIREMENT.finditer((ROOT / LOCKS[0]).read_text(encoding="utf-8"))}
    assert {_normal(name[0]) for one in wanted if (name := re.match(r"[A-Za-z0-9._-]+", one))} - {"clarifier"} <= locked


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_tests_install_by_hash_and_the_audit_asks_about_every_lock() -> None:
    for script in ("tests/run", "tests/tools/editors.sh"):
        text = (ROOT / script).read_text(encoding="utf-8")
        for line in text.splitlines():
            if "pip install" in line and "-r " in line:
                assert "--require-hashes" in line
    audit = (ROOT / "tests/tools/audit.sh").read_text(encoding="utf-8")
    assert all(lock in audit for lock in LOCKS)
    assert all(str(Path(lock).parent) in audit for lock in PACKAGE_LOCKS)
