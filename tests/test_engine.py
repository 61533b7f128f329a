"""What holds for every text: the previous analysis changes nothing but the time, and no place is lost on the way to an editor."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol import types

from clarifier.adapters.lsp.client import Client
from clarifier.adapters.lsp.convert import Positions
from clarifier.adapters.lsp.diagnostics import Writer
from clarifier.engine.analysis import Analysis, analyse
from clarifier.engine.answers import Dismiss, Free, LeaveOpen, PickReading, answer_edits, applied
from clarifier.engine.settings import Settings
from clarifier.engine.views.asking import choices, room_for_answer, sentence_at, typed_answers
from clarifier.engine.views.fixes import fixes
from clarifier.engine.views.hover import hover
from clarifier.engine.views.lenses import lenses
from clarifier.engine.views.navigation import definition, references
from clarifier.engine.views.outline import outline, search
from clarifier.engine.views.renaming import CannotRename, rename
from clarifier.engine.views.writing import completions, hints, ties
from clarifier.syntax.language import SpacyLanguage
from clarifier.syntax.words import Word
from clarifier.text.source import Source, Span

SETTINGS = Settings()
PIECES = (
    "# Rules {#rules authority=user}", "## Sign-in", "### ", "The server must log in the user[^ab12].", "It may do so and/or wait.",
    "The client sends it to the server when it is ready, which is TBD.", "The server MUST:", "- accept PNG, JPEG, etc.", "  - and so on",
    "1. Reply soon[^cd34]", "| Field | must |", "|---|---|", "| name | be short |", "> quoted text should hold", "```", "~~~xml", "<user>",
    "</user>", "<assistant> <!-- BAD[#ab12]: rude -->", "</assistant>", "!!! meta \"Commentary\"", "    indented must", "<!-- a comment", "-->",
    "<!-- clarifier: allow and-or because both are meant -->", "[link](#rules) and [?](#sign-in)", "[x]: #rules", "[a link][x]", "**FR-001**: All users must pass.",
    "r[auth.login]", "---", "", "", "", "😀 must not😀 fail\u2028here", "\t- tab must hold", "&amp; `code must` *and* **or**", "[^ab12]: a note", "===",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=14).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\n\n"]).map(lambda end: end.join(lines))
)
small = st.text(st.sampled_from("a#-*`~[]()^:|<>! \n\r\t\u2028😀é"), max_size=6) | st.sampled_from(PIECES)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and the same text after a few edits."""
    before = after = draw(texts)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(after)))
        end = draw(st.integers(start, min(len(after), start + 40)))
        after = after[:start] + draw(small) + after[end:]
    return before, after


class Remembering:
    """The real language, asked for each sentence once."""

    def __init__(self, language: SpacyLanguage) -> None:
        self.version = language.version
        self._language = language
        self._known: dict[str, tuple[Word, ...]] = {}

    def read(self, wanted: Sequence[str]) -> list[tuple[Word, ...]]:
        missing = [text for text in dict.fromkeys(wanted) if text not in self._known]
        self._known.update(zip(missing, self._language.read(missing), strict=True))
        return [self._known[text] for text in wanted]


@pytest.fixture(scope="session")
def remembering(language: SpacyLanguage) -> Remembering:
    return Remembering(language)


@settings(max_examples=150, deadline=None)
@given(edited())
def test_the_previous_analysis_changes_nothing(pair: tuple[str, str]) -> None:
    before, after = (Source("spec.md", text) for text in pair)
    assert analyse(after, SETTINGS, analyse(before, SETTINGS)) == analyse(after, SETTINGS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edited())
def test_the_previous_analysis_changes_nothing_with_words(remembering: Remembering, pair: tuple[str, str]) -> None:
    before, after = (Source("spec.md", text) for text in pair)
    fresh = analyse(after, SETTINGS, None, remembering)
    structural = analyse(before, SETTINGS)
    read = analyse(before, SETTINGS, structural, remembering)
    assert analyse(after, SETTINGS, read, remembering) == fresh
    hasty = analyse(after, SETTINGS, read, remembering, hasty=True)
    assert analyse(after, SETTINGS, hasty, remembering) == fresh


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edited(), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_what_was_written_before_changes_nothing(remembering: Remembering, pair: tuple[str, str], encoding: str) -> None:
    writer = Writer(Client(related=True), {}, lambda _: None)
    sources = [Source("spec.md", text) for text in pair]
    before, after = (analyse(source, SETTINGS, None, remembering).findings for source in sources)
    old, new = (Positions(source, encoding) for source in sources)
    assert writer.diagnostics(after, new, writer.diagnostics(before, old)).items == writer.diagnostics(after, new).items


def sent(source: Source, offset: int, encoding: str) -> types.Position:
    """The position that a client of an encoding sends, counted in another way than the server's."""
    lines = re.split(r"\r\n|\n|\r", source.text[:offset])
    width = {"utf-8": lambda c: len(c.encode()), "utf-16": lambda c: 1 + (c > "\uffff"), "utf-32": lambda c: 1}[encoding]
    return types.Position(line=len(lines) - 1, character=sum(map(width, lines[-1])))


@settings(max_examples=300, deadline=None)
@given(edited(), st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.data())
def test_incremental_edits_reproduce_the_text(pair: tuple[str, str], encoding: str, data: st.DataObject) -> None:
    source = Source("spec.md", pair[0])
    for _ in range(3):
        start = data.draw(st.integers(0, len(source.text)))
        end = data.draw(st.integers(start, len(source.text)))
        if any(source.text[at - 1 : at + 1] == "\r\n" for at in (start, end)):
            continue  # a client cannot say that place
        new = data.draw(small)
        within = types.Range(start=sent(source, start, encoding), end=sent(source, end, encoding))
        positions = Positions(source, encoding)
        assert positions.from_range(within) == Span(start, end)
        assert positions.to_range(Span(start, end)) == within
        changed = positions.changed(types.TextDocumentContentChangePartial(range=within, text=new))
        assert changed.text == source.text[:start] + new + source.text[end:]
        assert changed.line_starts == Source("spec.md", changed.text).line_starts
        source = changed


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, st.data())
def test_whatever_is_asked_of_any_text_is_answered(remembering: Remembering, text: str, data: st.DataObject) -> None:
    analysis = analyse(Source("/w/spec.md", text), SETTINGS, None, remembering)
    analyses = {"/w/spec.md": analysis}
    at = data.draw(st.integers(0, len(text)))
    hover(analyses, "/w/spec.md", at, analysis.findings)
    definition(analyses, "/w/spec.md", at)
    for place in references(analyses, "/w/spec.md", at, declaration=True):
        assert place.span.end <= len(text)
    for entry in outline(analysis):
        assert entry.span.covers(entry.name_span)
    list(search(analyses, "r")), list(lenses(analysis)), list(completions(analysis, at)), list(ties(analyses, "/w/spec.md"))
    (
        list(hints(analyses, "/w/spec.md", Span(0, len(text)))),
        list(fixes(analyses, analysis.findings, Span(at, at))),
        list(typed_answers(analysis, Span(at, at))),
    )
    try:
        changes = rename(analyses, "/w/spec.md", at, "new1")
    except CannotRename:
        return
    assert changes


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_every_answer_to_every_question_can_be_applied(remembering: Remembering, text: str) -> None:
    analysis = analyse(Source("/w/spec.md", text), SETTINGS, None, remembering)
    for finding in analysis.findings:
        assert sentence_at(analysis, finding.span) or not text[finding.span.start : finding.span.end].strip()
        assert choices(finding)
        for answer in (*(PickReading(n) for n in range(len(finding.readings))), Free("words"), LeaveOpen(), Dismiss("so it is")):
            applied(text, answer_edits(analysis, finding, answer))
        assert _answered_in_room(analysis, finding.span.start)


def _answered_in_room(analysis: Analysis, at: int) -> bool:
    """Whether an answer that is typed into the room left for it can be put in its place."""
    finding = next(f for f in analysis.findings if f.span.start == at)
    edit, cursor = room_for_answer(analysis, finding)
    text = applied(analysis.document.source.text, [edit])
    place = edit.span.start + cursor
    filled = analyse(Source(analysis.document.source.name, text[:place] + "3 s" + text[place:]), analysis.settings)
    return any(fix.title.startswith("Say “3 s”") for fix in typed_answers(filled, Span(place, place)))
