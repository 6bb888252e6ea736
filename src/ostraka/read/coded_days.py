"""Intervals as the codebook counts them for events, where that is not how the phrases of a report are read."""

from __future__ import annotations

import re
from datetime import date

from ostraka.dates import When

_EARLY = (
    "early ",
    "the beginning of",
    "the start of",
    "beginning of",
    "start of",
    "since early ",
    "since the beginning of",
)
_LATE = ("late ", "the end of", "end of", "since late ", "since the end of", "last days of", "the last days of")
_MIDDLE = ("the middle of", "middle of", "mid-", "mid ")


def coded_part(when: When, words: str) -> When:
    """Parts of months and years as the codebook counts them: early in a month to the 15th, late from the 21st.

    Early this year, or early in a year, is its first quarter.
    """
    first, last = when.earliest, when.latest
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        quarter = (
            first is not None and last is not None and (first.day, first.month, last.month, last.day) == (1, 1, 4, 30)
        )
        if words.startswith("late ") and first is not None and (first.month, first.day) == (9, 1) and last:
            return When(first.replace(month=10), last, when.text)
        by_name = words.startswith("early ") and words[6:].isdigit()
        return When(first, last.replace(month=3, day=31), when.text) if quarter and last and not by_name else when
    if words.startswith(_EARLY) and first.day == 1 and last.day == 10:
        return When(first, last.replace(day=15), when.text)
    if words.startswith(_LATE) and first.day == 20 and last.day > 21:
        return When(first.replace(day=21), last, when.text)
    if words.startswith(_MIDDLE) and first.day == 10 and last.day == 20:
        return When(first.replace(day=11), last, when.text)
    return when


_NIGHT = re.compile(r"(?:(?:on|since|until) )?(?:the )?(?:last night|night of )")
_YEARS_AGO = re.compile(r"(?!one |an? |1 )[\w-]{1,20} years ago")


def coded_days(when: When, kind: str, words: str) -> When:
    """The interval of an event dated by a phrase.

    A night is the day on which it began, what is told as some years ago happened in that year.

    Parameters
    ----------
    when : When
    kind : str
        As :class:`~ostraka.read.dates_in_text.DateMention` has it.
    words : str
        The phrase, in small letters.
    """
    first = when.earliest
    if first is None:
        return when
    if _NIGHT.match(words):
        return When(first, first, when.text)
    if kind == "ago" and _YEARS_AGO.fullmatch(words):
        return When(date(first.year, 1, 1), date(first.year, 12, 31), when.text)
    return coded_part(when, words)
