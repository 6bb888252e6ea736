"""Whether two spellings write one name: Korean, Chinese, Arabic, Persian, Russian and others, across scripts.

Names are compared, not persons: two men may share a name, and one man may use two. Where the spelling alone
cannot tell (a family name without a given name, a Latin spelling that two known men share) the verdict is
*ambiguous*, never *same*.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from math import exp, inf

from ostraka.read.names_chinese import chinese_cost
from ostraka.read.names_form import NameForm, form_of
from ostraka.read.names_korean import korean_cost
from ostraka.read.names_sounds import word_cost
from ostraka.read.titles import fold, table

_MOST_COST = 1.0
_MOST_WORD_COST = 0.65
_MOST_PARTS = 8


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
    first, second = sorted((a[:_LOOKED_AT], b[:_LOOKED_AT]))
    return _compare(first, second)


_LOOKED_AT = 400


@lru_cache(maxsize=65536)
def _compare(a: str, b: str) -> NameComparison:
    x, y = form_of(a), form_of(b)
    if not x.words or not y.words:
        return NameComparison(Verdict.AMBIGUOUS, 0.0, "there is no name to compare")
    known = _known().get(frozenset((fold(x.plain.replace(" ", "")), fold(y.plain.replace(" ", "")))))
    if known:
        return NameComparison(Verdict.AMBIGUOUS, 0.45, known)
    if x.words == y.words and x.script == y.script:
        return NameComparison(Verdict.SAME, 1.0, "the spellings are equal")
    if "other" in {x.script, y.script}:
        return _unread(x, y)
    if x.is_partial or y.is_partial:
        return _partial(x, y)
    return _full(x, y)


@cache
def _known() -> dict[frozenset[str], str]:
    rows = csv.DictReader(line for line in table("known_names.csv").splitlines() if not line.startswith("#"))
    return {
        frozenset(fold(form_of(row[side]).plain.replace(" ", "")) for side in ("name_a", "name_b")): row["why"]
        for row in rows
    }


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
        return _from_cost(cost, how) if cost <= _MOST_COST else _korean_part(x, y)
    if "han" in {x.script, y.script} or "hangul" in {x.script, y.script}:
        return NameComparison(Verdict.DIFFERENT, 0.0, "one name cannot be read as the other")
    return _by_sound(x, y)


def _from_cost(cost: float, how: str) -> NameComparison:
    if cost > _MOST_COST:
        return NameComparison(Verdict.DIFFERENT, 0.0, f"the {how} differ")
    return NameComparison(Verdict.SAME, 0.5 + 0.5 * exp(-cost), f"the same {how} under the rules of the spellings")


def _han(x: NameForm, y: NameForm) -> NameComparison:
    if korean_cost(x.korean, y.korean) == 0 and chinese_cost(x.chinese, y.chinese) == 0:
        return NameComparison(Verdict.AMBIGUOUS, 0.4, "the names sound alike and are written with other characters")
    return NameComparison(Verdict.DIFFERENT, 0.0, "the characters differ")


def _korean_part(x: NameForm, y: NameForm) -> NameComparison:
    for r in x.korean:
        for s in y.korean:
            short, long = sorted((r, s), key=lambda reading: len(reading.given))
            n = len(short.given)
            if n < len(long.given) and korean_cost([short], [type(long)(long.family, long.given[:n], long.cost)]) < 0.5:
                return NameComparison(Verdict.AMBIGUOUS, 0.3, "one given name is the beginning of the other")
    return NameComparison(Verdict.DIFFERENT, 0.0, "the syllables differ")


def _partial(x: NameForm, y: NameForm) -> NameComparison:
    short, long = (x, y) if x.is_partial else (y, x)
    if _holds(long, short):
        return NameComparison(Verdict.AMBIGUOUS, 0.4, "one is a part of the other: a family or given name alone")
    return NameComparison(Verdict.DIFFERENT, 0.0, "no part of one name is the other")


def _holds(long: NameForm, short: NameForm) -> bool:
    families = _families(short)
    if families and any(families & set(reading.family) for reading in long.korean):
        return True
    if families and long.is_partial and families & _families(long):
        return True
    if short.script in _SOUNDED and long.script in _SOUNDED:
        target = short.sounds(0, len(short.parts))
        return any(word_cost(long.sounds(i, i + 1), target) <= _MOST_WORD_COST for i in range(len(long.parts)))
    return False


_SOUNDED = {"latin", "cyrillic", "arabic"}


def _families(form: NameForm) -> set[str]:
    """Korean families that a single word may be."""
    full = form_of(f"{form.plain} 철" if form.script == "hangul" else f"{form.plain} chol")
    if form.script in {"han", "hangul"}:
        full = form_of(form.plain + ("哲" if form.script == "han" else "철"))
    return {family for reading in full.korean if reading.cost == 0 for family in reading.family}


def _by_sound(x: NameForm, y: NameForm) -> NameComparison:
    cost = _align(x, y)
    if cost <= _MOST_COST:
        return _from_cost(cost, "sounds")
    if _within(x, y) or _within(y, x):
        return NameComparison(
            Verdict.AMBIGUOUS, 0.35, "the parts of one name are all in the other, in another order or with more"
        )
    return NameComparison(Verdict.DIFFERENT, 0.0, "the sounds differ")


def _align(x: NameForm, y: NameForm) -> float:
    """Cheapest way to match all parts of two names in order, two neighbours joined where that helps."""
    n, m = len(x.parts), len(y.parts)
    if n > _MOST_PARTS or m > _MOST_PARTS:
        return inf
    best = {(0, 0): 0.0}
    steps = ((1, 1), (1, 2), (2, 1))
    for i in range(n + 1):
        for j in range(m + 1):
            here = best.get((i, j), inf)
            if here > _MOST_COST:
                continue
            for di, dj in steps:
                if i + di <= n and j + dj <= m:
                    cost = word_cost(x.sounds(i, i + di), y.sounds(j, j + dj))
                    if cost <= _MOST_WORD_COST:
                        best[i + di, j + dj] = min(best.get((i + di, j + dj), inf), here + cost)
    return best.get((n, m), inf)


def _within(short: NameForm, long: NameForm) -> bool:
    if not 2 <= len(short.parts) <= len(long.parts) <= _MOST_PARTS:
        return False
    free = set(range(len(long.parts)))
    for i in range(len(short.parts)):
        said = short.sounds(i, i + 1)
        found = next((j for j in sorted(free) if word_cost(said, long.sounds(j, j + 1)) <= _MOST_WORD_COST), None)
        if found is None:
            return False
        free.discard(found)
    return True


Comparer = Callable[[NameForm, NameForm], NameComparison]
