"""Rates: "less than once a year", "two a month", "one every nine months"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from ostraka.read import lexicon
from ostraka.read.counted import CASES, unit_at
from ostraka.read.noun import number_at
from ostraka.read.numbers import bounds, operator_before, read_number
from ostraka.read.records import DOERS
from ostraka.read.scene import Dated, Sentence
from ostraka.read.tokens import Token, word_set

_RATE = {
    "year": "year",
    "month": "month",
    "week": "week",
    "annum": "year",
    "decade": "decade",
    "day": "day",
}
_RATED = frozenset({"a", "per", "each", "every"})
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_APART = word_set("earlier before ago later old after")
_DEEDS = CASES - word_set("defector defectors escapees departees asylum-seekers")
_WITHIN = word_set("in for within over after inside under of than about nearly almost just only")
_STRETCHES = frozenset({"range", "decade", "since", "past"})
NEAR = 4
"""Words after a rate within which its years are told."""


@cache
def _human() -> frozenset[str]:
    return CASES | DOERS | lexicon.role_words()


def rates(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "less than once a year", "two a month", "ten per year", "one every nine months"."""
    tokens = sentence.tokens
    for k in sentence.where(_RATED):
        if not 0 < k < len(tokens) - 1 or _is_stretch(sentence, k):
            continue
        stop, per = k + 2, _RATE.get(tokens[k + 1].low)
        gap = number_at(tokens, k + 1) if tokens[k].low == "every" else None
        if gap is not None and k + 2 < len(tokens):
            stop, per = k + 3, _RATE.get(tokens[k + 2].low.removesuffix("s"))
        value, at = _rate_value(tokens, k) if per is not None else (None, k)
        if value is None or not _counts_people(sentence, at, k) or _APART & set(sentence.lows(stop, stop + 1)):
            continue
        start, operator = operator_before(tokens, at)
        unit = next((row[1] for m in range(at + 1, k) if (row := unit_at(tokens, m))), "")
        told = {"unit": unit or ("defections" if _is_leaving(sentence) else ""), "per": per}
        years = _stretch(sentence, start, stop)
        within = {"period": years.mention.when} if years is not None else {}
        yield start, stop, bounds(operator, value / (gap or 1)) | told | within


def _is_stretch(sentence: Sentence, k: int) -> bool:
    """Whether a time is told and no rate: "three envoys in a year", "for a week", "a month's pay"."""
    return sentence.low[k - 1] in _WITHIN or sentence.lows(k + 2, k + 3) == ["'s"]


def _stretch(sentence: Sentence, start: int, stop: int) -> Dated | None:
    """The years of which a rate is told: "Between 2000 and 2013 less than one a year", "once a year since 1994"."""
    near = (row for row in sentence.dates if 0 <= row.i - stop <= NEAR)
    after = [row for row in near if all(low.isalpha() for low in sentence.lows(stop, row.i))]
    ahead = [row for row in sentence.dates if row.i <= sentence.body_start + 2 and 0 <= start - row.j <= 3]
    return next((row for row in (*after, *ahead) if row.mention.kind in _STRETCHES), None)


def _counts_people(sentence: Sentence, at: int, k: int) -> bool:
    """Whether what happens so often is a departure, or told of people: not "one outing a week"."""
    if k - at <= 1:
        told = operator_before(sentence.tokens, at)[0] < at or sentence.lows(at - 2, at) == ["rate", "of"]
        return told or _is_leaving(sentence) or bool(_DEEDS & sentence.words)
    tokens, human = sentence.tokens, _human()
    return any(unit_at(tokens, m) or tokens[m].low in human for m in range(at + 1, k))


def _rate_value(tokens: list[Token], k: int) -> tuple[float | None, int]:
    for m in range(k - 1, max(k - 6, -1), -1):
        if tokens[m].low in _TIMES:
            return _TIMES[tokens[m].low], m
        hit = read_number(tokens, m)
        if hit is not None:
            return hit[1], m
        if not tokens[m].text[0].isalpha():
            break
    return None, k


def _is_leaving(sentence: Sentence) -> bool:
    return any(low.startswith(("defect", "fle", "leav")) and not low.endswith("ors") for low in sentence.low)
