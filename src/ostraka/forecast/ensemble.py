"""The models that are averaged into one forecast, as they stood at the end of a year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ostraka.forecast.covariates import Covariates
from ostraka.forecast.design import Rows, rows_of
from ostraka.forecast.hazard import HazardModel
from ostraka.forecast.lookup import at_risk
from ostraka.forecast.mixture import mean_of, quantiles_of, within_horizon
from ostraka.forecast.panel import Panel

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """Hazard models for each year ahead, with the weight of each model.

    Parameters
    ----------
    panel : Panel
        Regime-years.
    covariates : Covariates
        Values by country and year.
    origin : int
        Year at whose end one looks ahead.
    models : tuple of tuple of HazardModel
        By model, then by lead from 1.
    weights : ndarray of shape (n_models,)
        Adding up to one.
    """

    panel: Panel
    covariates: Covariates
    origin: int
    models: tuple[tuple[HazardModel, ...], ...]
    weights: Array

    def ahead(self, lead: int) -> Rows:
        """What is known at the origin about each regime at risk, as rows `lead` years ahead."""
        return rows_of(at_risk(self.panel, self.origin, lead=lead), self.covariates, lead=lead)

    def within(self, horizon: int) -> list[Array]:
        """For each model, probabilities of an end within the horizon, shape (n_regimes, n_points)."""
        rows = [self.ahead(lead) for lead in range(1, horizon + 1)]
        return [_within(leads, rows) for leads in self.models]

    def next_year(self, rows: Rows) -> list[Array]:
        """For each model, one-year probabilities of any rows, shape (n_rows, n_points)."""
        return [_within(leads, [rows]) for leads in self.models]

    def mean(self, within: list[Array]) -> Array:
        """Probability of each row, averaged over models and over doubt about parameters."""
        return np.asarray(self.weights @ np.array([mean_of(each) for each in within]))

    def interval(self, within: list[Array], row: int, *, level: float) -> tuple[float, float]:
        """Quantiles of the mixture for one row."""
        tails = [(1 - level) / 2, (1 + level) / 2]
        low, high = quantiles_of([each[row] for each in within], self.weights, tails)
        return float(low), float(high)


def _within(leads: tuple[HazardModel, ...], rows: list[Rows]) -> Array:
    pairs = [model.log_odds(known) for model, known in zip(leads, rows, strict=False)]
    return within_horizon(np.array([eta for eta, _ in pairs]), np.array([spread for _, spread in pairs]))
