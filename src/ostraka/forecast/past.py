"""The hazard of one regime through time, and what made its peaks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ostraka.forecast.design import Rows, described, rows_of
from ostraka.forecast.ensemble import Ensemble
from ostraka.forecast.panel import Panel
from ostraka.forecast.result import PastHazard

Array = npt.NDArray[np.float64]

PEAK = 2.0
"""A year is a peak above this many times the regime's median."""


def history_of(ensemble: Ensemble, past: Panel, *, level: float) -> tuple[PastHazard, ...]:
    """One-year hazards of one regime's past years as the models, fitted today, see them.

    Parameters
    ----------
    ensemble : Ensemble
        Fitted models.
    past : Panel
        Years of one regime.
    level : float
        Coverage of the intervals.
    """
    rows = rows_of(past, ensemble.covariates)
    within = ensemble.next_year(rows)
    mean = ensemble.mean(within)
    because = _reasons(ensemble, rows, mean)
    return tuple(
        PastHazard(int(year), float(mean[ix]), *ensemble.interval(within, ix, level=level), because.get(ix, ""))
        for ix, year in enumerate(past.year)
    )


def _reasons(ensemble: Ensemble, rows: Rows, mean: Array) -> dict[int, str]:
    """For each peak, the covariate whose usual value in this regime would lower it most."""
    peaks = np.flatnonzero(mean > PEAK * np.median(mean)) if len(mean) else np.zeros(0, dtype=np.intp)
    names = list(dict.fromkeys(name for leads in ensemble.models for name in leads[0].scaling.names))
    found = {}
    for ix in peaks.tolist():
        changed = np.repeat(rows.values[[ix]], len(names), axis=0)
        for row, name in enumerate(names):
            column = rows.names.index(name)
            known = rows.values[~np.isnan(rows.values[:, column]), column]
            changed[row, column] = np.median(known) if len(known) else np.nan
        age = np.repeat(rows.age[[ix]], len(names), axis=0)
        without = ensemble.mean(ensemble.next_year(Rows(changed, age, rows.names)))
        found[ix] = described(names[int(np.argmin(without))]).label
    return found
