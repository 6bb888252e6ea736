"""Several models as one forecast: a mixture whose spread holds both kinds of doubt, parameters and models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ostraka.forecast.logit import expit

Array = npt.NDArray[np.float64]

POINTS: Array = np.linspace(-4.5, 4.5, 181)
_MASS: Array = np.exp(-0.5 * POINTS**2) / np.exp(-0.5 * POINTS**2).sum()


def within_horizon(log_odds: Array, spread: Array) -> Array:
    """Probability of an end within the horizon at each standard normal point.

    Parameters
    ----------
    log_odds, spread : ndarray of shape (n_leads, n_rows)
        Log odds of each year's hazard and their standard errors.

    Returns
    -------
    ndarray of shape (n_rows, n_points)
        ``1 - prod(1 - hazard)``, with the errors of all leads moving together: the widest case, since they
        are learned from nearly the same events.
    """
    eta = log_odds[:, :, None] + spread[:, :, None] * POINTS
    return np.asarray(1.0 - np.prod(1.0 - expit(eta), axis=0))


def mean_of(within: Array) -> Array:
    """The probability, averaged over the doubt about parameters.

    Parameters
    ----------
    within : ndarray of shape (..., n_points)
        From :func:`within_horizon`.
    """
    return np.asarray(within @ _MASS)


def quantiles_of(within: Sequence[Array], weights: Array, levels: Sequence[float]) -> Array:
    """Quantiles of the mixture of models.

    Parameters
    ----------
    within : sequence of ndarray of shape (n_points,)
        One per model, rising.
    weights : ndarray of shape (n_models,)
        Adding up to one.
    levels : sequence of float
        Between 0 and 1.

    Examples
    --------
    >>> rising = np.linspace(0.1, 0.3, len(POINTS))
    >>> quantiles_of([rising], np.ones(1), [0.5]).round(3).tolist()
    [0.2]
    """
    values = np.concatenate(within)
    mass = np.concatenate([weight * _MASS for weight in weights])
    order = np.argsort(values, kind="stable")
    below = np.cumsum(mass[order]) - mass[order] / 2
    return np.interp(levels, below, values[order])
