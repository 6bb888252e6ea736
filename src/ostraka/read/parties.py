"""Whose deed it is where the verb has another subject: "X is one of twelve who came", "an attempt by X to flee"."""

from __future__ import annotations

from ostraka.read.grammar import AUXILIARIES, BE
from ostraka.read.noun import Noun, number_at
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set

_BACK = 12
"""Words back from "who" in which "one of" stands."""
_ABOUT = word_set("the at least more than about some over nearly almost only these those")
_DEEDS = word_set(
    "attempt attempts bid bids decision plan plans request requests refusal wish intention choice move effort efforts offer try"
)


def one_of_many(sentence: Sentence, start: int) -> list[Noun]:
    """Those of whom it is said that they are of a group that did it.

    Parameters
    ----------
    sentence : Sentence
    start : int
        First word of the verb group, after "who".

    Returns
    -------
    list of Noun
        The one told of in "X was among the officers who fled"; empty where nothing of the kind is said.
    """
    if sentence.lows(start - 1, start) not in (["who"], ["that"], ["whom"]):
        return []
    at = _before_group(sentence, start - 1)
    if sentence.lows(at - 1, at) == ["among"]:
        first = at - 1
    elif sentence.lows(at - 2, at) == ["one", "of"]:
        first = at - 2
    else:
        return []
    while first > 0 and sentence.tokens[first - 1].low in {"only", "now", "also", "just"}:
        first -= 1
    if sentence.lows(first - 1, first) == [","]:
        return [noun.same or noun for noun in sentence.nouns if noun.j == first - 1 and noun.is_person][:1]
    if sentence.lows(first - 1, first)[:1] and sentence.tokens[first - 1].low in BE:
        first -= 1
        while first > 0 and sentence.tokens[first - 1].low in AUXILIARIES:
            first -= 1
        return subjects(sentence, first)
    return []


def _before_group(sentence: Sentence, who: int) -> int:
    """First word of the group that "who" means: "at least seven diplomats", "twelve"."""
    group = next((noun for noun in sentence.nouns if noun.j == who and noun.is_person), None)
    at = group.lead if group is not None else who
    while at > max(0, who - _BACK) and (
        sentence.tokens[at - 1].low in _ABOUT or number_at(sentence.tokens, at - 1) not in {None, 1.0}
    ):
        at -= 1
    return at


def owner_of_deed(sentence: Sentence, start: int) -> list[Noun]:
    """Whose attempt or decision is told: "an attempt by X to flee", "X's decision to stay".

    Parameters
    ----------
    sentence : Sentence
    start : int
        First word of the verb group, with "attempt" if that stands before "to".

    Returns
    -------
    list of Noun
        One phrase, or none.
    """
    if sentence.lows(start - 1, start) == ["'s"] and sentence.tokens[start].low in _DEEDS:
        return [noun.same or noun for noun in sentence.nouns if noun.j == start - 1 and noun.is_person][:1]
    if sentence.lows(start, start + 1) != ["to"]:
        return []
    for noun in sentence.nouns:
        main = noun.same or noun
        lead = min([noun.lead, main.lead, *(n.lead for n in sentence.nouns if n.same is noun and n.j == noun.i)])
        before = sentence.lows(lead - 2, lead)
        if noun.j == start and noun.is_person and before[-1:] in (["by"], ["of"]) and before[0] in _DEEDS:
            return [main]
    return []
