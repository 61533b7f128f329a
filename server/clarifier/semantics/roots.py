"""Roots: what a word shares with its derivations, so that "creation" meets "create" and "manually" meets "manual".

English derives nouns from verbs in a few ways with changed spelling ("decide", "decision"); these are undone first, then endings
are cut. A root need not be a word: it only has to be the same for words of one family.
"""

from __future__ import annotations

from functools import lru_cache

# Nouns whose verb no ending shows.
_IRREGULAR = dict(
    pair.split("/")
    for pair in [
        "choice/choose",
        "entry/enter",
        "usage/use",
        "retention/retain",
        "detention/detain",
        "maintenance/maintain",
        "signature/sign",
        "registration/register",
        "comparison/compare",
        "denial/deny",
        "loss/lose",
        "sale/sell",
        "proof/prove",
        "advice/advise",
        "licence/license",
        "supervision/supervise",
        "revision/revise",
        "provision/provide",
        "division/divide",
        "collision/collide",
        "receipt/receive",
        "registry/register",
        "growth/grow",
        "knowledge/know",
        "flight/fly",
        "storage/store",
        "coverage/cover",
        "cancellation/cancel",
        "solution/solve",
        "publication/publish",
        "payment/pay",
        "failure/fail",
        "closure/close",
        "disclosure/disclose",
        "erasure/erase",
        "seizure/seize",
        "departure/depart",
        "exposure/expose",
        "info/information",
    ]
)
# How the end of a verb changes in its noun; the noun must be longer than the ending by two letters.
_ALTERNATIONS = (
    ("ification", "ify"),
    ("ication", "icate"),
    ("mission", "mit"),
    ("duction", "duce"),
    ("scription", "scribe"),
    ("sumption", "sume"),
    ("ception", "ceive"),
    ("cision", "cide"),
    ("clusion", "clude"),
    ("olution", "olve"),
    ("ension", "end"),
    ("pansion", "pand"),
    ("version", "vert"),
    ("alysis", "alyze"),
    ("alyse", "alyze"),
    ("sponse", "spond"),
)
_ENDINGS = (
    "ations",
    "itions",
    "ition",
    "ation",
    "ments",
    "ively",
    "ment",
    "ance",
    "ence",
    "ions",
    "ally",
    "ives",
    "ing",
    "ion",
    "ive",
    "ate",
    "als",
    "al",
    "ed",
    "es",
    "s",
)
_SHORTEST = 4
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What a word shares with its derivations: "creation", "create" and "creating" have one root."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    plain = _IRREGULAR.get(plain, plain)
    if not plain.isalpha() or len(plain) < 5:
        return plain
    if plain.endswith("ly") and len(plain) >= _SHORTEST + 2:
        plain = plain.removesuffix("ly")
    for noun, verb in _ALTERNATIONS:
        if plain.endswith(noun) and len(plain) > len(noun) + 1:
            plain = plain.removesuffix(noun) + verb
            break
    stem = _cut(plain)
    return stem[:-1] if len(stem) > _SHORTEST and stem[-1] in "ey" else stem


def _cut(plain: str) -> str:
    for ending in _ENDINGS:
        stem = plain.removesuffix(ending)
        least = 3 if ending in ("ition", "itions", "ing") else _SHORTEST
        if stem == plain or len(stem) < least or (ending == "s" and stem.endswith("s")) or not _VOWELS & set(stem):
            continue
        # "formatting" doubles the last letter of "format".
        doubled = len(stem) >= _SHORTEST and stem[-1] == stem[-2] and stem[-1] in "bdgmnprt"
        return stem[:-1] if doubled and ending in ("ing", "ed") else stem
    return plain
