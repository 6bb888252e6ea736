"""Whether somebody told of without a name may be the one whose name a report gives: by office, rank, country and sex."""

from __future__ import annotations

from itertools import pairwise

from ostraka.read.lexicon import RoleHead, role_words
from ostraka.read.noun import Noun
from ostraka.read.profile import Profile, calling
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

_RANKS = word_set("general brigadier colonel captain major lieutenant admiral marshal commodore sergeant corporal")
_POSTS = word_set(
    "ambassador consul counsellor counselor secretary attache attaché minister governor president premier judge"
)
_SAME = {"brigadier": "general", "counselor": "counsellor", "attaché": "attache"}
_OTHER_WALKS = frozenset({"military", "diplomatic"})
_BESIDE = word_set("also too another")
_BEFORE, _NEAR = 40, 8
"""Words before and after a name among which another is told of."""


def is_other_rank(role: RoleHead, unnamed: Profile) -> bool:
    """Whether a rank or post is another than the one by which somebody is told of: a captain is no colonel."""
    other = Profile("", called={role.word})
    return _differ(unnamed, other, _RANKS) or _differ(unnamed, other, _POSTS)


def differs(role: RoleHead, unnamed: Profile) -> bool:
    """Whether a rank, post or walk of life is another than that by which somebody is told of."""
    return not may_be_one(unnamed, Profile("", sector=role.sector, called={role.word}))


def may_be_one(unnamed: Profile, named: Profile) -> bool:
    """Whether nothing that the report tells of the two says that they are different persons.

    Parameters
    ----------
    unnamed, named : Profile
        Of somebody without a name, and of somebody with one.
    """
    if unnamed.plural or named.plural:
        return False
    if unnamed.country and named.country and unnamed.country != named.country:
        return False
    if unnamed.gender and named.gender and unnamed.gender != named.gender:
        return False
    return not (_differ(unnamed, named, _RANKS) or _differ(unnamed, named, _POSTS) or _other_walk(unnamed, named))


def _differ(one: Profile, other: Profile, words: frozenset[str]) -> bool:
    """Whether both are called by words of a class of which each has one, and by none alike."""
    first, second = _called(one, words), _called(other, words)
    return bool(first and second and first.isdisjoint(second))


def _called(profile: Profile, words: frozenset[str]) -> set[str]:
    found = {calling(word) for word in profile.called} & words
    return {_SAME.get(word, word) for word in found}


def _other_walk(one: Profile, other: Profile) -> bool:
    """Whether one is a soldier and the other a diplomat, and neither an attaché."""
    both = {one.sector, other.sector}
    attached = any("attach" in word for word in one.called | other.called)
    return both == _OTHER_WALKS and not attached


def is_beside(sentence: Sentence, noun: Noun | None) -> bool:
    """Whether a sentence tells of somebody beside the one told of so far: "another", "X, too", "X has also", "a second, X"."""
    if noun is None:
        return False
    near = sentence.lows(noun.i - _BEFORE, noun.j + _NEAR)
    second = any(low == "second" and following not in role_words() for low, following in pairwise([*near, ""]))
    return second or not _BESIDE.isdisjoint(near) or "as well" in " ".join(near)
