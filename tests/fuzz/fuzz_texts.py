"""Any bytes spell a text that is read as a document, a prompt file, a configuration, or edited. Needs atheris; `tests/test_fuzz.py` does not.

`python -m tests.fuzz.fuzz_texts TARGET -max_total_time=600 -max_len=400 FOLDER` keeps what it has learnt in a folder.
"""

from __future__ import annotations

import importlib
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from lsprotocol import types

from clarifier.adapters import configuration, files
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.lsp.convert import Positions
from clarifier.engine.analysis import analyse
from clarifier.engine.settings import Settings
from clarifier.engine.workspace import compare
from clarifier.semantics.specification import Surroundings
from clarifier.syntax.ids import footnotes, heading_attributes, heading_label, ids_in, leading_label
from clarifier.syntax.prompts import PromptFile, read_prompt_file
from clarifier.text.source import Source, Span
from tests.fuzz.alphabet import spelt, spelt_settings
from tests.fuzz.babble import Babble

SETTINGS = Settings()
_ENCODINGS = ("utf-8", "utf-16", "utf-32")


def documents(content: bytes) -> None:
    """Every place of every block, clause, link and finding lies in the text."""
    text = spelt(content)
    analysis = analyse(Source("a.md", text), SETTINGS)
    document = analysis.document
    whole = Span(0, len(text))
    assert "".join(part.text for part in document.parts) == text
    for part, start in zip(document.parts, document.starts, strict=True):
        inside = Span(start, start + len(part.text))
        for block in part.blocks:
            assert inside.covers(block.span.shifted(start))
            for prose in block.prose:
                assert inside.covers(prose.span.shifted(start))
                assert sum(run.length for run in prose.runs) == len(prose.text)
    assert all(whole.covers(clause.span) and clause.span.covers(clause.mark.span) for clause in document.clauses)
    assert all(text[c.mark.name_span.start : c.mark.name_span.end] == c.id for c in document.clauses)
    assert all(whole.covers(link.span) and whole.covers(link.target_span) for link in document.links())
    assert all(whole.covers(comment.span) for comment in document.comments())
    assert all(whole.covers(finding.span) for finding in analysis.findings)


def edits(content: bytes) -> None:
    """What is known of a text before an edit changes nothing of what is said after it."""
    _edited(content, None)


def sentences(content: bytes) -> None:
    """Whatever tree a sentence is read as, the rules take it, and the law of edits holds."""
    _edited(content, Babble())


def _edited(content: bytes, language: Babble | None) -> None:
    head, body = content[:4].ljust(4, b"\0"), content[4:]
    text, piece = spelt(body[: len(body) * 2 // 3]), spelt(body[len(body) * 2 // 3 :])
    at = head[0] * (len(text) + 1) // 256
    end = min(len(text), at + head[1] % 24)
    before, after = text, text[:at] + piece + text[end:]
    old = analyse(Source("a.md", before), SETTINGS, None, language)
    fresh = analyse(Source("a.md", after), SETTINGS, None, language)
    if language is not None:
        hasty = analyse(Source("a.md", after), SETTINGS, old, language, hasty=True)
        assert analyse(Source("a.md", after), SETTINGS, hasty, language) == fresh
    assert analyse(Source("a.md", after), SETTINGS, old, language) == fresh
    assert analyse(Source("a.md", before), SETTINGS, fresh, language) == old
    beside = analyse(Source("b.md", spelt(body[: len(body) // 2])), SETTINGS, None, language)
    assert compare([fresh, beside], compare([old, beside])) == compare([fresh, beside])


def positions(content: bytes) -> None:
    """A client's edits, counted in its own units, give the text that it has; every place has a position and is found again."""
    encoding, body = _ENCODINGS[(content[0] if content else 0) % 3], content[1:]
    # Half a character has no code but in UTF-16, where an edit may lie between the halves of one.
    units = _units(spelt(body[len(body) // 2 :]), encoding)
    source = Source("a.md", _text(units, encoding))
    for index in range(0, len(body) // 2 - 3, 4):
        first, last, letter, way = body[index : index + 4]
        start, end = sorted(byte * (len(units) + 1) // 256 for byte in (first, last))
        if any(not _sayable(units, place) for place in (start, end)):
            continue
        within = types.Range(start=_counted(units, start, encoding), end=_counted(units, end, encoding))
        piece = _units(spelt(bytes([letter])) * (way % 3), encoding)
        units = [*units[:start], *piece, *units[end:]]
        change = types.TextDocumentContentChangePartial(range=within, text=_text(piece, encoding))
        source = Positions(source, encoding).changed(change)
        assert source.text == _text(units, encoding)
        assert source.line_starts == Source("a.md", source.text).line_starts
        places = Positions(source, encoding)
        for offset in {0, len(source.text) // 2, len(source.text)}:
            if source.text[max(0, offset - 1) : offset + 1] != "\r\n":
                assert places.from_position(places.to_position(offset)) == offset
        wild = types.Position(line=first, character=last * 10**way if way < 7 else 2**31 - 1)
        assert 0 <= places.from_position(wild) <= len(source.text)


def _units(text: str, encoding: str) -> list[str]:
    """The text as a client holds it: code units as characters; in UTF-8, characters."""
    if encoding != "utf-16":
        return [c for c in text if not "\ud800" <= c <= "\udfff"]
    coded = text.encode("utf-16-le", "surrogatepass")
    return [chr(int.from_bytes(coded[at : at + 2], "little")) for at in range(0, len(coded), 2)]


def _text(units: list[str], encoding: str) -> str:
    text = "".join(units)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass") if encoding == "utf-16" else text


def _sayable(units: list[str], place: int) -> bool:
    """Whether a client can say a place: not between CR and LF."""
    return units[max(0, place - 1) : place + 1] != ["\r", "\n"]


def _counted(units: list[str], place: int, encoding: str) -> types.Position:
    lines = re.split(r"\r\n|\n|\r", "".join(units[:place]))
    width = len(lines[-1].encode()) if encoding == "utf-8" else len(lines[-1])
    return types.Position(line=len(lines) - 1, character=width)


def prompts(content: bytes) -> None:
    """A prompt file is read, whatever is in it, and stands beside a specification."""
    text = spelt(content)
    file = read_prompt_file("prompts/ab12.md", text)
    _lies_in(file, text)
    around = Surroundings(prompts={"ab12": (file,)}, prompt_dirs=("prompts",))
    specification = "# Rules\n\nThe server MUST wait [^ab12].\n"
    found = analyse(Source("a.md", specification), SETTINGS, None, None, around)
    lengths = {"a.md": len(specification), file.path: len(text)}
    assert all(0 <= f.span.start <= f.span.end <= lengths[f.path] for f in found.findings)


def _lies_in(file: PromptFile, text: str) -> None:
    whole = Span(0, len(text))
    assert all(whole.covers(span) for span, _ in file.problems)
    assert all(span is None or whole.covers(span) for span in (file.head_id_span, file.head_title_span))
    for prompt in file.prompts:
        assert whole.covers(prompt.span)
        assert all(whole.covers(turn.span) for turn in prompt.turns)
        assert prompt.fingerprint


def configurations(content: bytes) -> None:
    """A configuration is read or refused in one sentence; whatever it says, a folder can be walked with it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        file = folder / "clarifier.toml"
        file.write_text(spelt_settings(content), encoding="utf-8", errors="replace")
        (folder / "a.md").write_text("The server MUST wait [^abc].\n", encoding="utf-8")
        with suppress(CannotRun):
            settings = configuration.load(file)
            for path in files.specifications(folder, settings):
                files.neighbourhood(path, settings)
            analyse(Source("a.md", "# A {authority=user}\n\nThe server MUST wait [^abc].\n"), settings)


def ids(content: bytes) -> None:
    """IDs lie in the text."""
    text = spelt(content)
    for _, span in footnotes(text):
        assert 0 <= span.start < span.end <= len(text)
    attributes = heading_attributes(text, 0)
    assert attributes is None or attributes.span.end <= len(text)
    for found in (leading_label(text), heading_label(text)):
        assert found is None or text[found[0].name_span.start : found[0].name_span.end] == found[0].id
    list(ids_in(text))


TARGETS: dict[str, Callable[[bytes], None]] = {
    f.__name__: f for f in (documents, edits, sentences, positions, prompts, configurations, ids)
}


if __name__ == "__main__":
    atheris = importlib.import_module("atheris")
    for name in [name for name in sys.modules if name.partition(".")[0] == "clarifier"]:
        del sys.modules[name]
    with atheris.instrument_imports(include=["clarifier", "markdown_it", "mdit_py_plugins"]):
        target = importlib.import_module("tests.fuzz.fuzz_texts").TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
