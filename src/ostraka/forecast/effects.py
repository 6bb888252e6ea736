"""What moves the number for one regime: partial effects with units, and the age of each value."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from ostraka.forecast.design import Rows, described
from ostraka.forecast.ensemble import Ensemble
from ostraka.forecast.hazard import HazardModel
from ostraka.forecast.result import Effect

Array = npt.NDArray[np.float64]


def effects_of(ensemble: Ensemble, row: int, *, level: float) -> tuple[Effect, ...]:
    """The effect of each covariate on one regime's one-year probability, largest move first.

    Parameters
    ----------
    ensemble : Ensemble
        Fitted models.
    row : int
        The regime among those at risk.
    level : float
        Coverage of the intervals of the odds ratios.
    """
    known = ensemble.ahead(1)
    mine = Rows(known.values[[row]], known.age[[row]], known.names)
    models = [leads[0] for leads in ensemble.models]
    names = dict.fromkeys(name for model in models for name in model.scaling.names)
    found = [_effect(ensemble, models, mine, name=name, level=level) for name in names]
    return tuple(sorted(found, key=lambda effect: -abs(effect.moves)))


def _effect(ensemble: Ensemble, models: list[HazardModel], mine: Rows, *, name: str, level: float) -> Effect:
    holders = [model for model in models if name in model.scaling.names]
    richest = max(holders, key=lambda model: len(model.scaling.names))
    ix = richest.scaling.names.index(name)
    about = described(name)
    per_spread = about.step / richest.scaling.spread[ix]
    slope, error = richest.fit.coef[ix + 1] * per_spread, np.sqrt(richest.fit.cov[ix + 1, ix + 1]) * per_spread
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    column = mine.names.index(name)
    value, typical = float(mine.values[0, column]), float(richest.scaling.centre[ix])
    return Effect(
        name=name,
        label=about.label,
        unit=about.unit,
        value=None if np.isnan(value) else about.natural(value),
        typical=about.natural(typical),
        odds_ratio=float(np.exp(slope)),
        low=float(np.exp(slope - reach)),
        high=float(np.exp(slope + reach)),
        moves=_moves(ensemble, mine, column=column, typical=typical),
        age_years=None if np.isnan(value) else int(mine.age[0, column]),
        hindsight=about.hindsight,
        source=about.source,
    )


def _moves(ensemble: Ensemble, mine: Rows, *, column: int, typical: float) -> float:
    """Probability as it is minus the probability with one value typical of the training window."""
    changed = mine.values.copy()
    changed[0, column] = typical
    now, other = (ensemble.mean(ensemble.next_year(rows))[0] for rows in (mine, replace(mine, values=changed)))
    return float(now - other)
