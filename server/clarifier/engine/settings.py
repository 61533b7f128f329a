"""What the user asked for, as a value. Reading it from files is the adapters' work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clarifier.rules._rule import Rule, Severity
from clarifier.semantics.normativity import Profile

LEVELS = ("root", "system", "developer", "user", "guideline")
LEFT_ALONE = ("README", "CHANGELOG", "CONTRIBUTING", "LICENSE", "CODE_OF_CONDUCT", "SECURITY")


@dataclass(frozen=True)
class Settings:
    """The settings that bear on an analysis. `rules` maps a rule's name to a severity, or to None for off."""

    normative: Profile = Profile.AUTO
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    conflict_scope: str = "workspace"
    levels: tuple[str, ...] = LEVELS
    terms: Mapping[str, str] = field(default_factory=dict)
    prompt_dirs: tuple[str, ...] = ("examples", "prompts", ".")
    imports: tuple[str, ...] = ()
    include: tuple[str, ...] = ("**/*.md", "**/*.markdown")
    exclude: tuple[str, ...] = ()
    home: str = ""  # the folder of the configuration file
    today: date | None = None  # suppressions may end; without a day none has
    log_answers: str = "specification"  # or the path of a file, or "none"

    def severity(self, rule: Rule, found: Severity | None = None) -> Severity | None:
        """The severity of a finding: the user's if set, else the evidence's, else the rule's; None for off."""
        if rule.name in self.rules:
            return self.rules[rule.name]
        return found or rule.severity
