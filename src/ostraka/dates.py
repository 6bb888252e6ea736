"""When something happened, as far as anybody knows.

A news date is an interval: "in July" means one day between the 1st and the 31st. :class:`When` keeps the
two ends and the words that said it; its precision is derived, never stored. An end that nobody states is
``None``. Dates are proleptic Gregorian days without a time of day; day numbers count from 1970-01-01.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ostraka.errors import InputError

EPOCH = date(1970, 1, 1)
DAYS_PER_YEAR = 365.25


def day_number(day: date) -> int:
    """Days since 1970-01-01 (negative before).

    Examples
    --------
    >>> day_number(date(1970, 1, 2))
    1
    """
    return (day - EPOCH).days


def from_day_number(number: int) -> date:
    """The date of a day number; inverse of :func:`day_number`."""
    return EPOCH + timedelta(days=int(number))


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class When:
    """One day known to lie between two days, both included.

    Parameters
    ----------
    earliest, latest : date or None
        Ends of the interval; None where no end is known.
    text : str
        The words that said it; not part of equality or order.

    Raises
    ------
    InputError
        If the interval ends before it begins.

    Examples
    --------
    >>> july = When.parse("2016-07")
    >>> july.earliest, july.latest, july.precision
    (datetime.date(2016, 7, 1), datetime.date(2016, 7, 31), 'month')
    >>> When.parse("2016-07-15/2016-07-31").edtf()
    '2016-07-15/2016-07-31'
    """

    earliest: date | None = None
    latest: date | None = None
    text: str = ""

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.latest < self.earliest:
            raise InputError(
                f"an interval cannot end ({self.latest}) before it begins ({self.earliest}); swap the two dates"
            )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, When):
            return NotImplemented
        return (self.earliest, self.latest) == (other.earliest, other.latest)

    def __hash__(self) -> int:
        return hash((self.earliest, self.latest))

    def __bool__(self) -> bool:
        return self.earliest is not None or self.latest is not None

    @classmethod
    def on(cls, day: date, text: str = "") -> When:
        """A day known exactly."""
        return cls(day, day, text)

    @classmethod
    def parse(cls, text: str) -> When:
        """Read EDTF (ISO 8601-2) level 1 text, and the set form ``[a..b]`` of level 2.

        Parameters
        ----------
        text : str
            ``2016``, ``201X``, ``2016-07``, ``2016-22`` (a season), ``2016-07-15``, ``a/b``, ``a/..``,
            ``../b``, ``[a..b]``; ``?``, ``~`` and ``%`` are accepted and dropped; empty means unknown.

        Raises
        ------
        InputError
            If the text is none of these.
        """
        return cls(*_parsed(text), text)

    @property
    def precision(self) -> str:
        """``day``, ``month``, ``year``, ``decade``, ``interval``, ``open`` (one end missing) or ``unknown``."""
        return _precision(self.earliest, self.latest)

    def edtf(self) -> str:
        """EDTF level 1 text; empty if nothing is known. ``When.parse`` reads it back."""
        return _edtf(self.earliest, self.latest)

    def overlaps(self, other: When, *, slack_days: int = 0) -> bool:
        """Whether both could be one day, give or take `slack_days`."""
        return self.days_apart(other) <= slack_days

    def days_apart(self, other: When) -> int:
        """Days from the end of the one to the beginning of the other; 0 if both could be one day.

        Examples
        --------
        >>> When.parse("2016-07").days_apart(When.parse("2016-08-02")), When.parse("2016").days_apart(When())
        (2, 0)
        """
        low, high = self.earliest, self.latest
        before = (other.earliest - high).days if high and other.earliest else 0
        after = (low - other.latest).days if low and other.latest else 0
        return max(before, after, 0)

    def sort_key(self) -> tuple[date, date]:
        """Order by earliest, then latest; a missing end sorts as the far past or future."""
        return (self.earliest or date.min, self.latest or date.max)

    def __str__(self) -> str:
        return self.edtf() or "unknown"


@lru_cache(maxsize=65_536)
def _parsed(text: str) -> tuple[date | None, date | None]:
    """The ends that EDTF text gives."""
    clean = re.sub(r"[?~%]", "", text.strip())
    if not clean or clean in {"..", "/", "../.."}:
        return None, None
    inner = re.fullmatch(r"\[(.*?)\.\.(.*?)\]", clean)
    first, slash, last = clean.partition("/")
    if inner:
        first, last = inner.groups()
    elif not slash:
        last = first
    return _bounds(first, text)[0], _bounds(last, text)[1]


def _precision(low: date | None, high: date | None) -> str:
    if low is None or high is None:
        return "unknown" if low is high else "open"
    whole_years = (low.month, low.day, high.month, high.day) == (1, 1, 12, 31)
    shapes = {
        "day": low == high,
        "month": low.day == 1 and high == month_end(low.year, low.month),
        "year": whole_years and low.year == high.year,
        "decade": whole_years and low.year % 10 == 0 and high.year == low.year + 9,
    }
    return next((name for name, fits in shapes.items() if fits), "interval")


@lru_cache(maxsize=65_536)
def _edtf(low: date | None, high: date | None) -> str:
    """The text of an interval, worked out once for all rows that have it: ids and digests ask for it."""
    if low is not None and high is not None:
        short = {
            "day": low.isoformat(),
            "month": f"{low.year:04}-{low.month:02}",
            "year": f"{low.year:04}",
            "decade": f"{low.year // 10:03}X",
        }.get(_precision(low, high))
        return short or f"{low.isoformat()}/{high.isoformat()}"
    if low is None and high is None:
        return ""
    return f"{low.isoformat() if low else '..'}/{high.isoformat() if high else '..'}"


_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


def _bounds(part: str, whole: str) -> tuple[date | None, date | None]:
    """First and last day of one EDTF date."""
    if part in {"", ".."}:
        return None, None
    try:
        if match := re.fullmatch(r"(\d{3})X", part):
            decade = int(match[1]) * 10
            return date(max(decade, 1), 1, 1), date(decade + 9, 12, 31)
        if match := re.fullmatch(r"(\d{4})", part):
            return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
        if match := re.fullmatch(r"(\d{4})-(\d{2})", part):
            return _month_or_season(int(match[1]), int(match[2]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", part):
            day = date.fromisoformat(part)
            return day, day
    except ValueError as error:
        raise InputError(f"{whole!r} is not a date: {error}") from None
    raise InputError(f"{whole!r} is not a date: write 2016, 2016-07, 2016-07-15 or 2016-07-15/2016-07-31")


def _month_or_season(year: int, month: int) -> tuple[date, date]:
    if month in _SEASONS:
        first, last = _SEASONS[month]
        return date(year, first, 1), month_end(year + (last < first), last)
    return date(year, month, 1), month_end(year, month)
