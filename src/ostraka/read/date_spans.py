"""Arithmetic of intervals of days: months, weeks, seasons, parts of a year, and what "ago" means.

An interval is a pair of dates, both included. The conventions are those of the practice phrases: a year
has thirds (early, mid, late), a month is early to the 10th, mid from the 10th to the 20th and late from
the 20th, a week begins on Monday, and a distance is known one unit finer than it is told in ("two years
ago" is a month, "a decade ago" a year).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from typing import NamedTuple

from ostraka.dates import month_end

Interval = tuple[date, date]

FIRST_DAY = date.min
FEW = (1.0, 7.0)
SEVERAL = (3.0, 10.0)
JUCHE_EPOCH = 1911


class Setting(NamedTuple):
    """What a phrase is read against.

    Parameters
    ----------
    anchor : date or None
        When the report was printed.
    last : Interval or None
        The date last mentioned, for "three days later".
    told : Interval or None
        The date last mentioned that is no weekday, on which news is mostly told, for "the same month".
    year : int or None
        A year lent by the other end of a range.
    future : bool
        Whether the words around speak of what is to come.
    near : Interval or None
        The day with a month told in the same sentence or the one before, in whose month "on the 14th" is.
    beside : Interval or None
        The date told just before in the same sentence.
    """

    anchor: date | None = None
    last: Interval | None = None
    told: Interval | None = None
    year: int | None = None
    future: bool = False
    near: Interval | None = None
    beside: Interval | None = None

    def lend(self, year: int | None) -> Setting:
        """The same with a year lent."""
        return self._replace(year=year)


Resolver = Callable[[Setting], "Interval | None"]


def day_span(year: int, month: int, day: int) -> Interval | None:
    """One day, or None if the calendar has no such day."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    found = date(year, month, day)
    return found, found


def month_span(year: int, month: int) -> Interval:
    """All days of a month."""
    return date(year, month, 1), month_end(year, month)


def year_span(year: int, last: int | None = None) -> Interval:
    """All days of a year, or of a run of years."""
    return date(year, 1, 1), date(last or year, 12, 31)


def week_span(day: date) -> Interval:
    """Monday to Sunday of the week of a day."""
    monday = add_days(day, -day.weekday())
    return monday, add_days(monday, 6)


def add_days(day: date, days: int) -> date:
    """A day moved by days, stopped at the ends of the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def add_months(day: date, months: int) -> date:
    """A day moved by months; the 31st becomes the last day where there is none."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), MAXYEAR * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_DAYS_OF_UNIT = {"hour": 0, "day": 1, "week": 7, "fortnight": 14}


def add(day: date, amount: float, unit: str) -> date:
    """A day moved by an amount (a half is allowed) of ``hour`` (none), ``day``, ``week``, ``month``, ``year`` or ``decade``."""
    if unit in _DAYS_OF_UNIT:
        return add_days(day, round(amount * _DAYS_OF_UNIT[unit]))
    months = amount * {"month": 1, "year": 12, "decade": 120}[unit]
    whole = int(months)
    return add_days(add_months(day, whole), round((months - whole) * 30))


def widen(span: Interval, unit: str) -> Interval:
    """The span as exact as a distance told in `unit` is: week, month, or year for decades."""
    low, high = span
    if unit in {"week", "fortnight"}:
        return week_span(low)[0], week_span(high)[1]
    if unit in {"month", "year"}:
        return month_span(low.year, low.month)[0], month_span(high.year, high.month)[1]
    return year_span(low.year, high.year) if unit == "decade" else span


def recent_month(month: int, setting: Setting) -> Interval | None:
    """The month of that name a report means: the last one begun, the next one if it speaks of what is to come."""
    if setting.year is not None:
        return month_span(setting.year, month)
    if setting.anchor is None:
        return None
    year, now = setting.anchor.year, setting.anchor.month
    if setting.future:
        return month_span(year + (month < now), month)
    return month_span(year - (month > now), month)


def recent_day(month: int, day: int, setting: Setting) -> Interval | None:
    """The day of that name a report means: the last one up to its date, the next if it speaks of what is to come."""
    if setting.year is not None:
        return day_span(setting.year, month, day)
    if setting.anchor is None:
        return None
    step = 1 if setting.future else -1
    for year in range(setting.anchor.year, setting.anchor.year + 9 * step, step):
        found = day_span(year, month, day) if 1 <= year <= MAXYEAR else None
        if found and (found[0] >= setting.anchor if setting.future else found[0] <= setting.anchor):
            return found
    return None


def recent_weekday(weekday: int, setting: Setting, *, strict: bool = False) -> Interval | None:
    """The weekday a report means: its own day or the last before it (`strict`: before it); or the next to come."""
    if setting.anchor is None:
        return None
    anchor = setting.anchor
    if setting.future:
        ahead = (weekday - anchor.weekday()) % 7 or (7 if strict else 0)
        found = add_days(anchor, ahead)
    else:
        back = (anchor.weekday() - weekday) % 7 or (7 if strict else 0)
        found = add_days(anchor, -back)
    return found, found


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


@lru_cache(maxsize=4_096)
def season_span(year: int, season: str) -> Interval:
    """Three months; the winter of a year begins in its December."""
    first = date(year, SEASONS[season], 1)
    last = add_months(first, 2)
    return first, month_end(last.year, last.month)


def recent_season(season: str, setting: Setting, *, over: bool = False) -> Interval | None:
    """The last season of that name that has begun (`over`: that has ended) by the date of the report."""
    if setting.year is not None:
        return season_span(setting.year, season)
    if setting.anchor is None:
        return None
    spans = (season_span(year, season) for year in (setting.anchor.year, setting.anchor.year - 1))
    fits = (span for span in spans if (span[1] < setting.anchor if over else span[0] <= setting.anchor))
    return next(fits, season_span(setting.anchor.year - 2, season))


def part_of(span: Interval, part: str) -> Interval:
    """The early, mid or late part of a month, a season, a year, a decade; a half; the start or end of one."""
    if part in {"start", "end"}:
        return _edge(span, first=part == "start")
    if part in {"first half", "second half"}:
        return (span[0], add_days(_middle(span), -1)) if part == "first half" else (_middle(span), span[1])
    return _THIRDS[_scale(span)](span, ("early", "mid", "late").index(part))


def _scale(span: Interval) -> str:
    """What a span is as long as."""
    days = (span[1] - span[0]).days + 1
    scales = ((3000, "decade"), (300, "year"), (80, "season"), (20, "month"), (6, "week"))
    return next((name for least, name in scales if days > least), "day")


_THIRDS: dict[str, Callable[[Interval, int], Interval]] = {
    "decade": lambda span, third: year_span(span[0].year + (0, 4, 7)[third], span[0].year + (3, 6, 9)[third]),
    "year": lambda span, third: (
        date(span[0].year, 4 * third + 1, 1),
        month_end(span[1].year, 4 * third + 4),
    ),
    "season": lambda span, third: (add_months(span[0], third), add_days(add_months(span[0], third + 1), -1)),
    "month": lambda span, third: (
        span[0].replace(day=(1, 10, 20)[third]),
        span[1] if third == 2 else span[0].replace(day=(10, 20)[third]),
    ),
    "week": lambda span, third: (add_days(span[0], (0, 2, 3)[third]), add_days(span[0], (2, 4, 6)[third])),
    "day": lambda span, _: span,
}


def _edge(span: Interval, *, first: bool) -> Interval:
    """The first or last ten days of a month, month of a year or season, year of a decade."""
    low, high = span
    day = low if first else high
    scale = _scale(span)
    if scale == "decade":
        return year_span(day.year)
    if scale in {"year", "season"}:
        return month_span(day.year, day.month)
    if scale == "month":
        return _THIRDS[scale](span, 0 if first else 2)
    return span


def _middle(span: Interval) -> date:
    """First day of the second half."""
    low, high = span
    exact = {"decade": date(min(low.year + 5, MAXYEAR), 1, 1), "year": low.replace(month=7, day=1)}
    return exact.get(_scale(span)) or (low.replace(day=16) if low.day == 1 else add_days(low, (high - low).days // 2))


def quarter_span(year: int, quarter: int) -> Interval:
    """Three months of a year."""
    return date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter)


def recent_quarter(quarter: int, setting: Setting) -> Interval | None:
    """That quarter of the lent year, or the last one begun."""
    if setting.year is not None:
        return quarter_span(setting.year, quarter)
    if setting.anchor is None:
        return None
    year = setting.anchor.year
    return quarter_span(year if quarter_span(year, quarter)[0] <= setting.anchor else year - 1, quarter)


def ago(anchor: date, amount: tuple[float, float], unit: str, *, how: str = "") -> Interval:
    """The interval of "`how` `amount` `unit` ago".

    Parameters
    ----------
    anchor : date
        When the report was printed.
    amount : (float, float)
        Low and high end of the number ("a few": 1 and 7).
    unit : str
        ``day``, ``week``, ``month``, ``year`` or ``decade``.
    how : str
        ``more``, ``less``, ``nearly``, ``about`` or empty.
    """
    low, high = amount
    if how == "more":
        return add(anchor, -2 * high, unit), add(anchor, -low, unit)
    if how == "less":
        return add(anchor, -high, unit), anchor
    if how == "nearly":
        return add(anchor, -high, unit), add(anchor, -max(high - 0.5, 0), unit)
    if how == "about":
        return add(anchor, -high - 0.5, unit), add(anchor, -max(low - 0.5, 0), unit)
    if low != high:
        return add(anchor, -high, unit), add(anchor, -low, unit)
    day = add(anchor, -low, unit)
    exact = unit == "week" and low == 1
    return (day, day) if exact else widen((day, day), "decade" if unit == "year" and low >= 10 else unit)


COARSE_DAYS = 27
FEW_DAYS = 3


def is_coarse(span: Interval) -> bool:
    """Whether a span is a month or more: days and weeks told from it are no more exact than it is."""
    return (span[1] - span[0]).days >= COARSE_DAYS


def shifted(span: Interval, amount: float, unit: str) -> Interval:
    """A span moved; as exact as the unit of the distance allows."""
    low, high = span
    if unit == "day" and abs(amount) <= FEW_DAYS and is_coarse(span):
        return span
    moved = add(low, amount, unit), add(high, amount, unit)
    whole_years = (low.month, low.day, high.month, high.day) == (1, 1, 12, 31)
    by_weeks = unit in {"week", "fortnight"} and (low == high or is_coarse(span))
    if unit in {"hour", "day"} or by_weeks or (whole_years and unit in {"year", "decade"}):
        return moved
    return widen(moved, unit)


def past(anchor: date, amount: float, unit: str) -> Interval:
    """The stretch of `amount` units that ends on the anchor."""
    return add(anchor, -amount, unit), anchor


def recent(anchor: date, unit: str) -> Interval:
    """What "in recent weeks" may cover; generous, since nobody says."""
    low = {
        "day": add_days(anchor, -7),
        "week": add_months(anchor.replace(day=1), -1),
        "fortnight": add_months(anchor.replace(day=1), -1),
        "month": add_months(anchor.replace(day=1), -6),
        "year": date(max(anchor.year - 5, 1), 1, 1),
        "decade": date(max(anchor.year - 30, 1), 1, 1),
    }
    return low[unit], anchor


def one_day_more(span: Interval) -> Interval:
    """A night belongs to two days."""
    return span[0], span[0] + timedelta(days=1) if span[0] == span[1] and span[0] < date.max else span[1]
