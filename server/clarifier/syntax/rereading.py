"""Readings that no English sentence has, put right: behind "shall" stands a verb, whatever the parser takes it for.

"shall forward commands" is read as a command that is forward, "shall process all leads" as a clause that leads. About one sentence
in three hundred of requirements is read so, and then says nothing of who does what.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from clarifier.syntax.words import Word

_BETWEEN = frozenset({"not", "n't", "never", "always", "also", "only", "then", "first", "still", "either", "both"})
_NO_VERBS = frozenset({"VB", "VBN", "VBG", "VBD", "MD"})
_OF_NOUN = frozenset({"acl", "relcl", "appos", "conj", "cc"})


def reread(words: Sequence[Word], verbs: Collection[str]) -> tuple[Word, ...]:
    """The words with the verb of each modal where it stands; `verbs` are the base forms of those that are known."""
    found = list(words)
    for modal in words:
        if modal.tag == "MD" and modal.dep == "aux":
            pair = _misread(found, modal, verbs)
            if pair is not None:
                _exchange(found, *pair)
    return tuple(found)


def _misread(words: Sequence[Word], modal: Word, verbs: Collection[str]) -> tuple[int, int] | None:
    """The verb behind a modal, and the noun that the parser takes for it or for the verb above it."""
    at = modal.index + 1
    while at < len(words) and (words[at].lower in _BETWEEN or (words[at].tag == "RB" and words[at].lower.endswith("ly"))):
        at += 1
    taken = words[modal.head]
    if at >= len(words):
        return None
    verb = words[at]
    if verb.index == taken.index:
        above = words[taken.head]
        noun = above.tag in ("VBZ", "NNS") and above.index > taken.index and above.head == above.index
        return (taken.index, above.index) if taken.dep == "csubj" and taken.tag == "VB" and noun else None
    between = modal.index < verb.index < taken.index
    if between and taken.tag not in _NO_VERBS and taken.pos != "AUX" and verb.tag not in _NO_VERBS and verb.lower in verbs:
        return verb.index, taken.index
    return None


def _exchange(words: list[Word], verb: int, noun: int) -> None:
    """Let the verb govern, and the noun be what it is done to."""
    one, other = words[verb], words[noun]
    root = other.head == noun
    dep, head = (other.dep, verb if root else other.head) if one.dep != "csubj" or root else (one.dep, one.head)
    for word in [w for w in words if w.index not in (verb, noun)]:
        if word.head == noun and (word.index < verb or (word.index > noun and not _stays(word))):
            words[word.index] = replace(word, head=verb)
        elif word.head == verb and verb < word.index < noun and word.tag in ("DT", "PDT", "JJ", "CD", "PRP$"):
            words[word.index] = replace(word, head=noun, dep="amod" if word.tag == "JJ" else "det")
    words[verb] = replace(one, tag="VB", pos="VERB", lemma=one.lower, dep=dep, head=head, morph="VerbForm=Inf")
    words[noun] = replace(other, tag="NNS" if other.lower.endswith("s") else "NN", pos="NOUN", dep="dobj", head=verb, morph="")


def _stays(word: Word) -> bool:
    return word.dep in _OF_NOUN or (word.dep == "prep" and word.lower == "of")
