"""How late departures are reported, and how many have happened that nobody has reported yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, log_ndtr, ndtr, xlogy

from ostraka.errors import FitError, InputError
from ostraka.watch.inputs import Floats, positive
from ostraka.watch.mixtures import GammaMixture

MIN_DELAYS = 5
"""Fewer delays than this say too little; the law is then mostly its prior and says so."""

PRIOR_MEDIAN_DAYS = 90.0
PRIOR_LOG_MEDIAN_SD = 2.0
PRIOR_SPREAD = 1.2
PRIOR_LOG_SPREAD_SD = 0.5

_HALF_DAY = 0.5
_GRID = (26, 18)
_KEEP = 1e-3
_GROUPS = 200


@dataclass(frozen=True, slots=True, eq=False)
class DelayLaw:
    """Law of the days between a departure and its first report: lognormal laws with their probabilities.

    Attributes
    ----------
    log_median : ndarray of float64, shape (k,)
        Log of the median delay in days.
    spread : ndarray of float64, shape (k,)
        Standard deviation of the log delay.
    weight : ndarray of float64, shape (k,)
        Posterior probability of each law.
    n_delays : int
        Delays seen.
    longest_days : float
        Longest delay that could have been seen; what lies beyond is extrapolated, never observed.
    """

    log_median: Floats
    spread: Floats
    weight: Floats
    n_delays: int
    longest_days: float

    def cdf(self, days: ArrayLike) -> Floats:
        """Probability that a departure is reported within so many days, averaged over the laws."""
        return np.asarray(self.cdf_each(days) @ self.weight, dtype=np.float64)

    def cdf_each(self, days: ArrayLike) -> Floats:
        """The same for each law, shape (…, k)."""
        since = np.asarray(days, dtype=np.float64)[..., None]
        with np.errstate(divide="ignore"):
            z = (np.log(np.maximum(since, 0.0)) - self.log_median) / self.spread
        each: Floats = ndtr(z)
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
        """Median delay, averaged on the log scale."""
        return float(np.exp(self.weight @ self.log_median))

    def to_json(self) -> dict[str, Any]:
        """The law in short, as plain JSON values."""
        return {
            "n_delays": self.n_delays,
            "median_days": self.median_days,
            "spread": float(self.weight @ self.spread),
            "longest_days": self.longest_days,
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
    delay = np.asarray(delay_days, dtype=np.float64).ravel()
    longest = np.asarray(longest_days, dtype=np.float64).ravel()
    _check(delay, longest)
    positive("prior_median_days", prior_median_days)
    log_delay, log_longest = np.log(delay + _HALF_DAY), np.log(longest + _HALF_DAY)

    def log_posterior(median: Floats, spread: Floats) -> Floats:
        prior = -0.5 * ((median - np.log(prior_median_days)) / PRIOR_LOG_MEDIAN_SD) ** 2
        prior = prior - 0.5 * (np.log(spread / PRIOR_SPREAD) / PRIOR_LOG_SPREAD_SD) ** 2
        z = (log_delay - median[..., None]) / spread[..., None]
        cut = (log_longest - median[..., None]) / spread[..., None]
        value: Floats = prior + (-0.5 * z**2 - np.log(spread)[..., None] - log_ndtr(cut)).sum(axis=-1)
        return value

    centre = np.log(prior_median_days)
    median, spread, weight = _grid_posterior(log_posterior, (centre - 8, centre + 8), (np.log(0.1), np.log(8.0)))
    return DelayLaw(median, spread, weight, delay.size, float(longest.max(initial=0.0)))


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


def unreported(law: GammaMixture, unseen_exposure: ArrayLike, weight: ArrayLike | None = None) -> Floats:
    """Law of the number of departures that have happened but are not yet reported.

    Parameters
    ----------
    law : GammaMixture
        Law of the present rate per unit of exposure.
    unseen_exposure : array_like of float, shape (k,)
        Exposure that reports have not yet covered, ∫ e(t) (1 - F(now - t)) dt, under each delay law.
    weight : array_like of float, shape (k,), optional
        Probability of each delay law; equal if not given.

    Returns
    -------
    ndarray of float64, shape (n_max + 1,)
        Probability of 0, 1, 2, … departures still to be reported.

    Notes
    -----
    Given rate and delay law the number is Poisson(λ E_u), independent of what has been reported; with
    λ ~ Gamma(a + N, b + E_o) it is negative binomial. Laws with nearly the same exposure are joined.

    Examples
    --------
    >>> pmf = unreported(GammaMixture.single(30.5, 35.0), [0.5])
    >>> round(float(pmf[0]), 3)
    0.649
    """
    span = np.atleast_1d(np.asarray(unseen_exposure, dtype=np.float64))
    share = np.full(span.size, 1 / span.size) if weight is None else np.asarray(weight, dtype=np.float64)
    if share.shape != span.shape or not (span >= 0).all() or not np.isfinite(span).all():
        raise InputError("unseen exposure must be finite and not negative, one value for each weight")
    order = np.argsort(span)
    groups = np.array_split(order, min(order.size, 40))
    parts = []
    for group in groups:
        mass = share[group].sum()
        if mass > 0:
            mean = float(span[group] @ share[group] / mass)
            parts.append((mass, law.count_pmf(mean) if mean > 0 else np.ones(1)))
    pmf = np.zeros(max(part.size for _, part in parts))
    for mass, part in parts:
        pmf[: part.size] += mass * part
    total: Floats = pmf / share.sum()
    return total


def poisson_mixture(mean: Floats, weight: Floats) -> Floats:
    """Law of a count that is Poisson with each of `mean` with probability `weight`.

    Parameters
    ----------
    mean, weight : ndarray of float64, shape (k,)

    Returns
    -------
    ndarray of float64, shape (n_max + 1,)
    """
    reach = int(np.ceil(mean.max() + 8 * np.sqrt(mean.max()) + 8))
    edges = np.quantile(mean, np.linspace(0, 1, _GROUPS + 1))
    group = np.clip(np.searchsorted(edges, mean, side="right") - 1, 0, _GROUPS - 1)
    mass = np.bincount(group, weight, minlength=_GROUPS)
    centre = np.bincount(group, weight * mean, minlength=_GROUPS) / np.where(mass > 0, mass, 1.0)
    counts = np.arange(reach + 1)[:, None]
    pmf: Floats = np.exp(xlogy(counts, centre) - centre - gammaln(counts + 1)) @ (mass / mass.sum())
    return pmf
