"""How much each model counts in the average, learned from how its earlier forecasts fared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ostraka.forecast.panel import Panel
from ostraka.forecast.record import Record

Array = npt.NDArray[np.float64]

FEWEST_EVENTS = 10
"""Below this number of scored events all models count the same."""


def stack_weights(record: Record, panel: Panel, *, origin: int, models: Sequence[str]) -> Array:
    r"""Weights of models at an origin, from one-year forecasts whose outcome was known by then.

    Parameters
    ----------
    record : Record
        Earlier one-year forecasts of the models.
    panel : Panel
        What happened; only outcomes up to the origin are looked at.
    origin : int
        Year at whose end one looks ahead.
    models : sequence of str
        Models to weigh.

    Returns
    -------
    ndarray of shape (n_models,)
        Adding up to one; equal where fewer than ten events had been scored.

    Notes
    -----
    The weights maximise :math:`\sum_i\log\sum_m w_m\,\ell_{mi} + \tfrac1M\sum_m\log w_m`, where :math:`\ell_{mi}` is
    the probability that model m gave to what happened: the log score of the average, with one forecast's worth of
    prior towards equal weights.

    References
    ----------
    Yao, Y., Vehtari, A., Simpson, D. and Gelman, A. (2018). Using stacking to average Bayesian predictive
    distributions. Bayesian Analysis 13(3): 917-1007. doi:10.1214/17-BA1091
    """
    past = record.where((record.horizon == 1) & (record.origin < origin))
    equal = np.full(len(models), 1 / len(models))
    each = [past.of(model) for model in models]
    if not len(each[0]):
        return equal
    outcome = each[0].outcomes(panel.until(origin))
    if outcome.sum() < FEWEST_EVENTS:
        return equal
    said = np.array([part.probability for part in each])
    return best_weights(np.where(outcome == 1, said, 1 - said))


def best_weights(likelihood: Array) -> Array:
    """Mixture weights of largest log score, by expectation-maximisation.

    Parameters
    ----------
    likelihood : ndarray of shape (n_models, n_forecasts)
        Probability that each model gave to what happened.

    Examples
    --------
    >>> best_weights(np.array([[0.9] * 50, [0.1] * 50])).round(2).tolist()
    [0.99, 0.01]
    """
    weights = np.full(len(likelihood), 1 / len(likelihood))
    for _ in range(2000):
        share = weights[:, None] * likelihood
        updated = (share / share.sum(axis=0)).sum(axis=1) + 1 / len(weights)
        updated /= updated.sum()
        if np.abs(updated - weights).max() < 1e-8:
            break
        weights = updated
    return np.asarray(updated)
