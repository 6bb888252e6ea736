"""What the scorer sees: the words of a sentence, each of them from where a mention of a person stands, and who is meant."""

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

_PLAIN, NAME, _DATE, _FIGURE, _CAPITAL = 0, 1, 7, 8, 9
_TYPES = {"role": 2, "kin": 3, "pron": 4, "place": 5, "org": 6}
N_TYPES = 10
"""What a word may be: plain, of a name, a role, kin, a pronoun, a place, a body, a date, a figure, with a capital."""

MAX_TOLD = 6
"""Words of a trigger that are marked as such."""


def word_types(sentence: Sentence) -> list[int]:
    """What each word of a sentence is part of."""
    types = [_PLAIN] * len(sentence.tokens)
    for k, token in enumerate(sentence.tokens):
        if token.text[0].isdigit():
            types[k] = _FIGURE
        elif token.text[0].isupper() and k > sentence.body_start:
            types[k] = _CAPITAL
    for noun in sorted(sentence.nouns, key=lambda noun: noun.kind == "person"):
        for k in range(noun.i, noun.j):
            types[k] = _of_person(noun, k) if noun.kind == "person" else _TYPES.get(noun.kind, _PLAIN)
    for row in sentence.dates:
        types[row.i : row.j] = [_DATE] * (row.j - row.i)
    return types


def _of_person(noun: Noun, k: int) -> int:
    return NAME if k >= noun.head else _TYPES["role"]


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


_OPENS = word_set(
    'who which whose whom that ; : after while because when as before if but said says told say although where since " “ ”'
)
_PAUSES = word_set(", ( ) - – — and")
_CUTS = {**dict.fromkeys(_PAUSES, 1), **dict.fromkeys(_OPENS, 2)}
MAX_FAR = 10
_DISTANCE = [0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 3]
"""Steps to a word by how far that is; what is further on is as far as the last."""
N_VIEWS = 2 + 2 * 4 * 3 * 3


def views(sentence: Sentence, noun: Noun) -> list[int]:
    """From where each word is seen by a mention: side, distance, persons between, pauses and clauses between.

    Notes
    -----
    1 stands for the words of the mention itself; the others are numbered from 2 by side, then distance, then how many
    other persons stand between (none, one, more), then whether nothing, a pause or the opening of a clause does.
    """
    low, n = sentence.low, len(sentence.tokens)
    others = {other.i for other in sentence.nouns if other.is_person and (other.label != noun.label or not other.label)}
    seen = [1] * n
    persons = opened = 0
    for steps, k in enumerate(range(noun.j, n)):
        cut = _CUTS.get(low[k], 0)
        opened = cut if cut > opened else opened
        seen[k] = 2 + (_DISTANCE[min(steps, MAX_FAR)] * 3 + persons) * 3 + opened
        persons = min(2, persons + 1) if k in others else persons
    persons = opened = 0
    for steps, k in enumerate(range(noun.i - 1, -1, -1)):
        persons = min(2, persons + 1) if k in others else persons
        seen[k] = 2 + ((4 + _DISTANCE[min(steps, MAX_FAR)]) * 3 + persons) * 3 + opened
        cut = _CUTS.get(low[k], 0)
        opened = cut if cut > opened else opened
    return seen
