"""The schemas that are shipped say what the code does."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from clarifier.adapters import beginning, tables

SCHEMAS = Path(tables.__file__).parent / "schemas"


def test_the_shipped_schema_is_that_of_the_configuration() -> None:
    # After a change: python -c "from clarifier.adapters import tables as c; print(c.schema(), end='')" > …/schemas/configuration.json
    assert (SCHEMAS / "configuration.json").read_text(encoding="utf-8") == tables.schema()


def test_schemas_are_schemas() -> None:
    for file in SCHEMAS.glob("*.json"):
        jsonschema.Draft202012Validator.check_schema(json.loads(file.read_text(encoding="utf-8")))


def test_what_init_writes_keeps_to_it(tmp_path: Path) -> None:
    schema = json.loads((SCHEMAS / "configuration.json").read_text(encoding="utf-8"))
    jsonschema.validate(tomllib.loads(beginning.configuration_for(tmp_path)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"colour": 1}, schema)
    jsonschema.validate({"rules": {"vague-term": "off", "open-list": "error"}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"rules": {"vague-term": "loud"}}, schema)
