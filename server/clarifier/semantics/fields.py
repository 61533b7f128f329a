"""Fields: what a specification says of a named entry, in a table, a list or a sentence: that it is required, optional, or absent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clarifier.semantics.kept import kept
from clarifier.semantics.norms import Duty
from clarifier.syntax.document import BlockKind, Passage
from clarifier.text.source import Span


@dataclass(frozen=True, slots=True)
class Field:
    """An entry by its name, the headings that it stands under, and the duty to have it; `span` are the words that say so.

    `form` tells apart what a table says of many entries from what is said of one: one table never speaks of a name twice.
    """

    name: str
    owner: str
    duty: Duty
    span: Span
    form: str


_NEEDED = r"required|mandatory|compulsory|must|shall"
_FREE = r"optional|may|should|recommended|voluntary"
_BANNED = r"prohibited|forbidden|must not|shall not"
_KEYWORD = re.compile(rf"(?P<banned>{_BANNED})|(?P<needed>{_NEEDED})|(?P<free>{_FREE})", re.IGNORECASE)
_CARDINALITY = re.compile(r"(?P<least>\d+)\s*(?:\.\.|…|-|–|to)\s*(?P<most>\d+|\*|n|m|many|unbounded)", re.IGNORECASE)
_COLUMN = re.compile(
    r"(?:is\s+)?(?:required|mandatory|optional|presence|requirement(?:\s+level)?|cardinality|multiplicity|occurrences?|occurs|level)\??",
    re.IGNORECASE,
)
_LINE = re.compile(rf"(?P<key>{_COLUMN.pattern})\s*[:=]\s*(?P<value>\S.*)", re.IGNORECASE)
_NAMED = re.compile(
    r"(?P<name>[\w$@][\w.$@/\[\]-]{0,80})\s*+(?:\((?P<inside>[^()]*)\)|(?P<type>[\w<>\[\]]{1,40}(?:, )?)?)\s*+(?:[:—–-]|\.)\s*(?P<rest>\S.*)?",
    re.DOTALL,
)
_OPENS = re.compile(r"(?P<free>OPTIONAL|Optional)\b|(?P<needed>REQUIRED|Required|MANDATORY|Mandatory)\b")
_INSIDE = re.compile(r"\b(?:(?P<free>optional)|(?P<needed>required|mandatory))\b(?!\s+(?:if|when|for|unless|in)\b)", re.IGNORECASE)
_SAYS = re.compile(
    r"(?:the\s+)?[“\"`']?(?P<name>[\w$@][\w.$@/-]{0,80})[”\"`']?\s+(?:attribute|property|field|parameter|member|element|header(?: field)?|claim|key|option)"
    r"\s+(?:is|are)\s+(?:(?P<needed>REQUIRED|required|mandatory)|(?P<free>OPTIONAL|optional))\b(?!\s+(?:if|when|to|for|unless|only|in)\b)",
    re.IGNORECASE,
)
_STEP = " / "
_GENERIC = re.compile(
    r"metadata|description|intent|purpose|cardinality|syntax|format|overview|summary|attributes|properties", re.IGNORECASE
)
_KIND = re.compile(
    r"(?<!\s)\s*+\b(?:field|attribute|property|parameter|element|header|option|section|object|tag)s?\s*$", re.IGNORECASE
)
_NUMBER = re.compile(r"^\s*(?:[\dA-Z]+(?:\.\d+)*\.?\s+)?")
_ABOUT = re.compile(
    r"(?:an?|this)\s+(?:(?P<free>optional)|(?P<needed>required|mandatory))\s+(?:\w+\s+)?(?:field|attribute|property|element|parameter)\b",
    re.IGNORECASE,
)
_YES, _NO = re.compile(r"(?:yes|y|true|✓|✔|x)\W*", re.IGNORECASE), re.compile(r"(?:no|n|false|✗|-|–)\W*", re.IGNORECASE)


@kept
def fields(passage: Passage) -> tuple[tuple[int, Field], ...]:
    """What the sentences of a passage say of fields: the index of each sentence and its field."""
    return tuple(_in_row(passage) if passage.kind is BlockKind.ROW else _in_text(passage))


def _in_row(passage: Passage) -> Iterator[tuple[int, Field]]:
    """The cells under a column such as "Required" or "Cardinality"; or a row that is itself such an entry of its heading."""
    label = next((s.text for s, c in zip(passage.sentences, passage.cells, strict=True) if c == 0), "")
    for index, (sentence, cell) in enumerate(zip(passage.sentences, passage.cells, strict=True)):
        column = passage.columns[cell] if cell < len(passage.columns) else ""
        named = cell > 0 and _COLUMN.fullmatch(column.strip()) is not None
        single = cell == 1 and _COLUMN.fullmatch(label.strip()) is not None and len(passage.columns) == 2
        if named or single:
            found = _value(column if named else label, sentence.text)
            name, owner = (_plain(label), passage.path) if named else _titled(passage)
            form = f"table {' '.join(passage.columns)}" if named else f"entry {label.lower()}"
            if found is not None and name:
                yield index, Field(name, owner, *found, form)


def _value(key: str, value: str) -> tuple[Duty, Span] | None:
    """What the value of an entry such as "Required" says, and where; None where it says it with a condition, or not at all."""
    counted = _CARDINALITY.match(value)
    if counted:
        return (Duty.OBLIGED if int(counted["least"][:3]) > 0 else Duty.EXEMPT), Span(*counted.span())
    said = _KEYWORD.match(value)
    if said and len(value[said.end() :].split()) <= 3:
        return Duty.FORBIDDEN if said["banned"] else Duty.OBLIGED if said["needed"] else Duty.EXEMPT, Span(*said.span())
    optional = "optional" in key.lower()
    if _YES.fullmatch(value):
        return Duty.EXEMPT if optional else Duty.OBLIGED, Span(0, len(value))
    return (Duty.OBLIGED if optional else Duty.EXEMPT, Span(0, len(value))) if _NO.fullmatch(value) else None


def _in_text(passage: Passage) -> Iterator[tuple[int, Field]]:
    for index, sentence in enumerate(passage.sentences):
        text = sentence.text
        line = _LINE.match(text)
        if line:
            found = _value(line["key"], line["value"])
            name, owner = _titled(passage)
            if found is not None and name:
                yield index, Field(name, owner, found[0], found[1].shifted(line.start("value")), f"entry {line['key'].lower()}")
            continue
        about = _ABOUT.match(text) if index == 0 and passage.kind is BlockKind.PARAGRAPH else None
        if about:
            name, owner = _titled(passage)
            yield (
                index,
                Field(
                    name,
                    owner,
                    Duty.EXEMPT if about["free"] else Duty.OBLIGED,
                    Span(0, about.end("needed" if about["needed"] else "free")),
                    "sentence",
                ),
            )
            continue
        said = _SAYS.search(text)
        named = _NAMED.match(text) if index == 0 and passage.kind is BlockKind.ITEM else None
        keyword = (_INSIDE.search(named["inside"] or "") or _OPENS.match(named["rest"] or "")) if named else None
        if said:
            duty, words = (Duty.OBLIGED, Span(*said.span("needed"))) if said["needed"] else (Duty.EXEMPT, Span(*said.span("free")))
            yield index, Field(said["name"].lower(), passage.path, duty, words, "sentence")
        elif named and keyword:
            start = text.index(keyword[0], named.start())
            duty = Duty.OBLIGED if keyword["needed"] else Duty.EXEMPT
            yield index, Field(named["name"].lower(), passage.path, duty, Span(start, start + len(keyword[0])), "item")


def _titled(passage: Passage) -> tuple[str, str]:
    """The field that the headings are about, and where that heading stands: "6.7 License list version field"."""
    around = passage.path.split(_STEP)
    while len(around) > 1 and _GENERIC.fullmatch(_NUMBER.sub("", around[-1]).strip()):
        around.pop()
    return _plain(_KIND.sub("", _NUMBER.sub("", around[-1]))), _STEP.join(around)


def _plain(name: str) -> str:
    return " ".join(name.strip(" `*_“”\"'").lower().split())


_OTHER = {
    "yes": "no", "y": "n", "true": "false", "✓": "✗", "✔": "✗", "x": "-", "required": "optional", "mandatory": "optional",
    "compulsory": "optional", "must": "may", "shall": "may",
}  # fmt: skip
_BACK = {
    "no": "yes",
    "n": "y",
    "false": "true",
    "✗": "✓",
    "-": "x",
    "optional": "required",
    "may": "must",
    "should": "must",
    "recommended": "required",
}


def restated(words: str, duty: Duty) -> str | None:
    """The words that say whether an entry must be there, so that they say the duty; None where they cannot be changed alone."""
    counted = _CARDINALITY.match(words.strip())
    if counted:
        least = "1" if duty is Duty.OBLIGED else "0"
        return (
            words[: words.index(counted[0]) + counted.start("least")]
            + least
            + words[words.index(counted[0]) + counted.end("least") :]
        )
    *article, word = words.split(" ")
    plain = word.strip(".,;:").lower()
    other = (_BACK if duty is Duty.OBLIGED else _OTHER).get(plain)
    if other is None:
        return None
    shaped = other.upper() if len(plain) > 1 and word.isupper() else other.capitalize() if word[:1].isupper() else other
    if [a.lower() for a in article] in (["a"], ["an"]):
        article = [("An" if article[0][0] == "A" else "an") if other[0] in "aeiou" else ("A" if article[0][0] == "A" else "a")]
    return " ".join([*article, word.replace(word.strip(".,;:"), shaped)])
