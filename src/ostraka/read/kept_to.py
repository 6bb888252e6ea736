"""The one whom a report keeps to: "his wife" is of him rather than of somebody told of in passing."""

from __future__ import annotations

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
    if not wanted or lead.gender not in {"", wanted} or lead.label in own or told is None or told is lead:
        return False
    before = [other.label for other in sentence.nouns if other.j <= noun.i]
    if not told.named:
        return told.label not in before or lead.label in before
    first = min(noun.i, noun.same.i if noun.same is not None else noun.i)
    if first > sentence.body_start + 1 or told.label in before:
        return False
    at = {other.ix for other, _ in lead.nouns if other.ix < sentence.ix}
    passing = len({other.ix for other, _ in told.nouns if other.ix < sentence.ix}) == 1
    return passing and (len(at) >= _TWICE or sentence.ix - 1 in at)
