"""One change of the rate with vague dates, exactly: every event may lie on either side of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from ostraka.errors import InputError
from ostraka.watch.inputs import Floats, numbers, positive
from ostraka.watch.pieces import log_sum

_MOST_TERMS = 2e9


@dataclass(frozen=True, slots=True, eq=False)
class OneChange:
    """No change against one change at any of some places, the dates of events being intervals.

    Attributes
    ----------
    log_evidence : ndarray of float64, shape (2,)
        For no change and for one, as densities of the same dates.
    position : ndarray of float64, shape (k,)
        Probability of each place.
    rates : ndarray of float64, shape (2,)
        Expected rate before and after.
    """

    log_evidence: Floats
    position: Floats
    rates: Floats


def one_change_of_intervals(
    low: ArrayLike,
    high: ArrayLike,
    places: ArrayLike,
    *,
    exposure: tuple[ArrayLike, ArrayLike],
    shape: float,
    rate: float,
) -> OneChange:
    """When did the rate change, if once, where each event is only known to lie in an interval.

    Parameters
    ----------
    low, high : array_like of float, shape (n,)
        Each event lies between the two, everywhere with equal probability; high above low.
    places : array_like of float, shape (k,)
        Times at which the rate may have changed, all equally likely beforehand.
    exposure : pair of array_like of float, shape (k,)
        Exposure of the record before and after each place.
    shape, rate : float
        Gamma prior of both rates.

    Returns
    -------
    OneChange

    Raises
    ------
    InputError
        If an interval is empty or the exposures do not add up.

    Notes
    -----
    Given a place, an event lies before it with probability u and after it with v = 1 - u, so the likelihood is
    Π (u_i λ₁ + v_i λ₂) exp(-λ₁E₁ - λ₂E₂): a polynomial in λ₁ and λ₂ whose every term has a Gamma integral.
    This is what imputing the dates without end would give.

    Examples
    --------
    >>> import numpy as np
    >>> years = np.arange(1.0, 10.0)
    >>> low = np.array([6.0, 6.2, 7.0, 7.0, 8.0, 9.0])
    >>> found = one_change_of_intervals(low, low + 1, years, exposure=(years, 10 - years), shape=0.5, rate=0.8)
    >>> float(years[found.position.argmax()])
    6.0
    """
    lows, highs, when = numbers("low", low), numbers("high", high), numbers("places", places)
    before, after = (numbers("exposure", each) for each in exposure)
    shape, rate = positive("shape", shape), positive("rate", rate)
    if when.ndim != 1 or not when.size or not np.isfinite(when).all():
        raise InputError("places must be a list of finite times, one at least, at which the rate may have changed")
    if lows.ndim != 1 or lows.size**2 * when.size > _MOST_TERMS:
        raise InputError(f"{lows.size} intervals at {when.size} places are too many to sum exactly; count them in bins")
    if lows.shape != highs.shape or not (np.isfinite(highs - lows).all() and (highs > lows).all()):
        raise InputError("each event needs an interval that ends after it begins; a day known exactly is one day long")
    total = before + after
    if (
        before.shape != when.shape
        or after.shape != when.shape
        or not (np.isfinite(total).all() and np.allclose(total, total[:1]))
        or (before < 0).any()
    ):
        raise InputError("exposure must be given before and after each place and add up to the same whole")
    share = np.clip((when[:, None] - lows) / (highs - lows), 0.0, 1.0)
    log_ways = np.log(np.maximum(_ways(share), 1e-300))
    n_before = np.arange(lows.size + 1, dtype=np.float64)

    def log_side(n: Floats, span: Floats) -> Floats:
        side: Floats = shape * np.log(rate) - gammaln(shape) + gammaln(shape + n) - (shape + n) * np.log(rate + span)
        return side

    log_term = log_ways + log_side(n_before, before[:, None]) + log_side(lows.size - n_before, after[:, None])
    log_place = log_sum(log_term, axis=1)
    log_one = log_sum(log_place, axis=0) - np.log(when.size)
    weight = np.exp(log_term - log_sum(log_place, axis=0))
    mean_before = (shape + n_before) / (rate + before[:, None])
    mean_after = (shape + lows.size - n_before) / (rate + after[:, None])
    return OneChange(
        log_evidence=np.array([float(log_side(np.array(float(lows.size)), total[0])), float(log_one)]),
        position=np.exp(log_place - log_sum(log_place, axis=0)),
        rates=np.array([float((weight * mean_before).sum()), float((weight * mean_after).sum())]),
    )


def _ways(share: Floats) -> Floats:
    """For each place, the law of the number of events before it, shape (k, n + 1)."""
    ways = np.zeros((share.shape[0], share.shape[1] + 1))
    ways[:, 0] = 1.0
    for i in range(share.shape[1]):
        u = share[:, [i]]
        ways[:, 1 : i + 2] = ways[:, 1 : i + 2] * (1 - u) + ways[:, : i + 1] * u
        ways[:, [0]] *= 1 - u
    return ways
