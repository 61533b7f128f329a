"""`clarifier.toml` or `[tool.clarifier]` in `pyproject.toml`, nearest above a file, into settings."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from clarifier.adapters import files
from clarifier.adapters.failures import CannotRun
from clarifier.engine.settings import LEVELS, Settings
from clarifier.rules import RULES
from clarifier.rules._rule import Severity
from clarifier.semantics.normativity import Profile

NAMES = ("clarifier.toml", "pyproject.toml")


def _off(value: object) -> object:
    return None if value == "off" else value


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
        ["examples", "prompts", "."], description="Folders of prompt files, relative to the specification or the configuration."
    )


class Authority(_Table):
    """`[authority]`: the chain of command."""

    levels: list[str] = Field(list(LEVELS), description="Authority levels, highest first.")


class Answers(_Table):
    """`[answers]`: where answers to questions are logged."""

    log: str = Field("specification", description="“specification” (a Clarifications section), “none”, or the path of a file.")


class Configuration(_Table):
    """The whole configuration file."""

    include: list[str] = Field(["**/*.md", "**/*.markdown"], description="Which files in a folder are specifications.")
    exclude: list[str] = Field([], description="Which files and folders are left alone.")
    imports: list[str] = Field([], description="Other specifications, files or folders, whose clauses take part in conflicts.")
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


def find(start: Path) -> Path | None:
    """The configuration file nearest above a file or folder; None if there is none."""
    folder = start if start.is_dir() else start.parent
    for above in (folder, *folder.parents):
        for name in NAMES:
            file = above / name
            if file.is_file() and (name == "clarifier.toml" or _has_table(file)):
                return file
    return None


def _has_table(file: Path) -> bool:
    try:
        return "[tool.clarifier" in file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def load(file: Path | None) -> Settings:
    """The settings in a file, the defaults for None. Raises CannotRun, naming the file and the key."""
    if file is None:
        return Configuration().settings()  # type: ignore[call-arg]
    try:
        tables: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CannotRun(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CannotRun(f"{file}: is not UTF-8 text") from None
    except RecursionError:
        raise CannotRun(f"{file}: is not valid TOML: it is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise CannotRun(f"{file}: is not valid TOML: {error}") from None
    if file.name == "pyproject.toml":
        tools = tables.get("tool", {})
        tables = tools.get("clarifier", {}) if isinstance(tools, dict) else {}
    try:
        configuration = Configuration.model_validate(tables)
    except ValidationError as error:
        raise CannotRun(f"{file}: {_first(error)}") from None
    for name in configuration.rules:
        if name not in RULES:
            raise CannotRun(f"{file}: rules.{name}: there is no rule of this name")
    settings = configuration.settings()
    for name in settings.imports:
        if "\0" in name or not files.within(file.parent / name, file):
            raise CannotRun(f"{file}: imports: {name!r} lies outside the workspace")
    return replace(
        settings,
        home=file.resolve().parent.as_posix(),
        imports=tuple((file.parent.resolve() / name).as_posix() for name in settings.imports),
    )


def _first(error: ValidationError) -> str:
    details = error.errors()[0]
    key = ".".join(str(part) for part in details["loc"] if not str(part).startswith("function-"))
    if details["type"] == "extra_forbidden":
        return f"{key}: there is no setting of this name"
    return f"{key or 'the table'}: {details['msg'][0].lower()}{details['msg'][1:]}"


def schema() -> str:
    """The JSON schema of the configuration, as text."""
    return json.dumps(Configuration.model_json_schema(), indent=2) + "\n"
