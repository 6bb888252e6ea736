"""Parts of a time: early, mid and late, halves, quarters, seasons, the first week, the last three months."""

from __future__ import annotations

import re

from ostraka.read import date_spans as spans
from ostraka.read.date_spans import Interval, Resolver, Setting
from ostraka.read.date_words import ORDINALS, Atom, absolute, has_year, number, with_year

_PART_NAMES = {
    **dict.fromkeys(("early", "earlier"), "early"),
    **dict.fromkeys(("late", "later"), "late"),
    **dict.fromkeys(("mid", "middle"), "mid"),
    **dict.fromkeys(("beginning", "start", "outset", "dawn", "first"), "start"),
    **dict.fromkeys(("end", "close", "last"), "end"),
}
DIVISIBLE = frozenset(("month", "year", "decade", "season", "week", "day", "weekday", "quarter"))
_IN_SEASON = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|[Ee]arly|[Ll]ate|[Oo]f|[Bb]etween|[Ff]rom)\s(?:the\s)?\Z"
)


def part(match: re.Match[str], whole: Atom | None) -> Atom | None:
    """Early July, mid-1990s, late last year, the end of 2013."""
    word = match[1].lower().partition(" ")[0]
    if whole is None or whole.kind not in DIVISIBLE | {"offset"}:
        return None
    if word in {"earlier", "later"}:
        return Atom(match.start(), whole.end, "part", _so_far(whole, later=word == "later"), whole.lacks_year)
    part = _PART_NAMES[word]

    def use(setting: Setting) -> Interval | None:
        span = whole.resolve(setting)
        if span is None:
            return None
        low, high = spans.part_of(span, part)
        anchor = setting.anchor
        return (low, anchor) if anchor and low <= anchor < high and not setting.future else (low, high)

    kind = whole.kind if whole.kind in {"day", "weekday"} else "end" if part == "end" else "part"
    return Atom(match.start(), whole.end, kind, use, whole.lacks_year, whole.resolve)


def _so_far(whole: Atom, *, later: bool) -> Resolver:
    """Earlier this year is up to the report's date; later this year from it."""

    def use(setting: Setting) -> Interval | None:
        span, anchor = whole.resolve(setting), setting.anchor
        if span is None or anchor is None or not span[0] <= anchor <= span[1]:
            return span
        return (anchor, span[1]) if later else (span[0], anchor)

    return use


def half(match: re.Match[str], whole: Atom | None) -> Atom | None:
    """The first half of 2016."""
    part = "first half" if match[1].lower() in {"first", "1st"} else "second half"
    if whole is None or whole.kind not in DIVISIBLE:
        return None

    def use(setting: Setting) -> Interval | None:
        span = whole.resolve(setting)
        return spans.part_of(span, part) if span else None

    return Atom(match.start(), whole.end, "half", use, whole.lacks_year)


def quarter(match: re.Match[str]) -> Atom | None:
    """The third quarter of 2015, Q3 2015."""
    word = (match["q"] or match["qn"]).lower()
    quarter = 4 if word in {"last", "final"} else ORDINALS.get(word) or int(word)
    use = with_year(match, lambda setting: spans.recent_quarter(quarter, setting))
    return Atom(match.start(), match.end(), "quarter", use, not has_year(match))


def season(match: re.Match[str]) -> Atom | None:
    """The summer of 2016; a summer without a year needs a preposition."""
    season = match["s"].lower()
    if not has_year(match) and not (
        season != "fall" and _IN_SEASON.search(match.string[max(0, match.start() - 14) : match.start()])
    ):
        return None
    if match["s2"]:
        first = int(match["y"] or 0)
        return absolute(match, "season", spans.season_span(first, season)) if first else None
    use = with_year(match, lambda setting: spans.recent_season(season, setting))
    return Atom(match.start(), match.end(), "season", use, not has_year(match))


def week_of(match: re.Match[str], whole: Atom | None) -> Atom | None:
    """The first, second or last week of a month; the week of a day."""
    nth = (match[1] or "").lower().strip()
    if whole is None or whole.kind not in ({"month", "offset"} if nth else {"day"}):
        return None
    days = 15 if match["u"].lower() == "fortnight" else 7

    def use(setting: Setting) -> Interval | None:
        span = whole.resolve(setting)
        if span is None or not nth:
            return spans.week_span(span[0]) if span else None
        if nth in {"last", "final"}:
            return spans.add_days(span[1], 1 - days), span[1]
        first = spans.add_days(span[0], days * (ORDINALS[nth] - 1))
        return first, min(spans.add_days(first, days - 1), span[1])

    return Atom(match.start(), whole.end, "week", use, whole.lacks_year)


def last_day(match: re.Match[str], whole: Atom | None) -> Atom | None:
    """The last day of October 1963, of that month, of the year."""
    if whole is None or whole.kind not in {"month", "year", "offset"}:
        return None

    def use(setting: Setting) -> Interval | None:
        span = whole.resolve(setting)
        return (span[1], span[1]) if span else None

    return Atom(match.start(), whole.end, "day", use, whole.lacks_year)


def half_of_year(match: re.Match[str]) -> Atom | None:
    """H1 2016."""
    name = "first half" if match["qn"] == "1" else "second half"

    def use(setting: Setting) -> Interval | None:
        return spans.part_of(spans.year_span(setting.year), name) if setting.year else None

    return Atom(match.start(), match.end(), "half", with_year(match, use))


def weekend_of(match: re.Match[str], whole: Atom | None) -> Atom | None:
    """The weekend of July 9."""
    if whole is None or whole.kind != "day":
        return None

    def use(setting: Setting) -> Interval | None:
        span = whole.resolve(setting)
        return (spans.add_days(spans.week_span(span[0])[0], 5), spans.week_span(span[0])[1]) if span else None

    return Atom(match.start(), whole.end, "weekend", use, whole.lacks_year)


def first_units(match: re.Match[str], whole: Atom | None) -> Atom | None:
    """The first three months of 2016; the last two weeks of July."""
    amount = number(match["n"])
    if whole is None or whole.kind not in DIVISIBLE or amount is None:
        return None
    first, unit = match[1].lower() == "first", match["u"].lower()

    def use(setting: Setting) -> Interval | None:
        span = whole.resolve(setting)
        if span is None:
            return None
        if first:
            return span[0], min(span[1], spans.add_days(spans.add(span[0], amount[1], unit), -1))
        after = spans.add_days(span[1], 1)
        return max(span[0], spans.add(after, -amount[1], unit)), span[1]

    return Atom(match.start(), whole.end, "part", use, whole.lacks_year)
