"""Ordinals that count cases: "the third such departure this week", "the fourth general to defect", "the second in a month"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ostraka.model import Operator
from ostraka.read import lexicon
from ostraka.read.counted import CASES, plural_before, unit_at
from ostraka.read.noun import is_plural
from ostraka.read.periods import bound_at
from ostraka.read.ranked import STOPS, deed_at, head_end, is_people, is_predicate
from ostraka.read.scene import Dated, Sentence
from ostraka.read.tokens import word_set
from ostraka.read.wordmarks import FIGURE

_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    " seventeenth eighteenth nineteenth twentieth"
)
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80, "ninet": 90}
ORDINALS = {word: value for value, word in enumerate(_WORDS.split(), 1)}
ORDINALS |= {
    f"{ten}y-{word}": high + value for ten, high in _TENS.items() for word, value in tuple(ORDINALS.items())[:9]
} | {f"{ten}ieth": high for ten, high in _TENS.items()}
_ORDINAL_WORDS = frozenset(ORDINALS)
_FIGURES = re.compile(r"(\d{1,3}(?:,\d{3})*)(?:st|nd|rd|th)")
_NOT_COUNTED = word_set("senior secretary elite")
_UNCOUNTED = word_set(
    "battalion regiment brigade squadron wing fleet platoon plenum anniversary birthday parallel country countries half term child floor language party round year month week"
    " century generation point reason point world house home army corps bureau department division congress session secretary half-brother"
)
_STANDING = word_set("man woman person time secretary deputy wife husband place day night son daughter")
"""What may be second by rank or by order alone, whatever time is told after it: "second man in the ministry since 1990"."""
_PART_OF = word_set("of more less fewer higher lower above below")
_SORTS = word_set("rank kind sort class standing level")
_LOOK = 18
_BE = word_set("is was are were")
LAST_DAY = 31
_BEFORE_DAYS = word_set("on until till by since from of before after for to")
MANY = 100
"""An ordinal so large counts by itself: "the 20,000th"."""
THREE = 3
_REIGNS = word_set("term parliament legislature series reign season campaign")
_HOLDERS = word_set("predecessor successor holder incumbent occupant government cabinet reshuffle purge")


def ordinal_of(low: str) -> int:
    """The value of an ordinal in lower case, "third" or "3rd"; 0 if it is none."""
    if not "0" <= low[0] <= "9":
        return ORDINALS.get(low, 0)
    found = _FIGURES.fullmatch(low)
    return int(found[1].replace(",", "")) if found else 0


def ordinals(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """All ordinals of a sentence, from the second on, that count cases of one kind."""
    dated = sentence.dated
    for k in sorted([*sentence.where(_ORDINAL_WORDS), *sentence.marked(FIGURE)]):
        value = ordinal_of(sentence.low[k]) if k >= sentence.body_start and k not in dated else 0
        value *= sentence.lows(k - 2, k) != ["by", "a"] and not _is_fraction(sentence, k)
        named = k + 1 < len(sentence.tokens) and sentence.tokens[k + 1].text[0].isupper()
        named = named and not is_people(sentence, k + 1)
        named = named and "to" not in sentence.lows(k + 2, k + 4)
        found = _counted(sentence, k) if value >= 2 and not named and not _is_day(sentence, k) else None
        if found is None:
            continue
        stop, unit, row = found
        fields: dict[str, Any] = {
            "low": float(value),
            "high": float(value),
            "operator": Operator.ORDINAL,
            "unit": unit or _subject(sentence, k) or plural_before(sentence, k),
        }
        if row is not None:
            fields["period"] = row.mention.when
        yield k, stop, fields


def _subject(sentence: Sentence, k: int) -> str:
    """What somebody is of whom a bare rank is said: "The new chief of staff, Ri, is the fourth since May"."""
    if not is_predicate(sentence, k) or sentence.low[max(k - 2, 0)] not in _BE:
        return ""
    posts = (lexicon.roles().longest(sentence.tokens, m) for m in range(max(k - _LOOK, sentence.body_start), k))
    return next((str(found[1].word) for found in posts if found is not None), "")


def _is_fraction(sentence: Sentence, k: int) -> bool:
    """Whether a part of something is told: "a third more than", "a fifth of the"."""
    then = sentence.lows(k + 1, k + 2)
    return sentence.lows(k - 1, k) in (["a"], ["one"]) and bool(then) and then[0] in _PART_OF


def _is_day(sentence: Sentence, k: int) -> bool:
    """Whether an ordinal in figures is a day of the month: "on the 22nd"."""
    figures = sentence.low[k][0].isdigit() and ordinal_of(sentence.low[k]) <= LAST_DAY
    led = sentence.lows(k - 2, k)
    return figures and led[-1:] == ["the"] and led[0] in _BEFORE_DAYS


def _is_of_month(sentence: Sentence, k: int) -> bool:
    """Whether an ordinal is a day: "the third of that month", not "the third of the year"."""
    if sentence.lows(k + 1, k + 2) != ["of"] or "year" in sentence.lows(k + 2, k + 4):
        return False
    return bound_at(sentence, k + 1 + (k + 2 in sentence.dated)) is not None and not _REIGNS & set(
        sentence.lows(k + 2, k + 5)
    )


def _is_again(sentence: Sentence, k: int) -> bool:
    """Whether something is told to have happened so often: "for the third time"; a second time is told of in passing."""
    often = ordinal_of(sentence.low[k]) >= THREE and sentence.lows(k - 2, k) == ["for", "the"]
    return often and sentence.lows(k + 1, k + 2) == ["time"]


def _counted(sentence: Sentence, k: int) -> tuple[int, str, Dated | None] | None:
    """What an ordinal counts: where its words end, the unit, and the time within which it is counted."""
    tokens = sentence.tokens
    end = head_end(sentence, k)
    head = sentence.low[end - 1] if end > k + 1 else ""
    rounds = head == "round" and ordinal_of(sentence.low[k]) >= THREE and is_predicate(sentence, k)
    if (head in _UNCOUNTED and not rounds) or _is_of_month(sentence, k):
        return None
    unit, stop, told = _whole(sentence, k + 1) or ("", k + 1 + _is_time(sentence, k + 1), False)
    again = rounds or _is_again(sentence, k)
    stop, told = max(stop, k + 1 + again), told or again or ordinal_of(sentence.low[k]) >= MANY
    for m in range(stop, min(k + _LOOK, len(tokens))):
        low = tokens[m].low
        found = bound_at(sentence, m)
        if found is not None:
            by_rank = head in _STANDING and not (told or low == "in" or m == stop)
            return None if by_rank else (found[0], unit or head, found[1])
        if low == "of" and _SORTS & set(sentence.lows(m + 2, m + 3)):
            unit, stop, told = unit or head, m + 3, True
        if low == "to" and (done := deed_at(sentence, (k, end), m)):
            told, stop, unit = True, done, unit or head
        elif low in CASES or low in _HOLDERS or (low == "such" and sentence.lows(m + 1, m + 2) != ["as"]):
            unit, stop = unit if low == "such" else low, m + 1
            told = told or low == "such" or (low in CASES and m <= k + 3 and is_predicate(sentence, k))
        elif not told and low not in _NOT_COUNTED and (role := lexicon.roles().longest(tokens, m)):
            if not is_plural(role[1].word):
                unit, stop = unit or str(role[1].word), max(stop, role[0])
        elif low in STOPS:
            break
    return (stop, unit, None) if told else None


def _whole(sentence: Sentence, of: int) -> tuple[str, int, bool] | None:
    """Those of whom one is counted: "of them", "of his rank", "of the North's envoys"; whether that alone is a claim."""
    if sentence.lows(of, of + 1) != ["of"]:
        return None
    then = sentence.lows(of + 1, of + 3)
    if then[:1] in (["them"], ["those"]):
        return plural_before(sentence, of) or "cases", of + 2, False
    if then[1:] and then[1] in _SORTS:
        return plural_before(sentence, of) or "cases", of + 3, True
    role = lexicon.roles().longest(sentence.tokens, of + 2) if then[:1] in (["a"], ["an"]) and then[1:] else None
    if role is not None:
        return str(role[1].word), role[0], False
    for k in range(of + 1, min(of + 6, len(sentence.tokens))):
        unit = unit_at(sentence.tokens, k)
        if unit is not None:
            return unit[1], unit[0], False
    return None


def _is_time(sentence: Sentence, at: int) -> bool:
    """Whether "time" stands at a word, and how long it took follows: "the second time in a month"."""
    return at + 1 < len(sentence.low) and sentence.low[at] == "time" and bound_at(sentence, at + 1) is not None
