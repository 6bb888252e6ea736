"""From regime-years to the matrix a model sees: lagged, filled and scaled from the training window alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ostraka.errors import InputError
from ostraka.forecast.catalogue import ECONOMY, ITEMS, LEADER, OPENNESS, SECOND_OPINIONS, Covariate
from ostraka.forecast.covariates import Covariates, shipped_covariates
from ostraka.forecast.panel import Panel, shipped_panel

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

REGIME = (
    Covariate("log_duration", "years in power", "doubling", "", step=math.log(2)),
    Covariate("personal", "personal rule", "step from a party regime to it", ""),
    Covariate("military", "military rule", "step from a party regime to it", ""),
    Covariate("monarchy", "monarchy", "step from a party regime to it", ""),
    Covariate("cold_war", "Cold War, to 1991", "step from no to yes", ""),
)
LAST_COLD_WAR_YEAR = 1991

_DURATION = ("log_duration",)
_TYPE = (*_DURATION, "personal", "military", "monarchy")
_ECONOMY = (*_TYPE, "cold_war", *(covariate.name for covariate in ECONOMY))
_LEADER = (*_ECONOMY, *(covariate.name for covariate in LEADER))
_OPENNESS = (*_LEADER, *(covariate.name for covariate in OPENNESS))
_ITEMS = (*_OPENNESS, *(covariate.name for covariate in ITEMS))
MODELS = {
    "duration": _DURATION,
    "type": _TYPE,
    "economy": _ECONOMY,
    "leader": _LEADER,
    "openness": _OPENNESS,
    "items": _ITEMS,
}
"""Nested sets of covariates, from duration alone to V-Dem's items (coded in hindsight)."""


@cache
def described(name: str) -> Covariate:
    """Label, unit and source of a column."""
    return next(item for item in (*REGIME, *ECONOMY, *LEADER, *OPENNESS, *ITEMS, *SECOND_OPINIONS) if item.name == name)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Regime-years with everything known `lead` years before.

    Parameters
    ----------
    values : ndarray of shape (n_rows, n_columns)
        NaN where nothing was known.
    age : ndarray of shape (n_rows, n_columns)
        Years between measurement and the end of the year of origin.
    names : tuple of str
        Columns.
    """

    values: Array
    age: Ints
    names: tuple[str, ...]

    def pick(self, names: tuple[str, ...]) -> Array:
        """The named columns."""
        missing = [name for name in names if name not in self.names]
        if missing:
            raise InputError(f"no column called {', '.join(missing)}; there are {', '.join(self.names)}")
        return self.values[:, [self.names.index(name) for name in names]]


def rows_of(panel: Panel, covariates: Covariates, *, lead: int = 1) -> Rows:
    """What was known `lead` years before each regime-year.

    Parameters
    ----------
    panel : Panel
        Regime-years.
    covariates : Covariates
        Values by country and year.
    lead : int
        Years from the end of the year of origin to the year of the outcome; 1 is the next year.
    """
    country, age = covariates.at(panel.cow, panel.year - lead)
    regime = np.column_stack(
        [
            np.log(panel.duration),
            *(panel.family == family for family in ("personal", "military", "monarchy")),
            panel.year <= LAST_COLD_WAR_YEAR,
        ]
    ).astype(float)
    names = tuple(covariate.name for covariate in REGIME) + covariates.names
    return Rows(np.hstack([regime, country]), np.hstack([np.zeros(regime.shape, np.int64), age]), names)


def regime_years(lead: int = 1) -> pd.DataFrame:
    """The shipped panel with every covariate joined by country code, as known `lead` years before.

    Parameters
    ----------
    lead : int
        Years from the end of the year of origin to the year at risk.

    Returns
    -------
    DataFrame
        One row per regime and year; missing values stay missing.

    Examples
    --------
    >>> table = regime_years()
    >>> len(table), "polyarchy" in table, "lexical_index" in table
    (5805, True, True)
    """
    panel = shipped_panel()
    rows = rows_of(panel, shipped_covariates(), lead=lead)
    return panel.frame().assign(**{name: rows.values[:, ix] for ix, name in enumerate(rows.names)})


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """How columns were filled and scaled, learned from training rows alone.

    Parameters
    ----------
    names : tuple of str
        Columns kept: those that vary in training.
    fill, centre, spread : ndarray of shape (n_kept,)
        Median that replaces a missing value; mean and standard deviation after filling.
    dropped : tuple of str
        Columns that were constant or empty in training.
    """

    names: tuple[str, ...]
    fill: Array
    centre: Array
    spread: Array
    dropped: tuple[str, ...]

    def design(self, rows: Rows) -> Array:
        """Ones, then the kept columns filled and scaled."""
        values = rows.pick(self.names)
        filled = np.where(np.isnan(values), self.fill, values)
        return np.column_stack([np.ones(len(values)), (filled - self.centre) / self.spread])


def learn_scaling(rows: Rows, names: tuple[str, ...]) -> Scaling:
    """Medians, means and spreads of the training rows; columns without variation are dropped and named."""
    values = rows.pick(names)
    known: npt.NDArray[np.bool_] = np.atleast_1d((~np.isnan(values)).any(axis=0))
    fill = np.array(
        [np.nanmedian(column) if any_known else 0.0 for column, any_known in zip(values.T, known, strict=True)]
    )
    filled = np.where(np.isnan(values), fill, values)
    spread = filled.std(axis=0)
    keep = spread > 1e-12
    kept = tuple(name for name, flag in zip(names, keep, strict=True) if flag)
    dropped = tuple(name for name, flag in zip(names, keep, strict=True) if not flag)
    return Scaling(kept, fill[keep], filled.mean(axis=0)[keep], spread[keep], dropped)
