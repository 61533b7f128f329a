"""The tables of a configuration file: what may stand in them, and what they say. Imported when there is a file: pydantic takes its time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from clarifier.engine.settings import LEVELS, Settings
from clarifier.rules._rule import Severity
from clarifier.semantics.normativity import Profile


class Wrong(Exception):
    """Something in a configuration that cannot be, with its key."""


def _off(value: object) -> object:
    return None if value == "off" else value


def _matchable(pattern: str) -> str:
    """The pattern, if a path can be matched with it in time: each wildcard more takes ten times as long where nothing matches."""
    segments = pattern.split("/")
    if segments.count("**") > 3 or any(len(re.findall(r"\*+", s)) > 3 for s in segments if s != "**") or len(pattern) > 1000:
        raise PydanticCustomError(
            "wildcards", "has more wildcards than can be matched in time: {pattern}", {"pattern": pattern[:80]}
        )
    return pattern


Patterns = Annotated[list[Annotated[str, AfterValidator(_matchable)]], Field(max_length=1000)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)


class Clauses(_Table):
    """`[clauses]`: what counts as normative."""

    normative: Literal["auto", "rfc2119", "all"] = Field(
        "auto", description="Which sentences oblige: by all signs, by RFC 2119 capitals only, or all of them."
    )


class Conflicts(_Table):
    """`[conflicts]`: where conflicts are looked for."""

    scope: Literal["workspace", "file"] = Field(
        "workspace", description="Compare clauses across all files, or within each file only."
    )


class Prompts(_Table):
    """`[prompts]`: where prompt files lie."""

    dirs: list[str] = Field(
        ["examples", "prompts", "."],
        max_length=100,
        description="Folders of prompt files, relative to the specification or the configuration.",
    )


class Authority(_Table):
    """`[authority]`: the chain of command."""

    levels: list[str] = Field(list(LEVELS), max_length=1000, description="Authority levels, highest first.")


class Answers(_Table):
    """`[answers]`: where answers to questions are logged."""

    log: str = Field("specification", description="“specification” (a Clarifications section), “none”, or the path of a file.")


class Configuration(_Table):
    """The whole configuration file."""

    include: Patterns = Field(["**/*.md", "**/*.markdown"], description="Which files in a folder are specifications.")
    exclude: Patterns = Field([], description="Which files and folders are left alone.")
    imports: list[str] = Field(
        [], max_length=1000, description="Other specifications, files or folders, whose clauses take part in conflicts."
    )
    clauses: Clauses = Clauses()  # type: ignore[call-arg]  # the mypy plugin of pydantic is not required for the defaults
    conflicts: Conflicts = Conflicts()  # type: ignore[call-arg]
    prompts: Prompts = Prompts()  # type: ignore[call-arg]
    authority: Authority = Authority()  # type: ignore[call-arg]
    answers: Answers = Answers()  # type: ignore[call-arg]
    rules: dict[
        str,
        Annotated[
            Severity | None, BeforeValidator(_off), WithJsonSchema({"enum": ["off", "hint", "information", "warning", "error"]})
        ],
    ] = Field({}, description="Severity of a rule: off, hint, information, warning or error.")
    terms: dict[str, str] = Field({}, description="The glossary: a term and what it means.")

    def settings(self) -> Settings:
        """The settings that these tables say."""
        return Settings(
            normative=Profile(self.clauses.normative),
            rules=dict(self.rules),
            conflict_scope=self.conflicts.scope,
            levels=tuple(self.authority.levels),
            terms=dict(self.terms),
            prompt_dirs=tuple(self.prompts.dirs),
            imports=tuple(self.imports),
            include=tuple(self.include),
            exclude=tuple(self.exclude),
            today=date.today(),
            log_answers=self.answers.log,
        )


def settings(written: Mapping[str, Any]) -> Settings:
    """The settings that tables say. Raises Wrong, naming the key."""
    try:
        return Configuration.model_validate(written).settings()
    except ValidationError as error:
        raise Wrong(_first(error)) from None


def _first(error: ValidationError) -> str:
    details = error.errors()[0]
    key = ".".join(str(part) for part in details["loc"] if not str(part).startswith("function-"))
    if details["type"] == "extra_forbidden":
        return f"{key}: there is no setting of this name"
    return f"{key or 'the table'}: {details['msg'][0].lower()}{details['msg'][1:]}"


def schema() -> str:
    """The JSON schema of the configuration, as text."""
    return json.dumps(Configuration.model_json_schema(), indent=2) + "\n"
