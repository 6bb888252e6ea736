"""Who belongs to a group: those named after it or before it, "three associates of X: A, B and C"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ostraka.read.noun import Noun, number_at, singular
from ostraka.read.tokens import Token, word_set

_OPENING = ([",", "among", "them"], [",", "including"], ["including"], [",", "notably"])
"""What opens a list of some of a group."""
_OPENS = frozenset(words[0] for words in _OPENING)
MAX_LISTED = 60
"""Phrases beside a group among which its members are looked for."""
_LISTED = word_set(", : - – — and")


def lows(tokens: Sequence[Token], i: int, j: int) -> list[str]:
    """Lower-case words of a stretch."""
    return [token.low for token in tokens[max(i, 0) : j]]


def group_members(nouns: list[Noun], tokens: Sequence[Token]) -> None:
    """Give groups those of their members that are named beside them."""
    for k, noun in enumerate(nouns):
        if noun.kind in {"role", "kin"} and (noun.plural or (noun.kin is not None and noun.kin.word.endswith("s"))):
            near = nouns[max(0, k - MAX_LISTED) : k + MAX_LISTED]
            noun.members = _members(near, tokens, noun) or _members_before(near, tokens, noun)
    _most_of_them(nouns, tokens)
    _part_of_a_group(nouns, tokens)
    _each_post(nouns, tokens)


_SHARES = word_set("all most many some several both two three")


def _most_of_them(nouns: list[Noun], tokens: Sequence[Token]) -> None:
    """Make the officers of "ten men, most of them officers" the ten men."""
    for group, them, noun in zip(nouns, nouns[1:], nouns[2:], strict=False):
        gap, told = lows(tokens, group.j, them.i), group.plural and noun.plural and group.kind == noun.kind == "role"
        if told and noun.i == them.j and gap[:1] + gap[2:] == [",", "of"] and gap[1] in _SHARES:
            noun.same = group.same or group


def _part_of_a_group(nouns: list[Noun], tokens: Sequence[Token]) -> None:
    """Give "two of his colleagues", "six of Wang's aides" their number."""
    for noun in nouns:
        if (
            noun.kind == "role"
            and noun.plural
            and noun.low is None
            and lows(tokens, noun.lead - 1, noun.lead) == ["of"]
        ):
            number = number_at(tokens, noun.lead - 2) if noun.lead > 1 and noun.det else None
            noun.low = noun.high = number if number != 1 else None


def _each_post(nouns: list[Noun], tokens: Sequence[Token]) -> None:
    """Make "the ambassadors to India, Poland and Peru" one person for each post, those named after them if as many are."""
    for k, group in enumerate(nouns):
        if group.role is None or group.role.sector != "diplomatic" or not group.plural or group.place_at is None:
            continue
        posts = 1 + _posts_after(nouns[k + 1 :], tokens, group)
        if posts > 1 and len(group.members) in {0, posts} and group.low in {None, float(posts)}:
            named: Sequence[Noun | None] = group.members or [None] * posts
            plural, led = group.role.word, lows(tokens, group.head + 1, group.head + 2)
            word = singular(plural)
            group.role, group.counted, group.low, group.high = replace(group.role, word=word), word, None, None
            group.text, group.det, group.members, group.same = group.text.replace(plural, word, 1), "one", [], named[0]
            for post, holder, at in zip(nouns[k + 1 :], named[1:], range(k + 1, k + posts), strict=False):
                own = replace(group, i=post.i, j=post.j, head=post.head, owner=None, same=holder, owners=[])
                own.text, own.place, own.place_at = " ".join([word, *led, post.text]), post.place, (post.i, post.j)
                nouns[at] = own


def _posts_after(following: list[Noun], tokens: Sequence[Token], group: Noun) -> int:
    """How many places go on "the ambassadors to India"; 0 if "and" does not join the last, or a name follows."""
    end, last = group.j, 0
    for count, noun in enumerate(following, 1):
        if noun.kind in {"person", "kin"} and not group.members and lows(tokens, end, noun.lead) == [","]:
            return 0
        gap = [low for low in lows(tokens, end, noun.i) if low not in {"in", "to", "at"}]
        if noun.kind != "place" or gap not in ([","], ["and"], [",", "and"]):
            break
        end, last = noun.j, count if "and" in gap else last
    return last


def _members(nouns: list[Noun], tokens: Sequence[Token], group: Noun) -> list[Noun]:
    """Persons listed after a group: "three associates of X: A, B and C", "two sons-in-law of X, A and B"."""
    end = _group_end(nouns, tokens, group)
    opens = end < len(tokens) and tokens[end].low in _OPENS
    opened = next((words for words in _OPENING if lows(tokens, end, end + len(words)) == words), []) if opens else []
    end += len(opened)
    named = (group.kind in {"kin", "role"} or bool(opened)) and any(
        noun.i == end and noun.kind == "person" for noun in nouns
    )
    if not named and lows(tokens, end, end + 1) not in ([","], [":"], ["-"], ["–"], ["—"]):
        return []
    found: list[Noun] = []
    closed = False
    for noun in nouns:
        if found and noun.kind == "place" and noun.i == end + 1 and tokens[end].low in {"in", "to", "at"}:
            end = noun.j
        if noun.i < end or not noun.is_person:
            continue
        if noun.same in found or (noun.same is not None and noun.same.i > noun.i):
            end = noun.j if noun.same in found else end
            continue
        if found and ";" in lows(tokens, end, noun.i):
            break
        gap = [low for low in lows(tokens, end, noun.i) if low.isalpha() or low in _LISTED]
        if group.low is not None and len(found) >= group.low > 1:
            break
        if noun.kind != "person" or (found and not (gap[:1] in ([","], ["and"]) and _ends_list_gap(tokens, noun))):
            break
        if closed and gap[:2] == [",", "and"]:
            break
        closed = gap[:1] == ["and"]
        found.append(noun)
        end = noun.j
    return found if len(found) > 1 or opened else []


def _members_before(nouns: list[Noun], tokens: Sequence[Token], group: Noun) -> list[Noun]:
    """Persons named before what they are together: "A and B, the president's daughters"."""
    last = next((noun for noun in reversed(nouns) if noun.j <= group.lead), None)
    if group.kind != "kin" or last is None or last.kind != "person" or lows(tokens, last.j, group.lead) != [","]:
        return []
    first = next((noun for noun in nouns if noun.j == last.i - 1 and noun.kind == "person"), None)
    return [first, last] if first is not None and lows(tokens, first.j, last.i) == ["and"] else []


def _ends_list_gap(tokens: Sequence[Token], noun: Noun) -> bool:
    """Whether a name is joined to what precedes it, over a rank: ", A", "and Colonel B", "and his brother B"."""
    before = lows(tokens, noun.i - 4, noun.i)
    return bool({",", "and"} & set(before[-4:]))


def _group_end(nouns: list[Noun], tokens: Sequence[Token], group: Noun) -> int:
    """Last word of a group with the one it belongs to: "three associates of X", "secretaries of Hubei and Wuhan"."""
    if group.owner is not None and group.owner.i >= group.j:
        return group.owner.j
    if lows(tokens, group.j, group.j + 1) == ["of"]:
        return next((noun.j for noun in nouns if noun.i == group.j + 1), group.j)
    if lows(tokens, group.j, group.j + 1) == ["and"]:
        return next((noun.j for noun in nouns if noun.i == group.j + 1 and noun.kind == "place"), group.j)
    return group.j
