"""Vague time: how soon, how long or how often, without a bound or an event.

A measure, an interval, or an event to which the time is tied settles it.

Bad:  The server must respond quickly.
Bad:  Backups must be made periodically.
Good: The server must respond quickly, within 200 ms.
Good: The lock must be released immediately after the transaction ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Severity, passage_rule
from clarifier.rules._vague import duties, eased, graded, phrases, settled_by_explanation
from clarifier.semantics import vague_words
from clarifier.semantics.measures import Dimension
from clarifier.semantics.vagueness import contrasted, mentioned, named, settled_nearby
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_WORDS = {kind: re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])", re.IGNORECASE) for kind, listed in vague_words.TIMES.items()}
_ASKED = {
    "soon": "Within what time, counted from what, is “{}”?",
    "often": "How often is “{}”, or at which events?",
    "long": "How long or when is “{}”: until which event, or for what time?",
}
_EVENT = re.compile(
    r"\s*+(?:,\s*+)?(?:after|afterwards|before|when(?:ever)?|upon|on|once|if(?! (?:needed|necessary|possible|required|desired|appropriate|applicable))|following|prior to|preced\w+|as soon as|until|during|while|thereafter|adjacent|below|above|by|followed|next|between|inside|follow\w*|succe\w+)\b",
    re.IGNORECASE,
)
# What can be regular, fast, frequent or recent in time; a "regular expression" or "fast food" is not.
_TIMED = words(
    "interval basis backup update check review report maintenance meeting test time period delay response answer reply access processing start startup recovery search delivery action reaction "
    "notification connection performance change transfer load loading operation use user visitor access request query feedback switch handling resolution execution transition navigation speed "
    "payment refund shipping processing computation retrieval lookup inspection training audit poll polling refresh scan cleanup rotation order event message call login"
)
_SAYING = words(
    "note mention state explain describe summarize summarise say acknowledge answer tell reply respond discuss present address introduce list define remind"
)
_PLAIN = words(
    "immediately instantly promptly instant immediate constantly continually temporarily momentarily eventually recent recently responsive sometimes occasionally often"
)


@settled_by_explanation
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def vague_time(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every time that a duty turns on and that has no bound."""
    for index, sentence in duties(passage):
        taken = 0
        for kind, span, word in phrases(passage, index, _WORDS):
            if (
                span.start < taken
                or mentioned(sentence, word)
                or named(sentence, word)
                or contrasted(sentence, word)
                or not _is_time(sentence, word, span)
            ):
                continue
            if settled_nearby(passage, index, span, Dimension.TIME):
                continue
            taken = span.end
            yield from _hit(passage, index, sentence, word, span, kind)


def _hit(passage: Passage, index: int, sentence: Sentence, word: Word, span: Span, kind: str) -> Iterator[Hit]:
    said = sentence.slice(span)
    grade = graded(passage, index, word, True)
    if grade is None:
        return
    severity, weight = grade
    if said.lower() in _PLAIN or (said.lower().endswith("time") and "real" in said.lower()):
        severity = eased(severity)
    head = sentence.head(word)
    what = f" for “{head.lemma if head.pos == 'VERB' else head.lower}”" if head is not word and head.pos in ("VERB", "NOUN") else ""
    bound = {"soon": "no time", "often": "no interval", "long": "no duration"}[kind]
    yield Hit(index, span, f"“{said}” sets {bound}{what}.", _ASKED[kind].format(said.lower()), (), severity, weight, said.lower())


def _is_time(sentence: Sentence, word: Word, span: Span) -> bool:
    """Whether the words set a time and no event beside them does."""
    head = sentence.head(word)
    text = sentence.text
    if _EVENT.match(text, span.end) or re.search(
        r"\b(?:how|as|all|more|less|most|least|too|whatever|however|so)\s+$", text[: span.start], re.IGNORECASE
    ):
        return False
    if word.dep == "amod" and any(c.lower in ("any", "no") for c in sentence.children[head.index]):
        return False
    if word.pos == "ADJ" and len(sentence.slice(span).split()) == 1:
        bearer = (
            head
            if word.dep == "amod"
            else next((c for c in sentence.children[head.index] if c.dep in ("nsubj", "nsubjpass")), None)
        )
        return bearer is not None and (
            bearer.lemma in _TIMED
            or (
                word.lower in ("prompt", "timely", "rapid", "quick", "fast", "slow", "responsive", "instant")
                and bearer.lemma not in ("prompt", "food", "fix", "start", "path")
            )
        )
    if word.lower == "briefly" and head.lemma in _SAYING:
        return False
    if word.pos == "ADV":
        return head.pos in ("VERB", "AUX") or word.dep == "ROOT" or head.dep == "ROOT"
    return len(sentence.slice(span).split()) > 1 or word.pos not in ("NOUN", "VERB", "PROPN")
