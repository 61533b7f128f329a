"""The “it” that stands for nothing: of weather and time, before what is said to be so, in “make it possible to”."""

from __future__ import annotations

from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Sentence, Word

_WEATHER = words("rain snow hail freeze drizzle thunder")
_SEEMING = words(
    "seem appear happen follow turn transpire matter help suffice remain be become get make take cost look feel sound hurt"
)
_OPENING = words("that whether to for if when how what why who which where until since before as")
_MAKING = words("make find consider think deem leave take keep render believe")
_SAID = words(
    "possible impossible necessary important essential acceptable recommended required advisable desirable likely unlikely clear unclear useful common sufficient "
    "permissible allowed mandatory optional appropriate helpful better best easy hard difficult reasonable safe crucial vital fine okay ok worth true"
)


def is_pleonastic(sentence: Sentence, word: Word) -> bool:
    """Whether an “it” stands for nothing said before."""
    if word.lower != "it":
        return False
    if word.dep == "expl":
        return True
    verb = sentence.head(word)
    if word.dep in ("nsubj", "nsubjpass"):
        return verb.lemma in _WEATHER or _announces(sentence, word, verb)
    before = sentence.words[word.index - 1].lemma if word.index else ""
    after = sentence.words[word.index + 1] if word.index + 1 < len(sentence.words) else None
    if (
        before in _MAKING
        and after is not None
        and (after.pos == "ADJ" or after.lower in _SAID or after.lower in ("more", "less", "as", "very", "too"))
    ):
        return True
    return before in ("as", "so") and after is not None and after.pos == "PUNCT" and verb.lemma in ("put", "say")


def _announces(sentence: Sentence, word: Word, verb: Word) -> bool:
    """Whether the clause says of what follows it that it is so: “it is necessary that …”, “it was agreed to …”."""
    below = sentence.children[verb.index]
    copula = verb.lemma in ("be", "become", "remain", "seem", "appear", "get", "look", "feel")
    passive = any(c.dep == "auxpass" for c in below)
    if any(c.dep in ("csubj", "csubjpass") for c in below):
        return True
    said = next((c for c in below if c.index > verb.index and c.dep in ("acomp", "attr", "oprd")), None)
    if said is not None and copula:
        follows = [c for c in (*below, *sentence.children[said.index]) if c.index > said.index]
        if said.lemma in _SAID or said.pos == "ADJ":
            return any(
                _opens(sentence, c) for c in follows if c.dep in ("ccomp", "xcomp", "advcl", "prep", "mark", "acl", "relcl", "conj")
            ) and (said.lemma in _SAID or any(c.dep in ("ccomp", "xcomp") for c in follows))
        return (
            said.lower
            in ("time", "case", "responsibility", "duty", "intention", "goal", "practice", "idea", "pity", "shame", "fact", "task")
            and any(_opens(sentence, c) for c in follows)
        ) or any(c.dep in ("relcl", "ccomp") and _opens(sentence, c) for c in follows)
    fronted = [c for c in below if c.index < word.index and c.dep in ("acomp", "oprd", "attr", "advmod") and c.lemma in _SAID]
    if copula and fronted and any(c.dep in ("xcomp", "ccomp", "advcl") for c in below):
        return True
    if passive or verb.lemma in ("follow", "happen", "turn", "seem", "appear", "matter", "take", "cost", "help", "suffice"):
        clauses = [c for c in below if c.index > verb.index and c.dep in ("ccomp", "xcomp")]
        if verb.lemma in ("take", "cost"):
            return any(c.dep in ("xcomp", "advcl") for c in below) and any(c.dep in ("dobj", "npadvmod") for c in below)
        return any(_first(sentence, c).lower in ("that", "whether") for c in clauses) or (
            verb.lemma in _REPORTED and any(_opens(sentence, c) for c in clauses)
        )
    return False


_REPORTED = words(
    "recommend suggest permit allow require expect advise agree assume intend forbid prohibit seem appear say know think note encourage follow"
)


def _first(sentence: Sentence, clause: Word) -> Word:
    return sentence.subtree(clause)[0]


def _opens(sentence: Sentence, clause: Word) -> bool:
    first = _first(sentence, clause)
    return first.lower in _OPENING or clause.dep in ("ccomp", "xcomp")
