"""Calibration on a window of its own: shift and stretch forecasts by how earlier ones turned out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ostraka.forecast.logit import expit
from ostraka.forecast.panel import Panel
from ostraka.forecast.record import Record, join_records

Array = npt.NDArray[np.float64]

WINDOW_YEARS = 15
RECALIBRATED = "recalibrated"
_PRIOR_EVENTS = 10.0
"""Strength of the prior towards leaving forecasts as they are, in events."""


def learn_calibration(outcome: Array, probability: Array) -> tuple[float, float]:
    r"""Intercept and slope of the log odds that earlier forecasts would have needed.

    Parameters
    ----------
    outcome : ndarray of shape (n,)
        What happened.
    probability : ndarray of shape (n,)
        What had been said before.

    Returns
    -------
    intercept, slope : float
        Zero and one leave forecasts as they are; a Gaussian prior worth ten events holds both there.

    Notes
    -----
    Maximises the likelihood of :math:`\mathrm{logit}\,q = a + b\,\mathrm{logit}\,p` with prior precision
    :math:`10\,\bar p(1-\bar p)/\bar p` on :math:`a` and :math:`b-1`.

    References
    ----------
    Cox, D. R. (1958). Two further applications of a model for binary regression. Biometrika 45(3/4): 562-565.
    doi:10.1093/biomet/45.3-4.562

    Examples
    --------
    >>> learn_calibration(np.zeros(0), np.zeros(0))
    (0.0, 1.0)
    """
    if not len(outcome):
        return 0.0, 1.0
    log_odds = np.log(probability / (1 - probability))
    design, prior = np.column_stack([np.ones(len(log_odds)), log_odds]), np.array([0.0, 1.0])
    precision = np.full(2, _PRIOR_EVENTS * (1 - probability.mean()))
    coef = prior.copy()
    for _ in range(50):
        p = expit(design @ coef)
        information = (design * (p * (1 - p))[:, None]).T @ design + np.diag(precision)
        move = np.linalg.solve(information, design.T @ (outcome - p) - precision * (coef - prior))
        coef = coef + move * min(1.0, 2.0 / max(float(np.abs(move).max()), 1e-12))
        if np.abs(move).max() < 1e-10:
            break
    return float(coef[0]), float(coef[1])


def recalibrate(probability: Array, intercept: float, slope: float) -> Array:
    """Forecasts shifted and stretched on the log-odds scale.

    Examples
    --------
    >>> recalibrate(np.array([0.1]), 0.0, 1.0).round(6).tolist()
    [0.1]
    """
    p = np.clip(probability, 1e-9, 1 - 1e-9)
    return expit(intercept + slope * np.log(p / (1 - p)))


def add_recalibrated(record: Record, panel: Panel, *, model: str = "average", years: int = WINDOW_YEARS) -> Record:
    """Add a model recalibrated at each origin on the window of years before it.

    Parameters
    ----------
    record : Record
        Must hold the model at every origin.
    panel : Panel
        What happened; at each origin only what had happened by then is looked at.
    model : str
        Model to recalibrate.
    years : int
        Length of the window of earlier forecasts.

    Returns
    -------
    Record
        With rows of the model ``recalibrated`` appended.
    """
    parts = [record]
    for horizon in np.unique(record.horizon):
        rows = record.of(model, int(horizon))
        for origin in np.unique(rows.origin):
            past = rows.where((rows.origin >= origin - years) & (rows.origin < origin))
            outcome = past.outcomes(panel.until(int(origin)))
            known = ~np.isnan(outcome)
            fitted = learn_calibration(outcome[known], past.probability[known])
            now = rows.where(rows.origin == origin)
            parts.append(now.renamed(RECALIBRATED, recalibrate(now.probability, *fitted)))
    return join_records(parts)
