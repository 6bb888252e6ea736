"""Stretches of time without a date of their own: "in nine years", "within less than a week", "since the war"."""

from __future__ import annotations

from datetime import date, timedelta

from ostraka.dates import When
from ostraka.read.noun import number_at
from ostraka.read.scene import Dated, Sentence
from ostraka.read.tokens import word_set
from ostraka.read.told_on import belongs_to_report

_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652, "century": 36525, "hour": 1}
_SEASONS = word_set(
    "spring summer autumn winter fall season campaign term session decade century reign parliament legislature series"
)
_WHOSE = word_set("the this his her its their")
_NOW = word_set("present current")
_SPANS = frozenset({*_DAYS, *(f"{unit}s" for unit in _DAYS)}) | word_set(
    "generation generations memory history centuries spring summer autumn winter season"
)
_BETWEEN = word_set(
    "a an the less more than little just only barely as many about nearly almost over last past few several one two three"
    " four five six seven eight nine ten eleven twelve under fewer some matter of space dozen twenty thirty its their his"
    " her 's country single living recorded modern whole"
)
_LEADS = frozenset({"in", "within", "over", "inside", "for", "during"})
_OTHERS = word_set("second third fourth fifth sixth seventh eighth ninth tenth")
"""Words after which a stretch is that of another count."""
_RUNS = (["a", "row"],)
_REACH = 8
_LONGEST = 200 * 365
_BOUNDING = frozenset({"since", "past", "recent", "range", "decade"})
_TIMES = frozenset({"year", "month", "week", "day"})
_HELD = word_set("has have had ever long and")
_NO_CLAUSE = word_set("been then become gone")
_TAIL = 6
_CLAUSE = 14
_BREAKS = word_set(
    ", ; : . - – — who whom whose which that when while where but after before said says told because if although"
)


def lapse_at(sentence: Sentence, k: int) -> tuple[int, int | None] | None:
    """Where a stretch that begins at word `k` ends, and its length in days where it is told."""
    tokens = sentence.tokens
    if k >= len(tokens) or tokens[k].low not in _LEADS:
        return None
    if sentence.lows(k + 1, k + 3) in _RUNS or sentence.lows(k + 1, k + 2) == ["succession"]:
        return k + 2 + (tokens[k + 1].low == "a"), None
    value: float | None = None
    for m in range(k + 1, min(k + _REACH, len(tokens))):
        low = tokens[m].low
        if low in _SPANS:
            stop = m + 1
            if sentence.lows(stop, stop + 2) == ["or", "so"]:
                stop += 2
            days = _DAYS.get(low.removesuffix("s"))
            if low in _SEASONS and value is None:
                return None
            return stop, int((value or 1) * days) if days and (value or not low.endswith("s")) else None
        number = number_at(tokens, m)
        value = number if number is not None else value
        if number is None and low not in _BETWEEN:
            return None
    return None


def _history(sentence: Sentence, k: int) -> int | None:
    """Where "in the party's history" ends."""
    lows = sentence.lows(k, k + _TAIL)
    owned = "history" in lows[2:] and lows[lows.index("history") - 1] in {"'s", "its", "their"}
    return k + lows.index("history") + 1 if lows[:1] == ["in"] and owned else None


def bound_at(sentence: Sentence, k: int) -> tuple[int, Dated | None] | None:
    """Where a time that bounds a count ends, if one begins at word `k`, and its date: "since 1961", "this spring", "of the year"."""
    row = next((row for row in sentence.dates if row.i == k), None)
    if row is not None and row.mention.kind != "within":
        this = sentence.low[k] in {"this", "that"} and row.mention.kind not in {"weekday", "day"}
        return (
            (row.j, row) if (this or row.mention.kind in _BOUNDING) and not belongs_to_report(sentence, row) else None
        )
    lapse = lapse_at(sentence, k)
    whole = lapse[0] if lapse is not None else _history(sentence, k)
    if whole is not None:
        return whole, None
    low = "".join(sentence.lows(k, k + 1))
    then = [*sentence.lows(k + 1, k + 3), "", ""]
    if low == "since" and _opens_time(sentence, k):
        return _tail(sentence, k), None
    if low == "this" and then[0] in _SEASONS:
        return k + 2, None
    now = then[1] in _NOW
    last = [*sentence.lows(k + 2 + now, k + 3 + now), ""][0]
    if low == "of" and then[0] in _WHOSE and (last in _SEASONS or (then[0] in {"the", "this"} and last in _TIMES)):
        return k + 3 + now, None
    return None


def bound_after(sentence: Sentence, at: int) -> tuple[int, Dated | None] | None:
    """The time that bounds a count whose words end at `at`, told later in the same clause: "four have lost their posts there since May"."""
    for m in range(at, min(at + _CLAUSE, len(sentence.low))):
        found = bound_at(sentence, m) if sentence.low[m] not in {"for", "of"} else None
        if found is not None or sentence.low[m] in _BREAKS or sentence.low[m] in _OTHERS:
            return found
    return None


def bound_before(sentence: Sentence, at: int) -> tuple[int, Dated | None] | None:
    """The time that opens a sentence and bounds a count which begins at word `at`: "In five years 61 vessels have grounded"."""
    found = bound_at(sentence, sentence.body_start) if sentence.body_start < at else None
    return found if found is not None and at - 2 <= found[0] <= at else None


def _opens_time(sentence: Sentence, k: int) -> bool:
    """Whether "since" opens a time told in words: "since the war began", not "has since resigned" nor "long since"."""
    then = sentence.lows(k + 1, k + 2)
    told = bool(then) and then[0][0].isalnum() and then[0] not in _NO_CLAUSE
    return told and not _HELD & set(sentence.lows(k - 1, k))


def _tail(sentence: Sentence, k: int) -> int:
    """Where "since the war began" ends: at a date, a mark, or after five words."""
    dated = next((row.j for row in sentence.dates if k < row.i <= k + _TAIL), 0)
    marks = (m for m in range(k + 1, len(sentence.low)) if not sentence.low[m][0].isalnum())
    return dated or min(next(marks, len(sentence.low)), k + _TAIL)


def lapse_after(sentence: Sentence, at: int) -> int:
    """Where the stretch of time shortly after word `at` ends; `at` if there is none."""
    for k in range(at, min(at + _REACH, len(sentence.tokens))):
        if sentence.tokens[k].low in _OTHERS:
            break
        found = lapse_at(sentence, k) if sentence.tokens[k].low != "for" else None
        if found is not None:
            return found[0]
    return at


def lapse_in(sentence: Sentence, words: tuple[int, int], published: date | None) -> When | None:
    """The days, up to the date of print, of the stretch of time that a claim tells."""
    told = (found[1] for k in range(*words) if (found := lapse_at(sentence, k)) is not None)
    days = next((days for days in told if days is not None), None)
    known = published is not None and days is not None and days < _LONGEST
    return When(published - timedelta(days=days), published) if known and published and days else None
