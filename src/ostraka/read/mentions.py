"""What the scorer knows of a mention of a person: who is meant, how it is put, what words and rules tell."""

from __future__ import annotations

from collections.abc import Iterable

from ostraka.model import EventKind
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.gate import is_of_elite
from ostraka.read.noun import Noun
from ostraka.read.places import is_regime, leaders
from ostraka.read.scene import Sentence
from ostraka.read.subjects import is_governed
from ostraka.read.tokens import word_set
from ostraka.read.triggers import alternatives, nominal_rules, nominal_words

KINDS = (
    EventKind.DEFECTION,
    EventKind.PURGE,
    EventKind.EXECUTION,
    EventKind.RECALL,
    EventKind.DISMISSAL,
    EventKind.APPOINTMENT,
    EventKind.SUCCESSION,
    EventKind.DISAPPEARANCE,
    EventKind.ASSASSINATION,
)
"""The events that are scored, in the order of their scores."""
_AT = {kind: k for k, kind in enumerate(KINDS)}

MAX_TOLD = 6
"""Words of a trigger that are marked as such."""


def told_by_words(sentence: Sentence) -> list[tuple[int, int]]:
    """Words and the kinds (by their place in `KINDS`) that the tables of triggers know them to tell of."""
    found: set[tuple[int, int]] = set()
    for fitting in alternatives(sentence):
        for trigger in fitting:
            if trigger.rule.kind in _AT:
                stop = min(trigger.j, trigger.i + MAX_TOLD)
                found.update((k, _AT[trigger.rule.kind]) for k in range(trigger.i, stop))
    for word in sentence.where(nominal_words()):
        for kind, rest, _ in nominal_rules()[sentence.low[word]]:
            if kind in _AT and tuple(sentence.lows(word + 1, word + 1 + len(rest))) == rest:
                found.add((word, _AT[kind]))
    return sorted(found)


_SECTORS = {"military": 0, "security": 1, "diplomatic": 2, "party": 3, "trade": 4}
_TELLERS = word_set("spokesman spokeswoman spokesperson analyst expert professor source")
N_TRAITS = 24


def traits(story: Coreference, sentence: Sentence, noun: Noun) -> list[float]:
    """What is known of a mention: how it is put, and of the one it means."""
    profile = story.profiles.get(noun.label)
    country = profile.country if profile is not None else ""
    sector = _SECTORS.get(profile.sector, 5) if profile is not None else -1
    told = (
        noun.kind == "person",
        noun.kind == "role",
        noun.kind == "kin",
        noun.kind == "pron",
        noun.plural,
        noun.label in leaders(),
        is_governed(sentence, noun),
        sentence.lows(noun.j, noun.j + 1) == ["'s"],
        noun.i <= sentence.body_start + 1,
        noun.det in {"a", "an", "one", "another"},
        profile is not None and profile.named,
        profile is not None and is_of_elite(story, profile),
        bool(country) and not is_regime(country),
        bool(country) and country == story.regime,
        profile is not None and len(profile.nouns) == 1,
        profile is not None and not profile.called.isdisjoint(_TELLERS),
        not story.regime,
        *(sector == k for k in range(6)),
    )
    return [*map(float, told), min(profile.tier, 6) / 6 if profile is not None else 0.0]


def by_rules(found: Iterable[Found]) -> dict[tuple[int, str], set[int]]:
    """Kinds that the grammar tells of somebody in a sentence; under sentence -1 those of the whole report."""
    told: dict[tuple[int, str], set[int]] = {}
    for event in found:
        if event.kind in _AT:
            told.setdefault((event.sentence.ix, event.label), set()).add(_AT[event.kind])
            told.setdefault((-1, event.label), set()).add(_AT[event.kind])
    return told


def flags(kinds: Iterable[int]) -> list[float]:
    """One for each of the kinds given, in the order of `KINDS`."""
    marks = [0.0] * len(KINDS)
    for kind in kinds:
        marks[kind] = 1.0
    return marks
