"""Bins of the record: calendar months, quarters, halves or years, never more than the watch can afford."""

from __future__ import annotations

from datetime import date

import numpy as np

from ostraka.dates import day_number, from_day_number
from ostraka.watch.inputs import Floats

MOST_BINS = 80
_SHORT_DAYS = 366.0
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 600)


def month_edges(start_day: float, end_day: float, months: int) -> Floats:
    """Ends of bins of so many calendar months that cover a window, its own ends included.

    Parameters
    ----------
    start_day, end_day : float
        Window in days since 1970-01-01.
    months : int
        Length of a bin; bins begin in months whose number since year 0 is a multiple of it.

    Returns
    -------
    ndarray of float64, shape (n + 1,)

    Examples
    --------
    >>> [str(from_day_number(int(day))) for day in month_edges(0.0, 365.0, 6)]
    ['1970-01-01', '1970-07-01', '1971-01-01']
    """
    first, last = from_day_number(int(start_day)), from_day_number(int(end_day))
    count = (first.year * 12 + first.month - 1) // months + 1
    cuts = [start_day]
    while True:
        year, month = divmod(count * months, 12)
        if year > 9999:
            break
        day = float(day_number(date(year, month + 1, 1)))
        if day >= end_day or day > day_number(last):
            break
        if day > start_day:
            cuts.append(day)
        count += 1
    return np.array([*cuts, end_day])


def record_edges(start_day: float, end_day: float, *, most: int = MOST_BINS) -> Floats:
    """The finest calendar bins of a window that are no more than `most`; even bins for a window of few months."""
    if end_day - start_day < _SHORT_DAYS:
        return np.linspace(start_day, end_day, max(1, min(24, int(end_day - start_day))) + 1)
    for months in _MONTHS:
        edges = month_edges(start_day, end_day, months)
        if edges.size - 1 <= most:
            return edges
    return np.linspace(start_day, end_day, most + 1)


def year_edges(start_day: float, end_day: float) -> Floats:
    """Ends of the calendar years of a window."""
    return month_edges(start_day, end_day, 12)
