"""What an aside after a name tells of its bearer: "X, for six years foreign minister of Y, ...", "X, the face of the ministry, ..."."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.read import lexicon
from ostraka.read.grammar import REPORTING
from ostraka.read.noun import Noun
from ostraka.read.tokens import Token, word_set

MAX_ASIDE = 22
"""Longest aside in words."""
_NO_ASIDE = word_set(
    "who whom whose which and but or said says he she they it after when while where because since told as with in on at"
    " both like whether if although though"
)
_GOVERNS = word_set("of to with by between from under 's at near beside")
_CLOSES = frozenset({",", ".", ";", ")", ":"})


def read_asides(nouns: Sequence[Noun], tokens: Sequence[Token]) -> None:
    """Join the first office in the aside after a name to it, and note the body and the country it speaks of.

    Parameters
    ----------
    nouns : sequence of Noun
        Phrases of a sentence, after their plain appositions were joined; changed in place.
    tokens : sequence of Token
        Its words.
    """
    for noun in nouns:
        if (
            noun.kind == "person"
            and noun.j < len(tokens)
            and tokens[noun.j].low == ","
            and not _is_aside(noun, nouns, tokens)
        ):
            _after_age(noun, nouns, tokens)
            aside = _aside(tokens, noun.j + 1)
            if aside is not None:
                _tell(noun, [other for other in nouns if aside[0] <= other.i < aside[1]], tokens)


def _is_aside(person: Noun, nouns: Sequence[Noun], tokens: Sequence[Token]) -> bool:
    """Whether a name stands in an aside itself, which the comma after it closes: "a doctor in Harare, X, walked out"."""
    if person.i == 0 or tokens[person.i - 1].low != ",":
        return False
    return any(noun.same is person and noun.j < person.i and noun.kind == "role" for noun in nouns)


def _after_age(person: Noun, nouns: Sequence[Noun], tokens: Sequence[Token]) -> None:
    """Note the body after an age: "Maj. X, 38, of the Cuban air force landed"."""
    at = person.j + 1
    if (
        at + 2 >= len(tokens)
        or not tokens[at].text.isdigit()
        or [t.low for t in tokens[at + 1 : at + 3]] != [",", "of"]
    ):
        return
    body = next((noun for noun in nouns if noun.kind == "org" and at + 3 <= noun.i <= at + 4), None)
    if body is not None and not _goes_on(tokens, person.j + 1) and person.body is None:
        person.body, person.place, person.place_at = body.body, body.place, body.place_at
        person.country = person.country or body.country


_POSTED = word_set(
    "based posted stationed assigned attached appointed named called known born accredited seconded promoted"
)


def _aside(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Words of the aside that begins at word `at`; an age before it is passed over."""
    if at + 1 < len(tokens) and tokens[at].text.isdigit() and tokens[at + 1].low == ",":
        at += 2
    if at >= len(tokens) or tokens[at].low in _NO_ASIDE:
        return None
    last = min(len(tokens), at + MAX_ASIDE)
    stop = next((k for k in range(at, last) if tokens[k].low in _CLOSES), None)
    return (at, stop) if stop is not None and stop > at else None


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sentence goes on with a verb after a name: "with his wife, X, walked into the embassy"."""
    low, following = tokens[at].low, tokens[at + 1].low if at + 1 < len(tokens) else ""
    moves = low not in _POSTED and (low.endswith("ed") or low in lexicon.personal_verbs())
    return moves and following in {"into", "to", "over", "across", "out"}


def _tell(person: Noun, inside: list[Noun], tokens: Sequence[Token]) -> None:
    first = inside[0] if inside else None
    if first is None or first.kind in {"person", "pron"} or (first.same is not None and first.same is not person):
        return
    offices = [noun for noun in inside if noun.kind == "role" and not noun.plural]
    if first.kind == "kin" and first.owner is None and person.i and tokens[person.i - 1].low in lexicon.kin_words():
        return  # "her sister X, a niece and a bodyguard" goes on with others
    for office in offices:
        owns = office.j < len(tokens) and tokens[office.j].low == "'s"
        if office.same is None and not owns and tokens[office.i - 1].low not in _GOVERNS:
            office.same = person
    body = next((noun for noun in inside if noun.kind == "org"), None)
    if body is not None and not REPORTING.isdisjoint(token.low for token in tokens[body.j : body.j + 2]):
        return
    if body is not None and not _goes_on(tokens, person.j + 1) and person.body is None and not offices:
        person.body = body.body
        person.place, person.place_at = body.place, body.place_at
        person.country = person.country or body.country
