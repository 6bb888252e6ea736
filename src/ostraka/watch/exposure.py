"""How much of what happened could be seen by now: time × reporting effort × share already reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from ostraka.dates import DAYS_PER_YEAR, day_number
from ostraka.errors import InputError
from ostraka.watch.delay import DelayLaw, reporting_delay
from ostraka.watch.departures import Departures
from ostraka.watch.inputs import Floats

_POINTS = 64
_PER_BIN, _TABLE = 16, 400


@dataclass(frozen=True, slots=True)
class Effort:
    """Reporting effort as a step function: the share of departures that could ever become public.

    Parameters
    ----------
    name : str
        What is assumed, in plain words.
    since : tuple of date
        First day of each step, in order.
    level : tuple of float
        Effort from that day on, in (0, 1]; before the first step that of the first step holds.

    Raises
    ------
    InputError
        If the steps are out of order or a level lies outside (0, 1].

    Examples
    --------
    >>> press = Effort("few outlets before 2004", (date(1991, 1, 1), date(2004, 1, 1)), (0.4, 1.0))
    >>> press.at([float(day_number(date(2000, 1, 1)))]).tolist()
    [0.4]
    """

    name: str = "constant effort (none was given)"
    since: tuple[date, ...] = ()
    level: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if len(self.since) != len(self.level):
            raise InputError(
                f"effort has {len(self.since)} days but {len(self.level)} levels; give one level for each day"
            )
        if list(self.since) != sorted(set(self.since)):
            raise InputError("the steps of effort must be in order of time, each day once")
        for level in self.level:
            if not 0 < level <= 1:
                raise InputError(
                    f"effort must be above 0 and at most 1, not {level}; leave out years without any reporting"
                )

    def at(self, day: ArrayLike) -> Floats:
        """Effort on days since 1970-01-01."""
        days = np.asarray(day, dtype=np.float64)
        if not self.since:
            return np.ones(days.shape)
        steps = np.array([day_number(since) for since in self.since], dtype=np.float64)
        step = np.clip(np.searchsorted(steps, days, side="right") - 1, 0, None)
        level: Floats = np.array(self.level)[step]
        return level


CONSTANT = Effort()


@dataclass(frozen=True, slots=True)
class Sight:
    """How much of what happened can be seen: the delay law, the effort, and today.

    Parameters
    ----------
    delay : DelayLaw
    now_day : float
        End of what can have been reported, in days since 1970-01-01.
    effort : Effort
    """

    delay: DelayLaw
    now_day: float
    effort: Effort = CONSTANT

    def seen(self, edges: Sequence[float] | Floats) -> Floats:
        """Exposure of each bin in years."""
        return bin_exposure(edges, now_day=self.now_day, delay=self.delay, effort=self.effort)

    def unseen(self, start_day: float, end_day: float) -> Floats:
        """Years of a span whose departures are not yet reported, for each delay law."""
        return unseen_exposure(self.delay, start_day, end_day, now_day=self.now_day, effort=self.effort)

    def unseen_by_bin(self, edges: Sequence[float] | Floats) -> Floats:
        """The same for each bin and delay law, shape (n, k)."""
        ends = np.asarray(edges, dtype=np.float64)
        lows, highs = ends[:-1], np.minimum(ends[1:], self.now_day)
        middle = lows[:, None] + (np.arange(_PER_BIN) + 0.5) / _PER_BIN * (highs - lows)[:, None]
        years = self.effort.at(middle) * np.clip(highs - lows, 0.0, None)[:, None] / _PER_BIN / DAYS_PER_YEAR
        unseen: Floats = np.einsum(
            "bp,bpk->bk", years, 1 - self.delay.cdf_each(np.clip(self.now_day - middle, 0.0, None))
        )
        return unseen


def delay_of(found: Departures, now_day: float) -> DelayLaw:
    """Law of the reporting delay of some departures, counted from the middle of their intervals.

    Parameters
    ----------
    found : Departures
    now_day : float
        End of the record, in days since 1970-01-01.
    """
    known = np.isfinite(found.reported_day) & (found.reported_day <= now_day)
    middle = np.minimum(found.middle_day, found.reported_day)[known]
    return reporting_delay(
        found.reported_day[known] - middle, np.maximum(now_day - middle, found.reported_day[known] - middle)
    )


def unseen_exposure(
    delay: DelayLaw, start_day: float, end_day: float, *, now_day: float, effort: Effort = CONSTANT
) -> Floats:
    """Years of a span whose departures are not yet reported, ∫ e(t) (1 - F(now - t)) dt, for each delay law.

    Returns
    -------
    ndarray of float64, shape (k,)
    """
    return _integral(lambda day: 1 - delay.cdf_each(now_day - day), start_day, min(end_day, now_day), effort)


def seen_exposure(
    delay: DelayLaw, start_day: float, end_day: float, *, now_day: float, effort: Effort = CONSTANT
) -> Floats:
    """Years of a span times the share of its departures reported by now, ∫ e(t) F(now - t) dt, for each law."""
    return _integral(lambda day: delay.cdf_each(now_day - day), start_day, min(end_day, now_day), effort)


def _integral(share: Callable[[Floats], Floats], start_day: float, end_day: float, effort: Effort) -> Floats:
    """Midpoint rule on a grid that is fine near the end, where the share changes fast."""
    if end_day <= start_day:
        return np.zeros_like(share(np.array([start_day]))[0])
    back = np.linspace(0, 1, _POINTS + 1) ** 2 * (end_day - start_day)
    edges = end_day - back[::-1]
    middle, width = (edges[1:] + edges[:-1]) / 2, np.diff(edges) / DAYS_PER_YEAR
    years: Floats = (effort.at(middle) * width) @ share(middle)
    return years


def bin_exposure(
    edges: Sequence[float] | Floats, *, now_day: float, delay: DelayLaw | None = None, effort: Effort = CONSTANT
) -> Floats:
    """Exposure of each bin in years, averaged over the delay laws; without a law all is reported at once.

    Parameters
    ----------
    edges : sequence of float, shape (n + 1,)
        Ends of the bins, in days since 1970-01-01.
    now_day : float
        End of the record.
    delay : DelayLaw, optional
    effort : Effort

    Returns
    -------
    ndarray of float64, shape (n,)
    """
    ends = np.asarray(edges, dtype=np.float64)
    lows, highs = ends[:-1], np.minimum(ends[1:], now_day)
    middle = lows[:, None] + (np.arange(_PER_BIN) + 0.5) / _PER_BIN * (highs - lows)[:, None]
    since = np.clip(now_day - middle, 0.0, None)
    share = np.ones_like(since)
    if delay is not None:
        table = np.linspace(0, np.sqrt(since.max(initial=1.0)), _TABLE) ** 2
        share = np.interp(since, table, delay.cdf(table))
    exposure: Floats = (effort.at(middle) * share).mean(axis=1) * np.clip(highs - lows, 0.0, None) / DAYS_PER_YEAR
    return exposure
