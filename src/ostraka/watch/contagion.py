"""Does one departure bring on the next: the exponential Hawkes process, by exact likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ostraka.errors import FitError, InputError
from ostraka.watch.inputs import Floats, event_times, number, positive

MIN_EVENTS = 3
"""Fewer events cannot tell triggering from chance."""

_DECAYS = 96
_ROUNDS, _CLOSER = 8, 17
_STEPS = 48
_VISIBLE = 1e-6


@dataclass(frozen=True, slots=True)
class HawkesFit:
    """Maximum likelihood fit of a self-exciting process.

    Attributes
    ----------
    mu : float
        Rate of events that nothing triggered, per unit of time.
    branching : float
        Expected number of events that one event triggers directly; 0 is a Poisson process.
    decay : float
        Rate at which triggering fades, per unit of time; 1/decay is the mean lag.
    log_likelihood, poisson_log_likelihood : float
        Of this process and of the constant rate.
    n_events : int
    """

    mu: float
    branching: float
    decay: float
    log_likelihood: float
    poisson_log_likelihood: float
    n_events: int

    def to_json(self) -> dict[str, Any]:
        """The fit as plain JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


def hawkes_log_likelihood(
    times: ArrayLike, start: float, end: float, *, mu: float, branching: float, decay: float
) -> float:
    """Log likelihood of event times under λ(t) = μ + Σ n β exp(-β (t - t_i)).

    Parameters
    ----------
    times : array_like of float, shape (n,)
        Times within the window; events at the same time do not trigger each other.
    start, end : float
        The window; nothing is assumed to have happened before it.
    mu, branching, decay : float
        μ, n and β.

    Examples
    --------
    >>> round(hawkes_log_likelihood([1.0, 2.0], 0.0, 4.0, mu=0.5, branching=0.0, decay=1.0), 6)
    -3.386294
    """
    seen = event_times(times, start, end)
    decays = np.array([positive("decay", decay)])
    if not (positive("mu", mu) and number("branching", branching) >= 0):
        raise InputError(f"mu must be above 0 and branching not negative, not {mu!r} and {branching!r}")
    kick = decays[:, None] * excitation(seen, decays)
    fading = -np.expm1(-decay * (end - seen)).sum()
    return float(np.log(mu + branching * kick).sum() - mu * (end - start) - branching * fading)


def excitation(times: Floats, decays: Floats) -> Floats:
    """Σ_{t_j < t_i} exp(-β (t_i - t_j)) for each β, shape (k, …, n); times sorted along the last axis."""
    steps = np.diff(times, axis=-1)
    faded = np.exp(-decays.reshape(-1, *[1] * times.ndim) * steps)
    level = np.zeros((decays.size, *times.shape))
    waiting = np.zeros((decays.size, *times.shape[:-1]))
    for i in range(1, times.shape[-1]):
        tied = steps[..., i - 1] == 0
        waiting = waiting + 1.0
        level[..., i] = np.where(tied, level[..., i - 1], faded[..., i - 1] * (level[..., i - 1] + waiting))
        waiting = np.where(tied, waiting, 0.0)
    return level


def fit_hawkes(times: ArrayLike, start: float, end: float) -> HawkesFit:
    """Fit a self-exciting process with exponential triggering by maximum likelihood.

    Parameters
    ----------
    times : array_like of float, shape (n,)
        Event times in any unit, within the window.
    start, end : float
        The window in the same unit; the likelihood counts from its start, not from the first event.

    Returns
    -------
    HawkesFit
        Rates per unit of time. A branching of 0 means that no triggering fits better than none.

    Raises
    ------
    InputError
        If a time lies outside the window.
    FitError
        If there are fewer than three events at different times, or the likelihood grows towards ever longer lags:
        then the rate drifts upwards, and no strength of triggering fits best.

    Notes
    -----
    For a given β the likelihood is concave in (μ, n), and at its maximum μT + nG = N with
    G = Σ(1 - exp(-β (T - t_i))): one bisection finds it. β is searched on a grid from the length of the
    window to the smallest gap, and ever finer grids around its best point.

    References
    ----------
    Ozaki, T. (1979). Maximum likelihood estimation of Hawkes' self-exciting point processes. Annals of the
    Institute of Statistical Mathematics 31, 145-155.

    Examples
    --------
    >>> fit = fit_hawkes([1.0, 1.1, 1.3, 6.0, 6.2, 9.0], 0.0, 12.0)
    >>> fit.branching > 0.3, fit.log_likelihood >= fit.poisson_log_likelihood
    (True, True)
    """
    seen = event_times(times, start, end)
    gaps = np.diff(seen)
    if (gaps > 0).sum() < MIN_EVENTS - 1:
        raise FitError(
            f"not enough data: triggering needs events at {MIN_EVENTS} different times, got {np.unique(seen).size}"
        )
    length = end - start
    constant = seen.size * np.log(seen.size / length) - seen.size

    def profile(log_decay: Floats) -> tuple[Floats, Floats]:
        return _profile(seen, start, end, np.exp(log_decay))

    grid = np.linspace(np.log(0.1 / length), np.log(10 / gaps[gaps > 0].min()), _DECAYS)
    value, _ = profile(grid)
    decay_ix = int(value.argmax())
    if not decay_ix and value[0] > constant + _VISIBLE:
        raise FitError(
            "no maximum: the likelihood grows towards lags longer than ten times the window, as it does for a rate that "
            "drifts upwards; ask for a change of the rate instead"
        )
    low, high = grid[max(decay_ix - 1, 0)], grid[min(decay_ix + 1, grid.size - 1)]
    for _ in range(_ROUNDS):
        closer = np.linspace(low, high, _CLOSER)
        value, branching = profile(closer)
        decay_ix = int(value.argmax())
        low, high = closer[max(decay_ix - 1, 0)], closer[min(decay_ix + 1, _CLOSER - 1)]
    decay, top, n = float(np.exp(closer[decay_ix])), float(value[decay_ix]), float(branching[decay_ix])
    fading = float(-np.expm1(-decay * (end - seen)).sum())
    return HawkesFit(
        mu=(seen.size - n * fading) / length,
        branching=n,
        decay=decay,
        log_likelihood=max(top, float(constant)),
        poisson_log_likelihood=float(constant),
        n_events=seen.size,
    )


def _profile(seen: Floats, start: float, end: float, decays: Floats) -> tuple[Floats, Floats]:
    """Largest log likelihood for each β, and the branching that gives it."""
    kick = decays[:, None] * excitation(seen, decays)
    fading = -np.expm1(-decays[:, None] * (end - seen)).sum(axis=1)
    length = end - start
    slope = kick - (fading / length)[:, None]
    low, high = np.zeros(decays.size), seen.size / fading * (1 - 1e-12)

    def intensity(n: Floats) -> Floats:
        return np.asarray(((seen.size - n * fading) / length)[:, None] + n[:, None] * kick)

    for _ in range(_STEPS):
        middle = (low + high) / 2
        rising = (slope / intensity(middle)).sum(axis=1) > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    n = np.where((slope / intensity(np.zeros(decays.size))).sum(axis=1) > 0, (low + high) / 2, 0.0)
    return np.log(intensity(n)).sum(axis=1) - seen.size, n
