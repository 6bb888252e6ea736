"""Whether two spellings write one name: Korean, Chinese, Arabic, Persian, Russian and others, across scripts.

Names are compared, not persons: two men may share a name, and one man may use two. Where the spelling alone
cannot tell (a family name without a given name, a Latin spelling that two known men share) the verdict is
*ambiguous*, never *same*.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from math import exp

from ostraka.read.names_chinese import chinese_cost
from ostraka.read.names_form import NameForm, form_of
from ostraka.read.names_korean import begins, korean_cost, shares_family, shares_given
from ostraka.read.names_words import MOST_COST, within, words_cost
from ostraka.read.titles import LONGEST_NAME, table


class Verdict(StrEnum):
    """What two spellings say about the name they write."""

    SAME = "same"
    DIFFERENT = "different"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class NameComparison:
    """The verdict on two spellings.

    Parameters
    ----------
    verdict : Verdict
        ``same``: spellings of one name; ``different``: they cannot be; ``ambiguous``: the spelling does not decide.
    score : float
        From 0 (cannot be one name) to 1 (one spelling); at least .5 if and only if the verdict is ``same``.
    why : str
        The reason in plain words.
    """

    verdict: Verdict
    score: float
    why: str


def compare_names(a: str, b: str) -> NameComparison:
    """Whether two spellings write one name.

    Parameters
    ----------
    a, b : str
        Names as reports have them, in any script, with or without titles. Any text is accepted.

    Returns
    -------
    NameComparison
        The same for ``(a, b)`` and ``(b, a)``.

    Examples
    --------
    >>> compare_names("Thae Yong-ho", "태영호").verdict
    <Verdict.SAME: 'same'>
    >>> compare_names("Kim Jong-il", "Kim Jong-un").verdict
    <Verdict.DIFFERENT: 'different'>
    >>> compare_names("Jang", "Jang Song-thaek").verdict
    <Verdict.AMBIGUOUS: 'ambiguous'>
    """
    first, second = sorted((a[:LONGEST_NAME], b[:LONGEST_NAME]))
    return _compare(first, second)


@lru_cache(maxsize=8192)
def _compare(a: str, b: str) -> NameComparison:
    x, y = form_of(a), form_of(b)
    found = _compare_forms(x, y)
    if found.verdict is Verdict.SAME and x.is_mixed != y.is_mixed:
        return NameComparison(Verdict.AMBIGUOUS, 0.45, "one spelling mixes Latin and Cyrillic letters that look alike")
    return found


def _compare_forms(x: NameForm, y: NameForm) -> NameComparison:
    if not x.words or not y.words:
        return NameComparison(Verdict.AMBIGUOUS, 0.0, "there is no name to compare")
    if known := known_pairs().get(frozenset((x.key, y.key))):
        return NameComparison(Verdict.AMBIGUOUS, 0.45, known)
    if x.words == y.words and x.script == y.script:
        return NameComparison(Verdict.SAME, 1.0, "the spellings are equal")
    if "other" in {x.script, y.script}:
        return _unread(x, y)
    return _partial(x, y) if x.is_partial or y.is_partial else _full(x, y)


@cache
def known_pairs() -> Mapping[frozenset[str], str]:
    """Pairs of spellings that two known persons share or that one has used, and why."""
    rows = csv.DictReader(line for line in table("known_names.csv").splitlines() if not line.startswith("#"))
    return {frozenset((form_of(row["name_a"]).key, form_of(row["name_b"]).key)): row["why"] for row in rows}


def _unread(x: NameForm, y: NameForm) -> NameComparison:
    if x.script == y.script:
        return NameComparison(Verdict.DIFFERENT, 0.0, "the spellings differ, in a script without rules for variants")
    return NameComparison(Verdict.AMBIGUOUS, 0.0, "no rule leads from one script to the other")


def _full(x: NameForm, y: NameForm) -> NameComparison:
    tried: list[tuple[float, str]] = []
    if x.script == y.script == "han":
        return _han(x, y)
    if x.korean and y.korean:
        tried.append((korean_cost(x.korean, y.korean), "Korean syllables"))
    if x.chinese and y.chinese:
        tried.append((chinese_cost(x.chinese, y.chinese), "Chinese syllables"))
    if tried:
        cost, how = min(tried)
        return _from_cost(cost, how) if cost <= MOST_COST else _korean_part(x, y)
    if "kana" in {x.script, y.script}:
        return _unread(x, y)
    if x.is_east_asian and y.is_east_asian:
        return NameComparison(Verdict.DIFFERENT, 0.0, "one name cannot be read as the other")
    return _by_sound(x, y)


def _from_cost(cost: float, how: str) -> NameComparison:
    if cost > MOST_COST:
        return NameComparison(Verdict.DIFFERENT, 0.0, f"the {how} differ")
    return NameComparison(Verdict.SAME, 0.5 + 0.5 * exp(-cost), f"the same {how} under the rules of the spellings")


def _han(x: NameForm, y: NameForm) -> NameComparison:
    if korean_cost(x.korean, y.korean) == 0 and chinese_cost(x.chinese, y.chinese) == 0:
        return NameComparison(Verdict.AMBIGUOUS, 0.4, "the names sound alike and are written with other characters")
    return NameComparison(Verdict.DIFFERENT, 0.0, "the characters differ")


def _korean_part(x: NameForm, y: NameForm) -> NameComparison:
    if any(begins(r, s) or begins(s, r) for r in x.korean for s in y.korean):
        return NameComparison(Verdict.AMBIGUOUS, 0.3, "one given name is the beginning of the other")
    return NameComparison(Verdict.DIFFERENT, 0.0, "the syllables differ")


def _partial(x: NameForm, y: NameForm) -> NameComparison:
    if any(_holds(long, short) for short, long in ((x, y), (y, x)) if short.is_partial):
        return NameComparison(Verdict.AMBIGUOUS, 0.4, "one is a part of the other: a family or given name alone")
    return NameComparison(Verdict.DIFFERENT, 0.0, "no part of one name is the other")


def _holds(long: NameForm, short: NameForm) -> bool:
    if any(shares_family(r, s) for r in short.as_family for s in (*long.korean, *long.as_family)):
        return True
    if any(shares_given(r, s) for r in short.as_given for s in (*long.korean, *long.as_given)):
        return True
    if not short.sounded.fits_initials(long.sounded) and not long.is_partial:
        return False
    return any(one.meets(other) for one in short.sounded.each() for other in long.sounded.each())


def _by_sound(x: NameForm, y: NameForm) -> NameComparison:
    cost = words_cost(x.sounded, y.sounded)
    if cost <= MOST_COST:
        return _from_cost(cost, "sounds")
    if within(x.sounded, y.sounded) or within(y.sounded, x.sounded):
        return NameComparison(
            Verdict.AMBIGUOUS, 0.35, "the parts of one name are all in the other, in another order or with more"
        )
    return NameComparison(Verdict.DIFFERENT, 0.0, "the sounds differ")
