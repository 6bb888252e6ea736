"""One out of a group told of before: "Seven diplomats have come. One fled from Bulgaria; two others arrived in June."."""

from __future__ import annotations

from dataclasses import replace

from ostraka.read.lexicon import RoleHead
from ostraka.read.noun import VERBAL, Noun, number_at
from ostraka.read.scene import Sentence

_ONE = frozenset({"one", "another"})
_NEXT = frozenset(
    {",", "of", "was", "is", "has", "had", "came", "left", "arrived", "went", "got", "took", "ran", "flew"}
)


def singles(sentence: Sentence, group: Noun) -> list[Noun]:
    """Phrases like "one", "another", "two others" that stand for members of a group.

    Parameters
    ----------
    sentence : Sentence
        Where they stand: at its head or after a semicolon.
    group : Noun
        The group that was told of last.

    Returns
    -------
    list of Noun
        Role phrases of their own, with the office of the group in `counted`.
    """
    tokens, found = sentence.tokens, list[Noun]()
    if group.role is None or not group.role.tier:
        return found
    for k in range(sentence.body_start, len(tokens) - 1):
        if k > sentence.body_start and tokens[k - 1].low not in {";", "and", ","}:
            continue
        low, following = tokens[k].low, tokens[k + 1].low
        others = following in {"others", "more"} and number_at(tokens, k) is not None
        verb = following in VERBAL or following in _NEXT or (following.endswith("ed") and following.isalpha())
        if k > sentence.body_start and not others:
            continue
        if (low in _ONE and verb) or others:
            found.append(_member(group, group.role, k, number_at(tokens, k) if others else None))
    told = [other for other in sentence.nouns if other.role is None or other.role.word != "others"]
    return [noun for noun in found if all(other.j <= noun.i or other.i >= noun.j for other in told)]


def _member(group: Noun, role: RoleHead, at: int, number: float | None) -> Noun:
    word = role.word if number is not None and number > 1 else _singular(role.word)
    stop = at + 2 if number is not None else at + 1
    return Noun(
        "role", at, stop, stop - 1, text=word, counted=word, det="a", low=number, high=number,
        role=replace(role, word=word), elite=group.elite, country=group.country,
    )  # fmt: skip


def _singular(word: str) -> str:
    """A role word in the singular.

    Examples
    --------
    >>> _singular("diplomats"), _singular("secretaries"), _singular("policemen")
    ('diplomat', 'secretary', 'policeman')
    """
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
