"""Agents: nouns that can name one who acts, and whether that is a person or a machine."""

from __future__ import annotations

import re

from clarifier.semantics.wordlists import words
from clarifier.syntax.words import Word

_PEOPLE = words(
    "user client customer party team staff company organization organisation vendor admin administrator developer operator player maintainer person "
    "people human participant member guest visitor patient nurse student librarian clerk auditor bank merchant hospital agency department committee board "
    "buyer seller tenant citizen employee employer authority regulator firm institution clinician technician physician assistant worker "
    "crew pilot driver author editor reviewer owner applicant candidate voter judge referee dealer bidder child parent adult individual everyone anyone nobody "
    "someone implementer implementor personnel manager supervisor officer doctor teacher instructor lecturer moderator contributor realtor adjuster estimator "
    "analyst engineer trainer trainee specialist pharmacist subscriber holder shopper reader writer recipient colleague boss professional"
)
_MACHINES = words(
    "server system service application app model agent implementation registry runtime browser gateway "
    "proxy host peer node device bot robot vehicle car machine terminal program software tool platform website portal backend frontend back-end front-end "
    "broker daemon kernel subsystem component module plugin plug-in extension orchestrator endpoint station satellite spacecraft aircraft drone elevator lift "
    "thermostat camera scheduler parser compiler importer exporter loader viewer product interface database engine controller"
)
# Whoever uses a thing, whatever else he is; and the thing as a whole, whatever part of it acts.
ANYONE = words("user customer person people human individual anyone everyone someone")
_AGENTS = _PEOPLE | _MACHINES
# Words in -er and -or that name no one who could act.
_THINGS = words(
    "number parameter header footer order layer buffer counter pointer identifier character letter paper timer folder marker integer container descriptor error color "
    "factor vector center trigger filter register ledger other tier chapter wrapper delimiter placeholder separator cursor offer transfer answer manner matter water "
    "cluster modifier qualifier specifier quantifier behavior behaviour favor favour honor labor labour power corner border floor door mirror tensor floor weather "
    "summer winter quarter meter metre liter litre diameter perimeter poster banner slider spinner pager drawer ladder paper powder rubber silver tower copper "
    "minor major prior former latter later after ever never over under upper lower inner outer either neither whether together however enumerator denominator "
    "numerator operator-precedence divider splitter adapter adaptor connector conductor resistor transistor capacitor monitor sensor anchor selector constructor "
    "destructor iterator accumulator initializer initialiser finalizer literal-specifier release-order newsletter semaphore character newcomer-number super finger shoulder"
)
_AGENTIVE = re.compile(r"[a-z]{3,}(?:er|or|ist|ian|ee|eur)$")


def is_agent(word: Word) -> bool:
    """Whether a noun can name one who acts."""
    lemma = word.lemma.lower()
    if word.pos not in ("NOUN", "PROPN") or lemma in _THINGS:
        return False
    return lemma in _AGENTS or lemma.rstrip("s") in _AGENTS or bool(_AGENTIVE.fullmatch(lemma))


def is_person(word: Word) -> bool:
    """Whether a noun names people."""
    lemma = word.lemma.lower()
    return lemma in _PEOPLE or lemma.rstrip("s") in _PEOPLE or word.lower.rstrip("s") in _PEOPLE
