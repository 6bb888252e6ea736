"""Those whom a Korean sentence joins by "and", a comma or a post each: they share the part of the last of them."""

from __future__ import annotations

import re
from itertools import pairwise

from ostraka.read.korean_actors import BARE, GOAL, OBJECT, OWNER, TOPIC, WITH, Actor, Phrase

_FAMILY = re.compile(r"(?:그 |그의 |그 일가|두 )?(?:일가|가족|식구|일행)\Z")


def share_case(text: str, phrases: list[Phrase]) -> None:
    """Those joined by "and" or a comma share the part that the last of them plays."""
    spoken = [
        phrase for phrase in phrases if (phrase.case != OWNER or phrase.actors) and phrase.words[0].stem != "시작"
    ]
    _share_goals(text, phrases)
    for one, after in pairwise(spoken):
        if one.case == WITH and one.actors and _FAMILY.search(text[after.start : after.stop]) is not None:
            one.case = after.case
            for actor in one.actors:
                actor.case = after.case
    for one, after in zip(reversed(spoken[:-1]), reversed(spoken[1:]), strict=True):
        if not one.actors or not after.actors or after.words[0].stem in {"함께", "같이"}:
            continue
        following = phrases[phrases.index(one) + 1]
        comma = one.case == BARE and text[one.end : following.start].strip() in {",", "·", "및"}
        if one.case == OBJECT and text.startswith(" 시작으로 ", one.end):
            comma = True
        joined = one.case == WITH and not text[one.end : after.start].replace("그의", "").strip(
            " ,()0123456789세씨와과"
        )
        if (comma and _alike(one, after)) or joined:
            one.case, one.joined = after.case, True
            for between in phrases[phrases.index(one) + 1 : phrases.index(after)]:
                between.joined = True
            for actor in one.actors:
                actor.case = after.case
            _share_role(one.actors[-1], after.actors[0], joined=joined)


def _share_role(first: Actor, second: Actor, *, joined: bool) -> None:
    """A title before the first or after the second of two names is that of both: "김기남과 최태복 부위원장"."""
    if first.role_at is not None and first.role_at[1] <= first.start and second.named and not second.role:
        second.role, second.role_at, second.tier = first.role, first.role_at, first.tier
    elif joined and first.named and not first.role and second.role_at and second.role_at[0] >= second.end:
        first.role, first.role_at, first.tier = second.role, second.role_at, second.tier


def _share_goals(text: str, phrases: list[Phrase]) -> None:
    """Those named one after the other with a post each: "쿠바 대사에 마철호, 라오스 대사에 리태웅이"."""
    for n in range(len(phrases) - 3, -1, -1):
        one, post, after = phrases[n : n + 3]
        named = one.case != WITH and one.actors and one.actors[-1].named and after.actors and after.actors[-1].named
        if named and post.case in {GOAL, TOPIC} and text[one.end : post.start].strip() == "," and after.case != GOAL:
            one.case, one.joined, post.joined = after.case, True, True
            for actor in one.actors:
                actor.case = after.case


def _alike(one: Phrase, other: Phrase) -> bool:
    return one.actors[-1].named == other.actors[0].named
