"""Whom "the leader", "the president" means: the head of the regime that the report names nearest before."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.read.noun import Noun
from ostraka.read.places import leaders
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

_RULERS = word_set("leader president ruler dictator strongman despot autocrat tyrant sultan king emir") | {
    "supreme leader",
    "head of state",
}

_RULE = word_set("regime rule reign government dictatorship")

Named = tuple[int, str, str]
"""Where the name of a head of a regime stands in the text, the name, and the country."""


def named_rulers(sentences: Sequence[Sentence]) -> list[Named]:
    """The heads of regimes that a report names, in order of the text."""
    table = leaders()
    return [
        (sentence.tokens[noun.i].start, noun.name, table[noun.name])
        for sentence in sentences
        for noun in (*sentence.nouns, *sentence.mentions)
        if noun.name in table
    ]


def is_ruler(noun: Noun) -> bool:
    """Whether a role phrase speaks of the head of a regime by a word for it."""
    return noun.role is not None and noun.role.word in _RULERS


def ruler_meant(noun: Noun, at: int, regime: str, named: Sequence[Named]) -> str:
    """The head of a regime whom a role phrase at offset `at` means; empty if it means none that is named.

    Parameters
    ----------
    noun : Noun
        "the leader", "North Korea's leader", "the president"; a phrase that says of what ("the leader of the
        opposition") means somebody else.
    at : int
    regime : str
        The regime of the report, for a phrase without a country.
    named : sequence of Named
    """
    if not is_ruler(noun) or noun.plural or noun.owner is not None:
        return ""
    if noun.det in {"a", "an", "no"} or noun.body is not None or (noun.j - noun.head > 1 and not noun.country):
        return ""
    own = [row for row in named if row[2] == (noun.country or regime)]
    before = [row for row in own if row[0] < at]
    return before[-1][1] if before else own[0][1] if own else ""


_NO_LONGER = word_set(
    "vice deputy former ex-president ex-leader onetime then-vice sacked dismissed fired deposed ousted toppled overthrown exiled fallen late minister"
)


def reigns(profile: Profile, regime: str) -> bool:
    """Whether somebody is told of as the head of a regime: by a name that is known, or as "President X".

    Parameters
    ----------
    profile : Profile
        Who is called a former or a vice president as well does not reign.
    regime : str
    """
    nouns = [noun for _, noun in profile.nouns]
    if not regime or any(not _NO_LONGER.isdisjoint(noun.text.lower().split()) for noun in nouns):
        return False
    if profile.label in leaders():
        return leaders()[profile.label] == regime
    return profile.country in {"", regime} and any(_entitles(noun, regime) for noun in nouns)


def _entitles(noun: Noun, regime: str) -> bool:
    """Whether a phrase is the title of a ruler before his name: "President X", "Syria's president, X"."""
    if not is_ruler(noun) or noun.same is None or noun.plural or noun.body is not None or noun.owner is not None:
        return False
    bare = noun.text.lower() in _RULERS - {"leader"} and noun.det not in {"a", "an", "no"}
    return bare and noun.same.kind == "person" and 0 <= noun.same.i - noun.j <= 1 and noun.country in {"", regime}


def opens_with_rule(sentence: Sentence) -> bool:
    """Whether a sentence opens with "his regime": what else is "his" in it is the ruler's."""
    opening = sentence.lows(sentence.body_start, sentence.body_start + 2)
    return opening[:1] in (["his"], ["her"]) and not _RULE.isdisjoint(opening)


def ruler_before(sentence: Sentence, regime: str, named: Sequence[Named]) -> str:
    """The head of a regime whom a report names last before a sentence; empty if it names none."""
    before = [name for start, name, country in named if country == regime and start < sentence.start]
    return before[-1] if before else ""


def is_same_office(first: Noun, second: Noun) -> bool:
    """Whether two phrases may speak of one holder: by the same word, or both of the head of a regime."""
    countries = {first.country, second.country} - {""}
    if first.role is None or second.role is None or len(countries) > 1:
        return False
    return first.role.word == second.role.word or (is_ruler(first) and is_ruler(second))
