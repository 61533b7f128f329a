"""Escape clause: words that let the one who is bound decide whether to obey.

"Where possible" and "as appropriate" turn a duty into a wish unless the condition is said. Where the duty is only
advice, or the sentence says when the words hold, less hangs on them.

Bad:  The server must, where possible, encrypt the backup.
Bad:  Log entries must be deleted if necessary.
Bad:  The client must normally use port 443.
Good: The server must encrypt the backup unless the operator has turned encryption off.
Good: The server must delete log entries if necessary to stay below 10 GB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.rules._vague import duties, eased, graded, phrases, settled_by_explanation
from clarifier.semantics import vague_words
from clarifier.semantics.modality import Sense, negated, sense
from clarifier.semantics.roles import Force, Place, force, place
from clarifier.semantics.vagueness import mentioned, named, settled_nearby
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_ESCAPES = {kind: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) for kind, words in vague_words.ESCAPES.items()}
_ASKED = {
    "possible": "When is it not possible, and what is to be done then?",
    "needed": "Who decides whether “{}” holds, and by what criterion?",
    "appropriate": "Who decides whether “{}” holds, and by what criterion?",
    "usual": "Which are the exceptions to “{}”?",
    "ideal": "Is what is said with “{}” required, or may it be left undone?",
    "effort": "What must have been tried before “{}” is enough?",
    "exception": "Which exceptions does “{}” allow, and who grants them?",
}
_WHY = {
    "possible": "“{}” frees from “{}” whoever finds it impossible, and does not say when that is.",
    "needed": "“{}” leaves it to the reader whether to “{}” at all.",
    "appropriate": "“{}” leaves it to the reader whether to “{}” at all.",
    "usual": "“{}” allows exceptions from “{}” and names none.",
    "ideal": "“{}” takes back with one hand what “{}” requires.",
    "effort": "“{}” asks for an attempt at “{}” and not for its success.",
    "exception": "“{}” allows exceptions from “{}” and names none.",
}
_TRYING = words("try attempt strive endeavour endeavor aim seek")
_STRONG = ("possible", "needed", "appropriate", "effort")
# Where the condition follows, the words refer to it: "if necessary because the key has expired".
_CONDITION_SAID = re.compile(
    r"\s*(?:,\s*)?(?:because|that is|i\.e\.|namely|to\s+(?!the\b|a\b|an\b)[a-z]+|due to|under the|according|as (?:defined|specified|described|determined)|by the|[(:])",
    re.IGNORECASE,
)


@settled_by_explanation
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def escape_clause(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every phrase that lets a duty go."""
    for index, sentence in duties(passage):
        taken = 0
        low = sentence.text.lower()
        near = {k: _ESCAPES[k] for k, signs in vague_words.ESCAPE_SIGNS.items() if any(sign in low for sign in signs)}
        for kind, span, word in phrases(passage, index, near):
            if (
                span.start < taken
                or mentioned(sentence, word)
                or named(sentence, word)
                or not _escapes(passage, index, sentence, word, span, kind)
            ):
                continue
            taken = span.end
            yield from _hit(passage, index, sentence, word, span, kind)
        for word in sentence.words:
            if word.lemma in _TRYING and word.pos == "VERB" and not mentioned(sentence, word):
                yield from _attempt(passage, index, sentence, word)


def _hit(passage: Passage, index: int, sentence: Sentence, word: Word, span: Span, kind: str) -> Iterator[Hit]:
    grade = graded(passage, index, _bound(sentence, word), kind in _STRONG)
    if grade is None and kind not in ("ideal", "usual"):
        return
    severity, weight = grade or (Severity.HINT, 0.25)
    said = sentence.slice(span)
    if said.lower() in (
        "when appropriate",
        "where appropriate",
        "as appropriate",
        "if applicable",
        "when applicable",
        "where applicable",
        "as applicable",
        "as desired",
        "if desired",
        "when relevant",
    ):
        severity = eased(severity)
    readings = _readings(kind, said)
    # Two readings that can be written out: with and without the exception, the advice is another.
    if kind == "possible" and readings and severity is Severity.INFORMATION:
        severity = Severity.WARNING
    verb = _bound(sentence, word)
    done = verb.lemma if verb.pos == "VERB" else verb.lower
    yield Hit(
        index, span, _WHY[kind].format(said, done), _ASKED[kind].format(said.lower()), readings, severity, weight, said.lower()
    )


def _attempt(passage: Passage, index: int, sentence: Sentence, word: Word) -> Iterator[Hit]:
    """“Must try to connect”: is it enough to have tried?"""
    done = next((c for c in sentence.children[word.index] if c.dep == "xcomp" and c.tag == "VB" and c.index > word.index), None)
    if (
        done is None
        or word.dep not in ("ROOT", "conj", "xcomp")
        or place(sentence, word) is not Place.CORE
        or settled_nearby(passage, index, word.span)
    ):
        return
    binding = force(passage, index, word)
    if (
        binding not in (Force.DUTY, Force.ADVICE)
        or negated(sentence, word)
        or re.search(r"\b(?:times?|attempts?|retr\w+|until|if (?:this|that|it) fails|otherwise)\b", sentence.text[done.span.end :])
    ):
        return
    span = Span(word.span.start, done.span.end)
    plain = (
        sentence.slice(span).split()[1:2] == ["to"]
        and len(sentence.slice(span).split()) == 3
        and word.tag == "VB"
        and done.lemma != "be"
    )
    readings = (
        (Reading("it has to succeed", done.text), Reading("one attempt is enough", f"make one attempt to {done.text}"))
        if plain
        else ()
    )
    yield Hit(
        index,
        span,
        f"“{sentence.slice(span)}” asks for an attempt, and does not say whether “{done.text}” has to succeed.",
        f"Must “{done.text}” succeed; if not, how often must it be tried, and what then?",
        readings,
        Severity.INFORMATION if binding is Force.DUTY else Severity.HINT,
        0.4 if binding is Force.DUTY else 0.25,
        word.lemma,
    )


def _bound(sentence: Sentence, word: Word) -> Word:
    """The verb that the words free someone from."""
    above = [w for w in sentence.ancestors(word) if w.pos in ("VERB", "AUX")]
    if not above or above[0].tag == "MD":
        return next((w for w in sentence.words if w.index > word.index and w.tag in ("VB", "VBP", "VBZ")), word)
    return above[0]


def _escapes(passage: Passage, index: int, sentence: Sentence, word: Word, span: Span, kind: str) -> bool:
    """Whether the words bear on what a clause requires, and nothing says when they hold."""
    if sentence.slice(span).rpartition(" ")[2].isupper():
        return False  # the keyword itself: "designates the attribute as REQUIRED"
    if sentence.in_code(span) or (kind != "effort" and _CONDITION_SAID.match(sentence.text, span.end)):
        return False
    if kind in ("usual", "ideal"):
        head = sentence.head(word)
        if any(c.lower in ("may", "can", "could", "might") for c in sentence.children[head.index]):
            return sense(sentence, next(c for c in sentence.children[head.index] if c.tag == "MD")) is not Sense.LIKELY
        # "A generally available release", "the usually small file": no duty depends on it.
        return (
            head.pos in ("VERB", "AUX")
            and head.dep not in ("amod", "acl", "relcl")
            and force(passage, index, word) in (Force.DUTY, Force.ADVICE)
        )
    return not (kind not in ("possible", "usual") and settled_nearby(passage, index, span))


def _readings(kind: str, said: str) -> tuple[Reading, ...]:
    texts = {
        "possible": (("without exception", "in every case"), ("trying is enough", "unless an attempt to do so has failed")),
        "usual": (("without exception", "always"), ("other clauses make the exceptions", "unless another clause says otherwise")),
    }.get(kind, ())
    if re.match(r"(?:as|so|to|in so|far|unless)\b", said, re.IGNORECASE):
        return ()
    return tuple(Reading(label, text[:1].upper() + text[1:] if said[:1].isupper() else text) for label, text in texts)
