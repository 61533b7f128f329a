"""How it looks: in the dark, in high contrast, at 200 %; and how long a large specification takes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.vscode.conftest import SPECIFICATION
from tests.vscode.editor import Editor
from tests.vscode.harness import SHOTS, CodeServer

MODEL_SPEC = next(
    (
        path
        for path in (
            SPECIFICATION.parent.parent / "model_spec" / "model_spec.md",
            Path("/work/shared/corpus/model_spec/model_spec.md"),
        )
        if path.exists()
    ),
    None,
)


@pytest.mark.parametrize(("theme", "name"), [("Default Dark Modern", "dark"), ("Default High Contrast", "contrast")])
def test_a_question_can_be_read_in_a_theme(
    open_editor: Callable[..., Editor], code_server: CodeServer, server_settings: dict[str, Any], theme: str, name: str
) -> None:
    code_server.write_settings({**server_settings, "workbench.colorTheme": theme})
    try:
        editor = open_editor()
        view = editor.questions()
        head = view.locator("button.question[aria-expanded=true]")
        head.wait_for()
        editor.shot(f"questions-{name}")
        assert contrast(view.locator("button.question").first) >= 4.5
        assert contrast(view.locator(".place").first) >= 4.5
    finally:
        code_server.write_settings(server_settings)


def test_nothing_is_cut_off_at_200_percent(open_editor: Callable[..., Editor]) -> None:
    editor = open_editor(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    view = editor.questions()
    view.locator("button.question[aria-expanded=true]").wait_for()
    editor.shot("questions-200-percent")
    assert view.locator("body").evaluate("body => body.scrollWidth <= body.clientWidth")


@pytest.mark.skipif(MODEL_SPEC is None, reason="the OpenAI Model Spec is not here")
def test_a_newcomer_has_seen_a_question_within_a_minute(open_editor: Callable[..., Editor]) -> None:
    assert MODEL_SPEC is not None
    began = time.monotonic()
    editor = open_editor({"model_spec.md": MODEL_SPEC.read_text(encoding="utf-8")}, ready=False)
    shown = time.monotonic() - began
    editor.page.wait_for_function(
        "() => /[1-9]/.test(document.querySelector('#status\\\\.problems')?.textContent ?? '')", timeout=60_000
    )
    first = time.monotonic() - began
    view = editor.questions()
    view.locator("button.question[aria-expanded=true]").wait_for(timeout=60_000)
    asked = time.monotonic() - began
    editor.shot("model-spec-first")
    editor.waits_until_ready()
    everything = time.monotonic() - began
    editor.shot("model-spec")
    figures = {
        "text shown": shown,
        "first finding": first,
        "first question": asked,
        "all": everything,
        "questions": view.locator("h2").inner_text(),
    }
    (SHOTS / "model-spec.json").write_text(json.dumps(figures, indent=2), encoding="utf-8")
    assert asked < 60


def contrast(element: Any) -> float:
    """The contrast of an element's text with the first background behind it, as WCAG defines it."""
    return float(element.evaluate(_CONTRAST))


_CONTRAST = """element => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let back = null;
  for (let at = element; at && !back; at = at.parentElement) {
    const colour = parse(getComputedStyle(at).backgroundColor);
    if (colour.length < 4 || colour[3] > 0.5) back = colour;
  }
  const body = getComputedStyle(document.documentElement).getPropertyValue('--vscode-sideBar-background');
  if (!back) { const probe = document.createElement('i'); probe.style.color = body; document.body.append(probe); back = parse(getComputedStyle(probe).color); probe.remove(); }
  const [a, b] = [light(parse(getComputedStyle(element).color)), light(back)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""
