"""A window somebody asks about: how surprising its count is, paid and unpaid for its choice, and the rate since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from ostraka.dates import DAYS_PER_YEAR, day_number, from_day_number
from ostraka.errors import InputError
from ostraka.watch.bunching import any_window
from ostraka.watch.departures import Departures
from ostraka.watch.rates import Exceedance, exceedance, rate_at_least
from ostraka.watch.sight import Sight

_RECORDS = 5_000

Band = tuple[float, float, float]
"""5, 50 and 95 per cent."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers about the time since a day.

    Attributes
    ----------
    since : date
    n_surely, n_perhaps : int
        Departures since then for certain, and those that may be.
    number : int
        The expected number, rounded; or the number asked about.
    as_asked : Exceedance
        Against the record before, as if the window had been chosen in advance.
    p_any_window : float or None
        Probability that some window as long, anywhere in the record, holds as many; None if there are fewer in it.
    rate_if_exactly, rate_if_at_least : tuple of float
        Rate since, a year: 5, 50 and 95 per cent, for exactly and for at least that number.
    """

    since: date
    n_surely: int
    n_perhaps: int
    number: int
    as_asked: Exceedance
    p_any_window: float | None
    rate_if_exactly: Band
    rate_if_at_least: Band

    def to_json(self) -> dict[str, Any]:
        """The answers as plain JSON values."""
        return {
            "since": self.since.isoformat(),
            "n_surely": self.n_surely,
            "n_perhaps": self.n_perhaps,
            "number": self.number,
            "as_asked": self.as_asked.to_json(),
            "p_any_window": self.p_any_window,
            "rate_if_exactly": list(self.rate_if_exactly),
            "rate_if_at_least": list(self.rate_if_at_least),
        }


def ask_since(found: Departures, since: date, sight: Sight, *, rng: int, number: int | None = None) -> Asked:
    """How surprising are the departures since a day.

    Parameters
    ----------
    found : Departures
    since : date
        First day of the window, within the record.
    sight : Sight
    rng : int
        Root of the simulated records.
    number : int, optional
        The number of departures claimed; the record's own if not given.

    Raises
    ------
    InputError
        If the day leaves no time before or after it.
    """
    start, end = float(day_number(since)), min(found.end_day, sight.now_day)
    if not found.start_day < start < end:
        first, last = from_day_number(int(found.start_day)), from_day_number(int(end) - 1)
        raise InputError(f"since {since}: give a day within the record, after {first} and not after {last}")
    before, span = (float(x) for x in sight.seen(np.array([found.start_day, start, end])))
    n_before = round(float(found.p_within(found.start_day, start).sum()))
    count = round(float(found.p_within(start, end).sum())) if number is None else number
    total = max(n_before + count, 1)
    mean = max(n_before, 0.5) / before
    rate = rate_at_least(count, span, shape=0.5, rate=0.5 / mean)
    surely, perhaps = found.within(start, end)
    share = (end - start) / DAYS_PER_YEAR / found.years
    return Asked(
        since=since,
        n_surely=surely,
        n_perhaps=perhaps,
        number=count,
        as_asked=exceedance(count, span, n_before=n_before, exposure_before=before),
        p_any_window=any_window(count, total, share, n_draws=_RECORDS, rng=rng) if 0 < share < 1 else None,
        rate_if_exactly=_band(rate.exactly.quantile),
        rate_if_at_least=_band(rate.law.quantile),
    )


def _band(quantile: Callable[[float], float]) -> Band:
    return quantile(0.05), quantile(0.5), quantile(0.95)
