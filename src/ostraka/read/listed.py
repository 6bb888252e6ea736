"""Who belongs to a group: those named after it or before it, "three associates of X: A, B and C"."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.read.noun import Noun
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
    for noun in nouns:
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
