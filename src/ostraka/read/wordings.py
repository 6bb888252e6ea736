"""Phrases looked for in words that stand in a row, and the words of a sentence without what only describes somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from ostraka.read.places import read_table
from ostraka.read.tokens import word_set


class Words:
    """Words in a row, in which phrases are looked for.

    Examples
    --------
    >>> Words(["he", "did", "not", "leave"]).has(Wordings(["not leave", "never"]))
    True
    """

    def __init__(self, words: Sequence[str], known: frozenset[str] | None = None) -> None:
        self.row = words
        self._all = known or frozenset(words)
        self._text = ""

    def has(self, wordings: Wordings) -> bool:
        """Whether one of the phrases stands in them."""
        known = self._all
        if not known.isdisjoint(wordings.words):
            return True
        if known.isdisjoint(wordings.firsts):
            return False
        self._text = text = self._text or f" {' '.join(self.row)} "
        rows = (row for first in known & wordings.firsts for row in wordings.longer[first])
        return any(second in known and phrase in text for second, phrase in rows)

    def holds(self, *words: str) -> bool:
        """Whether one of the words is among them."""
        return not self._all.isdisjoint(words)


class Wordings:
    """Phrases that say one thing: single words, and longer ones with their second words, by their first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        rows = [phrase.split() for phrase in phrases]
        self.words = frozenset(row[0] for row in rows if len(row) == 1)
        self.longer: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            if len(row) > 1:
                self.longer.setdefault(row[0], []).append((row[1], f" {' '.join(row)} "))
        self.firsts = frozenset(self.longer)


@cache
def phrases(group: str, name: str) -> Wordings:
    """Phrases of one list of the table."""
    return Wordings(read_table("status.toml")[group][name])


@cache
def words_of(group: str, name: str) -> frozenset[str]:
    """Words of one list of the table."""
    return frozenset(read_table("status.toml")[group][name])


def without_asides(words: Sequence[str]) -> list[str]:
    """Words of a sentence without what only describes somebody: ", suspected of theft,", ", who is said to have lied,".

    Examples
    --------
    >>> " ".join(without_asides("the envoy , long thought a rival , was".split()))
    'the envoy , was'
    """
    kept: list[str] = []
    commas = [k for k, word in enumerate(words) if word == ","]
    at = 0
    for i, j in pairwise(commas):
        aside = words[i + 1 : j]
        if i >= at and len(aside) > 1 and _describes(aside):
            kept += words[at:i]
            at = j
    kept += words[at:]
    return without_refusals(kept)


def without_refusals(words: Sequence[str]) -> list[str]:
    """Words without "denied" where somebody did not get something, and without a man who is "a suspect".

    Examples
    --------
    >>> " ".join(without_refusals("he was denied a visa".split()))
    'he was a visa'
    """
    return [
        word
        for k, word in enumerate(words)
        if not (word == "denied" and _is_refused(list(words[max(0, k - 1) : k]), list(words[k + 1 : k + 2])))
        and not (word in {"suspect", "suspects"} and list(words[max(0, k - 1) : k]) in _A_SUSPECT)
    ]


def _describes(aside: Sequence[str]) -> bool:
    """Whether words between commas describe somebody, with a doubt that is about what he is."""
    if aside[0] in {"a", "an", "the"}:
        return not _DESCRIBES_BY.isdisjoint(aside)
    return aside[aside[0] in _LED_BY] in _DESCRIBES


_DESCRIBES_BY = word_set("suspected thought believed said rumoured rumored")


def _is_refused(before: list[str], after: list[str]) -> bool:
    """Whether "denied" speaks of what somebody did not get: "was denied a visa", "denied him a funeral"."""
    return (before in _GIVEN_NO and after in _A_THING) or after in _TO_WHOM


_LED_BY = frozenset({"long", "once", "widely", "reportedly", "also", "who", "whom", "whose", "which"})
_DESCRIBES = word_set("who whom whose which suspected thought believed said rumoured rumored is was had has some many")
_GIVEN_NO = (["was"], ["were"], ["been"], ["is"], ["are"], ["being"])
_A_THING = (["a"], ["an"], ["the"], ["entry"], ["access"], ["permission"], ["promotion"], ["asylum"])
_TO_WHOM = (["him"], ["her"], ["them"], ["knowing"])
_A_SUSPECT = (["a"], ["the"], ["another"], ["prime"], ["main"], ["chief"])
