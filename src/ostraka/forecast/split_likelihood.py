"""The likelihood of split-population durations and its gradient, row by row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ostraka.forecast.logit import expit

Array = npt.NDArray[np.float64]
_LARGEST_LOG = 300.0
"""Where a cumulative hazard stops growing: far past the point where anyone survives."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """What a fit sees.

    Parameters
    ----------
    timing, risk : ndarray of shape (n_rows, n_columns)
        With leading ones.
    duration, entry : ndarray of shape (n_rows,)
        Periods survived at the end and the start of the row.
    event : ndarray of shape (n_rows,)
        0 or 1.
    """

    timing: Array
    risk: Array
    duration: Array
    entry: Array
    event: Array


def value_and_gradient(theta: Array, sample: Sample, family: str) -> tuple[float, Array]:
    """Log-likelihood and its gradient.

    Parameters
    ----------
    theta : ndarray of shape (n_timing + n_risk + 1,)
        Timing coefficients, risk coefficients, minus log of the shape.
    sample : Sample
        Data.
    family : {"weibull", "loglogistic"}
        Of the durations of those at risk.
    """
    n_timing = sample.timing.shape[1]
    log_rate, shape = -(sample.timing @ theta[:n_timing]), float(np.exp(min(-theta[-1], 20.0)))
    at_risk = expit(sample.risk @ theta[n_timing:-1])
    end = _Survival(sample.duration, log_rate, shape, family)
    start = _Survival(sample.entry, log_rate, shape, family)
    alive_start = 1 - at_risk + at_risk * start.alive
    alive_end = np.maximum(1 - at_risk + at_risk * end.alive, 1e-300)
    y = sample.event
    happened = np.log(np.maximum(at_risk, 1e-300)) + end.log_density
    value = float((y * happened + (1 - y) * np.log(alive_end) - np.log(alive_start)).sum())
    by_timing = y * end.density_by_timing + (1 - y) * at_risk * end.alive_by_timing / alive_end
    by_timing -= at_risk * start.alive_by_timing / alive_start
    by_shape = y * end.density_by_shape + (1 - y) * at_risk * end.alive_by_shape / alive_end
    by_shape -= at_risk * start.alive_by_shape / alive_start
    spread = at_risk * (1 - at_risk)
    by_risk = y * (1 - at_risk) + (1 - y) * spread * (end.alive - 1) / alive_end
    by_risk -= spread * (start.alive - 1) / alive_start
    return value, np.r_[by_timing @ sample.timing, by_risk @ sample.risk, by_shape.sum()]


def probability_in_period(theta: Array, sample: Sample, family: str) -> Array:
    """Probability of the event between entry and duration, given none before entry."""
    n_timing = sample.timing.shape[1]
    log_rate, shape = -(sample.timing @ theta[:n_timing]), float(np.exp(-theta[-1]))
    at_risk = expit(sample.risk @ theta[n_timing:-1])
    alive = [
        1 - at_risk + at_risk * _Survival(when, log_rate, shape, family).alive
        for when in (sample.entry, sample.duration)
    ]
    return np.asarray(1 - alive[1] / alive[0])


class _Survival:
    """Survival and density of those at risk at some durations, with derivatives by ``x'beta`` and minus log shape."""

    __slots__ = (
        "alive",
        "alive_by_shape",
        "alive_by_timing",
        "density_by_shape",
        "density_by_timing",
        "log_density",
    )

    def __init__(self, duration: Array, log_rate: Array, shape: float, family: str) -> None:
        begun = duration > 0
        log_time = np.log(np.where(begun, duration, 1.0))
        reach = log_rate + log_time
        hazard = np.where(begun, np.exp(np.minimum(shape * reach, _LARGEST_LOG)), 0.0)
        by_timing, by_shape = -shape * hazard, -shape * reach * hazard
        if family == "weibull":
            self.alive = np.exp(-hazard)
            fall, pull = -self.alive, np.ones_like(hazard)
            self.log_density = np.log(shape) + shape * log_rate + (shape - 1) * log_time - hazard
        else:
            self.alive = 1 / (1 + hazard)
            fall, pull = -(self.alive**2), 2 * self.alive
            self.log_density = np.log(shape) + shape * log_rate + (shape - 1) * log_time - 2 * np.log1p(hazard)
        self.alive_by_timing, self.alive_by_shape = fall * by_timing, fall * by_shape
        self.density_by_timing = -shape - pull * by_timing
        self.density_by_shape = -1 - shape * reach - pull * by_shape
