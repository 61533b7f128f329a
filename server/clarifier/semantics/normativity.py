"""Whether a sentence obliges, permits or forbids. By words alone, so that it holds before a model is loaded."""

from __future__ import annotations

import re
from enum import StrEnum

from clarifier.syntax.words import Sentence


class Profile(StrEnum):
    """Which sentences count as normative; `[clauses] normative` in the configuration."""

    AUTO = "auto"
    RFC2119 = "rfc2119"
    ALL = "all"


_RFC2119 = re.compile(r"\b(?:MUST|SHALL|SHOULD|REQUIRED|RECOMMENDED|MAY|OPTIONAL)\b")
# "may" opens a date ("May 2024"), "can" and "will" rarely do harm; all are read in any letter case.
_MODAL = re.compile(
    r"\b(?:must(?:n['’]t)?|shall|shan['’]t|should(?:n['’]t)?|may(?!\s+\d)|might|can(?:not|['’]t)?|never|will|won['’]t|ought to"
    r"|(?:is|are|be|been|being)\s+(?:not\s+)?(?:required|obliged|permitted|allowed|forbidden|prohibited|mandatory|optional|recommended|responsible|expected|supposed)"
    r"|(?:has|have|needs?)\s+to|REQUIRED|RECOMMENDED|OPTIONAL|required\s+to|(?:requires?|forbids?|permits?|prohibits?)\s)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\W*responsible\s+for\b", re.IGNORECASE)  # what a description of a role opens with
_NEGATED = re.compile(r"(?:do not|don['’]t|never|always|please|avoid|ensure|make sure|refrain|only)\b", re.IGNORECASE)
_VERBS = (
    "accept add adhere adjust allow alert apply approve archive ask assign assume authenticate authorise authorize avoid back "
    "block cache calculate call cancel change check choose clear close collect comply compress compute configure confirm consider "
    "contact contain convert copy create decline default define delete deliver deny deploy describe disable discard display "
    "disclose document download drop emit enable encode encrypt end enforce ensure err escalate escape establish evaluate exclude "
    "execute expect explain expire export expose fail fall favor favour fetch file filter follow forward generate get give grant "
    "guarantee handle hash hide highlight honor honour identify ignore implement import include increment inform initialize insert install "
    "invoke issue keep leave let limit list load lock log maintain make mark match measure merge minimize monitor move name notify "
    "obey obtain offer omit open order output parse pass perform persist pick place point prefer preserve present prevent print "
    "prioritize process prohibit prompt propose protect provide publish purge put query raise read receive record redact "
    "redirect reduce refer refrain refuse register reject release remember remove rename render renew repeat replace reply report request require "
    "reset resolve respect respond restart restrict resume retain retry return reuse review revoke rotate round route run sanitize save scan schedule "
    "search select send separate serialize serve set share show sign skip sort specify start state stop store strip submit "
    "support switch take tell terminate test throw track transmit treat trigger truncate try update upload use validate verify "
    "wait warn wrap write"
)
_IMPERATIVE = re.compile(
    rf"(?:{'|'.join(_VERBS.split())})\s+(?:[`\"“(]|(?:the|a|an|all|any|each|every|no|only|this|that|these|those|your|its|their|it|them"
    r"|to|with|in|on|for|from|at|by|as|if|when|whether|back|up|out|into|both|at|most|least|whatever|which|what|new|one|two|\d+)\b)",
    re.IGNORECASE,
)
# Of these, the ones that are no nouns: a sentence that begins with one is a command whatever comes next.
_ONLY_VERBS = (
    "accept add adhere adjust allow apply authenticate authorise authorize calculate choose collect comply compress compute configure confirm "
    "consider convert create define delete deliver deny describe disable discard disclose enable encode encrypt enforce "
    "establish evaluate exclude execute explain expose favor favour follow generate get give handle hide identify ignore include inform "
    "initialize insert invoke keep maintain make minimize notify obey obtain omit perform persist prefer preserve prevent prioritize propose protect "
    "provide publish purge redact redirect reduce refuse reject remember remove rename replace resolve respect respond restrict retain "
    "retrieve reuse revoke sanitize select send serialize serve specify submit take tell terminate truncate validate verify warn write"
)
_KINDS = r"(?:access|permissions?|rights?|operations?|requests?|calls?|commands?|queries|query|statements?|events?|methods?|endpoints?|buttons?|locks?)\b"  # “write access”, “delete requests”
_BARE = re.compile(
    rf"(?:(?:{'|'.join(_ONLY_VERBS.split())})|use(?!\s+(?:cases?|of)\b))\s+(?!{_KINDS})(?P<rest>[a-z][\w\-]*\b.*)",
    re.IGNORECASE | re.DOTALL,
)
# Of the others, “Log errors promptly” is a command and “Log files” is none: an adverb closes the clause and no verb has come.
_WITH_MANNER = re.compile(
    rf"(?:{'|'.join(_VERBS.split())})\s+(?P<rest>[a-z][\w\-]*\s+(?!(?:only|reply|supply|family|assembly|anomaly|apply|early)\b)[a-z]{{3,}}ly"
    r"(?=\s*(?:[.,;:!)]|$)|\s+(?:and|or|in|on|at|to|for|from|with|by|when|if|after|before|until|unless)\b).*)",
    re.IGNORECASE | re.DOTALL,
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|does|did|isn['’]t|aren['’]t|could|would)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|whose|whom|what|how|if|when|where|why|whether|unless|until|because|since|while|before|after|so|as|than|once|although|even|it|they|you|we)\b|[;:(]",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:(?:if|when|unless|before|after|where|for|in|on|once|while|otherwise|then|instead|however|finally)\b[^.;:]*?,\s*|otherwise,?\s*|then\s+)",
    re.IGNORECASE,
)


def is_normative(text: str, profile: Profile = Profile.AUTO) -> bool:
    """Whether a sentence with this text obliges, permits or forbids under a profile."""
    if profile is Profile.ALL:
        return True
    if profile is Profile.RFC2119:
        return bool(_RFC2119.search(text))
    if text.rstrip().endswith("?"):
        return False
    return bool(_MODAL.search(text) or _ROLE.match(text)) or is_imperative(text)


def is_imperative(text: str) -> bool:
    """Whether the text begins like a command, a condition before it or not."""
    stripped = text.strip().lstrip("*_\"'“(")
    for candidate in (stripped, _OPENING.sub("", stripped, count=1)):
        if _NEGATED.match(candidate) or _IMPERATIVE.match(candidate) or _is_bare(candidate):
            return True
    return False


def _is_bare(text: str) -> bool:
    """Whether the text is a command whose object has no article: “handle errors gracefully”."""
    found = _BARE.match(text) or _WITH_MANNER.match(text)
    if found is None:
        return False
    # A finite verb in the same clause has the opening for its subject: “write errors are logged”.
    clause = _SUBORDINATE.split(found["rest"], maxsplit=1)[0]
    return _FINITE.search(clause) is None


def has_imperative_root(sentence: Sentence) -> bool:
    """Whether the parse shows a command: a bare verb governs the sentence and has no subject."""
    return any(
        root.tag == "VB" and not any(child.dep in ("nsubj", "nsubjpass", "aux") for child in sentence.children[root.index])
        for root in sentence.roots
    )
