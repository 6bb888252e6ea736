"""One change of the rate where every time is known exactly; and one change under a prior that is itself uncertain."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, logsumexp, xlogy

from ostraka.errors import FitError, InputError
from ostraka.watch.inputs import Floats, event_times, exposures, number, positive, probability, whole_counts

_PARTS, _POINTS = 20_000, 4
_LOG_RATES = np.arange(-70.0, 40.0, 0.02)
_MOST_BINS = 3000


@dataclass(frozen=True, slots=True, eq=False)
class ChangeInTime:
    """When a rate changed, in continuous time.

    Attributes
    ----------
    mode, mean, median : float
        Of the time of the change.
    rates : tuple of float
        Expected rate before and after.
    log_bayes_factor : float or None
        Natural log of the evidence for one change over none; None under an improper prior, where it means nothing.
    best : float
        Time of the change with the largest likelihood, the rates being free.
    log_likelihood, poisson_log_likelihood : float
        Largest log likelihood with one change and with none.
    """

    mode: float
    mean: float
    median: float
    rates: tuple[float, float]
    log_bayes_factor: float | None
    best: float
    log_likelihood: float
    poisson_log_likelihood: float
    _edges: Floats = field(repr=False)
    _cumulative: Floats = field(repr=False)

    def quantile(self, p: float) -> float:
        """The time before which the change lies with probability `p`."""
        return float(np.interp(probability("p", p), self._cumulative, self._edges))

    def interval(self, level: float = 0.90) -> tuple[float, float]:
        """Equal-tailed interval of the time of the change."""
        tail = (1 - probability("level", level)) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values."""
        names = ("mode", "mean", "median", "log_bayes_factor", "best", "log_likelihood", "poisson_log_likelihood")
        return {name: getattr(self, name) for name in names} | {
            "rates": list(self.rates),
            "interval_90": list(self.interval(0.90)),
        }


def change_in_time(
    times: ArrayLike, start: float, end: float, *, shape: float = 0.5, rate: float | None = None
) -> ChangeInTime:
    """When did the rate of a Poisson process change, if once, the times being known exactly.

    Parameters
    ----------
    times : array_like of float, shape (n,)
        Event times in any unit, within the window; at least two different ones.
    start, end : float
        The window in the same unit; the change is equally likely anywhere in it.
    shape, rate : float
        Gamma prior of both rates; by default its mean is the rate of the whole record. A rate of 0 is improper
        (Raftery and Akman's choice with shape 1/2): the time is still well defined, the Bayes factor is not.

    Raises
    ------
    InputError
        If a time lies outside the window or the prior is no Gamma law.
    FitError
        If there are fewer than two events at different times.

    Notes
    -----
    Between two events the density of the time t of the change is proportional to
    Γ(a + n₁) Γ(a + n₂) (b + t)^-(a + n₁) (b + T - t)^-(a + n₂), integrated by Gauss-Legendre in each gap. It is
    log-convex there, so its mode is at an event.

    References
    ----------
    Raftery, A. E. and Akman, V. E. (1986). Bayesian analysis of a Poisson process with a change-point.
    Biometrika 73, 85-89.

    Examples
    --------
    >>> found = change_in_time([5.0, 17.0, 30.0, 31.0, 31.5, 33.0, 34.0, 36.0, 38.0], 0.0, 40.0)
    >>> found.mode, found.rates[0] < 0.1 < 0.4 < found.rates[1]
    (30.0, True)
    """
    seen = event_times(times, start, end) - start
    length, n = end - start, seen.size
    if np.unique(seen).size < 2:
        raise FitError("not enough data: a change needs events at two different times at least")
    positive("shape", shape)
    b = shape * length / n if rate is None else number("rate", rate)
    if b < 0 or b > 1e50:
        raise InputError(f"rate must be a finite number from 0 upwards, not {rate!r}")
    edges, nodes, weight = _gaps(seen, length)
    before = np.searchsorted(seen, nodes, side="right")
    log_p = _log_density(before, n, nodes, length, shape=shape, rate=b)
    mass = np.exp(log_p - log_p.max()) * weight
    total = float(mass.sum())
    one = float(log_p.max() + np.log(total / length))
    none = shape * np.log(b) - gammaln(shape) + gammaln(shape + n) - (shape + n) * np.log(b + length) if b else None
    inner = seen[(seen > 0) & (seen < length)]
    ends = np.searchsorted(seen, inner, side="right"), np.searchsorted(seen, inner, side="left")
    at_events = np.stack([_log_density(k, n, inner, length, shape=shape, rate=b) for k in ends])
    steps = np.stack([_log_step(k, n, inner, length) for k in ends])
    cumulative = np.concatenate([[0.0], mass.reshape(-1, _POINTS).sum(axis=1).cumsum() / total])
    return ChangeInTime(
        mode=start + float(inner[at_events.max(axis=0).argmax()]),
        mean=start + float(mass @ nodes) / total,
        median=start + float(np.interp(0.5, cumulative, edges)),
        rates=(
            float(mass @ ((shape + before) / (b + nodes))) / total,
            float(mass @ ((shape + n - before) / (b + length - nodes))) / total,
        ),
        log_bayes_factor=None if none is None else one - float(none),
        best=start + float(inner[steps.max(axis=0).argmax()]),
        log_likelihood=float(steps.max()),
        poisson_log_likelihood=float(n * np.log(n / length) - n),
        _edges=start + edges,
        _cumulative=cumulative,
    )


def _gaps(seen: Floats, length: float) -> tuple[Floats, Floats, Floats]:
    """Edges, nodes and weights of Gauss-Legendre in small parts of every gap, finer towards its ends."""
    knots = np.unique(np.concatenate([[0.0], seen, [length]]))
    share = (1 - np.cos(np.linspace(0, np.pi, max(_PARTS // knots.size, 8) + 1))) / 2
    share = share**2 * (3 - 2 * share)
    parts = (knots[:-1, None] + np.diff(knots)[:, None] * share)[:, :-1].ravel()
    edges = np.concatenate([parts, [length]])
    x, w = np.polynomial.legendre.leggauss(_POINTS)
    half = np.diff(edges)[:, None] / 2
    return edges, (edges[:-1, None] + half * (x + 1)).ravel(), (half * w).ravel()


def _log_density(before: Any, n: int, at: Floats, length: float, *, shape: float, rate: float) -> Floats:
    constant = 2 * (shape * np.log(rate) - gammaln(shape)) if rate else 0.0
    after = n - before
    ways = constant + gammaln(shape + before) + gammaln(shape + after)
    log_p: Floats = ways - (shape + before) * np.log(rate + at) - (shape + after) * np.log(rate + length - at)
    return log_p


def _log_step(before: Any, n: int, at: Floats, length: float) -> Floats:
    """Log likelihood of a step at a time, both rates at their best."""
    after = n - before
    log_l: Floats = xlogy(before, before / at) + xlogy(after, after / (length - at)) - n
    return log_l


@dataclass(frozen=True, slots=True, eq=False)
class UncertainPriorChange:
    """Place of one change under a prior whose scale is uncertain.

    Attributes
    ----------
    position : ndarray of float64, shape (n - 1,)
        Probability that each bin is the last before the change.
    rates : ndarray of float64, shape (2,)
        Expected rate before and after.
    """

    position: Floats
    rates: Floats


def change_under_uncertain_prior(
    counts: ArrayLike, exposure: ArrayLike | None = None, *, shape: float = 0.5
) -> UncertainPriorChange:
    """Where is the one change, if each rate is Gamma(shape, b) with a b of its own, p(b) ∝ exp(-b)/b.

    Parameters
    ----------
    counts : array_like of int, shape (n,)
        Events per bin, two bins at least.
    exposure : array_like of float, shape (n,), optional
        Exposure per bin; 1 if not given.
    shape : float

    Raises
    ------
    InputError
        If the counts are none, or there is one bin alone.

    Notes
    -----
    Then p(λ) ∝ λ^(a-1) (1 + λ)^-a; the evidence of a piece, ∫ λ^N exp(-λE) p(λ) dλ, is summed over log λ. The
    prior is improper, so nothing is said of whether there was a change.

    References
    ----------
    Carlin, B. P., Gelfand, A. E. and Smith, A. F. M. (1992). Hierarchical Bayesian analysis of changepoint
    problems. Applied Statistics 41, 389-405.

    Examples
    --------
    >>> int(change_under_uncertain_prior([0, 1, 0, 1, 0, 4, 6, 5]).position.argmax())
    4
    """
    seen = whole_counts("counts", counts)
    span = exposures(exposure, seen)
    positive("shape", shape)
    if seen.size > _MOST_BINS:
        raise InputError(f"{seen.size} bins are too many; take {_MOST_BINS} at most")
    if seen.size < 2:
        raise InputError("one bin has no place for a change; give two at least")
    events, years = np.cumsum(seen), np.cumsum(span)
    log_head, head = _piece(events[:-1], years[:-1], shape)
    log_tail, tail = _piece(events[-1] - events[:-1], years[-1] - years[:-1], shape)
    log_p = log_head + log_tail
    position = np.exp(log_p - logsumexp(log_p))
    return UncertainPriorChange(position, np.array([position @ head, position @ tail]))


def _piece(events: Any, span: Floats, shape: float) -> tuple[Floats, Floats]:
    """Log evidence and expected rate of pieces, by the trapezoid rule over the log of the rate."""
    fall = np.exp(_LOG_RATES)
    log_prior = shape * _LOG_RATES - shape * np.log1p(fall)
    log_p = log_prior + events[:, None] * _LOG_RATES - span[:, None] * fall
    log_total = logsumexp(log_p, axis=1)
    return log_total, np.exp(logsumexp(log_p + _LOG_RATES, axis=1) - log_total)
