"""The hazard of breakdown per regime-year, one model for each number of years ahead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ostraka.errors import FitError, InputError
from ostraka.forecast.covariates import Covariates, shipped_covariates
from ostraka.forecast.design import MODELS, Rows, Scaling, learn_scaling, rows_of
from ostraka.forecast.logit import LogitFit, Penalty, fit_logit
from ostraka.forecast.panel import Panel, shipped_panel

Array = npt.NDArray[np.float64]

FIRST_YEAR = 1951
"""Covariates begin in 1950, so that 1951 is the first year with something known the year before."""


@dataclass(frozen=True, slots=True, eq=False)
class HazardModel:
    """Probability that a regime in power ends in the year `lead` years ahead, given that it lasted so far.

    Parameters
    ----------
    model : str
        Name of the set of covariates.
    lead : int
        Years from what is known to the year at risk.
    last_year : int
        Last year of outcomes it was fitted to.
    scaling : Scaling
        How columns are filled and scaled.
    fit : LogitFit
        Coefficients and covariance.
    n_rows, n_events : int
        Regime-years and ends in the training window.
    """

    model: str
    lead: int
    last_year: int
    scaling: Scaling
    fit: LogitFit
    n_rows: int
    n_events: int

    def log_odds(self, rows: Rows) -> tuple[Array, Array]:
        """Log odds of each row and their standard error."""
        design = self.scaling.design(rows)
        spread = np.einsum("ij,jk,ik->i", design, self.fit.cov, design)
        return design @ self.fit.coef, np.sqrt(spread)


def fit_hazard(
    panel: Panel,
    covariates: Covariates,
    model: str = "openness",
    *,
    last_year: int,
    lead: int = 1,
    columns: tuple[str, ...] | None = None,
    penalty: Penalty = "ridge",
    ridge: float | None = None,
) -> HazardModel:
    """Fit the hazard of breakdown to what had happened by the end of `last_year`.

    Parameters
    ----------
    panel : Panel
        Regime-years; later ones are not looked at.
    covariates : Covariates
        Values by country and year.
    model : str
        One of :data:`ostraka.forecast.design.MODELS`, or a name of one's own with `columns`.
    last_year : int
        End of the training window.
    lead : int
        Years ahead.
    columns : tuple of str, optional
        Columns of the design; by default those of the model.
    penalty : {"ridge", "firth", "none"}
        See :func:`ostraka.forecast.logit.fit_logit`.
    ridge : float, optional
        Prior precision; by default the one with the largest evidence.

    Raises
    ------
    InputError
        If the model is unknown.
    FitError
        If the window holds no event.

    Examples
    --------
    >>> found = fit_hazard(shipped_panel(), shipped_covariates(), "type", last_year=1990)
    >>> dict(zip(("one", *found.scaling.names), found.fit.coef.round(1).tolist()))["military"] > 0
    True
    """
    if columns is None and model not in MODELS:
        raise InputError(f"expected a model of {', '.join(MODELS)}, got {model!r}")
    window = training_window(panel, last_year=last_year, lead=lead)
    rows = rows_of(window, covariates, lead=lead)
    scaling = learn_scaling(rows, MODELS[model] if columns is None else columns)
    outcome = window.fail.astype(float)
    fit = fit_logit(scaling.design(rows), outcome, penalty=penalty, ridge=ridge)
    return HazardModel(model, lead, last_year, scaling, fit, len(window), int(outcome.sum()))


def training_window(panel: Panel, *, last_year: int, lead: int) -> Panel:
    """Regime-years up to the origin that were already in power `lead` years before."""
    window = panel.where((panel.year <= last_year) & (panel.year >= FIRST_YEAR - 1 + lead) & (panel.duration >= lead))
    if not len(window) or not window.fail.any():
        raise FitError(f"no regime ended up to {last_year}: a hazard cannot be estimated; choose a later origin")
    return window


@lru_cache(maxsize=64)
def shipped_hazard(model: str, last_year: int, lead: int) -> HazardModel:
    """The hazard fitted to the shipped data, kept in memory."""
    return fit_hazard(shipped_panel(), shipped_covariates(), model, last_year=last_year, lead=lead)
