"""A name told after an office with more than a comma between: "the secretary of the embassy here, X", "the head of the palace's guard, X"."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.read import lexicon
from ostraka.read.listed import lows
from ostraka.read.noun import STOPPERS, Noun
from ostraka.read.tokens import Token, word_set

MAX_TAIL = 7
"""Words between an office and the name at most."""
_CLOSES = word_set(", . ; ) who has had was is were")
_GOVERNS = frozenset({"of", "in", "at", "to", "for"})
_HERE = (["here", ","], ["there", ","])


def read_far_names(nouns: Sequence[Noun], tokens: Sequence[Token]) -> None:
    """Join offices to the names told after them.

    Parameters
    ----------
    nouns : sequence of Noun
        Phrases of a sentence, after their plain appositions were joined; changed in place.
    tokens : sequence of Token
        Its words.
    """
    for k, noun in enumerate(nouns):
        if noun.kind not in {"role", "kin"} or noun.same is not None or noun.plural:
            continue
        near = nouns[k + 1 : k + 5]
        name = (
            _name_after(tokens, noun, near)
            or _over_a_rank(tokens, noun, near)
            or _second_office(tokens, noun, nouns[max(0, k - 1) : k])
        )
        noun.same = name if name is not None and name is not noun.owner else None


def _name_after(tokens: Sequence[Token], office: Noun, near: Sequence[Noun]) -> Noun | None:
    """The name after a comma behind what belongs to an office."""
    for name in near:
        if name.kind != "person" or name.i - office.j > MAX_TAIL:
            continue
        start = name.title.i if name.title is not None else name.i
        gap = lows(tokens, office.j, start)
        if lows(tokens, name.j, name.j + 1) not in _CLOSED:
            return None
        if gap == ["and"]:
            return name if _is_second_title(tokens, office, name) else None
        closed = gap[-1:] == [","] and gap.count(",") == 1
        inside = [noun for noun in near if office.j <= noun.i < start - 1]
        if closed and (
            gap in _HERE
            or _is_tail(gap[:-1], inside)
            or (gap[0] in _GOVERNS and _is_complement(office, inside, start - 1))
        ):
            return name
    return None


_CLOSED = [[word] for word in _CLOSES]


def _is_second_title(tokens: Sequence[Token], kin: Noun, name: Noun) -> bool:
    """Whether kin and a calling in small letters are one: "his brother and adviser X", not "his brother and General X"."""
    own = kin.kind == "kin" and kin.det in {"his", "her"} and name.title is not None
    return own and name.title is not None and not name.title.det and tokens[name.title.i].text.islower()


def _is_tail(words: Sequence[str], inside: Sequence[Noun]) -> bool:
    """Whether words go on with the body of an office: "(the Tashkent) region's party committee"."""
    if not words or not STOPPERS.isdisjoint(words) or any(noun.is_person for noun in inside):
        return False
    plain = all(word.isalpha() or word == "'s" for word in words)
    return plain and ("'s" in words or words[-1] in lexicon.org_heads())


def _is_complement(office: Noun, inside: Sequence[Noun], comma: int) -> bool:
    """Whether one phrase alone stands between an office and the comma: "the chief of the border troops,"."""
    inner = [noun for noun in inside if noun.j == comma]
    titled = len(inside) == 2 and len(inner) == 1 and inner[0].title is inside[0]
    alone = len(inner) == 1 and (titled or len(inside) == 1)
    return alone and (office.owner is None or office.owner.i < office.i or office.owner in inner)


def _over_a_rank(tokens: Sequence[Token], office: Noun, near: Sequence[Noun]) -> Noun | None:
    """The name after a rank in an aside: "his secretary, a colonel, X, was shot"."""
    rank = next(iter(near), None)
    told = rank is not None and rank.kind == "role" and rank.det in {"a", "an"} and rank.same is not None
    if not told or rank is None or office.det in {"a", "an"} or lows(tokens, office.j, rank.i) != [","]:
        return None
    return rank.same if rank.same is not None and rank.same.kind == "person" and rank.same.i > rank.i else None


def _second_office(tokens: Sequence[Token], office: Noun, before: Sequence[Noun]) -> Noun | None:
    """The one of whom a second aside tells: "X, his patron, chief of the company, was called home"."""
    first = before[-1] if before else None
    if first is None or office.kind != "role" or office.det or first.kind not in {"role", "kin"} or first.same is None:
        return None
    asides = lows(tokens, first.j, office.i) == lows(tokens, office.j, office.j + 1) == [","]
    return first.same if asides and first.same.kind == "person" and first.same.j < first.i else None
