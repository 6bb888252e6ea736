"""Totals and changes of numbers: "brings to seven", "rose to 210", "from 67 to 196", "has doubled since"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ostraka.model import Operator
from ostraka.read.counted import CASES, MEASURES, plural_before, unit_at
from ostraka.read.noun import number_at
from ostraka.read.numbers import Quantity, quantity_at
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.told_on import belongs_to_report

_TOTALS = word_set(
    "dead casualties losses membership number numbers total toll figure count tally roster list sum arrivals"
)
_REACHING = word_set("to at reach reached reaches reaching is was are were hit exceeded exceeds topped passed as")
_MOVING = word_set(
    "rose risen rise rises rising grew grown climbed jumped fell fallen dropped declined sank shrank increased up down bring brings brought bringing stands"
    " stood put puts raise raises raised raising takes took taking swelled came comes went gave gives reached reaches exceeded is was"
    " soared slid surged plunged estimates estimated"
)
_PUTS = word_set("put puts")
_FACTORS = {"doubled": 2.0, "doubling": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_TWICE = {"twice": 2.0, "half": 0.5}
_AS_MANY = frozenset({*_TWICE, "times"})
_SO_MANY = (["as", "many"], ["as", "high"], ["as", "large"])
_COMPARING = (("up", "from"), ("down", "from"), ("compared", "with"), ("compared", "to"), ("against",), ("from",))
_COMPARES = frozenset(words[0] for words in _COMPARING)
_CHANGES = _COMPARES | _FACTORS.keys()
TEN = 10
"""A smaller number at which something is put may be an hour."""
_LOST = word_set("dead casualties losses")
_DEAD_NEAR = 3
_NEAR = 8
_FAR = 16


def changes(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Totals, what they were before, and by how much they changed."""
    lows = sentence.low
    if not _TOTALS.isdisjoint(sentence.words) or not _PUTS.isdisjoint(sentence.words):
        yield from _totals(sentence, lows)
    for k in sentence.where(_CHANGES):
        low = lows[k]
        if low in _FACTORS and plural_before(sentence, k):
            value = _FACTORS[low]
            yield _head(sentence, k), _dated(sentence, k + 1), _fields(sentence, k, (value, value, Operator.EXACTLY))
        elif (
            low in _COMPARES
            and any(tuple(lows[k : k + len(words)]) == words for words in _COMPARING)
            and _moves(lows, k)
        ):
            yield from _compared(sentence, k)


def multiples(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "three times as many as last year", "twice the number of 1988", "half as many"."""
    for k in sentence.where(_AS_MANY):
        lows = sentence.low
        value = _TWICE.get(lows[k]) or (number_at(sentence.tokens, k - 1) if lows[k] == "times" and k else None)
        then = sentence.lows(k + 1, k + 3)
        if value is None or not (then in _SO_MANY or (then[:1] == ["the"] and _TOTALS & set(then[1:]))):
            continue
        start = k - (lows[k] == "times")
        yield start, _dated(sentence, k + 3), _fields(sentence, start, (value, value, Operator.EXACTLY))


def _moves(lows: list[str], k: int) -> bool:
    """Whether "from" compares numbers: after a verb of rise or fall."""
    return lows[k] != "from" or bool((_MOVING | _FACTORS.keys()) & set(lows[max(k - _NEAR, 0) : k]))


def _totals(sentence: Sentence, lows: list[str]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "the number of officers who fled rose to 210", "that brings to seven the number of generals"."""
    dated = sentence.dated
    for k in range(1, len(lows)):
        quantity = quantity_at(sentence.tokens, k) if k not in dated else None
        if quantity is None or quantity.of is not None or quantity.value < 2 or _owns_unit(sentence, quantity):
            continue
        end = quantity.start - (lows[quantity.start - 1] in {"now", "thus", "already", "today"})
        near = lows[max(end - _FAR, 0) : end]
        totals = (
            set(near) & (_MOVING | _TOTALS)
            if _TOTALS & sentence.words
            else near[-1:] == ["at"] and quantity.value >= TEN
        )
        if near[-1:] and near[-1] in _REACHING and totals:
            if MEASURES & set(sentence.lows(quantity.stop, quantity.stop + 1)):
                continue
            triple = quantity.low, quantity.high, quantity.operator
            stop = _dated(sentence, _unit_stop(sentence, quantity.stop))
            yield _head(sentence, quantity.start), stop, _fields(sentence, quantity.start, triple, quantity.stop)
            return


def _head(sentence: Sentence, at: int) -> int:
    """Where the words of a total begin: at "the number of", if no other number stands between."""
    for k in range(at - 1, max(at - _FAR, sentence.body_start - 1), -1):
        if quantity_at(sentence.tokens, k) is not None:
            return at
        if sentence.tokens[k].low in _TOTALS:
            return k
    return at


def _owns_unit(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether another plural, told right after the number, is what it counts."""
    at = quantity.stop
    return at < len(sentence.tokens) and unit_at(sentence.tokens, at) is not None


def _unit_stop(sentence: Sentence, at: int) -> int:
    """The end of "the number of generals" after the number."""
    if sentence.lows(at, at + 1) != ["the"] or not _TOTALS & set(sentence.lows(at, at + 3)):
        return at
    return next((k + 1 for k in range(at, min(at + _NEAR, len(sentence.tokens))) if unit_at(sentence.tokens, k)), at)


def _compared(sentence: Sentence, k: int) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "up from 99 a year before", "against 24 in the whole of 1987", after a count of something."""
    tokens = sentence.tokens
    width = 2 if tokens[k].low in {"up", "down", "compared"} else 1
    at = k + width
    dated = sentence.dated
    quantity = quantity_at(tokens, at) if at < len(tokens) and at not in dated else None
    unit = plural_before(sentence, k)
    if quantity is None or not unit or _owns_unit(sentence, quantity) or quantity.value < 2:
        return
    triple = quantity.low, quantity.high, quantity.operator
    yield quantity.start, _dated(sentence, quantity.stop), _fields(sentence, quantity.start, triple)


def _dated(sentence: Sentence, at: int) -> int:
    """The end of a date that follows at once."""
    return next((row.j for row in sentence.dates if 0 <= row.i - at <= 4), at)


def _fields(
    sentence: Sentence, k: int, triple: tuple[float | None, float | None, Operator], stop: int = 0
) -> dict[str, Any]:
    low, high, operator = triple
    after = next(
        (
            found[1]
            for m in range(stop, min(stop + _NEAR, len(sentence.tokens)))
            if (found := unit_at(sentence.tokens, m))
        ),
        "",
    )
    lost = next((low for low in sentence.lows(k - _DEAD_NEAR, k) if low in _LOST), "")
    unit = lost or plural_before(sentence, k) or (after if stop else "")
    fields: dict[str, Any] = {"low": low, "high": high, "operator": operator, "unit": unit or _case(sentence)}
    row = next((row for row in sentence.dates if row.i >= k and not belongs_to_report(sentence, row)), None)
    if row is not None:
        fields["period"] = row.mention.when
    return fields


def _case(sentence: Sentence) -> str:
    return next((low for low in sentence.low if low in CASES), "")
