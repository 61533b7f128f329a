"""What a document defines: its terms, what it says they mean, and where.

Definitions are read from the configuration's `[terms]`, sections such as `# Definitions`, list items and rows that open
with a term, sentences that define ("a *manifest* is …", "X means …"), expansions ("Long Form (LF)"), and headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from clarifier.semantics.kept import carried, kept
from clarifier.semantics.specification import Address, Specification
from clarifier.syntax.document import BlockKind, Passage, Passages, Section
from clarifier.syntax.prose import MarkKind
from clarifier.syntax.words import Sentence
from clarifier.text.source import Span

_DEFINING = re.compile(
    r"\b(?:definitions?|terminology|glossary|terms|abbreviations?|acronyms?|nomenclature|vocabulary|concepts|notation)\b",
    re.IGNORECASE,
)
_AFTER_TERM = re.compile(r"\s*+(?:\((?P<short>[^()]{1,40})\)\s*+)?(?:[:：–—=]|(?<=\s)-\s)\s*+(?P<said>\S.*)", re.DOTALL)
_VERB = re.compile(
    r"\s*+(?:\([^()]{1,40}\)\s*+)?(?:,\s*+)?(?:(?:is|are)\s+(?:defined\s+as|(?:an?|the|any|one|every|each|all)\b)|means?\b|denotes?\b|refers?\s+to\b|stands?\s+for\b|describes?\b|represents?\b"
    r"|(?:shall|will|is to)\s+(?:mean|refer)\b|:)\s*+(?P<said>\S.*)",
    re.DOTALL,
)
_NAMING = re.compile(
    r"\b(?:called|known as|termed|referred to as|defined as|hereinafter|hereafter|henceforth|abbreviated(?: as)?|the term|short for|i\.e\.,?)\s+(?:an?\s+|the\s+)?[\"“'‘]?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,60})[\"”]")
_BRACKETED = re.compile(
    r"\(\s*+(?:the\s++|hereinafter\s++|hereafter\s++|or\s++|aka\s++)?[\"“'‘]?(?P<inner>[^()\"“”]{2,80}?)[\"”'’]?\s*\)"
)
_SHORT = re.compile(r"[a-z]*+[A-Z](?>[A-Za-z0-9&/.+-]*[A-Z0-9])[A-Za-z0-9+]*+|[A-Z]{2,}s?")
_POINTS = " .,:;"
_BEFORE = 400  # how far before its abbreviation a long form may begin
_NAME = re.compile(r"\b[A-Z][A-Za-z]+(?:[ -](?:(?:of|and|for|the|in|to) )?[A-Z][A-Za-z]+)+$")
_STANDS_FOR = re.compile(
    r"(?:^|(?<=[\s(“\"]))(?P<short>[A-Z][A-Z0-9]{1,6})s?[”\"]?\s+(?P<verb>stands?\s+for|means?|denotes?|is\s+short\s+for|is)\s+(?:an?\s+|the\s+)?(?P<said>\S.*)",
    re.DOTALL,
)
_LABEL = re.compile(
    r"(?:examples?|(?:.*\s)?notes?|warning|caution|tip|important|rationale|commentary|answer|question|[QA]|todo|see also|step|option|case|figure|table|appendix|why|how|what|when|where|who|good|bad|"
    r"yes|no|pros?|cons?|default|required|optional|recommended|deprecated|summary|background|goals?|scope|status|date|version|authors?)(?:\s+\w{1,3})?",
    re.IGNORECASE,
)
_NO_OPENING = frozenset(
    (
        "if",
        "when",
        "above",
        "below",
        "this",
        "that",
        "these",
        "those",
        "it",
        "they",
        "to",
        "do",
        "don't",
        "not",
        "be",
        "avoid",
        "never",
        "always",
        "each",
        "every",
        "all",
        "any",
        "there",
        "in",
        "on",
        "for",
        "with",
        "how",
        "what",
        "why",
    )
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it is defined: its words, what is said of it, and the absolute span of the words; None where a setting says it.

    `short` says that the definition is an expansion: the term is an abbreviation, and `definition` its long form.
    """

    term: str
    definition: str
    span: Span | None
    short: bool = False


@dataclass(frozen=True)
class Glossary:
    """The terms of a document, in order. Terms are looked up whatever their letter case and number."""

    terms: tuple[Term, ...]

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Term, ...]]:
        """The definitions of each term, by its key."""
        found: dict[str, tuple[Term, ...]] = {}
        for term in self.terms:
            found[key(term.term)] = (*found.get(key(term.term), ()), term)
        return found

    def definitions(self, term: str) -> tuple[Term, ...]:
        """Every definition of a term, in order; empty if there is none."""
        return self.by_key.get(key(term), ())

    def __contains__(self, term: str) -> bool:
        return key(term) in self.by_key


@lru_cache(maxsize=16_384)
def key(term: str) -> str:
    """What terms are compared by: lower case, no article, the singular of the last word."""
    plain = _ARTICLE.sub("", " ".join(term.split())).lower().strip(" .:;,*_\"'“”")
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    if plain.endswith(("ses", "xes", "ches", "shes")):
        return plain[:-2]
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) else plain


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition in a passage, at a span of one of its sentences."""

    sentence: int
    span: Span
    term: str
    definition: str
    short: bool = False


@kept
def glossary(specification: Specification) -> Glossary:
    """The terms that a specification defines: those of its settings first, then in order of the text."""
    found = [Term(term, said, None) for term, said in specification.terms.items()]
    for section in _defining_sections(specification):
        if section.heading is not None:
            found.append(
                Term(
                    _ARTICLE.sub("", section.title),
                    _first_sentence(specification, section.blocks),
                    section.heading.title_span.shifted(_shift(specification, section.heading_span)),
                )
            )
    for p, part in enumerate(specification.passages):
        found.extend(
            Term(d.term, d.definition, specification.place(Address(p, b, d.sentence), d.span), d.short)
            for b, d in _defined_in(part)
        )
    return Glossary(tuple(found))


def _defined_terms(specification: Specification) -> tuple[Mapping[str, str], list[str], list[tuple[tuple[int, Defined], ...]]]:
    return (
        specification.terms,
        [section.title for section in _defining_sections(specification)],
        [_defined_in(part) for part in specification.passages],
    )


@carried(_defined_terms)
def defined_keys(found: tuple[Mapping[str, str], list[str], list[tuple[tuple[int, Defined], ...]]]) -> frozenset[str]:
    """The keys of the terms that a specification defines."""
    terms, titles, parts = found
    return frozenset(
        {*map(key, terms), *(key(_ARTICLE.sub("", title)) for title in titles), *(key(d.term) for p in parts for _, d in p)}
    )


@kept
def _defined_in(part: Passages) -> tuple[tuple[int, Defined], ...]:
    return tuple((index, d) for index, passage in enumerate(part) if passage is not None for d in definitions(passage))


def _defining_sections(specification: Specification) -> Iterator[Section]:
    """The sections whose titles are terms: those right under one of definitions."""
    sections = specification.document.sections
    for section in sections:
        if section.heading is not None and section.parent is not None and is_defining(sections[section.parent].title):
            yield section


def _shift(specification: Specification, heading: Span) -> int:
    return specification.document.starts[specification.document.part_at(heading.start)]


def _first_sentence(specification: Specification, blocks: tuple[tuple[int, int], ...]) -> str:
    for address in blocks:
        block = specification.document.block(address)
        if block.kind.is_prose and block.prose:
            return block.prose[0].text
    return ""


@kept
def definitions(passage: Passage) -> tuple[Defined, ...]:
    """What a passage defines, in order; nothing where it is commentary or an example."""
    return () if passage.commentary else tuple(_definitions(passage))


@lru_cache(maxsize=4096)
def is_defining(title: str) -> bool:
    """Whether a section of this title is one of definitions."""
    return _DEFINING.search(title) is not None


def _definitions(passage: Passage) -> Iterator[Defined]:
    defining = is_defining(passage.title)
    for index, sentence in enumerate(passage.sentences):
        seen: set[tuple[int, int]] = set()
        for found in (
            *_opening(passage, index, sentence, defining),
            *_marked(index, sentence),
            *_expansions(index, sentence),
            *_said_plainly(index, sentence),
        ):
            if (found.span.start, found.span.end) not in seen and _is_term(found.term, defining):
                seen.add((found.span.start, found.span.end))
                yield found


def _is_term(term: str, defining: bool) -> bool:
    """Whether words can be a term: not a label (“Note”), a deed (“Choosing defaults”), or half a sentence."""
    words = term.split()
    if not words or _LABEL.fullmatch(term.strip()) or not re.search(r"[^\W\d]", term):
        return False
    return defining or (
        len(words) <= 5 and not (len(words) > 1 and words[0].endswith("ing")) and words[0].lower() not in _NO_OPENING
    )


def _opening(passage: Passage, index: int, sentence: Sentence, defining: bool) -> Iterator[Defined]:
    """A term at the start: of an item ("**Term**: …"), of a row, or of a sentence in a section of definitions."""
    text = sentence.text
    if passage.kind is BlockKind.ROW:
        if passage.cells and passage.cells[index] == 0 and (defining or _is_term_column(passage)):
            meaning = _meaning_column(passage.columns)
            said = " ".join(s.text for s, cell in zip(passage.sentences, passage.cells, strict=True) if cell == meaning)
            yield Defined(index, Span(0, len(text)), text, said)
        return
    if index > 0 and not defining:
        return
    marked = next(
        (m for m in sentence.marks if m.kind in (MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.CODE) and m.span.start == 0), None
    )
    if marked is not None:
        term = sentence.slice(marked.span).rstrip(" :.–—-")
        inside = sentence.slice(marked.span).rstrip().endswith(":")
        after = _AFTER_TERM.match(text, marked.span.end)
        if inside or after:
            yield Defined(index, Span(0, len(term)), term, (after["said"] if after else text[marked.span.end :]).strip())
            return
    if defining and index == 0:
        plain = re.match(
            r"(?:An?\s++|The\s++)?(?P<term>[^:–—=.,;]{2,60}?)(?=\s*[:–—=]|\s+-\s|\s+(?:is|are|means?|refers?|denotes?|stands?)\b)",
            text,
        )
        what = _AFTER_TERM.match(text, plain.end()) or _VERB.match(text, plain.end()) if plain else None
        if plain and what:
            yield Defined(index, Span(plain.start("term"), plain.end("term")), plain["term"], what["said"].strip())


def _is_term_column(passage: Passage) -> bool:
    return bool(passage.columns) and bool(
        re.fullmatch(
            r"(?:term|word|acronym|abbreviation|concept|name of term|definition)s?", passage.columns[0].strip(), re.IGNORECASE
        )
    )


def _meaning_column(columns: Sequence[str]) -> int:
    """The column that says what a term means: by its title, else the second."""
    said = (n for n, title in enumerate(columns) if n and re.search(r"definition|meaning|description|expla", title, re.IGNORECASE))
    return next(said, 1 if len(columns) <= 2 else -1)


_LOOKED_BACK = 160  # characters before a term, in which it may be introduced


def _marked(index: int, sentence: Sentence) -> Iterator[Defined]:
    """A term set apart by markup or quotes that the sentence goes on to define or has just named."""
    text = sentence.text
    spans = [m.span for m in sentence.marks if m.kind in (MarkKind.STRONG, MarkKind.EMPHASIS)]
    spans.extend(Span(q.start(1), q.end(1)) for q in _QUOTED.finditer(text))
    for span in sorted(set(spans)):
        closed = span.end + (text[span.end : span.end + 1] in ('"', "”") and text[span.end : span.end + 1] != "")
        verb = _VERB.match(text, closed)
        if verb:
            yield Defined(index, _trimmed(text, span), text[span.start : span.end].rstrip(_POINTS), verb["said"].strip())
        elif any(_NAMING.search(text[max(0, end - _LOOKED_BACK) : end]) for end in (span.start, max(0, span.start - 1))):
            yield Defined(index, _trimmed(text, span), text[span.start : span.end].rstrip(_POINTS), text)


def _trimmed(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(text[span.start : span.end].rstrip(_POINTS)))


def _expansions(index: int, sentence: Sentence) -> Iterator[Defined]:
    """“Long Form (LF)”, “LF (Long Form)” and “the Long Form (“Term”)”."""
    text = sentence.text
    for found in _BRACKETED.finditer(text):
        inner, span = found["inner"].strip(), Span(found.start("inner"), found.start("inner") + len(found["inner"].rstrip()))
        begun = max(0, found.start() - _BEFORE)
        before = text[begun : found.start()].rstrip()
        if _SHORT.fullmatch(inner):
            long_form = spelled_out(inner, before) or _named(inner, before)
            if long_form:
                yield Defined(index, span, inner, long_form, short=True)
        else:
            word = re.search(r"[A-Za-z0-9&/+-]+$", before)
            if word and _SHORT.fullmatch(word[0]) and spelled_out(word[0], inner):
                yield Defined(index, Span(begun + word.start(), begun + word.end()), word[0], inner, short=True)
        quoted = text[found.start() : found.end()]
        if re.search(r"[\"“]", quoted) and inner[:1].isupper():
            yield Defined(index, span, inner, text[: found.start()].rstrip())


def _named(short: str, before: str) -> str | None:
    """The name in capitals right before an abbreviation that begins like it, though its letters are others: “Quality Exchange Bus (QXB)”."""
    found = _NAME.search(before)
    name = _ARTICLE.sub("", found[0]) if found else ""
    return name if " " in name and name[0].lower() == short[0].lower() else None


def _said_plainly(index: int, sentence: Sentence) -> Iterator[Defined]:
    """“ABC stands for …”, and “ABC is the Anti Bribery Council”."""
    for found in _STANDS_FOR.finditer(sentence.text):
        said = found["said"].rstrip(" .")
        span = Span(found.start("short"), found.end("short"))
        if found["verb"] != "is" or any(spelled_out(found["short"], piece.strip()) for piece in re.split(r"[,;:(]", said)):
            yield Defined(index, span, found["short"], said, short=True)


_SMALL = frozenset(("of", "and", "the", "for", "to", "in", "a", "as", "on", "by", "with"))


_LONGEST_SHORT = 12  # letters of an abbreviation


def spelled_out(short: str, text: str) -> str | None:
    """The words at the end of a text whose initials an abbreviation is made of; None if there are none."""
    letters = re.sub(r"[^a-z0-9]", "", (short[:-1] if short.endswith("s") and short[:-1].isupper() else short).lower())
    if len(letters) > _LONGEST_SHORT:
        return None
    words = list(re.finditer(r"[A-Za-z0-9]+", text))
    for first in range(len(words) - 1, max(-1, len(words) - 2 * len(letters) - 3), -1):
        if words[first][0][0].lower() == letters[:1] and _covers(letters, [w[0].lower() for w in words[first:]]):
            return text[words[first].start() :].strip()
    return None


def _covers(letters: str, words: list[str]) -> bool:
    """Whether each letter in turn opens a word or goes on inside the one that the letter before took."""
    places = {0}  # how many letters may be spent when a word begins
    for index, word in enumerate(words):
        left = len(words) - index
        places = {at for at in places if at < len(letters) and left <= len(letters) - at + 3}
        begun = [at for at in places if word.startswith(letters[at])]
        spent = {at + taken for at in begun for taken in range(1, 5) if _inside(letters[at : at + taken], word)}
        if len(letters) in spent and (left == 1 or (left == 2 and len(words[-1]) <= 3)):
            return True
        places = spent | (places if word in _SMALL else set())
    return not letters and len(words) <= 1 and all(len(word) <= 3 for word in words)


def _inside(letters: str, word: str) -> bool:
    """Whether a word that begins with the first of the letters has the others behind it, in order."""
    at = 0
    for letter in letters:
        at = word.find(letter, at) + 1
        if at == 0:
            return False
    return True
