"""Open list: a list that does not say where it ends.

Two readers will close it in two ways, and both will be right. In a description examples do no harm; in the list of
what a duty accepts, rejects, holds or shows they do.

Bad:  The service must accept PNG, JPEG, etc.
Bad:  The service must reject formats such as TIFF and BMP.
Good: The service must accept PNG and JPEG, and reject every other format.
Good: Formats such as TIFF are common, so the service must name those that it accepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule
from clarifier.rules._vague import duties, settled_by_explanation, word_at
from clarifier.semantics.roles import Force, Place, force, place
from clarifier.semantics.vagueness import linked
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence, Word
from clarifier.text.source import Span

_OPEN = re.compile(
    r"\betc\b\.?|\betcetera\b|\band so (?:on|forth)\b|\b(?:and|or) the like\b|\b(?:and|or) (?:similar|others|more|suchlike)(?=\s*(?:[.,;)]|$))|\b(?:and|or) similar (?!to\b)\w+|\bamong(?:st)? (?:others|other things)\b"
    r"|\bincluding,? (?:but not (?:necessarily )?limited to|without limitation)\b|,\s*(?:\.\.\.|…)|\b(?:and|or) (?:any |some |all )?other(?: \w+)? (?:\w+s|stuff|things?|data|information|content|material|equipment|media|software|text|metadata)\b(?! (?:that|which|who|in|of|defined|specified|listed|than|from|with|for|to|on|described|given|named))",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(r"\b(?:such as|like)\b|[(,]\s*(?P<mark>e\.g\.|for example|for instance)", re.IGNORECASE)
_LISTED = re.compile(r"(?:[\w.+#/-]+, )+(?:and |or )?[\w.+#/-]+$")
_LONGEST_LIST = 300
# Verbs whose objects are the whole of what is allowed, kept or shown.
_CLOSED = words(
    "accept support reject allow permit block validate include contain store log record display show return handle restrict collect send use provide list export import recognise recognize offer limit "
    "consist comprise cover process parse deny forbid prohibit implement report delete encrypt enter select choose specify define set have read write capture check verify filter convert transfer transmit exclude"
)


@settled_by_explanation
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def open_list(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every phrase that leaves the list of a duty open."""
    for index, sentence in duties(passage):
        taken = False
        for found in _OPEN.finditer(sentence.text):
            for hit in _open(passage, index, sentence, Span(found.start(), found.end())):
                taken = True
                yield hit
        if not taken:
            for found in _EXAMPLES.finditer(sentence.text):
                start = found.start("mark") if found["mark"] else found.start()
                yield from _examples(passage, index, sentence, Span(start, found.end()))


def _open(passage: Passage, index: int, sentence: Sentence, span: Span) -> Iterator[Hit]:
    word = word_at(passage, index, span.start, span.end)
    if word is None or sentence.in_code(span) or linked(sentence, span) or _quoted(sentence, span):
        return
    before = sentence.text[: span.start]
    illustrated = re.search(r"(?:e\.g\.|for example|for instance|such as|like)[^.;)]*$", before, re.IGNORECASE)
    binding = force(passage, index, word)
    part = place(sentence, word)
    if illustrated or part is Place.PURPOSE or binding is Force.FACT or (part is Place.ASIDE and binding is not Force.DUTY):
        severity, weight = Severity.HINT, 0.2
    else:
        certain = (
            binding is Force.DUTY
            and part is not Place.ASIDE
            and not sentence.slice(span).lower().startswith(("and other", "or other", "and similar", "or similar", "or any other"))
        )
        severity, weight = (Severity.WARNING, 0.65) if certain else (Severity.INFORMATION, 0.45)
    said = sentence.slice(span).strip(", ")
    span = Span(span.end - len(said), span.end)
    items = _items(sentence, word, span)
    if items is None:
        yield Hit(
            index,
            span,
            f"“{said}” does not say what else belongs to the list.",
            "Is the list complete? If not, what else belongs to it?",
            (),
            severity,
            weight,
            said.lower(),
        )
        return
    whole, named = items
    stop = "." if said.endswith(".") and span.end == len(sentence.text) else ""
    listed = f"{', '.join(named[:-1])}{',' if len(named) > 2 else ''} and {named[-1]}" if len(named) > 1 else named[0]
    yield Hit(
        index,
        Span(whole.start, span.end),
        f"“{said}” does not say what belongs to the list beside {', '.join(f'“{n}”' for n in named)}.",
        f"Is it only {listed}, or what else does “{said}” stand for?",
        (Reading("the list is complete", f"only {listed}{stop}"), Reading("the list is the least", f"at least {listed}{stop}")),
        severity,
        weight,
        said.lower(),
    )


def _items(sentence: Sentence, word: Word, span: Span) -> tuple[Span, list[str]] | None:
    """The list before “etc.”: its span and its items, where they are short names with commas between."""
    if not re.match(r"etc|and so|\.\.\.|…", sentence.slice(span), re.IGNORECASE):
        return None
    before = sentence.text[: span.start].rstrip(" ,")
    found = _LISTED.search(before, max(0, len(before) - _LONGEST_LIST))
    if found is None:
        return None
    first = next((w for w in sentence.words if w.span.start == found.start()), None)
    names = [n.removeprefix("and ").removeprefix("or ") for n in found[0].split(", ")]
    if (
        any("." in n for n in names)
        or sentence.in_code(Span(found.start(), len(before)))
        or first is None
        or any(c.index < first.index for c in sentence.children[first.index])
        or first.pos not in ("NOUN", "PROPN", "NUM", "X")
        or first.dep not in ("dobj", "pobj", "attr", "nmod", "compound", "appos")
    ):
        return None
    return Span(found.start(), len(before)), names


def _quoted(sentence: Sentence, span: Span) -> bool:
    before = sentence.text[: span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _examples(passage: Passage, index: int, sentence: Sentence, span: Span) -> Iterator[Hit]:
    """A class of things that the duty is about, shown by examples only."""
    word = word_at(passage, index, span.start, span.end)
    said = sentence.slice(span)
    noun, verb = _illustrated(sentence, span)
    if word is None or noun is None or verb is None or sentence.in_code(span) or _quoted(sentence, span):
        return
    if (
        force(passage, index, verb) is not Force.DUTY
        or place(sentence, noun) is not Place.CORE
        or verb.lemma not in _CLOSED
        or not noun.has("Number=Plur")
    ):
        return
    if any(
        c.lower in ("possible", "able", "capable")
        for w in (verb, *sentence.ancestors(verb))
        for c in (w, *sentence.children[w.index])
    ):
        return
    if said.lower() == "like" and word.pos not in ("ADP", "SCONJ"):
        return
    if any(c.lower in ("all", "any", "every", "no") for c in sentence.children[noun.index]) or any(
        c.dep in ("relcl", "acl") for c in sentence.children[noun.index]
    ):
        return
    end = _end(sentence, span)
    listed = sentence.text[span.end : end].strip(" ,")
    message = f"“{said}” shows some {noun.lower} that are meant and does not say which others are."
    question = f"Are {listed} all the {noun.lower}, or which others belong to them?"
    if said.lower() != "such as" or not listed or len(listed) > 80:
        yield Hit(
            index, span, message, f"Which {noun.lower} are meant beside the examples?", (), Severity.INFORMATION, 0.45, noun.lower
        )
        return
    namely = f"namely {listed}" if sentence.text[: span.start].rstrip().endswith((",", "(")) else f"(namely {listed})"
    readings = (
        Reading("the list is complete", namely),
        Reading("the list shows examples of all", f"of every kind, including {listed}"),
    )
    yield Hit(
        index,
        Span(span.start, end),
        message,
        question,
        readings,
        Severity.WARNING if len(listed) < 60 else Severity.INFORMATION,
        0.55,
        noun.lower,
    )


def _illustrated(sentence: Sentence, span: Span) -> tuple[Word | None, Word | None]:
    """The noun that examples follow, and the verb whose object (or passive subject) it is."""
    noun = next((w for w in reversed(sentence.words) if w.span.end <= span.start and w.pos in ("NOUN", "PROPN")), None)
    if noun is None or sentence.text[noun.span.end : span.start].strip(" ,(") != "":
        return None, None
    head = sentence.head(noun)
    if noun.dep in ("dobj", "nsubjpass", "attr"):
        return noun, head
    if noun.dep == "pobj" and sentence.head(head).pos == "VERB":
        return noun, sentence.head(head)
    return noun, None


def _end(sentence: Sentence, span: Span) -> int:
    """Where the examples end: at a comma that no further example follows, a bracket or the end of the sentence."""
    stop = re.compile(
        r"[.;:)](?=\s|$)|,\s(?=(?:and\s+)?(?:if|when|unless|which|that|to|so|but|in|for|with|must|shall|should|may|will|as|by|it|the\s\w+\s(?:must|shall|should))\b)|\s(?:if|when|unless|must|shall|should|may|will|to|in|for|from|with|by|before|after|at|on|are|is)\b"
    )
    found = stop.search(sentence.text, span.end)
    return found.start() if found else len(sentence.text)
