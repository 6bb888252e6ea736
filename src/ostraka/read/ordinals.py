"""Ordinals that count cases: "the third such departure this week", "the fourth general to defect", "the second in a month"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ostraka.model import Operator
from ostraka.read import lexicon
from ostraka.read.counted import CASES, plural_before, unit_at
from ostraka.read.noun import TAIL_PREPOSITIONS, is_plural
from ostraka.read.periods import lapse_at
from ostraka.read.places import PlaceKind, gazetteer
from ostraka.read.records import acts_at
from ostraka.read.scene import Dated, Sentence
from ostraka.read.tokens import word_set
from ostraka.read.told_on import belongs_to_report
from ostraka.read.wordmarks import FIGURE

_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    " seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: value for value, word in enumerate(_WORDS.split(), 1)}
_ORDINAL_WORDS = frozenset(ORDINALS)
_FIGURES = re.compile(r"(\d{1,3}(?:,\d{3})*)(?:st|nd|rd|th)")
_NOT_COUNTED = word_set("senior secretary elite")
_UNCOUNTED = word_set(
    "battalion regiment brigade squadron wing fleet platoon plenum anniversary birthday parallel country time half term son daughter wife husband child floor day night man woman of person language party place round year month week"
    " century generation point reason point world house home army corps bureau department division congress session secretary half-brother"
)
_OWNED = word_set("the its his her their our 's")
_SPANNING = word_set("since in within of")
_SORTS = word_set("rank kind sort class standing level")
_LOOK = 9
_NEAR = 6
MANY = 100
"""An ordinal so large counts by itself: "the 20,000th"."""
_HOLDERS = word_set("predecessor successor holder incumbent occupant government cabinet reshuffle purge")
_STOPS = word_set(", ; : . and or but who which is was are were has have had said")


def ordinal_at(sentence: Sentence, k: int) -> int:
    """The value of the ordinal at word `k`; 0 if it is none."""
    low = sentence.tokens[k].low
    if not "0" <= low[0] <= "9":
        return ORDINALS.get(low, 0)
    found = _FIGURES.fullmatch(low)
    return int(found[1].replace(",", "")) if found else 0


def ordinals(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """All ordinals of a sentence, from the second on, that count cases of one kind."""
    dated = sentence.dated
    for k in sorted([*sentence.where(_ORDINAL_WORDS), *sentence.marked(FIGURE)]):
        value = ordinal_at(sentence, k) if k >= sentence.body_start and k not in dated else 0
        value *= sentence.lows(k - 2, k) != ["by", "a"]
        named = k + 1 < len(sentence.tokens) and sentence.tokens[k + 1].text[0].isupper()
        named = named and not _is_people(sentence, k + 1)
        named = named and sentence.lows(k + 2, k + 3) != ["to"]
        found = _counted(sentence, k) if value >= 2 and not named else None
        if found is None:
            continue
        stop, unit, row = found
        fields: dict[str, Any] = {
            "low": float(value),
            "high": float(value),
            "operator": Operator.ORDINAL,
            "unit": unit or plural_before(sentence, k),
        }
        if row is not None:
            fields["period"] = row.mention.when
        yield k, stop, fields


def _is_people(sentence: Sentence, k: int) -> bool:
    """Whether a people's name stands at a word: "the fourth Iranian diplomat"."""
    found = gazetteer().longest(sentence.tokens, k)
    return found is not None and found[1].kind is PlaceKind.DEMONYM


def _counted(sentence: Sentence, k: int) -> tuple[int, str, Dated | None] | None:
    """What an ordinal counts: where its words end, the unit, and the time within which it is counted."""
    tokens = sentence.tokens
    unit, stop, bound = _whole(sentence, k + 1) or ("", k + 1 + _is_time(sentence, k + 1), False)
    bound = bound or ordinal_at(sentence, k) >= MANY
    for m in range(stop, min(k + _LOOK, len(tokens))):
        low = tokens[m].low
        row = next((row for row in sentence.dates if row.i == m and not belongs_to_report(sentence, row)), None)
        lapse = lapse_at(sentence, m)
        if row is not None or lapse is not None:
            end = row.j if row is not None else lapse[0] if lapse else m
            this = row is None or row.mention.kind not in {"weekday", "day"}
            unit = unit or _thing(sentence, k, m)
            return (end, unit, row) if this and (bound or unit or m == stop) else _closed(stop, unit, bound=bound)
        if low == "of" and _SORTS & set(sentence.lows(m + 2, m + 3)):
            unit, stop, bound = unit or _thing(sentence, k, m), m + 3, True
        if low in _UNCOUNTED and not unit:
            return None
        if low == "to" and (unit or m <= k + 2) and (end := acts_at(sentence, m + 1)):
            bound, stop = True, end
        elif low in CASES or low in _HOLDERS or low == "such":
            unit, stop = unit if low == "such" else low, m + 1
            bound = bound or low not in _HOLDERS
        elif low not in _NOT_COUNTED and (found := lexicon.roles().longest(tokens, m)) and not is_plural(found[1].word):
            unit, stop = str(found[1].word), max(stop, found[0])
        elif low in _STOPS:
            break
    return _closed(stop, unit, bound=bound) or _timed(sentence, stop, unit)


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
    for k in range(of + 1, min(of + _NEAR, len(sentence.tokens))):
        unit = unit_at(sentence.tokens, k)
        if unit is not None:
            return unit[1], unit[0], False
    return None


def _thing(sentence: Sentence, k: int, m: int) -> str:
    """Anything else counted over a time: "their fourth intervention since 1963", "the sixth landing of its kind"."""
    owned = sentence.lows(k - 1, k) and sentence.low[k - 1] in _OWNED
    since = sentence.low[m] in _SPANNING
    named = m > k + 1 and all(low.isalpha() for low in sentence.lows(k + 1, m))
    head = next((i for i in range(k + 2, m) if sentence.low[i] in TAIL_PREPOSITIONS), m) - 1
    return sentence.low[head] if owned and since and named else ""


def _is_time(sentence: Sentence, at: int) -> bool:
    """Whether "time" stands at a word, and how long it took follows: "the second time in a month"."""
    bounded = lapse_at(sentence, at + 1) is not None or any(row.i == at + 1 for row in sentence.dates)
    return bounded and sentence.lows(at, at + 1) == ["time"]


def _timed(sentence: Sentence, stop: int, unit: str) -> tuple[int, str, Dated | None] | None:
    """Such as "the third member of the top leadership to go within two months": a time told a little later."""
    tail = range(stop, min(stop + _LOOK, len(sentence.tokens)))
    acts = next((end for m in tail if sentence.tokens[m].low == "to" and (end := acts_at(sentence, m + 1))), 0)
    return (acts, unit, _row_after(sentence, acts)) if unit and acts else None


def _closed(stop: int, unit: str, *, bound: bool) -> tuple[int, str, Dated | None] | None:
    return (stop, unit, None) if bound else None


def _row_after(sentence: Sentence, at: int) -> Dated | None:
    return next((row for row in sentence.dates if 0 <= row.i - at < _LOOK), None)
