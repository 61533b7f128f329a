"""What the server knows of the disk: what is forgotten while it is looked at is not known afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clarifier.adapters import configuration, files
from clarifier.adapters.lsp.library import Library
from clarifier.engine.settings import Settings


@pytest.mark.parametrize(
    ("module", "name", "look"),
    [
        (configuration, "load", lambda library, file: library.settings(file).conflict_scope),
        (configuration, "find", lambda library, file: library.settings(file).conflict_scope),
        (files, "neighbourhood", lambda library, file: sorted(library.neighbourhood(file, Settings()).prompts)),
        (files, "is_prompt_file", lambda library, file: library.is_prompt_file(file)),
    ],
)
def test_what_is_forgotten_meanwhile_is_looked_at_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, look: Callable[[Library, str], object]
) -> None:
    file = tmp_path / "abc.md"
    file.write_text("The server must wait.\n", encoding="utf-8")
    if name == "load":
        (tmp_path / "clarifier.toml").write_text("", encoding="utf-8")
    library, looked, changed = Library(), threading.Event(), threading.Event()
    really = getattr(module, name)

    def slowly(*given: Any, **named: Any) -> object:
        answer = really(*given, **named)
        looked.set()
        assert changed.wait(30)
        return answer

    monkeypatch.setattr(module, name, slowly)
    thread = threading.Thread(target=look, args=(library, str(file)))
    thread.start()
    assert looked.wait(30)
    (tmp_path / "clarifier.toml").write_text('[conflicts]\nscope = "file"\n', encoding="utf-8")
    (tmp_path / "prompts").mkdir()
    prompts = "Examples for [^abc] in A:\n\n**Example**: one\n\n~~~xml\n<user>\nHow?\n</user>\n~~~\n"
    for place in (file, tmp_path / "prompts" / "abc.md"):
        place.write_text(prompts, encoding="utf-8")
    library.forget_configuration()
    changed.set()
    thread.join()
    assert look(library, str(file)) == look(Library(), str(file))
    assert look(library, str(file)) in ("file", ["abc"], True)
