"""What a count is compared with: the periods of the record that could be called usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from ostraka.case import Case
from ostraka.dates import DAYS_PER_YEAR, day_number, from_day_number
from ostraka.model import EventKind
from ostraka.watch.changes import pooled_prior, rate_changes
from ostraka.watch.departures import Departures
from ostraka.watch.rates import BaseRate, base_rate, exceedance

LAST_YEARS = (10, 5, 2)
"""Lengths, in years, of the periods right before the one asked about."""

SHORTEST_SPELL_YEARS = 1.9
"""Shorter stretches found by the record itself are not called usual."""

_SHORTEST_YEARS = 1.0


@dataclass(frozen=True, slots=True)
class Period:
    """A named span of the record, in days since 1970-01-01; the end is not included."""

    name: str
    start_day: float
    end_day: float

    @property
    def years(self) -> float:
        """Length in years of 365.25 days."""
        return (self.end_day - self.start_day) / DAYS_PER_YEAR

    @property
    def first_date(self) -> date:
        """First day."""
        return from_day_number(int(self.start_day))

    @property
    def last_date(self) -> date:
        """Last day, included."""
        return from_day_number(int(np.ceil(self.end_day)) - 1)

    def to_json(self) -> dict[str, Any]:
        """The period with its days in ISO form."""
        return {
            "name": self.name,
            "start": self.first_date.isoformat(),
            "end": self.last_date.isoformat(),
            "years": self.years,
        }


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """How usual departures were in one period, and how surprising the number asked about is at that rate.

    Attributes
    ----------
    period : Period
    n_surely, n_perhaps : int
        Departures that lie in it for certain, and that may.
    rate : BaseRate
        From the expected number, rounded; per year.
    p_number : float or None
        Probability of at least the number asked about, in a span as long as the one asked about, at exactly
        this rate; None where no number is asked about or the period holds no departure.
    p_predictive : float or None
        The same with the uncertainty of the rate (Gamma-Poisson, Jeffreys).
    """

    period: Period
    n_surely: int
    n_perhaps: int
    rate: BaseRate
    p_number: float | None = None
    p_predictive: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The rate as plain JSON values."""
        return {
            "period": self.period.to_json(),
            "n_surely": self.n_surely,
            "n_perhaps": self.n_perhaps,
            "rate": self.rate.to_json(),
            "p_number": self.p_number,
            "p_predictive": self.p_predictive,
        }


def reference_rate(
    found: Departures, period: Period, *, number: int | None = None, span: float = 0.0, level: float = 0.90
) -> ReferenceRate:
    """The base rate of one period, and the Poisson probability of a number at that rate.

    Parameters
    ----------
    found : Departures
    period : Period
    number : int, optional
        The number asked about.
    span : float
        Length of the period it is asked about, in years.
    level : float
        Probability of the intervals of the rate.
    """
    surely, perhaps = found.within(period.start_day, period.end_day)
    expected = round(float(found.p_within(period.start_day, period.end_day).sum()))
    rate = base_rate(expected, period.years, level=level)
    if number is None:
        return ReferenceRate(period, surely, perhaps, rate)
    seen = exceedance(number, span, n_before=expected, exposure_before=period.years)
    return ReferenceRate(period, surely, perhaps, rate, seen.at_rate if expected else None, seen.predictive)


def reference_periods(case: Case, before: date) -> tuple[Period, ...]:
    """Periods of the record before a day that could be called usual.

    The whole record; the last 10, 5 and 2 years of it; and the time under each leader, cut at the successions
    that the case itself records. Periods shorter than a year are left out.

    Parameters
    ----------
    case : Case
    before : date
        First day that is not part of any of them.

    Examples
    --------
    >>> from ostraka.case import shipped_case
    >>> [period.name for period in reference_periods(shipped_case("DPRK"), date(2016, 2, 1))][0]
    'the whole record before'
    """
    start, end = float(day_number(case.start)), float(min(day_number(before), day_number(case.end) + 1))
    periods = [Period("the whole record before", start, end)]
    for years in LAST_YEARS:
        begin = end - years * DAYS_PER_YEAR
        if begin > start:
            periods.append(Period(f"the {years} years before", float(np.round(begin)), end))
    cuts = [start, *(day for day in _successions(case) if start < day < end), end]
    for i in range(len(cuts) - 1) if len(cuts) > 2 else ():
        name = _spell_name(i, len(cuts) - 1)
        periods.append(Period(name, cuts[i], cuts[i + 1]))
    return tuple(period for period in periods if period.years >= _SHORTEST_YEARS)


def spells(found: Departures, before: date, *, max_changes: int = 4) -> tuple[Period, ...]:
    """Stretches of whole calendar years between which the rate of the record itself most probably changed.

    Parameters
    ----------
    found : Departures
    before : date
        First day that is not part of any of them.
    max_changes : int
        Largest number of changes considered.

    Returns
    -------
    tuple of Period
        The most probable cut with the most probable number of changes, stretches of at least two years of
        it; empty if that number is 0 or the record is shorter than three years.
    """
    end = min(float(day_number(before)), found.end_day)
    first = from_day_number(int(found.start_day)).year
    last = from_day_number(int(end) - 1).year
    edges = [max(float(day_number(date(year, 1, 1))), found.start_day) for year in range(first, last + 1)] + [end]
    if len(edges) < 4:
        return ()
    middle = found.middle_day
    counts, _ = np.histogram(middle[middle < end], bins=edges)
    years = np.diff(edges) / DAYS_PER_YEAR
    shape, rate = pooled_prior(int(counts.sum()), float(years.sum()))
    changes = rate_changes(counts, years, shape=shape, rate=rate, max_changes=max_changes)
    n_changes = int(changes.p_changes().argmax())
    if n_changes == 0:
        return ()
    return tuple(
        Period(f"the spell {first + i} to {first + j} that the record itself shows", edges[i], edges[j + 1])
        for i, j in changes.best_pieces(n_changes)
        if edges[j + 1] - edges[i] >= SHORTEST_SPELL_YEARS * DAYS_PER_YEAR
    )


def _successions(case: Case) -> list[float]:
    days = [event.when.latest for event in case.events if event.kind is EventKind.SUCCESSION]
    return sorted(float(day_number(day)) for day in days if day is not None)


def _spell_name(place: int, n_spells: int) -> str:
    if place == 0:
        return "before the first succession in the record"
    return "since the last succession" if place == n_spells - 1 else f"between successions {place} and {place + 1}"
