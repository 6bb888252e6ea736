"""Who is told of without a name first and named in the next sentences: "A colonel has fled. Igor Gromov, 47, ..."."""

from __future__ import annotations

from ostraka.read.grammar import SAYING
from ostraka.read.meant import goes_away, is_heard
from ostraka.read.noun import Noun, number_at
from ostraka.read.places import leaders
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

REACH = 2
"""Sentences after the one without a name in which the name may be told."""


def unveiled(sentence: Sentence, unnamed: Profile, at: int, *, firm: bool) -> Noun | None:
    """The name by which a sentence calls the one who was brought in without one.

    Parameters
    ----------
    sentence : Sentence
    unnamed : Profile
        The one brought in.
    at : int
        Index of the sentence that did so.
    firm : bool
        Whether it began to tell of him ("a colonel has ..."); else only an age or words for naming make the name his.
    """
    if unnamed.named or not unnamed.nouns or not 0 < sentence.ix - at <= REACH or sentence.has(*_BESIDE):
        return None
    return _is_named(sentence) or _at_the_head(sentence, unnamed, at, firm=firm)


_BESIDE = ("also", "too", "another", "second", "well")
"""Words that tell of somebody beside the one told of so far."""


def _at_the_head(sentence: Sentence, unnamed: Profile, at: int, *, firm: bool) -> Noun | None:
    """The name at the head of a sentence, if it fits: "Igor Gromov, 47, ..."."""
    first = next((noun for noun in sentence.nouns if noun.is_person and noun.i >= sentence.body_start), None)
    if first is None or first.i > sentence.body_start + 1:
        return None
    noun = first.same if first.same is not None and first.same.j > first.i and first.kind == "role" else first
    speaks = bool(set(sentence.lows(noun.j, noun.j + 2)) & SAYING) or sentence.lows(noun.j, noun.j + 1) == ["'s"]
    if noun.kind != "person" or noun.name in leaders() or speaks:
        return None
    told = [other.role for other in sentence.nouns if other.same is noun and other.role is not None]
    if has_age(sentence, noun) and not is_heard(told):
        return noun
    fits = not told or any(role.word.rpartition(" ")[2] in unnamed.called for role in told)
    fits = fits or (goes_away(sentence, noun) and goes_away(*unnamed.nouns[-1]))
    fits = fits or (at == 0 and sentence.ix == 1 and not is_heard(told) and goes_away(*unnamed.nouns[0]))
    return noun if firm and fits else None


_NAMING = word_set("named identified name understood believed thought given")
_LEADS = word_set("as be is")


def _is_named(sentence: Sentence) -> Noun | None:
    """The name after "was named as", "gave his name as", "is understood to be", "this is"."""
    for noun in sentence.nouns:
        if noun.kind != "person" or noun.name in leaders():
            continue
        before = sentence.lows(noun.lead - 5, noun.lead)
        if before[-1:] and before[-1] in _LEADS and not _NAMING.isdisjoint(before[:-1]):
            return noun
        if before[-2:] == ["this", "is"] or (before[-2:] == ["he", "is"] and noun.lead - 2 == sentence.body_start):
            return noun
    return None


def has_age(sentence: Sentence, noun: Noun) -> bool:
    """Whether a name is followed by an age: "Igor Gromov, 47, ..."."""
    if sentence.lows(noun.j, noun.j + 1) != [","] or noun.j + 1 >= len(sentence.tokens):
        return False
    age = number_at(sentence.tokens, noun.j + 1)
    return age is not None and 18 <= age <= 99 and sentence.lows(noun.j + 2, noun.j + 3) in ([","], ["."], [";"], [])
