"""analyse(source, settings, previous) → Analysis: one pure function; `previous` makes it faster, never different."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from clarifier.engine.examining import examine
from clarifier.engine.findings import Finding, from_spot, told_apart, unasked
from clarifier.engine.language import Language
from clarifier.engine.omissions import MOST_FINDINGS
from clarifier.engine.settings import Settings
from clarifier.engine.settling import Placed, Settlement, merged, place, settle
from clarifier.engine.suppression import without_allowed
from clarifier.rules import RULES
from clarifier.rules._rule import Hit
from clarifier.semantics.specification import Specification, Surroundings
from clarifier.syntax.assembly import read_document
from clarifier.syntax.document import Document
from clarifier.text.source import Source


@dataclass(frozen=True)
class Analysis:
    """A specification and what was found in it. Equal if what it says is equal, however it was come by."""

    specification: Specification
    settings: Settings
    findings: tuple[Finding, ...]
    settlement: Settlement = field(compare=False, repr=False)
    placed: tuple[Placed, ...] = field(compare=False, repr=False)
    language: str | None = field(default=None, compare=False)

    @property
    def is_read(self) -> bool:
        """Whether every sentence was read; if not, a further analysis finds more."""
        return not any(part.examined.unread for part in self.settlement.parts.values())

    @property
    def document(self) -> Document:
        """The specification's document."""
        return self.specification.document


def analyse(
    source: Source,
    settings: Settings,
    previous: Analysis | None = None,
    language: Language | None = None,
    surroundings: Surroundings | None = None,
    hasty: bool = False,
    pause: Callable[[], None] = lambda: None,
) -> Analysis:
    """What is to be clarified in a source. Without a language only its structure is examined.

    Takes any text. Parts, words and hits that `previous` holds are taken over. In haste (while the author types) no
    sentence is read that was not read before: half a sentence says nothing yet. `pause` is called every few milliseconds of work.
    """
    document = read_document(source, previous.document if previous else None)
    version = language.version if language else None
    earlier: Settlement | None = None
    # A part's text determines how it is read only together with the document's link definitions.
    if previous is not None and previous.document.definitions == document.definitions:
        same = previous.settings == settings and previous.language == version
        earlier = previous.settlement if same else None
    known = {text: part.examined for text, part in earlier.parts.items()} if earlier is not None else {}
    examined = examine(document, settings, language, known, hasty, pause)
    specification = Specification(
        document,
        tuple([examined[part.key].passages for part in document.parts]),
        surroundings or Surroundings(),
        settings.levels,
        settings.terms,
        settings.normative,
        language is not None,
        dict(previous.specification.carried) if previous is not None else {},
    )
    pause()
    settlement = settle(examined, specification, settings, earlier)
    parts = [settlement.parts[part.key] for part in document.parts]
    placed = place(parts, specification, *((previous.specification, previous.placed) if previous is not None else (None, ())))
    found = unasked(source, merged(placed, _from_document(specification, settings, pause), specification.path))
    complete = language is not None and not any(part.unread for part in examined.values())
    findings = without_allowed(specification, told_apart(found), settings, complete)
    return Analysis(specification, settings, findings[:MOST_FINDINGS], settlement, placed, version)


def _from_document(specification: Specification, settings: Settings, pause: Callable[[], None]) -> Iterator[Finding]:
    for rule in RULES.values():
        if rule.scope == "document" and settings.rules.get(rule.name, rule.severity) is not None:
            pause()
            for spot in rule.check(specification):
                finding = None if isinstance(spot, Hit) else from_spot(rule, spot, specification, settings)
                if finding is not None:
                    yield finding
