"""Relative comparison: better, faster, more, with nothing named to compare with, or the best of no set that is given.

Bad:  The new version must be faster.
Bad:  The scheduler must pick the best worker.
Good: The new version must be at least 20 % faster than version 2.
Good: The scheduler must pick the worker with the fewest open jobs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Severity, passage_rule
from clarifier.rules._vague import duties, eased, graded, settled_by_explanation, thing
from clarifier.semantics import vague_words
from clarifier.semantics.roles import Force, Place, force, place
from clarifier.semantics.vagueness import mentioned, named, settled_nearby
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_COMPARATIVES = words(
    "better worse faster slower easier simpler safer cheaper stronger weaker clearer smoother larger smaller bigger greater longer shorter quicker richer wider broader "
    "tighter looser lighter heavier finer harder nicer cleaner higher lower stricter friendlier earlier later sooner fewer"
)
_SUPERLATIVES = words(
    "best worst fastest slowest easiest simplest safest cheapest strongest clearest largest smallest biggest longest shortest quickest highest lowest broadest finest cleanest optimum"
)
_MANNERS = words(
    "efficient efficiently effective effectively reliable reliably flexible secure securely robust accurate accurately quickly detailed frequent frequently precise complex convenient easily intuitive helpful useful natural readable scalable usable important relevant popular suitable appropriate interesting"
)
_GROUND = words(
    "than of among amongst between compared relative versus against in within that which who possible available permitted allowed supported one two three half other"
)
# Words that only say where a thing stands in an order.
_PLACED = words(
    "layer level bound limit case letter order byte bit half end version part value number edge right left side corner bracket index rank precedence date revision release education court house class authority protocol priority numbered"
)
_IDIOMS = re.compile(
    r"(?:(?:best|worst)[ -](?:practices?|effort|judg\w+|interests?|fit|case|seller|friend|known)|(?:highest|lowest|least|most) (?:common|significant)|(?:at|the) (?:best|worst|latest|earliest|most|least)\b(?! \w)"
    r"|(?:sooner|earlier|later) or|or (?:later|earlier|higher|lower|greater|larger|longer|better|newer)|(?:any|no|much|so|even|still) (?:longer|better|later)|(?:one|day|year|hour|minute|second|week|month)s? (?:earlier|later|longer|sooner)|(?:longer|later|earlier) term|longest[- ]match|shortest[- ]paths?|highest bid\w*|lowest bid\w*|smallest set)",
    re.IGNORECASE,
)


@settled_by_explanation
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def relative_comparison(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every comparison that a duty turns on and that has no ground."""
    for index, sentence in duties(passage):
        for word in sentence.words:
            if word.pos == "VERB" and word.lemma in vague_words.CHANGES:
                yield from _change(passage, index, sentence, word)
            span = _comparison(sentence, word)
            if (
                span is None
                or mentioned(sentence, word)
                or named(sentence, word)
                or _grounded(passage, index, sentence, word, span)
                or settled_nearby(passage, index, span)
            ):
                continue
            yield from _hit(passage, index, sentence, word, span)


def _hit(passage: Passage, index: int, sentence: Sentence, word: Word, span: Span) -> Iterator[Hit]:
    said = sentence.slice(span)
    best = word.lower in _SUPERLATIVES or said.lower().startswith(("most", "least"))
    grade = graded(passage, index, word, True)
    if grade is None:
        return
    severity, weight = grade
    if len(span) > len(word.text) or word.dep not in ("acomp", "amod", "advmod", "oprd", "dobj"):
        severity = eased(severity)
    head = sentence.head(word)
    what = f"“{head.lower}” " if word.dep == "amod" else ""
    if best:
        message, asked = (
            f"“{said}” ranks {what}and does not say by what.",
            f"By what measure is it “{said.lower()}”, and among which?",
        )
    else:
        message, asked = (
            f"“{said}” compares {what}with nothing that is named.",
            f"“{said[:1].upper() + said[1:]}” than what, and by how much?",
        )
    yield Hit(index, span, message, asked, (), severity, weight, f"{said.lower()}|{said.lower()} {head.lower}")


def _change(passage: Passage, index: int, sentence: Sentence, verb: Word) -> Iterator[Hit]:
    """A duty to change something, with no goal: “must reduce the load”."""
    changed = next((c for c in sentence.children[verb.index] if c.dep in ("dobj", "nsubjpass")), None)
    if (
        changed is None
        or verb.dep not in ("ROOT", "conj", "xcomp")
        or _has_goal(sentence, verb, changed)
        or mentioned(sentence, verb)
    ):
        return
    if (
        force(passage, index, verb) not in (Force.DUTY, Force.ADVICE)
        or place(sentence, verb) is not Place.CORE
        or settled_nearby(passage, index, verb.span)
    ):
        return
    grade = graded(passage, index, verb, False)
    if grade is not None:
        what = thing(sentence, changed)
        yield Hit(
            index,
            verb.span,
            f"“{verb.text}” sets no goal for “{what}”.",
            f"To what value, or by how much compared with what, must “{what}” change?",
            (),
            *grade,
            verb.lemma,
        )


def _has_goal(sentence: Sentence, verb: Word, changed: Word) -> bool:
    """Whether the sentence says by how much, to what or how: “by 10 %”, “to zero”, “by caching”."""
    # “Increment”-like uses act on a counter or a version: the step is one.
    if changed.lemma in ("version", "counter", "number", "count", "score", "index", "value", "pointer", "points"):
        return True
    return any(
        c.index > verb.index
        and c.lower in ("by", "to", "from", "until", "below", "under", "via", "through", "using", "accordingly", "per")
        for c in (*sentence.children[verb.index], *sentence.children[changed.index])
    )


def _comparison(sentence: Sentence, word: Word) -> Span | None:
    """The span of a comparison of quality at a word; None if there is none."""
    if word.pos not in ("ADJ", "ADV"):
        return None
    low = word.lower
    if low in _COMPARATIVES or low in _SUPERLATIVES:
        if low in ("earlier", "later", "sooner") and word.dep != "acomp":
            return None
        head = sentence.head(word)
        if any(w.lemma in _PLACED for w in sentence.words[word.index + 1 : word.index + 4]) or (
            word.dep == "amod"
            and (head.lemma in _PLACED or any(c.lemma in _PLACED for c in sentence.children[head.index] if c.dep == "compound"))
        ):
            return None
        return word.span
    if low in _MANNERS:
        degree = next((c for c in sentence.children[word.index] if c.lower in ("more", "most", "less", "least")), None)
        if degree is not None and degree.index == word.index - 1:
            return Span(degree.span.start, word.span.end)
    return None


def _grounded(passage: Passage, index: int, sentence: Sentence, word: Word, span: Span) -> bool:
    """Whether something says with what is compared: “than …”, “of the two”, a relative clause, or an idiom."""
    around = sentence.text[max(0, span.start - 12) : span.end + 16]
    if any(m.start() < span.end - max(0, span.start - 12) + 16 and m.start() <= 12 + len(span) for m in _IDIOMS.finditer(around)):
        return True
    if re.search(r"(?:\d(?:\s*+(?:%|percent|\w{1,3}))?|twice|half|times)\s++$", sentence.text[: span.start]) or any(
        c.dep in ("npadvmod", "nummod") for c in sentence.children[word.index]
    ):
        return True
    following = [w for w in sentence.words if w.span.start >= span.end]
    head = sentence.head(word)
    near = following[: 3 + max(0, head.index - word.index)] if word.dep == "amod" else following[:3]
    if any(w.lower in _GROUND for w in near):
        return True
    if any(w.lower == "than" for w in following) or re.search(r"\b(?:the|either) (?:\w+ )?of the (?:two|three)\b", sentence.text):
        return True
    if re.search(r"\bthe (?:more|less|\w+er)\b.*,? the (?:more|less|\w+er)\b", sentence.text, re.IGNORECASE):
        return True
    before = passage.preceding(index)
    return (
        word.dep == "amod" and before is not None and bool(re.search(r"\b(?:two|both|either|three|than|compare\w*)\b", before.text))
    )
