"""Resampling countries: intervals that respect that one country's years belong together."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A number with its interval.

    Parameters
    ----------
    value, low, high : float
        Estimate and bounds.
    """

    value: float
    low: float
    high: float

    def to_json(self) -> dict[str, float | None]:
        """Plain JSON values; what does not exist is None."""
        return {name: value if np.isfinite(value) else None for name, value in asdict(self).items()}


def country_weights(cow: npt.NDArray[np.int64], n_resamples: int, *, rng: np.random.Generator) -> Array:
    """How often each row's country was drawn, in each bootstrap sample of countries.

    Parameters
    ----------
    cow : ndarray of shape (n_rows,)
        Country of each row.
    n_resamples : int
        Number of samples.
    rng : Generator
        Chance.

    Returns
    -------
    ndarray of shape (n_resamples, n_rows)
        Counts.

    Examples
    --------
    >>> country_weights(np.array([2, 2, 20]), 5, rng=np.random.default_rng(1)).shape
    (5, 3)
    """
    countries, which = np.unique(cow, return_inverse=True)
    counts = rng.multinomial(len(countries), np.full(len(countries), 1 / len(countries)), size=n_resamples)
    return counts[:, which].astype(float)


def weighted_brier(outcome: Array, probability: Array, weights: Array) -> Array:
    """Brier score in each resample, shape (n_resamples,)."""
    return np.asarray(weights @ (probability - outcome) ** 2 / weights.sum(axis=1))


def weighted_auc(outcome: Array, probability: Array, weights: Array) -> Array:
    """AUC in each resample, shape (n_resamples,); NaN where a resample holds no event."""
    distinct, group = np.unique(probability, return_inverse=True)
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(len(distinct)))
    events = np.add.reduceat((weights * outcome)[:, order], starts, axis=1)
    others = np.add.reduceat((weights * (1 - outcome))[:, order], starts, axis=1)
    below = np.cumsum(others, axis=1) - others / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((events * below).sum(axis=1) / (events.sum(axis=1) * others.sum(axis=1)))


def interval_of(value: float, draws: Array, level: float) -> Interval:
    """An estimate with the percentile interval of its resamples."""
    tails = [(1 - level) / 2, (1 + level) / 2]
    finite = draws[np.isfinite(draws)]
    if not len(finite):
        return Interval(value, float("nan"), float("nan"))
    low, high = np.quantile(finite, tails)
    return Interval(value, float(low), float(high))
