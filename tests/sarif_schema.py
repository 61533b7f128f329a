"""The part of SARIF 2.1.0 (OASIS) that Clarifier writes, as a strict schema: names, types, required properties, values."""

from __future__ import annotations

from typing import Any


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_TEXT = {"type": "string"}
_ONE = {"type": "integer", "minimum": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_MESSAGE = _object(["text"], text=_TEXT, markdown=_TEXT)
_REGION = _object(["startLine"], startLine=_ONE, startColumn=_ONE, endLine=_ONE, endColumn=_ONE)
_ARTIFACT = _object(["uri"], uri={"type": "string", "format": "uri-reference"})
_PLACE = _object(["artifactLocation", "region"], artifactLocation=_ARTIFACT, region=_REGION)
_LOCATION = _object(["physicalLocation"], id={"type": "integer", "minimum": -1}, physicalLocation=_PLACE, message=_MESSAGE)
_REPLACEMENT = _object(["deletedRegion"], deletedRegion=_REGION, insertedContent=_object([], text=_TEXT))
_CHANGE = _object(
    ["artifactLocation", "replacements"], artifactLocation=_ARTIFACT, replacements={**_list(_REPLACEMENT), "minItems": 1}
)
_FIX = _object(["artifactChanges"], description=_MESSAGE, artifactChanges={**_list(_CHANGE), "minItems": 1})
_BAG = {"type": "object", "properties": {"tags": {**_list(_TEXT), "uniqueItems": True}}}
_RULE = _object(
    ["id"],
    id=_TEXT,
    name=_TEXT,
    helpUri={"type": "string", "format": "uri"},
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    help=_MESSAGE,
    defaultConfiguration=_object([], level=_LEVEL),
    properties=_BAG,
)
_RESULT = _object(
    ["message"],
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level=_LEVEL,
    message=_MESSAGE,
    locations=_list(_LOCATION),
    relatedLocations={**_list(_LOCATION), "uniqueItems": True},
    fixes={**_list(_FIX), "uniqueItems": True},
    partialFingerprints={"type": "object", "additionalProperties": _TEXT},
    properties=_BAG,
)
_DRIVER = _object(
    ["name"],
    name=_TEXT,
    version=_TEXT,
    semanticVersion=_TEXT,
    informationUri={"type": "string", "format": "uri"},
    rules={**_list(_RULE), "uniqueItems": True},
)
_RUN = _object(
    ["tool"],
    tool=_object(["driver"], driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=_list(_RESULT),
)
SARIF = _object(
    ["version", "runs"], **{"$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"}, "runs": _list(_RUN)}
)
