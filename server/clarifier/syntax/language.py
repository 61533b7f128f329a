"""Sentences into words. The only module that knows spaCy; importing it takes seconds, so it is imported late."""

from __future__ import annotations

import re
from collections.abc import Sequence

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

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
    """Let words be looked up in sets: spaCy's rules for lemmas look each form up in lists of up to 57,000."""
    lookups = getattr(pipeline.get_pipe("lemmatizer"), "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        index = lookups.get_table("lemma_index")
        for part_of_speech, words in index.items():
            index[part_of_speech] = frozenset(words)


def _verbs(pipeline: Pipeline) -> frozenset[str]:
    """The verbs whose base forms spaCy's rules for lemmas list; none where the pipeline has no such rules."""
    lookups = getattr(pipeline.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    return frozenset(lookups.get_table("lemma_index").get("verb", ()))


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
