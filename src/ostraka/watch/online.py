"""Watching as counts come in: the Poisson CUSUM with its run length, and how long the present rate has held."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, xlogy

from ostraka.errors import InputError
from ostraka.watch.inputs import Floats, number, positive, probability, whole_counts

_LARGEST_DENOMINATOR = 1000
_MOST_STATES = 4000
_FINEST = 60
_LONGEST_RUN = 1e12
_MOST_COUNTS = 5000


def cusum_arl(mean: float, *, k: float, h: float, fast_start: bool = False) -> float:
    """Average run length of the upper Poisson CUSUM: observations until it signals.

    Parameters
    ----------
    mean : float
        Expected count per observation, above 0.
    k : float
        Reference value, above 0: S ← max(0, S + count - k). Near (m1 - m0)/(ln m1 - ln m0) to detect a rise
        of the mean from m0 to m1.
    h : float
        Limit, above 0: the alarm is at S ≥ h.
    fast_start : bool
        Whether S begins at floor(h/2) instead of 0 (fast initial response).

    Returns
    -------
    float
        Observations, the one that signals included. Divide by the observations a year to have years.

    Raises
    ------
    InputError
        If k is no fraction with a denominator up to 1,000, or the chain has more than 4,000 states.

    Notes
    -----
    The states of S below h are the multiples of 1/q, q the denominator of k; with their transition matrix Q
    the run lengths solve (I - Q) L = 1. Some programs signal at S > h: their limit h is ours plus 1/q.

    References
    ----------
    Lucas, J. M. (1985). Counted data CUSUM's. Technometrics 27, 129-144.

    Examples
    --------
    >>> round(cusum_arl(1.88, k=2, h=6), 8), round(cusum_arl(1.88, k=2, h=6, fast_start=True), 8)
    (37.20325417, 29.18782131)
    """
    mean, h = positive("mean", mean), positive("h", h)
    step = Fraction(positive("k", k)).limit_denominator(_LARGEST_DENOMINATOR)
    if abs(float(step) - k) > 1e-9:
        raise InputError(f"k must be a fraction with a denominator up to {_LARGEST_DENOMINATOR}, not {k!r}; round it")
    q, drop = step.denominator, step.numerator
    n_states = max(math.ceil(h * q - 1e-9), 1)
    if n_states > _MOST_STATES or drop > _MOST_STATES * q:
        raise InputError(
            f"k = {step} and h = {h:g} make {n_states} states, more than {_MOST_STATES}; round k or lower h"
        )
    stays = _transition(mean, q=q, drop=drop, n_states=n_states)
    try:
        run_length = np.linalg.solve(np.eye(n_states) - stays, np.ones(n_states))
    except np.linalg.LinAlgError:
        run_length = np.full(n_states, np.inf)
    found = float(run_length[min(math.floor(h / 2) * q, n_states - 1) if fast_start else 0])
    if not 0 < found < _LONGEST_RUN:
        raise InputError(
            f"an alarm comes once in more than {_LONGEST_RUN:g} observations, too rarely to say; lower h or k"
        )
    return found


def _transition(mean: float, *, q: int, drop: int, n_states: int) -> Floats:
    """Probabilities from state to state, in steps of 1/q."""
    start = np.arange(n_states)[:, None]
    counts = np.arange(math.floor((n_states - 1 + drop) / q) + 1)[None, :]
    p = np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1))
    goal = np.maximum(start + counts * q - drop, 0)
    stays = goal < n_states
    rows = np.broadcast_to(start, goal.shape)
    matrix = np.zeros((n_states, n_states))
    np.add.at(matrix, (rows[stays], goal[stays]), np.broadcast_to(p, goal.shape)[stays])
    return matrix


@dataclass(frozen=True, slots=True, eq=False)
class Cusum:
    """A CUSUM run over counts.

    Attributes
    ----------
    path : ndarray of float64, shape (n,)
        S after each count; not set back after an alarm.
    alarm : ndarray of bool, shape (n,)
        Whether S ≥ h.
    k, h : float
    arl : float
        Observations until a false alarm, on average, if the mean stays as it was.
    """

    path: Floats
    alarm: np.ndarray[tuple[int], np.dtype[np.bool_]]
    k: float
    h: float
    arl: float


def cusum(counts: ArrayLike, *, mean: float, k: float, h: float, fast_start: bool = False) -> Cusum:
    """Run an upper Poisson CUSUM over counts.

    Parameters
    ----------
    counts : array_like of int, shape (n,)
    mean : float
        Expected count while nothing has changed; only the run length depends on it.
    k, h, fast_start
        See :func:`cusum_arl`.

    Examples
    --------
    >>> cusum([0, 1, 0, 4, 5], mean=1.0, k=2.0, h=4.0).alarm.tolist()
    [False, False, False, False, True]
    """
    seen = whole_counts("counts", counts)
    arl = cusum_arl(mean, k=k, h=h, fast_start=fast_start)
    level, path = float(math.floor(h / 2)) if fast_start else 0.0, []
    for count in seen:
        level = max(0.0, level + float(count) - k)
        path.append(level)
    values = np.array(path)
    return Cusum(values, values >= h - 1e-9, k, h, arl)


def run_lengths(counts: ArrayLike, *, hazard: float, shape: float, rate: float) -> Floats:
    """How long the present rate has held, after each count (online change detection).

    Parameters
    ----------
    counts : array_like of int, shape (n,)
        One per step, zeros included.
    hazard : float
        Probability of a change before each step.
    shape, rate : float
        Gamma prior of each new rate.

    Returns
    -------
    ndarray of float64, shape (n, n + 1)
        [t, r]: probability after count t that the rate has held for the last r counts.

    References
    ----------
    Adams, R. P. and MacKay, D. J. C. (2007). Bayesian online changepoint detection. arXiv:0710.3742.

    Examples
    --------
    >>> law = run_lengths([0, 0, 0, 6, 7, 5], hazard=0.1, shape=1.0, rate=1.0)
    >>> int(law[-1].argmax())
    3
    """
    seen = whole_counts("counts", counts)
    if seen.size > _MOST_COUNTS:
        raise InputError(f"{seen.size} counts are too many to follow every run; take {_MOST_COUNTS} at most")
    probability("hazard", hazard)
    a, b = np.array([positive("shape", shape)]), np.array([positive("rate", rate)])
    log_p, rows = np.zeros(1), np.zeros((seen.size, seen.size + 1))
    for t, count in enumerate(seen):
        log_seen = gammaln(a + count) - gammaln(a) - gammaln(count + 1) + a * np.log(b / (b + 1)) - count * np.log1p(b)
        grown = log_p + log_seen + np.log1p(-hazard)
        new = np.logaddexp.reduce(log_p + log_seen) + np.log(hazard)
        log_p = np.concatenate([[new], grown])
        log_p -= np.logaddexp.reduce(log_p)
        rows[t, : t + 2] = np.exp(log_p)
        a, b = np.concatenate([[shape], a + count]), np.concatenate([[rate], b + 1])
    return rows


def tuned_cusum(mean: float, *, rise: float = 5.0, arl: float) -> tuple[float, float]:
    """Reference value and limit of a CUSUM that waits for a rise and seldom cries wolf.

    Parameters
    ----------
    mean : float
        Expected count per observation while nothing has changed.
    rise : float
        Factor by which the mean would grow; above 1.
    arl : float
        Observations until a false alarm, at least, on average.

    Returns
    -------
    k, h : float
        k is a simple fraction near (m1 - m0)/ln(m1/m0); h the smallest limit in steps of k's denominator, at
        least 2, that keeps `arl`.

    Examples
    --------
    >>> tuned_cusum(1 / 12, arl=30 * 12)
    (0.2, 2.4)
    """
    positive("mean", mean)
    if not 1 < number("rise", rise) < _MOST_STATES:
        raise InputError(f"rise is a factor above 1, not {rise!r}")
    positive("arl", arl)
    best = mean * (rise - 1) / math.log(rise)
    if not 1e-6 < best < _MOST_STATES / 4:
        raise InputError(f"a mean of {mean:g} a count is too small or too large to watch one by one; take other bins")
    finest = min(max(10, math.ceil(2 / best)), _FINEST)
    step = max(Fraction(best).limit_denominator(finest), Fraction(1, finest))
    k, q = float(step), step.denominator
    low, high = 2 * q, 4 * q
    while cusum_arl(mean, k=k, h=high / q) < arl:
        low, high = high, 2 * high
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if cusum_arl(mean, k=k, h=middle / q) >= arl else (middle + 1, high)
    return k, low / q
