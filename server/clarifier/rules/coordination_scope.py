"""Coordination scope: words beside “and” or “or” that can belong to one of the joined things or to both.

“Encrypted files and folders” may leave the folders plain; “A and B or C” can be grouped in two ways. Silent where
articles, form, punctuation or the document's own terms settle it: “encrypted files and the folders”, “internal and
external links”.

Bad:  The server must delete expired sessions and tokens.
Bad:  The user must enter a name and a password or a code.
Good: The server must delete expired sessions and expired tokens.
Good: The server must accept internal and external links.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clarifier.rules._restraint import plain_and_first_hint
from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule, settled_by
from clarifier.semantics import nouns
from clarifier.semantics.coordination import (
    Coordination,
    Shape,
    coordinations,
    differs_in_number,
    has_same_ending,
    is_listed,
    mixed,
    own_words,
)
from clarifier.semantics.specification import Specification
from clarifier.semantics.usage import times, uses
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_GROUPING = frozenset({"both", "either", "between", "respective", "respectively", "whether", "neither"})
_BREAKS = frozenset(["()", ":", ";", "[", "]", "“", "”", "—", "–", '"']) | {"(", ")"}
_LONG = 8  # words behind the two that are better said once


# How often a pair must be used elsewhere to be a term, so that nothing is open: adjectives join any noun, nouns make terms.
_TERM = {Shape.BEFORE: 4, Shape.HEAD: 2}
_WITH_INFINITIVE = frozenset(
    (
        "instruction",
        "right",
        "request",
        "permission",
        "ability",
        "attempt",
        "decision",
        "plan",
        "way",
        "duty",
        "failure",
        "tool",
        "command",
    )
)
_OWN = 0.15  # the weight where the second noun has words of its own behind it
_ALONE = 8  # how often a noun must stand alone in the document for the narrow reading to be as good as the wide one


def usage(hit: Hit, _: Passage, specification: Specification) -> tuple[int, int]:
    """How often the document uses the noun at issue with the word before it, and how often alone."""
    if not hit.key:
        return 0, 0
    modifier, noun = hit.key.split("|", 3)[1:3]
    return times(specification, modifier, noun), times(specification, "", noun)


def settle(hit: Hit, _: Passage, usage: tuple[int, int]) -> Hit | None:
    """Let the document's own usage decide: a pair that it uses is one term; a noun it mostly uses alone may be meant alone."""
    if not hit.key:
        return hit
    shape, modifier, noun, text = hit.key.split("|", 3)
    known_uses, alone = usage
    if known_uses >= _TERM[Shape(shape)]:
        return None
    if known_uses:
        known = f"The document speaks of “{modifier} {noun}” elsewhere, so most likely it belongs to both."
        return replace(hit, severity=Severity.HINT, weight=0.1, message=f"{hit.message} {known}")
    if shape == Shape.BEFORE and hit.weight > _OWN and alone >= _ALONE:
        return replace(
            hit, severity=Severity.WARNING, weight=0.75, message=f"{hit.message} The document often speaks of “{text}” alone."
        )
    return hit


@settled_by(settle, usage, uses)
@passage_rule(Group.AMBIGUITY, Severity.INFORMATION)
def coordination_scope(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every coordination with two groupings, each written out."""
    hits: list[Hit] = []
    for index, sentence in enumerate(passage.sentences):
        if not sentence.words or not passage.normative[index]:
            continue
        taken: set[int] = set()
        for parts in mixed(sentence):
            taken.update((parts[1].index, parts[3].index))
            yield _mixed(index, sentence, parts)
        for found in coordinations(sentence):
            if found.conjunction.index not in taken and _is_open(sentence, found):
                taken.add(found.conjunction.index)
                hits.append(_hit(index, sentence, found))
    yield from plain_and_first_hint(hits)


def _mixed(index: int, sentence: Sentence, parts: tuple[Word, Word, Word, Word, Word]) -> Hit:
    first, cc, _, second, last = parts
    begin = sentence.words[nouns.start(sentence, first)].span.start
    end = nouns.phrase_span(sentence, last).end
    a = sentence.text[begin : cc.span.start].strip()
    b = sentence.text[cc.span.end : second.span.start].strip()
    c = sentence.text[second.span.end : end].strip()
    if cc.lower == "and":
        texts = f"either {a} and {b}, or {c}", f"{a}, and either {b} or {c}"
    else:
        texts = f"either {a}, or both {b} and {c}", f"either {a} or {b}, and also {c}"
    said = sentence.text[begin:end]
    readings = tuple(Reading(text, text) for text in texts)
    message = f"“{said}” can be read as *{texts[0]}* or as *{texts[1]}*."
    return Hit(
        index,
        Span(begin, end),
        message,
        f"Does “{cc.lower}” or “{second.lower}” bind more closely in “{said}”?",
        readings,
        Severity.WARNING,
        0.8,
    )


def _is_open(sentence: Sentence, found: Coordination) -> bool:
    """Whether neither articles, number, form nor punctuation settle what the words beside the two belong to."""
    around = sentence.words[max(0, found.first - 2) : found.last + 1]
    if any(w.lower in _GROUPING or w.text in _BREAKS for w in around) or (
        sentence.words[found.conjunction.index - 1].text == "," and not is_listed(sentence, found)
    ):
        return False
    if any(w.dep == "det" for w in own_words(sentence, found)):
        return False
    if found.shape is Shape.MANNER:
        return True
    left, right = found.left, found.right
    if left.pos not in ("NOUN", "PROPN") or right.tag not in ("NN", "NNS", "NNP", "NNPS"):
        return False
    if found.shape is Shape.BEFORE:
        behind = sentence.words[right.index + 1 : right.index + 2]
        if nouns.is_name(right) and behind and behind[0].tag in ("NNP", "NNPS"):  # the first word of a longer name
            return False
        if (nouns.is_name(right) and not nouns.is_name(left)) or not any(c.isalpha() for c in right.text):
            return False
        return not own_words(sentence, found) and any(w.dep in ("amod", "compound", "nmod") for w in found.beside)
    if found.shape is Shape.HEAD:
        # “user or system messages”: a user without an article would be no noun phrase, so the messages are both's.
        # A literal stands for itself and a name alone is a whole phrase; a possessor of its own begins a new one.
        literal = sentence.in_code(left.span) or sentence.in_code(right.span)
        if literal or any(
            w.dep == "poss" for w in sentence.words[found.conjunction.index + 1 : found.last] if w.head == found.last
        ):
            return False
        bare = found.first == left.index and nouns.is_person(left) and not nouns.is_plural(left)
        noun_before = found.last == right.index and sentence.words[right.index - 1].pos not in ("NOUN", "PROPN")
        return not bare and not noun_before and nouns.may_be_singular(left)
    if found.shape is Shape.BEHIND:
        return not any(c.dep == "prep" and c.index < found.conjunction.index for c in sentence.children[left.index])
    return False


def _hit(index: int, sentence: Sentence, found: Coordination) -> Hit:
    both, one, begin, end = _WRITERS[found.shape](sentence, found)
    said = sentence.text[begin:end]
    left, right = found.left.text, found.right.text
    beside = sentence.slice(Span(found.beside[0].span.start, found.beside[-1].span.end))
    if found.shape is Shape.BEFORE:
        beside = sentence.text[found.beside[0].span.start : found.left.span.start].strip()
    elif found.shape is Shape.HEAD:
        right = sentence.text[found.conjunction.span.end : sentence.words[found.last].span.start].strip()
        beside = sentence.words[found.last].text
    narrow = left if found.shape in (Shape.BEFORE, Shape.MANNER) else right
    if sentence.words[found.first].index == 0 and sentence.text[begin].isupper():
        both, one = (text[0].upper() + text[1:] for text in (both, one))
    readings = (Reading(f"“{beside}” belongs to both", both), Reading(f"“{beside}” belongs to “{narrow}” only", one))
    own = _has_own_tail(sentence, found.right)
    strong = (
        found.shape is Shape.BEFORE and any(w.dep == "amod" for w in found.beside) and not is_listed(sentence, found) and not own
    )
    asked = f"Does “{beside}” belong to both “{left}” and “{right}”, or only to “{narrow}”?"
    message = f"In “{said}”, “{beside}” can belong to *{narrow}* alone or to both *{left}* and *{right}*."
    severity = Severity.INFORMATION if strong and not differs_in_number(found) and not has_same_ending(found) else Severity.HINT
    weight = 0.45 if severity is Severity.INFORMATION else _OWN if own else 0.25
    return Hit(index, Span(begin, end), message, asked, readings, severity, weight, _key(sentence, found))


def _has_own_tail(sentence: Sentence, noun: Word) -> bool:
    """Whether words behind the second make it a phrase of its own: “sensitive data or instructions to build one”."""
    behind = [w.lower for w in sentence.words[noun.index + 1 : noun.index + 2]]
    asked = behind == ["to"] and noun.lemma in _WITH_INFINITIVE
    return asked or any(
        c.index > noun.index and (c.dep == "acl" or (c.dep == "prep" and c.lower != "of")) for c in sentence.children[noun.index]
    )


def _key(sentence: Sentence, found: Coordination) -> str:
    """What the document's usage is asked about: the nearest modifier and the noun that may lack it."""
    if found.shape is Shape.BEFORE:
        return f"{found.shape}|{found.beside[-1].lemma}|{found.right.lemma}|{found.right.text}"
    return (
        f"{found.shape}|{found.left.lemma}|{sentence.words[found.last].lemma}|{found.left.text}"
        if found.shape is Shape.HEAD
        else ""
    )


Written = tuple[str, str, int, int]


def _before(sentence: Sentence, found: Coordination) -> Written:
    words = sentence.words
    opening = nouns.start(sentence, found.left)
    begin, end = words[opening].span.start, found.right.span.end
    modifier = sentence.text[found.beside[0].span.start : found.left.span.start].strip()
    article = _low(sentence, opening, sentence.text[begin : found.beside[0].span.start].strip())
    left, cc, right = found.left.text, _joint(sentence, found), sentence.text[found.conjunction.span.end : end].strip()
    if not article:
        modifier = _low(sentence, opening, modifier)
    own_article = _article_for(article, right)
    return (
        f"{article} {modifier} {left}{cc}{article} {modifier} {right}".strip().replace("  ", " "),
        f"{own_article} {right}{cc}{article} {modifier} {left}".strip().replace("  ", " "),
        begin,
        end,
    )


def _head(sentence: Sentence, found: Coordination) -> Written:
    words = sentence.words
    opening = nouns.start(sentence, found.left)
    head = words[found.last]
    begin, end = words[opening].span.start, head.span.end
    before = _low(sentence, opening, sentence.text[begin : found.left.span.end])
    cc = _joint(sentence, found)
    behind = sentence.text[found.conjunction.span.end : end].strip()
    shared = sentence.text[found.right.span.end if len(found.beside) == 1 else head.span.start : end].strip()
    return f"{before} {shared}{cc}{behind}", f"{behind}{cc}{before}", begin, end


def _behind(sentence: Sentence, found: Coordination) -> Written:
    opening = nouns.start(sentence, found.left)
    begin, end = sentence.words[opening].span.start, found.beside[-1].span.end
    left = _low(sentence, opening, sentence.text[begin : found.left.span.end])
    cc = _joint(sentence, found)
    right = sentence.text[found.conjunction.span.end : found.beside[0].span.start].strip()
    tail = sentence.text[found.beside[0].span.start : end]
    both = f"both {left}{cc}{right} {tail}" if len(found.beside) > _LONG and "and" in cc else f"{left} {tail}{cc}{right} {tail}"
    return both, f"{right} {tail}{cc}{left}", begin, end


def _manner(sentence: Sentence, found: Coordination) -> Written:
    manner = found.beside[0]
    left, right, cc = found.left.text, found.right.text, _joint(sentence, found)
    said = _low(sentence, manner.index, manner.text)
    return f"{said} {left}{cc}{said} {right}", f"{right}{cc}{said} {left}", manner.span.start, found.right.span.end


_WRITERS = {Shape.BEFORE: _before, Shape.HEAD: _head, Shape.BEHIND: _behind, Shape.MANNER: _manner}


def _joint(sentence: Sentence, found: Coordination) -> str:
    """The conjunction with what stands between it and the left one, without a list's comma."""
    return f" {found.conjunction.text} "


def _low(sentence: Sentence, index: int, text: str) -> str:
    word = sentence.words[index]
    return text[:1].lower() + text[1:] if index == 0 and word.text.istitle() and not nouns.is_name(word) else text


def _article_for(article: str, noun: str) -> str:
    if article.lower() in ("a", "an"):
        return "an" if noun[:1].lower() in "aeiou" else "a"
    return article
