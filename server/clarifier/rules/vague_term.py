"""Vague term: a quality, a standard or a manner that nothing near it makes testable.

"User-friendly", "appropriate" and "properly" say that someone is to be content, and not who or with what. A measure, a
definition, an example or a link beside the word settles it, and so does an entry of the glossary.

Bad:  The interface must be user-friendly.
Bad:  The server must handle errors properly.
Bad:  The players must be ordered in a certain way.
Good: The interface must let a new user place an order within 2 minutes.
Good: The server must answer each invalid request with status 400.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Severity, passage_rule
from clarifier.rules._vague import duties, eased, graded, settled_by_explanation, thing, word_at
from clarifier.semantics import vague_words
from clarifier.semantics.actors import subject_of
from clarifier.semantics.measures import measured
from clarifier.semantics.roles import Place, place
from clarifier.semantics.vagueness import contrasted, following, mentioned, named, settled_nearby, whole
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_ADJECTIVES = vague_words.QUALITIES | vague_words.JUDGED | vague_words.SELECTED
_INDEFINITE = re.compile(rf"\b(?:{vague_words.INDEFINITE})\b", re.IGNORECASE)
# Phrases that other rules ask about: “if appropriate”, “reasonable efforts”, “a reasonable time”, “a sufficient number”.
_PHRASES = (*vague_words.ESCAPES.values(), *vague_words.TIMES.values(), *vague_words.QUANTITIES.values())
_ELSEWHERE = re.compile(rf"(?<![\w-])(?:{'|'.join(_PHRASES)})(?![\w-])", re.IGNORECASE)
_COMPOUNDS = re.compile(rf"(?<![\w-])(?:{vague_words.COMPOUNDS})(?![\w-])", re.IGNORECASE)
_RESTRICTED = re.compile(
    r"\s*+(?:,\s*+)?(?:that|which|who|whose|specified|defined|given|listed|described|set|chosen|selected|configured|in section|called|named|like)\b",
    re.IGNORECASE,
)


@settled_by_explanation
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def vague_term(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every vague word on which a duty turns."""
    for index, sentence in duties(passage):
        taken: list[Span] = []
        for found in _INDEFINITE.finditer(sentence.text):
            span = Span(found.start(), found.end())
            taken.append(span)
            yield from _indefinite(passage, index, sentence, span)
        for found in _COMPOUNDS.finditer(sentence.text):
            yield from _compound(passage, index, sentence, Span(found.start(), found.end()))
        for word in sentence.words:
            if not any(span.start <= word.span.start < span.end for span in taken):
                yield from (
                    _one_of_many(passage, index, sentence, word) if word.lower == "one" else _word(passage, index, sentence, word)
                )


def _one_of_many(passage: Passage, index: int, sentence: Sentence, word: Word) -> Iterator[Hit]:
    """“One player shall be the winner”: a part for one of them, and nothing that says for which."""
    noun = sentence.head(word)
    verb = sentence.head(noun)
    if (
        word.dep != "nummod"
        or noun.dep != "nsubj"
        or verb.lemma not in ("be", "become", "act", "serve", "take")
        or verb.dep not in ("ROOT", "conj")
    ):
        return
    role = next((c for c in sentence.children[verb.index] if c.dep in ("attr", "dobj")), None)
    if (
        role is None
        or not any(c.lower == "the" for c in sentence.children[role.index])
        or any(c.index > noun.index for c in sentence.children[noun.index])
    ):
        return
    said = sentence.slice(Span(word.span.start, noun.span.end))
    grade = graded(passage, index, verb, False)
    if grade is not None:
        yield Hit(
            index,
            Span(word.span.start, noun.span.end),
            f"“{said}” does not say which {noun.lower} is to be “{thing(sentence, role)}”.",
            f"Which {noun.lower} is it, or how is it chosen?",
            (),
            *grade,
        )


def _indefinite(passage: Passage, index: int, sentence: Sentence, span: Span) -> Iterator[Hit]:
    word = word_at(passage, index, span.start, span.end)
    said = sentence.slice(span)
    if word is None or sentence.in_code(span) or _RESTRICTED.match(sentence.text, span.end) or settled_nearby(passage, index, span):
        return
    below = sentence.children[word.index]
    if word.lower in ("something", "somehow") and any(
        c.index > word.index and c.dep in ("relcl", "amod", "acl", "prep") for c in below
    ):
        return
    # "When a room is taken from a certain floor": whichever floor it is.
    whichever = said.lower().endswith("certain") and place(sentence, word) is Place.CONDITION
    grade = graded(passage, index, word, not whichever)
    if grade is not None:
        yield Hit(
            index,
            span,
            f"“{said}” says that there is one, and not which.",
            f"What exactly is meant by “{said}”?",
            (),
            *grade,
            said.lower(),
        )


def _compound(passage: Passage, index: int, sentence: Sentence, span: Span) -> Iterator[Hit]:
    word = word_at(passage, index, span.start, span.end)
    if word is None or mentioned(sentence, word) or settled_nearby(passage, index, span):
        return
    grade = graded(passage, index, word, True)
    if grade is not None:
        said = sentence.slice(span)
        yield Hit(
            index,
            span,
            f"“{said}” praises and names no standard.",
            f"By what would a tester see that it is “{said.lower()}”?",
            (),
            *grade,
            said.lower(),
        )


def _word(passage: Passage, index: int, sentence: Sentence, word: Word) -> Iterator[Hit]:
    if word.pos not in ("ADJ", "ADV", "VERB"):
        return
    low = whole(sentence, word).lower()
    adverb = word.pos == "ADV" and low in vague_words.MANNERS
    adjective = (
        (word.pos == "ADJ" and word.dep not in ("attr", "dobj", "pobj", "nsubj")) or (word.dep == "amod" and word.tag == "VBN")
    ) and low in _ADJECTIVES
    if (
        not (adverb or adjective)
        or _is_elsewhere(sentence, word)
        or mentioned(sentence, word)
        or named(sentence, word)
        or contrasted(sentence, word)
        or settled_nearby(passage, index, word.span)
    ):
        return
    yield from _manner(passage, index, sentence, word) if adverb else _adjective(passage, index, sentence, word)


def _is_elsewhere(sentence: Sentence, word: Word) -> bool:
    """Whether a word is part of a phrase that another rule asks about."""
    return any(" " in found[0] and found.start() <= word.span.start < found.end() for found in _ELSEWHERE.finditer(sentence.text))


def _manner(passage: Passage, index: int, sentence: Sentence, word: Word) -> Iterator[Hit]:
    head = sentence.head(sentence.head(word) if word.dep == "conj" and sentence.head(word).pos == "ADV" else word)
    if word.lower == "well" and (head.pos != "VERB" or sentence.text[: word.span.start].rstrip().lower().endswith("as")):
        return
    acts = head.pos == "VERB" and head.dep not in ("amod", "acl", "relcl", "ccomp", "csubj")
    grade = graded(passage, index, word, acts)
    if grade is not None:
        below = [c for c in sentence.children[head.index] if c.index > head.index]
        if any(c.lower == "by" and any(g.dep == "pcomp" for g in sentence.children[c.index]) for c in below):
            return  # it is said how: "properly by …ing"
        if word.lower in vague_words.MILD or any(c.dep == "advcl" and c.tag == "VBG" for c in below):
            grade = eased(grade[0]), grade[1]
        phrase = f"{word.lower} {head.lower}" if word.index < head.index else f"{head.lower} {word.lower}"
        yield Hit(
            index,
            word.span,
            f"“{word.lower}” judges how something is to “{head.lemma}” and names no standard."
            if acts
            else f"“{word.lower}” makes “{head.lower}” a matter of judgement.",
            f"By what would a tester see that “{phrase}” holds?",
            (),
            *grade,
            f"{word.lower}|{phrase}",
        )


def _adjective(passage: Passage, index: int, sentence: Sentence, word: Word) -> Iterator[Hit]:
    low = whole(sentence, word).lower()
    span = Span(word.span.end - len(low), word.span.end)
    bearer = _bearer(sentence, word)
    pair = f"{low} {bearer.lemma}" if bearer is not None else low
    if pair in vague_words.FIXED or following(sentence, word) in vague_words.FIXED or _compared(sentence, word):
        return
    if (
        bearer is not None
        and word.index < bearer.index
        and low not in vague_words.QUALITIES
        and _RESTRICTED.match(sentence.text, bearer.span.end)
    ):
        return
    opinion = low in vague_words.QUALITIES or low in vague_words.JUDGED
    complement = _complement(sentence, word)
    if measured(complement):
        return
    if low in ("specific", "particular") and (bearer is None or not bearer.has("Number=Plur")):
        return
    if low == "related" and word.index and sentence.words[word.index - 1].pos in ("NOUN", "PROPN"):
        return
    if not opinion and (
        word.dep != "amod"
        or bearer is None
        or bearer.index < word.index
        or complement
        or not _open_choice(sentence, bearer, low in vague_words.NEEDED)
    ):
        return
    if low in ("correct", "clear", "useful", "helpful", "meaningful", "effective") and (
        word.dep == "oprd" or sentence.head(word).lemma in ("make", "find", "consider")
    ):
        return
    grade = graded(passage, index, word, opinion and not complement)
    if grade is None or (not opinion and place(sentence, word) is Place.SUBJECT):
        return
    severity, weight = grade
    if low in vague_words.MILD or (bearer is not None and _spoken_of(sentence, bearer)):
        severity = eased(severity)
    what = f"“{thing(sentence, bearer)}”" if bearer is not None and bearer.pos in ("NOUN", "PROPN") else "what it speaks of"
    if opinion:
        message = f"“{low}” judges {what} and names no standard."
        asked = f"By what would a tester see that {what} is “{low}”{complement}?"
    else:
        message = f"“{low}” picks among {what} and does not say by what."
        asked = f"Which {what} does “{low}” mean here, and who decides?"
    yield Hit(index, span, message, asked, (), severity, weight, f"{low}|{pair}")


def _bearer(sentence: Sentence, word: Word) -> Word | None:
    """The noun of which an adjective is said."""
    while word.dep == "conj":
        word = sentence.head(word)
    head = sentence.head(word)
    if word.dep == "amod":
        return head
    if head.pos in ("AUX", "VERB"):
        return subject_of(sentence, head)
    return None


def _complement(sentence: Sentence, word: Word) -> str:
    """What follows an adjective and says for what: “suitable for a child”."""
    below = [c for c in sentence.children[word.index] if c.index > word.index and (c.dep in ("prep", "xcomp", "ccomp"))]
    if not below and word.dep == "amod" and word.lower in vague_words.JUDGED:
        noun = sentence.head(word)
        below = [
            c
            for c in sentence.children[noun.index]
            if c.index > noun.index and (c.lower == "for" or (c.dep in ("acl", "relcl") and c.tag == "VB"))
        ]
        if below:
            end = sentence.extent(below[0]).end
            return f" {sentence.text[below[0].span.start if below[0].lower == 'for' else noun.span.end : end].strip()}"
    after = sentence.words[word.index + 1] if word.index + 1 < len(sentence.words) else None
    if not below and not (after is not None and after.lower in ("for", "to") and word.dep != "amod"):
        return ""
    last = sentence.subtree(below[0])[-1] if below else after
    return f" {sentence.text[word.span.end : last.span.end].strip()}" if last is not None else ""


def _open_choice(sentence: Sentence, noun: Word, needed: bool) -> bool:
    """Whether nothing but the adjective says which of the things are meant: no article that points back, no clause behind."""
    return not any(
        (
            c.index < noun.index
            and not needed
            and (c.dep == "poss" or c.lower in ("the", "this", "these", "that", "those", "each", "every", "any", "no", "all"))
        )
        or (
            c.index > noun.index
            and c.dep in ("relcl", "acl", "prep", "appos", "nummod")
            and not (c.lower == "of" and noun.lemma in vague_words.KINDS)
        )
        for c in sentence.children[noun.index]
    )


def _spoken_of(sentence: Sentence, noun: Word) -> bool:
    """Whether a definite noun is one that the sentence has named before: “a unit … the appropriate unit”."""
    definite = any(c.lower in ("the", "that", "this") for c in sentence.children[noun.index])
    return definite and any(w.lemma == noun.lemma and w.index < noun.index for w in sentence.words)


def _compared(sentence: Sentence, word: Word) -> bool:
    """Whether the adjective stands in a comparison, which is another matter: “as simple as”, “more efficient”."""
    return any(c.dep == "advmod" and c.lower in ("more", "most", "less", "least", "as") for c in sentence.children[word.index])
