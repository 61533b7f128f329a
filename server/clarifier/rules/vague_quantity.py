"""Vague quantity: how many, how much, how large, without a number.

A number, a bound, a list or a definition beside the words settles it.

Bad:  The system must keep several backups.
Bad:  Large files must be rejected.
Bad:  The timer must stop after about 5 seconds.
Good: The system must keep the last 3 backups.
Good: Large files (over 10 MB) must be rejected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.rules._vague import duties, eased, graded, phrases, settled_by_explanation, thing
from clarifier.semantics import vague_words
from clarifier.semantics.actors import subject_of
from clarifier.semantics.roles import Place, place
from clarifier.semantics.vagueness import contrasted, following, mentioned, named, settled_nearby
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_WORDS = {kind: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) for kind, words in vague_words.QUANTITIES.items()}
_NUMBER = re.compile(
    r"\s*(?P<number>\d[\d.,]*(?:\s*(?:%|[a-zA-Zµ°]+\b))?|(?:one|two|three|four|five|six|ten|twelve|twenty)\s+[a-z]+)", re.IGNORECASE
)


@settled_by_explanation
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def vague_quantity(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every quantity that a duty turns on and that has no number."""
    for index, sentence in duties(passage):
        taken = 0
        for kind, span, word in phrases(passage, index, _WORDS):
            if span.start < taken or sentence.in_code(span) or mentioned(sentence, word):
                continue
            hit = (
                _about(passage, index, sentence, word, span)
                if kind == "about"
                else _amount(passage, index, sentence, word, span, kind)
            )
            if hit is not None:
                taken = span.end
                yield hit


def _about(passage: Passage, index: int, sentence: Sentence, word: Word, span: Span) -> Hit | None:
    number = _NUMBER.match(sentence.text, span.end)
    grade = graded(passage, index, word, False)
    after = sentence.text[number.end() :] if number else ""
    if (
        number is None
        or grade is None
        or re.match(r"\s*(?:\(?(?:±|\+/-|plus or minus|with a tolerance|within)|times\b)", after)
        or re.search(r"[±]|tolerance|accuracy|precision", after)
    ):
        return None
    whole, value = Span(span.start, number.end()), number["number"].strip()
    readings = (
        Reading("exactly", f"exactly {value}"),
        Reading("at the most", f"at most {value}"),
        Reading("at the least", f"at least {value}"),
    )
    said = sentence.slice(whole)
    return Hit(
        index,
        whole,
        f"“{said}” gives no tolerance.",
        f"How far from {value} may it be, and to which side?",
        readings,
        *grade,
        said.lower(),
    )


def _amount(passage: Passage, index: int, sentence: Sentence, word: Word, span: Span, kind: str) -> Hit | None:
    counted = _counted(sentence, word, span, kind)
    if (
        counted is None
        or following(sentence, word) in vague_words.FIXED
        or settled_nearby(passage, index, span)
        or named(sentence, word)
        or contrasted(sentence, word)
    ):
        return None
    grade = graded(passage, index, word, kind in ("count", "extent", "degree"), kind == "extent")
    if grade is None:
        return None
    severity, weight = grade
    said = sentence.slice(span)
    if (kind == "some" and severity is Severity.HINT) or said.lower() in (
        "a set of",
        "a range of",
        "a majority of",
        "a variety of",
        "various",
        "a number of",
        "somewhat",
    ):
        severity = eased(severity)
    conditional = word.lower == "several" and place(sentence, word) is Place.CONDITION
    if severity is Severity.WARNING and (conditional or _enabled(sentence, word) or _explained(sentence, word, span)):
        severity = eased(severity)
    asked = {
        "near": f"Within what distance is “{said.lower()}”?",
        "degree": f"By how much is it “{said.lower()}”?",
        "extent": f"From what value on does “{counted}” count as “{said.lower()}”?",
    }.get(kind, f"How many or how much is “{said.lower()}”: at least what, and at most what?")
    message = f"“{said}” sets no bound for “{counted}”." if counted != said.lower() else f"“{said}” sets no bound."
    return Hit(index, span, message, asked, (), severity, weight, f"{said.lower()}|{said.lower()} {counted}")


def _enabled(sentence: Sentence, word: Word) -> bool:
    """Whether the duty is to let there be more than one: “must allow several orders to be placed”."""
    if word.lower not in ("several", "many", "multiple", "numerous", "various"):
        return False
    above = tuple(sentence.ancestors(word))
    possible = any(c.lower in ("possible", "able", "capable") for w in above for c in (w, *sentence.children[w.index]))
    return possible or any(
        w.lemma in ("allow", "enable", "permit", "let", "support", "accept") or (w.lemma == "set" and w.pos == "NOUN")
        for w in above
    )


def _explained(sentence: Sentence, word: Word, span: Span) -> bool:
    """Whether it is said for what the quantity must do, or which things are counted: “enough characters to tell them apart”."""
    noun = sentence.head(word) if sentence.head(word).index > word.index else word
    infinitive = any(
        c.tag == "VB" and any(t.lower == "to" for t in sentence.children[c.index]) for c in sentence.children[noun.index]
    )
    infinitive = infinitive or bool(re.match(r"\s*(?:\w+\s+)?(?:to|for)\s+\w", sentence.text[span.end :]))
    return (bool({"enough", "sufficient"} & set(sentence.slice(span).lower().split())) and infinitive) or any(
        c.dep == "relcl" for c in sentence.children[noun.index]
    )


def _counted(sentence: Sentence, word: Word, span: Span, kind: str) -> str | None:
    """What the words count or measure, by the parse; None where they count nothing."""
    head = sentence.head(word)
    low = sentence.slice(span).lower()
    if kind == "extent":
        noun = (
            head
            if word.dep == "amod"
            else subject_of(sentence, head)
            if word.dep in ("acomp", "oprd") and head.pos in ("AUX", "VERB")
            else None
        )
        measurable = (
            noun is not None
            and noun.lemma not in ("time", "period", "duration", "interval", "delay", "while")
            and (noun.lemma in vague_words.MEASURABLE or (word.lower in vague_words.GRADABLE and word.dep == "acomp"))
            and f"{word.lower} {noun.lemma}" not in vague_words.FIXED
        )
        free = not any(c.dep in ("advmod", "npadvmod", "nummod") for c in sentence.children[word.index])
        return thing(sentence, noun) if noun is not None and word.pos == "ADJ" and measurable and free else None
    if kind == "near":
        return (
            head.lower
            if word.pos in ("ADP", "ADV", "ADJ")
            and head.pos in ("VERB", "AUX", "NOUN")
            and not re.match(r"\s*(?:the )?(?:real|future|end\b)", sentence.text[span.end :])
            else None
        )
    if low.startswith("most of"):
        return low
    if kind == "some":
        if head.lemma in ("time", "period", "point", "way", "extent", "degree", "sort", "kind", "case"):
            return None
        return (
            thing(sentence, head)
            if word.dep == "det" and head.tag in ("NNS", "NN") and head.dep in ("dobj", "nsubjpass", "attr", "pobj", "ROOT")
            else None
        )
    if low in ("many", "few", "enough", "several", "numerous", "various"):
        before = sentence.words[word.index - 1].lower if word.index else ""
        if (
            (low == "enough" and head.pos in ("ADJ", "ADV", "VERB"))
            or before in ("how", "as", "so", "too", "fair", "good", "the")
            or (low == "enough" and word.pos != "ADJ" and word.dep != "amod" and head.pos not in ("NOUN", "ADJ"))
        ):
            return None
        return thing(sentence, head) if head.pos in ("NOUN", "ADJ") else low
    if kind == "degree" and word.pos == "ADJ" and head.pos in ("AUX", "VERB"):
        noun = subject_of(sentence, head)
        return thing(sentence, noun) if noun is not None else low
    if kind == "degree" and head.pos not in ("ADJ", "ADV", "VERB", "NOUN"):
        return None
    if low.startswith(("with ", "without ")):
        return low
    following = next((w for w in sentence.words if w.span.start >= span.end and w.pos in ("NOUN", "PROPN")), None)
    if kind == "degree":
        return head.lower
    return following.lower if following is not None and following.index - word.index <= 4 else low
