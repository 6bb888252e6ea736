"""Vague dates drawn again and again: what is averaged over them, and how many of the draws really count."""

from __future__ import annotations

import numpy as np

from ostraka.errors import InputError
from ostraka.watch.departures import Departures
from ostraka.watch.inputs import Floats
from ostraka.watch.pieces import log_sum


def draw_times(found: Departures, n_draws: int, rng: np.random.Generator) -> Floats:
    """Days of the departures, uniform in their intervals, sorted; shape (n_draws, n).

    Each interval is cut into as many equal parts as there are draws and every part is used once, in random
    order (Latin hypercube): averages over the draws vary less.

    Parameters
    ----------
    found : Departures
    n_draws : int
        Draws wanted; 1 or more.
    rng : Generator
    """
    if n_draws < 1:
        raise InputError(f"the number of drawn date sets must be at least 1, not {n_draws}")
    parts = rng.permuted(np.tile(np.arange(n_draws)[:, None], (1, len(found))), axis=0)
    share = (parts + rng.random(parts.shape)) / n_draws
    return np.sort(found.low_day + share * (found.high_day - found.low_day), axis=1)


def average(log_evidence: Floats) -> tuple[Floats, Floats]:
    """Log of the mean evidence over draws, and the effective number of draws, along the last axis.

    Parameters
    ----------
    log_evidence : ndarray of float64, shape (…, n_draws)

    Returns
    -------
    log_mean, n_effective : ndarray of float64, shape (…)
        n_effective = (Σw)²/Σw²; near 1 the average hangs on one draw and should not be trusted.

    Examples
    --------
    >>> log_mean, n_effective = average(np.zeros(50))
    >>> float(log_mean), round(float(n_effective), 6)
    (0.0, 50.0)
    """
    total, squares = log_sum(log_evidence, axis=-1), log_sum(2 * log_evidence, axis=-1)
    with np.errstate(invalid="ignore"):
        n_effective = np.where(np.isfinite(total), np.exp(2 * total - squares), 0.0)
    return total - np.log(log_evidence.shape[-1]), n_effective
