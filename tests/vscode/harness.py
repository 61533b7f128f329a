"""A real VS Code in a real browser: code-server for the window, Debian's Chromium to look at it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parent.parent.parent
EXTENSION = ROOT / "vscode-extension"
CODE_SERVER = ROOT / ".tools/code-server/node_modules/.bin/code-server"
SHOTS = ROOT / "shots"
LOOPBACK = "127.0.0.1"

SETTINGS: dict[str, Any] = {
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.editor.restoreViewState": False,
    "workbench.reduceMotion": "on",
    "workbench.colorTheme": "Default Light Modern",
    "chat.disableAIFeatures": True,
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "extensions.autoUpdate": False,
    "extensions.autoCheckUpdates": False,
    "extensions.ignoreRecommendations": True,
    "security.workspace.trust.enabled": False,
    "git.enabled": False,
    "editor.hover.delay": 100,
    "editor.minimap.enabled": False,
    "editor.occurrencesHighlight": "off",
    "editor.stickyScroll.enabled": False,
    "editor.wordWrap": "on",
    "files.autoSave": "off",
    "files.hotExit": "off",
    "window.commandCenter": False,
    "window.restoreWindows": "none",
}


def missing() -> str | None:
    """Why these tests cannot run here; None if they can."""
    if not CODE_SERVER.exists():
        return "code-server is not installed: run tests/tools/editors.sh"
    if chromium_path() is None:
        return "Chromium is not installed: run tests/tools/editors.sh as root on Debian"
    if not (EXTENSION / "node_modules").is_dir():
        return "the extension's tools are not installed: run tests/tools/editors.sh"
    return None


def chromium_path() -> str | None:
    """The Chromium that Debian installed."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")


def node_environment() -> dict[str, str]:
    """The environment in which Node 24 comes first and `clarifier` is the one under test."""
    scripts = str(Path(sys.executable).parent)
    server = str(ROOT / "server")
    return {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": server, "PYTHON": sys.executable}


def build_vsix(folder: Path) -> Path:
    """The extension, packaged as users get it."""
    out = folder / "clarifier.vsix"
    vsce = [str(EXTENSION / "node_modules/.bin/vsce"), "package", "--no-dependencies", "--out", str(out)]
    ran = subprocess.run(vsce, cwd=EXTENSION, env=node_environment(), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return out


class CodeServer:
    """One running code-server with the extension installed."""

    def __init__(self, vsix: Path, settings: dict[str, Any], *extra: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="clarifier-vscode-"))
        self.write_settings(settings)
        environment = {**node_environment(), "XDG_CONFIG_HOME": str(self.folder / "config")}
        common = [
            str(CODE_SERVER),
            "--user-data-dir",
            str(self.folder / "data"),
            "--extensions-dir",
            str(self.folder / "extensions"),
        ]
        common += ["--disable-telemetry", "--disable-update-check"]
        subprocess.run([*common, "--install-extension", str(vsix)], env=environment, check=True, stdout=subprocess.DEVNULL)
        with socket.socket() as free:
            free.bind((LOOPBACK, 0))
            self.port = free.getsockname()[1]
        self._log = (self.folder / "code-server.log").open("w")
        serve = [
            *common,
            "--auth",
            "none",
            "--bind-addr",
            f"{LOOPBACK}:{self.port}",
            "--disable-getting-started-override",
            "-e",
            *extra,
        ]
        self._process = subprocess.Popen(serve, env=environment, stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True)
        until(self._answers, "code-server to answer")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(f"http://{LOOPBACK}:{self.port}/healthz", timeout=1)
            return True
        return False

    def write_settings(self, settings: dict[str, Any]) -> None:
        """Replace the settings of user and machine; an editor that is open takes them over."""
        for place in ("User", "Machine"):
            file = self.folder / "data" / place / "settings.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps({**(SETTINGS if place == "User" else {}), **settings}))

    def output(self, name: str) -> str:
        """What was written to one of the extension's outputs, in all windows so far."""
        return "".join(log.read_text(encoding="utf-8") for log in sorted((self.folder / "data/logs").rglob(f"*{name}.log")))

    def address(self, workspace: Path, file: Path) -> str:
        """The address that opens a folder and a file in it."""
        opened = json.dumps([["openFile", f"vscode-remote://{LOOPBACK}:{self.port}{file}"]])
        return f"http://{LOOPBACK}:{self.port}/?folder={quote(str(workspace))}&payload={quote(opened)}"

    def stop(self) -> None:
        """End it with all that it started."""
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def until(holds: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait until something outside the browser holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited {seconds:.0f} s for {what}"
        time.sleep(0.05)


def language_servers(workspace: Path) -> list[int]:
    """The process IDs of the language servers that were started for this run's editor."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().split(b"\0")
                environment = (entry / "environ").read_bytes()
                if b"clarifier" in words and b"lsp" in words and f"CLARIFIER_TEST={workspace}".encode() in environment:
                    found.append(int(entry.name))
    return found


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A running Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # not installed everywhere; `missing` is asked first

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium_path(), headless=True, args=arguments)
        try:
            yield browser
        finally:
            browser.close()
