"""Do event times fall evenly over the record, or do they drift to one end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from ostraka.errors import FitError
from ostraka.watch.inputs import event_times


@dataclass(frozen=True, slots=True)
class Uniformity:
    """Event times against an even fall, given their number.

    Attributes
    ----------
    distance : float
        Largest distance between their distribution and the even one (Kolmogorov-Smirnov D).
    p_distance : float
        Its exact p.
    trend : float
        Laplace's statistic, standard normal for even times: below 0 they crowd at the beginning, above 0 at the end.
    p_trend : float
        Its two-sided p.
    """

    distance: float
    p_distance: float
    trend: float
    p_trend: float

    def to_json(self) -> dict[str, Any]:
        """The tests as plain JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


def uniformity(times: ArrayLike, start: float, end: float) -> Uniformity:
    """Kolmogorov-Smirnov distance and Laplace trend of event times.

    Parameters
    ----------
    times : array_like of float, shape (n,)
        Event times in any unit, within the window.
    start, end : float
        The window in the same unit.

    Raises
    ------
    InputError
        If a time lies outside the window.
    FitError
        If there is no event.

    Notes
    -----
    Laplace: (mean of the times - middle of the window) / (length · sqrt(1/(12 n))).

    References
    ----------
    Cox, D. R. and Lewis, P. A. W. (1966). The Statistical Analysis of Series of Events. Methuen.

    Examples
    --------
    >>> uniformity([7.0, 8.0, 9.0, 9.5], 0.0, 10.0).trend > 2
    True
    """
    from scipy.stats import kstwo  # noqa: PLC0415 - heavy, and only wanted here

    share = (event_times(times, start, end) - start) / (end - start)
    n = share.size
    if not n:
        raise FitError("not enough data: no event, no distribution of times")
    steps = np.arange(n + 1) / n
    distance = float(np.maximum(steps[1:] - share, share - steps[:-1]).max())
    trend = float((share.mean() - 0.5) * np.sqrt(12 * n))
    return Uniformity(distance, float(kstwo.sf(distance, n)), trend, float(2 * ndtr(-abs(trend))))
