"""Hidden actor: a duty in the passive that binds no one.

Where a sentence says what must be done but not who does it, each of two parties can take it for the other's work, and
a test has no one to test. The rule is silent where the sentence, what leads up to it, the section or the document says
who is bound: all duties of a document that bind the server bind it in the passive too.

Bad:  The client sends its request to the server. The request must be logged.
Good: The client sends its request to the server. The server must log the request.
Good: The checksum must be verified by the client.
"""

from __future__ import annotations

from collections.abc import Iterator

from clarifier.rules._rule import Group, Hit, Reading, Severity, passage_rule, settled_by
from clarifier.semantics.actors import Actor, actors, bearers, bound, key_of, mentioned
from clarifier.semantics.agents import is_agent
from clarifier.semantics.passives import PassiveDuty, active, passive_duties
from clarifier.semantics.specification import Specification
from clarifier.semantics.wordlists import words
from clarifier.syntax.document import Passage
from clarifier.syntax.words import Sentence

_HANDING_ON = words(
    "send submit transmit forward pass return publish upload deliver provide share post emit report hand transfer export"
)
_SERVED = words("user customer player visitor guest patient student reader people person human owner passenger")


Cast = tuple[tuple[Actor, ...], frozenset[str]]


def _cast(_: Hit, passage: Passage, specification: Specification) -> Cast:
    """The actors of the document, and the keys of those to whom the section gives duties."""
    return actors(specification), bearers(specification).get(id(passage), frozenset())


def _settled(hit: Hit, passage: Passage, cast: Cast) -> Hit | None:
    """The hit with the actors that the document names; None where they leave only one who can be meant."""
    sentence = passage.sentences[hit.sentence]
    duty = next((d for d in passive_duties(sentence) if _key(d) == hit.key), None)
    everyone, section = cast
    known = [a for a in everyone if a.duties or _is_near(a, passage)]
    if duty is None or _has_one_bearer(known) or len(section) == 1 or _in_title(known, passage.title):
        return None
    candidates = _candidates(known, sentence, passage, hit.sentence)
    span, _ = active(sentence, duty, "someone")
    readings = tuple(
        Reading(f"{a.name} {'are' if a.plural else 'is'} bound", active(sentence, duty, a.name)[1]) for a in candidates[:3]
    )
    what = sentence.slice(span)
    frame = active(sentence, duty, "{}")[1]
    question = f"Who is bound where “{what}”?"
    if len(readings) < 2:
        severity = Severity.INFORMATION if duty.is_duty and known else Severity.HINT
        return Hit(
            hit.sentence,
            span,
            f"“{what}” does not say who is bound.",
            question,
            (),
            severity,
            0.3 if duty.is_duty else 0.15,
            frame=frame,
        )
    names = " or ".join(f"*{a.name}*" for a in candidates[:3])
    message = f"“{what}” does not say who is bound: it could be {names}."
    most = max(a.duties for a in candidates[:3])
    rivals = sum(a.duties > 0 and a.duties * 4 >= most for a in candidates[:3])
    sure = duty.is_duty and rivals >= 2
    if not duty.is_duty and duty.modal is None:  # it tells what happens: whether that binds anyone is not said
        return Hit(hit.sentence, span, message, question, readings, Severity.HINT, 0.15, frame=frame)
    return Hit(
        hit.sentence,
        span,
        message,
        question,
        readings,
        Severity.WARNING if sure else Severity.INFORMATION,
        0.7 if sure else 0.3,
        frame=frame,
    )


@settled_by(_settled, _cast, actors)
@passage_rule(Group.AMBIGUITY, Severity.WARNING)
def hidden_actor(passage: Passage) -> Iterator[Hit]:
    """Yield a hit for every passive duty whose bearer neither the sentence nor what leads up to it names."""
    for index, sentence in enumerate(passage.sentences):
        if not sentence.words or not passage.normative[index] or passage.commentary:
            continue
        for duty in passive_duties(sentence):
            if not _is_led(passage, index):
                span, _ = active(sentence, duty, "someone")
                yield Hit(index, span, "", key=_key(duty))


def _key(duty: PassiveDuty) -> str:
    return str(duty.verb.index)


def _is_led(passage: Passage, index: int) -> bool:
    """Whether the sentence that introduces the list, or the one before in the same paragraph, binds exactly one actor."""
    before = passage.sentences[index - 1] if index else None
    if before is not None and any(w.lemma in _HANDING_ON and w.pos == "VERB" for w in before.words):
        before = None  # whoever gets what is handed on could go on with it
    for earlier in (passage.lead, before):
        if earlier is None:
            continue
        subjects = {key_of(earlier, w) for w in earlier.words if w.dep == "nsubj" and is_agent(w)}
        others = {key for key, _ in mentioned(earlier)} - subjects
        if len(subjects) == 1 and not others:
            return True
    return False


def _has_one_bearer(known: list[Actor]) -> bool:
    """Whether nearly all duties bind one actor, who then is bound in the passive too; those who are served are not."""
    duties = sum(a.duties for a in known)
    return bool(known) and known[0].key not in _SERVED and known[0].duties >= 2 and known[0].duties >= 0.8 * duties


def _is_near(actor: Actor, passage: Passage) -> bool:
    return any(key == actor.key for key, *_ in bound(passage))


def _in_title(known: list[Actor], title: str) -> bool:
    words = {w.lower().rstrip("s") for w in title.replace("-", " ").split()}
    return sum(a.key.split()[-1] in words for a in known) == 1


def _candidates(known: list[Actor], sentence: Sentence, passage: Passage, index: int) -> list[Actor]:
    """Those who could be meant, the likeliest first: those spoken of nearby, then those with most duties."""
    near = {key for s in passage.sentences[: index + 1] for key, _ in mentioned(s)}
    if passage.before is not None:
        near |= {key for key, _ in mentioned(passage.before)}
    receivers = {key_of(sentence, w) for w in sentence.words if w.dep == "pobj" and sentence.head(w).lower in ("to", "for", "from")}
    subjects = {key_of(sentence, w) for w in sentence.words if w.dep == "nsubjpass"}
    able = [a for a in known if a.key not in receivers | subjects]
    return sorted(able, key=lambda a: (a.key not in near, -a.duties, a.key))
