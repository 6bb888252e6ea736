"""How late departures are reported, and how many have happened that nobody has reported yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import log_ndtr, ndtr

from ostraka.errors import FitError, InputError
from ostraka.watch.inputs import Floats, numbers, positive

MIN_DELAYS = 5
"""Fewer delays than this say too little; the law is then mostly its prior and says so."""

PRIOR_MEDIAN_DAYS = 90.0
PRIOR_LOG_MEDIAN_SD = 2.0
PRIOR_SPREAD = 1.2
PRIOR_LOG_SPREAD_SD = 0.5

_HALF_DAY = 0.5
_GRID = (26, 18)
_KEEP = 1e-3
_CURVE_DAYS = np.concatenate([[0.0, 1.0, 3.0], np.geomspace(7, 14610, 40).round()])


@dataclass(frozen=True, slots=True, eq=False)
class DelayLaw:
    """Law of the days between a departure and its first report: lognormal laws with their probabilities.

    Attributes
    ----------
    log_median : ndarray of float64, shape (k, s)
        Log of the median delay in days, for each of s sectors.
    spread : ndarray of float64, shape (k, s)
        Standard deviation of the log delay.
    weight : ndarray of float64, shape (k,)
        Posterior probability of each of the k laws.
    share : ndarray of float64, shape (s,)
        Share of each sector among departures; one sector with share 1 where they are not told apart.
    n_delays : int
        Delays seen.
    longest_days : float
        Longest delay that could have been seen; what lies beyond is extrapolated, never observed.
    never_reported : float
        Share of departures that are never reported: a number of the user, not an estimate.
    """

    log_median: Floats
    spread: Floats
    weight: Floats
    share: Floats
    n_delays: int
    longest_days: float
    never_reported: float = 0.0

    @classmethod
    def single(
        cls, log_median: Floats, spread: Floats, weight: Floats, *, n_delays: int, longest_days: float
    ) -> DelayLaw:
        """A law that does not tell sectors apart; arguments of shape (k,)."""
        return cls(log_median[:, None], spread[:, None], weight, np.ones(1), n_delays, longest_days)

    def cdf(self, days: ArrayLike) -> Floats:
        """Probability that a departure is reported within so many days, averaged over the laws."""
        return np.asarray(self.cdf_each(days) @ self.weight, dtype=np.float64)

    def cdf_each(self, days: ArrayLike) -> Floats:
        """The same for each law, shape (…, k)."""
        since = np.asarray(days, dtype=np.float64)[..., None, None]
        with np.errstate(divide="ignore"):
            z = (np.log(np.maximum(since, 0.0)) - self.log_median) / self.spread
        each: Floats = (1 - self.never_reported) * (ndtr(z) @ self.share)
        return each

    def band(self, days: ArrayLike, level: float = 0.90) -> tuple[Floats, Floats]:
        """Equal-tailed band of the distribution function at each of `days`."""
        each = self.cdf_each(np.atleast_1d(np.asarray(days, dtype=np.float64)))
        order = np.argsort(each, axis=-1)
        mass = np.cumsum(self.weight[order], axis=-1)
        rows = np.arange(each.shape[0])
        tail = (1 - level) / 2

        def at(p: float) -> Floats:
            column = np.minimum((mass < p).sum(axis=-1), mass.shape[-1] - 1)
            picked: Floats = each[rows, order[rows, column]]
            return picked

        return at(tail), at(1 - tail)

    @property
    def median_days(self) -> float:
        """Median delay of the departures that are ever reported, averaged on the log scale."""
        return float(np.exp(self.weight @ self.log_median @ self.share))

    def to_json(self) -> dict[str, Any]:
        """The law in short and as a curve with its band, as plain JSON values."""
        days = _CURVE_DAYS
        low, high = self.band(days)
        return {
            "n_delays": self.n_delays,
            "median_days": self.median_days,
            "spread": float(self.weight @ self.spread @ self.share),
            "longest_days": self.longest_days,
            "never_reported": self.never_reported,
            "curve": {
                "days": days.tolist(),
                "reported": self.cdf(days).tolist(),
                "low_90": low.tolist(),
                "high_90": high.tolist(),
                "seen": (days <= self.longest_days).tolist(),
            },
        }


def reporting_delay(
    delay_days: ArrayLike,
    longest_days: ArrayLike,
    *,
    prior_median_days: float = PRIOR_MEDIAN_DAYS,
) -> DelayLaw:
    """Law of the reporting delay, from departures that have been reported.

    Only reports up to now are seen, so short delays are over-represented among the recent departures: each
    delay counts relative to the longest that could have been seen (right truncation).

    Parameters
    ----------
    delay_days : array_like of float, shape (n,)
        Days from each departure to its first report, not negative; may be empty (the prior alone).
    longest_days : array_like of float, shape (n,)
        Days from each departure to the end of the record, at least the delay.
    prior_median_days : float
        Centre of the weak prior of the median delay.

    Returns
    -------
    DelayLaw

    Raises
    ------
    InputError
        If a delay is negative or longer than could have been seen.
    FitError
        If no law of the family gives the delays a positive probability.

    Notes
    -----
    Likelihood Π f(d_i)/F(c_i), f lognormal; half a day is added to each delay. Prior: log median
    N(log m, 2²), log spread N(log 1.2, 0.5²). The posterior is summed on a grid, refined where it lies.
    Right truncation never identifies the part of the law beyond the longest delay that could be seen.

    References
    ----------
    Kalbfleisch, J. D. and Lawless, J. F. (1989). Inference based on retrospective ascertainment. Journal of
    the American Statistical Association 84, 360-372.

    Examples
    --------
    >>> law = reporting_delay([3, 30, 200, 45, 9, 400], [4000] * 6)
    >>> 10 < law.median_days < 200
    True
    """
    positive("prior_median_days", prior_median_days)
    log_delay, log_longest = checked_delays(delay_days, longest_days)

    def log_posterior(median: Floats, spread: Floats) -> Floats:
        prior = -0.5 * ((median - np.log(prior_median_days)) / PRIOR_LOG_MEDIAN_SD) ** 2
        value: Floats = prior + log_prior_spread(spread)
        return value + truncated_log_likelihood(log_delay, log_longest, median=median, spread=spread)

    centre = np.log(prior_median_days)
    median, spread, weight = _grid_posterior(log_posterior, (centre - 8, centre + 8), (np.log(0.1), np.log(8.0)))
    longest = float(np.exp(log_longest.max())) if log_longest.size else 0.0
    return DelayLaw.single(median, spread, weight, n_delays=log_delay.size, longest_days=longest)


def log_prior_spread(spread: Floats) -> Floats:
    """Log density of the weak prior of the spread, up to a constant."""
    log_p: Floats = -0.5 * (np.log(spread / PRIOR_SPREAD) / PRIOR_LOG_SPREAD_SD) ** 2
    return log_p


def truncated_log_likelihood(log_delay: Floats, log_longest: Floats, *, median: Floats, spread: Floats) -> Floats:
    """Σ log f(d_i)/F(c_i) of lognormal delays for each pair of log median and spread, up to a constant."""
    z = (log_delay - median[..., None]) / spread[..., None]
    cut = (log_longest - median[..., None]) / spread[..., None]
    value: Floats = (-0.5 * z**2 - np.log(spread)[..., None] - log_ndtr(cut)).sum(axis=-1)
    return value


def checked_delays(delay_days: ArrayLike, longest_days: ArrayLike) -> tuple[Floats, Floats]:
    """Log delays and log longest possible delays, half a day added to each.

    Raises
    ------
    InputError
        If a delay is negative, not finite or longer than could have been seen.
    """
    delay, longest = numbers("delay_days", delay_days).ravel(), numbers("longest_days", longest_days).ravel()
    _check(delay, longest)
    return np.log(delay + _HALF_DAY), np.log(longest + _HALF_DAY)


def _check(delay: Floats, longest: Floats) -> None:
    if delay.shape != longest.shape:
        raise InputError(f"{delay.size} delays but {longest.size} longest possible delays; give one for each")
    if not (np.isfinite(delay).all() and np.isfinite(longest).all()):
        raise InputError("delays must be finite; leave out departures without a first report")
    if (delay < 0).any():
        raise InputError(f"a report {-delay.min():g} days before its departure; correct the dates or leave it out")
    if (delay > longest).any():
        raise InputError("a delay is longer than could have been seen; the end of the record is too early")


def _grid_posterior(
    log_posterior: Callable[[Floats, Floats], Floats],
    median_range: tuple[float, float],
    log_spread_range: tuple[float, float],
) -> tuple[Floats, Floats, Floats]:
    """Posterior on a grid of log median and log spread, laid again where its mass lies."""
    for _ in range(3):
        m, s = np.meshgrid(
            np.linspace(*median_range, _GRID[0]), np.linspace(*log_spread_range, _GRID[1]), indexing="ij"
        )
        log_p = log_posterior(m, np.exp(s))
        if not np.isfinite(log_p).any():
            raise FitError("no lognormal law fits these delays")
        p = np.exp(log_p - log_p.max())
        inside = p > 1e-5
        step_m, step_s = m[1, 0] - m[0, 0], s[0, 1] - s[0, 0]
        median_range = (m[inside].min() - step_m, m[inside].max() + step_m)
        log_spread_range = (s[inside].min() - step_s, s[inside].max() + step_s)
    keep = p > _KEEP
    return m[keep], np.exp(s[keep]), p[keep] / p[keep].sum()
