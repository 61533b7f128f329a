"""`clarifier init`, `new` and `stats`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from clarifier.adapters import beginning, configuration, statistics, tables
from clarifier.adapters.check import check
from clarifier.adapters.failures import CannotRun
from clarifier.adapters.gathering import gather
from clarifier.syntax.language import SpacyLanguage

MODEL_SPEC = Path(__file__).parent / "model_spec"


def test_configuration_fits_the_model_spec() -> None:
    text = beginning.configuration_for(MODEL_SPEC)
    assert "clause IDs as footnote (116)" in text
    values = tomllib.loads(text)
    assert values["prompts"]["dirs"] == ["examples"]
    tables.Configuration.model_validate(values)


def test_configuration_of_an_empty_folder_says_the_defaults(tmp_path: Path) -> None:
    beginning.save_new([(tmp_path / "clarifier.toml", beginning.configuration_for(tmp_path))])
    settings = configuration.load(tmp_path / "clarifier.toml")
    assert settings.rules == {"missing-clause-id": None}
    with pytest.raises(CannotRun, match="already"):
        beginning.save_new([(tmp_path / "clarifier.toml", "")])


def test_configuration_of_capitals(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A {authority=board}\n\n" + "- **R-1**: It MUST go.\n" * 6, encoding="utf-8")
    values = tomllib.loads(beginning.configuration_for(tmp_path))
    assert values["clauses"]["normative"] == "rfc2119"
    assert values["authority"]["levels"][-1] == "board"


@pytest.mark.parametrize("style", ["footnote", "label", "rule", "heading"])
def test_skeleton_is_clean(style: str, tmp_path: Path, language: SpacyLanguage) -> None:
    made = beginning.skeleton(tmp_path / "my-service.md", style)
    beginning.save_new(made)
    assert len(made) >= 3
    checked = check(gather([tmp_path], None), language)
    assert [(f.rule, f.message) for f in checked.findings if f.severity in ("error", "warning")] == []
    assert len(checked.analyses) == 1


def test_figures(tmp_path: Path) -> None:
    found, _ = statistics.figures_of([MODEL_SPEC], None, None, None)
    assert (found.files, found.sections, found.clauses, found.tested) == (1, 80, 116, 112)
    assert found.rules["orphan-prompts"] == 2
    values = json.loads(statistics.as_json(found, None))
    assert values["now"]["coverage"] == pytest.approx(112 / 116)
    assert "97%  coverage" in statistics.as_text(found, found)
    statistics.save_badge(found, tmp_path / "badge.svg")
    ElementTree.parse(tmp_path / "badge.svg")
    statistics.save_badge(found, tmp_path / "badge.json")
    assert json.loads((tmp_path / "badge.json").read_text(encoding="utf-8"))["message"] == "97%"
