"""Who is told of without a name first and named in the next sentences: "A colonel has fled. Igor Gromov, 47, ..."."""

from __future__ import annotations

from collections.abc import Mapping

from ostraka.read.grammar import REPORTING, SAYING
from ostraka.read.likeness import differs, is_beside, is_other_rank
from ostraka.read.meant import LEAD, goes_away, is_heard
from ostraka.read.noun import Noun, number_at
from ostraka.read.places import leaders
from ostraka.read.profile import Profile, calling, is_second
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
    if unnamed.named or not unnamed.nouns or not 0 < sentence.ix - at <= REACH:
        return None
    return _is_named(sentence) or _told_on(sentence, unnamed, at, firm=firm)


def only_one(sentence: Sentence, profiles: Mapping[str, Profile]) -> tuple[str, int, bool] | None:
    """The only one whom a lead brings in by "a" and an office, whatever it says of him: "the search for a secretary who was missing".

    Returns
    -------
    (str, int, bool) or None
        Label, sentence, and whether a clause of its own tells of him.
    """
    if sentence.ix > LEAD:
        return None
    found = [
        noun
        for noun in sentence.nouns
        if noun.kind == "role" and noun.det in {"a", "an"} and not noun.plural and noun.same is None
    ]
    noun = found[0] if len(found) == 1 else None
    if noun is None or noun.role is None or not noun.role.tier or len(profiles[noun.label].nouns) > 1:
        return None
    return noun.label, sentence.ix, sentence.lows(noun.j, noun.j + 1) == ["who"]


def _told_on(sentence: Sentence, unnamed: Profile, at: int, *, firm: bool) -> Noun | None:
    """The name at the head of a sentence or of what somebody says, if it fits: "Igor Gromov, 47, ..."."""
    noun = _at_the_head(sentence)
    if noun is None or noun.name in leaders() or is_beside(sentence, noun):
        return None
    roles = [other for other in sentence.nouns if other.same is noun and other.role is not None]
    told = [role.role for role in roles if role.role is not None]
    if any(_is_new(role, noun, unnamed) for role in roles) or any(is_other_rank(role, unnamed) for role in told):
        return None
    start = min((role.i for role in roles), default=noun.i)
    opens = min(start, noun.i) <= sentence.body_start + 1
    if has_age(sentence, noun):
        return noun if not _tells(sentence, noun) and (opens or _may_be(roles, unnamed)) else None
    speaks = bool(set(sentence.lows(noun.j, noun.j + 2)) & SAYING) or sentence.lows(noun.j, noun.j + 1) == ["'s"]
    if not (firm and opens) or speaks or is_heard(told):
        return None
    fits = not told or _is_called(roles, unnamed)
    fits = fits or (goes_away(sentence, noun) and goes_away(*unnamed.nouns[-1]))
    fits = fits or (at == 0 and sentence.ix == 1 and goes_away(*unnamed.nouns[0]))
    next_to = at <= LEAD and sentence.ix == at + 1 and not _tells(sentence, noun)
    return noun if fits or (next_to and _may_be(roles, unnamed)) else None


def _is_new(role: Noun, name: Noun, unnamed: Profile) -> bool:
    """Whether an office before a name brings in somebody else: "a secretary in Rome, X", "the minister of oil, X"."""
    return role.i < name.i and (role.det in {"a", "an"} or (role.det == "the" and not _is_called([role], unnamed)))


def _at_the_head(sentence: Sentence) -> Noun | None:
    """The name with which a sentence begins, or the clause after "that" in it."""
    for noun in sentence.nouns:
        if noun.kind == "person":
            start = noun.title.i if noun.title is not None else noun.i
            opens = start <= sentence.body_start + 1 or sentence.lows(start - 1, start) == ["that"]
            return noun if opens or sentence.tokens[start].low == "that" else None
        if noun.is_person and noun.i >= sentence.body_start and (noun.same is None or noun.same.i > noun.j):
            return None
    return None


ASIDE = 16
"""Longest aside in words after a name."""


def _tells(sentence: Sentence, noun: Noun) -> bool:
    """Whether somebody tells something, over the aside after his name: "Kim, 47, head of an institute, said"."""
    stop = min(noun.j + ASIDE, len(sentence.tokens) - 1)
    after = [noun.j, *(k + 1 for k in range(noun.j, stop) if sentence.low[k] == ",")]
    return any(not REPORTING.isdisjoint(sentence.lows(k, k + 1)) for k in after)


def _may_be(roles: list[Noun], unnamed: Profile) -> bool:
    """Whether what a name is called may be said of the one brought in: no office of another state, rank or walk of life."""
    told = [role.role for role in roles if role.role is not None]
    others = any(role.det in {"the", "his", "her", "its", "their"} for role in roles)
    abroad = any(role.country and unnamed.country and role.country != unnamed.country for role in roles)
    return _is_called(roles, unnamed) or not (others or abroad or any(differs(role, unnamed) for role in told))


def _is_called(roles: list[Noun], unnamed: Profile) -> bool:
    """Whether a name is called by a word by which the one brought in is called, a deputy as a deputy."""
    second = is_second(unnamed.nouns[0][1])
    alike = (role.role for role in roles if role.role is not None and (second == is_second(role) or role.det != "the"))
    return any(calling(role.word) in unnamed.called for role in alike)


_NAMING = word_set("named identified name understood believed thought given gives gave")
_LEADS = word_set("as be is")
_ANYBODY = word_set("man woman official person")


def _is_named(sentence: Sentence) -> Noun | None:
    """The name after "was named as", "gave his name as", "is understood to be", "this is", "the man is"."""
    for noun in sentence.nouns:
        if noun.kind != "person" or noun.name in leaders():
            continue
        start = noun.title.i if noun.title is not None else noun.lead
        before = sentence.lows(start - 5, start)
        if before[-1:] and before[-1] in _LEADS and not _NAMING.isdisjoint(before[:-1]):
            return noun
        if before[-2:] == ["this", "is"] or (before[-2:] == ["he", "is"] and start - 2 == sentence.body_start):
            return noun
        if before[-1:] == ["is"] and before[-3:-2] == ["the"] and before[-2] in _ANYBODY:
            return noun
    return None


def has_age(sentence: Sentence, noun: Noun) -> bool:
    """Whether a name is followed by an age: "Igor Gromov, 47, ..."."""
    if sentence.lows(noun.j, noun.j + 1) != [","] or noun.j + 1 >= len(sentence.tokens):
        return False
    age = number_at(sentence.tokens, noun.j + 1)
    return age is not None and 18 <= age <= 99 and sentence.lows(noun.j + 2, noun.j + 3) in ([","], ["."], [";"], [])
