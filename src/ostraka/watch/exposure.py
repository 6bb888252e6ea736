"""How much of what happened could be seen by now: time × reporting effort × share already reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ostraka.dates import DAYS_PER_YEAR
from ostraka.watch.delay import DelayLaw
from ostraka.watch.effort import CONSTANT, Effort
from ostraka.watch.inputs import Floats

_POINTS = 64
_PER_BIN = 12


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
    edges: Sequence[float] | Floats,
    *,
    now_day: float,
    reported: Callable[[Floats], Floats] | None = None,
    effort: Effort = CONSTANT,
) -> Floats:
    """Exposure of each bin in years: time × effort × share reported by now.

    Parameters
    ----------
    edges : sequence of float, shape (n + 1,)
        Ends of the bins, in days since 1970-01-01.
    now_day : float
        End of the record; what lies after it has no exposure.
    reported : callable, optional
        Share of departures reported at an age in days; all at once if not given.
    effort : Effort

    Returns
    -------
    ndarray of float64, shape (n,)

    Examples
    --------
    >>> bin_exposure([0.0, 365.25, 730.5], now_day=730.5).tolist()
    [1.0, 1.0]
    """
    ends = np.asarray(edges, dtype=np.float64)
    lows, highs = ends[:-1], np.minimum(ends[1:], now_day)
    middle = lows[:, None] + (np.arange(_PER_BIN) + 0.5) / _PER_BIN * (highs - lows)[:, None]
    share = effort.at(middle)
    if reported is not None:
        share = share * reported(np.clip(now_day - middle, 0.0, None))
    exposure: Floats = share.mean(axis=1) * np.clip(highs - lows, 0.0, None) / DAYS_PER_YEAR
    return exposure
