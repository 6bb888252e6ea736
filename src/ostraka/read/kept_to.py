"""The one whom a report keeps to: "his wife" is of him rather than of somebody told of in passing."""

from __future__ import annotations

from ostraka.read.lexicon import gender_of_given
from ostraka.read.noun import Noun
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence

_TWICE = 2
"""So many sentences about somebody make him the one whom a report keeps to."""


def is_kept_to(sentence: Sentence, noun: Noun, lead: Profile, told: Profile | None) -> bool:
    """Whether "his" before a phrase rather means the one a report is about than the one who stands nearest.

    Parameters
    ----------
    sentence : Sentence
    noun : Noun
        Such as "his brother", "her deputy".
    lead : Profile
        The one the report is about.
    told : Profile or None
        The one who stands nearest.
    """
    wanted = {"his": "m", "her": "f"}.get(noun.det, "")
    own = {noun.label, noun.same.label if noun.same is not None else ""}
    if not wanted or lead.label in own or told is lead:
        return False
    if lead.gender not in {"", wanted}:
        return _is_out_of_sight(sentence, told) and lead.gender == gender_of_given(lead.label.partition(" ")[0])
    if told is None:
        return True
    before = [other.label for other in sentence.nouns if other.j <= noun.i]
    if not told.named:
        return told.label not in before or lead.label in before
    first = min(noun.i, noun.same.i if noun.same is not None else noun.i)
    if first > sentence.body_start + 1 or told.label in before:
        return False
    at = {other.ix for other, _ in lead.nouns if other.ix < sentence.ix}
    passing = len({other.ix for other, _ in told.nouns if other.ix < sentence.ix}) == 1
    return passing and (len(at) >= _TWICE or sentence.ix - 1 in at)


def _is_out_of_sight(sentence: Sentence, told: Profile | None) -> bool:
    """Whether nobody else stands near: a given name may mislead about who is a man, and "his" must be of somebody."""
    return told is None or (not told.named and all(sentence.ix - other.ix > 1 for other, _ in told.nouns))
