"""The words of English time phrases, as patterns and numbers, and the small machine that reads them.

Every pattern has bounded repeats, so that no text can make one slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ostraka.read import date_spans as spans
from ostraka.read.date_spans import Interval, Resolver, Setting


class Atom(NamedTuple):
    """A phrase that names a time: where it stands, its kind, how to read it, and whether it lacks its year.

    `whole` reads the period of which "the end of" names the last part.
    """

    start: int
    end: int
    kind: str
    resolve: Resolver
    lacks_year: bool = False
    whole: Resolver | None = None


Handler = Callable[[re.Match[str]], Atom | None]
Read = Callable[[str, int], Atom | None]
Rule = tuple[re.Pattern[str], Handler]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"),
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
NUMBERS: dict[str, tuple[float, float]] = {
    **{word: (float(n), float(n)) for n, word in enumerate(_SMALL.split(), start=1)},
    **{word: (float(n), float(n)) for n, word in enumerate(("eighteen", "nineteen", "twenty"), start=18)},
    **{word: (float(n), float(n)) for n, word in ((30, "thirty"), (40, "forty"), (50, "fifty"), (25, "twenty-five"))},
    **dict.fromkeys(("a", "an", "the", "1"), (1.0, 1.0)),
    **dict.fromkeys(("a few", "few", "the few", "some"), spans.FEW),
    **dict.fromkeys(("several", "the several"), spans.SEVERAL),
    **dict.fromkeys(("a couple of", "a couple", "the couple of", "couple of"), (2.0, 2.0)),
    **dict.fromkeys(("half a", "half-a"), (0.5, 0.5)),
    "a dozen": (12.0, 12.0),
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
GAP = r"[\s\u00a0]{1,3}"
_MONTH_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = (
    rf"(?:{_MONTH_FULL}|Sept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    rf"|{_MONTH_FULL.upper()}|SEPT|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b\.?"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY"
UNIT = r"(?:day|week|fortnight|month|year|decade)"
NUMBER = (
    r"(?:\d{1,3}|half[ -]an?|an?(?: few| couple(?: of)?| dozen)?|(?:the )?(?:few|several|couple of)|some|the|"
    + "|".join(sorted((w for w in NUMBERS if w.isalpha() or "-" in w), key=len, reverse=True))
    + ")"
)
YEAR4 = r"(?:1[5-9]|20)\d\d"
YEAR = (
    rf"(?:(?P<y>{YEAR4})(?!\d|[.,]\d|['’]?s\b)|['’](?P<yy>\d\d)(?!\d|['’]?s)"
    rf"|(?P<yrel>(?:of{GAP}|in{GAP})?(?:(?:last|this|next|that|the{GAP}(?:same|previous|following|next)){GAP}year"
    rf"|the{GAP}year{GAP}before))|Juche{GAP}(?P<juche>\d{{1,3}}))"
)
ORDINAL_END = r"(?:st|nd|rd|th)?"
DASH = rf"(?:\s?[-–—]\s?|{GAP}(?:to|through|until|and){GAP})"


def rule(pattern: str, handler: Handler, *, any_case: bool = False) -> Rule:
    """A pattern and what to make of a match."""
    return re.compile(pattern, re.IGNORECASE if any_case else 0), handler


def first_of(rules: Iterable[Rule], text: str, at: int) -> Atom | None:
    """What the first rule that fits makes of the words at an offset."""
    for pattern, handler in rules:
        match = pattern.match(text, at)
        atom = handler(match) if match else None
        if atom is not None:
            return atom
    return None


def number(words: str) -> tuple[float, float] | None:
    """Low and high end of a number word.

    Examples
    --------
    >>> number("five"), number("a few"), number("12")
    ((5.0, 5.0), (1.0, 7.0), (12.0, 12.0))
    """
    clean = " ".join(words.lower().split())
    return (float(clean), float(clean)) if clean.isdecimal() else NUMBERS.get(clean)


def month_number(word: str) -> int:
    """1 to 12 for the name or short name of a month."""
    return MONTHS[word.rstrip(".").lower()]


def has_year(match: re.Match[str]) -> bool:
    """Whether a match names a year."""
    return bool(match["y"] or match["yy"] or match["yrel"] or match["juche"])


def with_year(match: re.Match[str], use: Resolver) -> Resolver:
    """`use` under the year the match names; as it is where it names none."""
    if not has_year(match):
        return use

    def resolve(setting: Setting) -> Interval | None:
        year = _named_year(match, setting)
        return use(setting.lend(year)) if year is not None and 1 <= year <= 9998 else None

    return resolve


def _named_year(match: re.Match[str], setting: Setting) -> int | None:
    """The year a match names, in figures or relative to the report or to the date last mentioned."""
    if match["y"]:
        return int(match["y"])
    if match["juche"]:
        return spans.JUCHE_EPOCH + int(match["juche"])
    if match["yy"]:
        now = setting.anchor.year if setting.anchor else 2049
        return (now // 100 - (int(match["yy"]) > now % 100)) * 100 + int(match["yy"])
    return _relative_year(match["yrel"].lower(), setting)


def _relative_year(words: str, setting: Setting) -> int | None:
    told = setting.told or setting.last
    base = told[0] if told else setting.anchor
    if any(word in words for word in ("that", "same", "previous", "following", "before", "the next")):
        step = -1 if "previous" in words or "before" in words else int("following" in words or "next" in words)
        return base.year + step if base else None
    step = -1 if "last" in words else int("next" in words)
    return setting.anchor.year + step if setting.anchor else None


def absolute(match: re.Match[str], kind: str, span: Interval | None) -> Atom | None:
    """An atom whose interval is known from its own words; None for a day that is in no calendar."""
    return Atom(match.start(), match.end(), kind, lambda _: span) if span else None


def anchored(match: re.Match[str], kind: str, use: Callable[[Setting], Interval | None]) -> Atom:
    """An atom read from the day of publication."""
    return Atom(match.start(), match.end(), kind, lambda setting: use(setting) if setting.anchor else None)


def from_anchor(setting: Setting, first: int, last: int) -> Interval | None:
    """From some days after the day of publication to some others; negative is before."""
    if setting.anchor is None:
        return None
    return spans.add_days(setting.anchor, first), spans.add_days(setting.anchor, last)
