"""Sentences into words. The only module that knows spaCy; importing it takes seconds, so it is imported late."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import spacy
from spacy.language import Language as Pipeline
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from clarifier.syntax import pipelines
from clarifier.syntax.rereading import reread
from clarifier.syntax.words import Word
from clarifier.text.source import Span

# Capitals make the tagger take a keyword for a name ("MUST" as NNP), so they are read in lower case.
_KEYWORD = re.compile(
    r"\b(?:MUST|SHALL|SHOULD|MAY|WILL|CAN|CANNOT|NOT|NEVER|ALWAYS|ONLY|REQUIRED|RECOMMENDED|OPTIONAL|IF|WHEN|UNLESS"
    r"|AND|OR|THEN|EXCEPT|EVERY|EACH|ALL|ANY|NO|NONE|BE|IS|ARE)\b"
)
# An editor may send half a character; spaCy takes no text that UTF-8 cannot say.
_HALF = re.compile("[\ud800-\udfff]")


class SpacyLanguage:
    """The English pipeline of spaCy, without named entities and its own idea of sentences."""

    def __init__(self, pipeline: Pipeline, version: str) -> None:
        self._pipeline = pipeline
        self._verbs = _verbs(pipeline)
        self.version = version

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text, taken as one sentence or more."""
        plain = [_KEYWORD.sub(lambda keyword: keyword[0].lower(), _HALF.sub("\ufffd", text)) for text in texts]
        return [
            reread(_words(doc, text), self._verbs)
            for doc, text in zip(self._pipeline.pipe(plain, batch_size=64), texts, strict=True)
        ]


def load() -> SpacyLanguage:
    """The installed English pipeline; raises OSError if there is none."""
    name = pipelines.installed()
    if name is None:
        raise OSError(f"no English pipeline is installed: pip install {pipelines.NAMES[1].replace('_', '-')}==3.8.0")
    pipeline = spacy.load(name, exclude=["ner", "senter"])
    _quicken(pipeline)
    return SpacyLanguage(pipeline, pipelines.version(name))


def _quicken(pipeline: Pipeline) -> None:
    """Let words be looked up in sets: spaCy's rules for lemmas look each form up in lists of up to 57,000. Nothing reads otherwise."""
    index = _lemma_index(pipeline)
    for part_of_speech, words in index.items():
        index[part_of_speech] = frozenset(words)
    ruler: Any = pipeline.get_pipe("attribute_ruler") if pipeline.has_pipe("attribute_ruler") else None
    if ruler is not None:
        ruler.matcher = _Matching(pipeline.vocab, ruler)


class _Matching:
    """What the patterns of spaCy's ruler find. It asks each of 179 about each token; here, most are asked once about tokens alike."""

    def __init__(self, vocab: Vocab, ruler: Any) -> None:
        self.get = ruler.matcher.get
        self._plain, self._others = Matcher(vocab), Matcher(vocab)
        words: set[str] = set()
        for number, rule in enumerate(ruler.patterns):
            plain = [pattern for pattern in rule["patterns"] if len(pattern) == 1 and _is_plain(pattern[0])]
            others = [pattern for pattern in rule["patterns"] if pattern not in plain]
            words.update(chain.from_iterable(_words_in(pattern[0]) for pattern in plain))
            for matcher, patterns in ((self._plain, plain), (self._others, others)):
                if patterns:
                    matcher.add(str(number), patterns)
        self._words = frozenset(vocab.strings.add(word) for word in words)
        self._known: dict[tuple[int, int, int, int], tuple[int, ...]] = {}

    def __call__(self, doc: Doc, allow_missing: bool = False, as_spans: bool = False) -> list[tuple[int, int, int]]:
        """The matches in a text: the name of a pattern, and the tokens from which and before which it holds."""
        found = list(self._others(doc, allow_missing=allow_missing))
        for at, (tag, word, role, space) in enumerate(doc.to_array(["TAG", "LOWER", "DEP", "IS_SPACE"]).tolist()):
            alike = tag, word if word in self._words else 0, role, space
            if alike not in self._known:
                matches = self._plain(doc[at : at + 1], allow_missing=allow_missing)
                self._known[alike] = tuple(name for name, _, _ in matches)
            found.extend([(name, at, at + 1) for name in self._known[alike]])
        return found


def _is_plain(asked: Mapping[str, Any]) -> bool:
    """Whether a pattern turns on nothing of a token but its tag, its role, whether it is a space, and which word it is."""
    lists = [value for value in asked.values() if isinstance(value, dict)]
    return asked.keys() <= {"TAG", "LOWER", "DEP", "IS_SPACE"} and all(value.keys() <= {"IN", "NOT_IN"} for value in lists)


def _words_in(asked: Mapping[str, Any]) -> Iterable[str]:
    """The words that a plain pattern names."""
    word = asked.get("LOWER", {})
    return [word] if isinstance(word, str) else chain.from_iterable(word.values())


def _verbs(pipeline: Pipeline) -> frozenset[str]:
    """The verbs whose base forms spaCy's rules for lemmas list; none where the pipeline has no such rules."""
    return frozenset(_lemma_index(pipeline).get("verb", ()))


def _lemma_index(pipeline: Pipeline) -> Any:
    """The base forms that spaCy's rules for lemmas know, by part of speech; empty where the pipeline has no such rules."""
    lookups = getattr(pipeline.get_pipe("lemmatizer"), "lookups", None)
    return lookups.get_table("lemma_index") if lookups is not None and lookups.has_table("lemma_index") else {}


def _words(doc: Doc, text: str) -> tuple[Word, ...]:
    return tuple(
        Word(
            index=token.i,
            text=text[token.idx : token.idx + len(token.text)],
            lemma=token.lemma_.lower(),
            tag=token.tag_,
            pos=token.pos_,
            dep=token.dep_,
            head=token.head.i,
            span=Span(token.idx, token.idx + len(token.text)),
            morph=str(token.morph),
        )
        for token in doc
    )
