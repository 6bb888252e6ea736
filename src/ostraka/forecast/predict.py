"""The forecast of one regime: probability, interval, base rate, comparison, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ostraka.errors import FitError, InputError
from ostraka.forecast.comparison import Comparison, compare
from ostraka.forecast.covariates import shipped_covariates
from ostraka.forecast.design import Rows, rows_of
from ostraka.forecast.effects import effects_of
from ostraka.forecast.ensemble import Ensemble
from ostraka.forecast.hazard import shipped_hazard, training_window
from ostraka.forecast.lookup import at_risk, display_name, find_regime
from ostraka.forecast.mixture import mean_of
from ostraka.forecast.modes import ModeShare, aftermath, fit_modes
from ostraka.forecast.panel import Panel, last_year_known, shipped_panel
from ostraka.forecast.past import history_of
from ostraka.forecast.record import shipped_record
from ostraka.forecast.result import Forecast, HorizonForecast
from ostraka.forecast.rolling import AVERAGED
from ostraka.forecast.sources import data_version
from ostraka.forecast.stacking import stack_weights
from ostraka.forecast.track import track_records
from ostraka.forecast.wording import what_it_rests_on
from ostraka.provenance import Provenance

LONGEST_HORIZON = 10
_RECENT_YEARS = 20


def forecast(
    regime: str,
    *,
    horizon: int | Iterable[int] = (1, 5),
    origin: int | None = None,
    level: float = 0.9,
    models: tuple[str, ...] = AVERAGED,
) -> Forecast:
    r"""Forecast the end of an autocratic regime from cross-national data.

    Parameters
    ----------
    regime : str
        Country name, ISO code or REIGN's name of the regime.
    horizon : int or iterable of int
        Years ahead, 1 to 10.
    origin : int, optional
        Year at whose end the forecast is made: outcomes and covariates of later years are not used. By default
        the last year of the panel (2020).
    level : float
        Coverage of the intervals, between 0 and 1.
    models : tuple of str
        Models to average, of :data:`ostraka.forecast.design.MODELS`.

    Returns
    -------
    Forecast
        Probability and interval per horizon, base rate, comparison group, partial effects, age of each covariate,
        and the plain sentence on what the number rests on.

    Raises
    ------
    InputError
        If the regime is unknown (near names are listed), or horizon, origin, level or models are out of range.
    FitError
        If too little had happened by the origin to estimate a hazard.

    Notes
    -----
    Each model m gives a hazard for each year k ahead from what is known at the origin,
    :math:`\mathrm{logit}\,h_{mk} = x'\beta_{mk}`, and the probability of an end within H years is
    :math:`1-\prod_{k\le H}(1-h_{mk})`. The forecast is the mixture over models and over the posterior of each
    :math:`\beta`; its interval is a pair of quantiles of that mixture. The weights of the models come from how their
    earlier forecasts had fared by the origin (:func:`ostraka.forecast.stacking.stack_weights`).

    References
    ----------
    Beck, N., Katz, J. N. and Tucker, R. (1998). Taking time seriously: time-series-cross-section analysis with a
    binary dependent variable. American Journal of Political Science 42(4): 1260-1288.

    Examples
    --------
    >>> found = forecast("North Korea", horizon=1)
    >>> found.kind, found.horizons[0].low < found.horizons[0].probability < found.horizons[0].high
    ('party-personal', True)
    """
    years = _checked_horizons(horizon)
    if not 0 < level < 1:
        raise InputError(f"expected a level between 0 and 1, got {level}")
    origin = last_year_known() if origin is None else origin
    row = find_regime(shipped_panel(), regime, origin=origin)
    ensemble = shipped_ensemble(origin, models, horizon=years[-1])
    parameters = {"regime": regime, "horizon": list(years), "origin": origin, "level": level, "models": list(models)}
    provenance = Provenance("forecast", parameters | {"data": data_version()})
    return _describe(ensemble, row, years=years, level=level, provenance=provenance)


def shipped_ensemble(origin: int, models: tuple[str, ...] = AVERAGED, *, horizon: int = 1) -> Ensemble:
    """The models fitted to the shipped data as they stood at the end of a year, weighted by how they had fared."""
    if not models:
        raise InputError("expected at least one model to average")
    panel = shipped_panel()
    last_year = min(origin, last_year_known())
    fits = tuple(tuple(shipped_hazard(name, last_year, lead) for lead in range(1, horizon + 1)) for name in models)
    weights = np.full(len(models), 1 / len(models))
    if set(models) <= set(shipped_record().models()):
        weights = stack_weights(shipped_record(), panel, origin=origin, models=models)
    return Ensemble(panel, shipped_covariates(), origin, fits, weights)


def _checked_horizons(horizon: int | Iterable[int]) -> tuple[int, ...]:
    given = [horizon] if isinstance(horizon, int) else list(horizon)
    bad = [item for item in given if not (isinstance(item, int) and 1 <= item <= LONGEST_HORIZON)]
    if bad or not given:
        raise InputError(f"expected horizons of 1 to {LONGEST_HORIZON} whole years, got {bad or given}")
    return tuple(sorted(set(given)))


def _describe(
    ensemble: Ensemble, row: int, *, years: tuple[int, ...], level: float, provenance: Provenance
) -> Forecast:
    now = at_risk(ensemble.panel, ensemble.origin)
    richest = max((leads[0] for leads in ensemble.models), key=lambda model: len(model.scaling.names))
    effects = effects_of(ensemble, row, level=level)
    comparison = _comparison(ensemble, row)
    risk = ensemble.mean(ensemble.within(1))
    country, past = display_name(str(now.country[row])), _window(ensemble)
    return Forecast(
        country=country,
        case=str(now.case[row]),
        kind=str(now.kind[row]),
        origin=ensemble.origin,
        years_in_power=int(now.duration[row]) - 1,
        level=level,
        horizons=tuple(_horizon(ensemble, row, years=item, level=level) for item in years),
        next_year=float(risk[row]),
        rank=(int((risk > risk[row]).sum()) + 1, len(risk)),
        aftermath=_aftermath(ensemble, row, level=level),
        comparison=comparison,
        effects=effects,
        history=history_of(ensemble, past.where(past.case == now.case[row]), level=level),
        rests_on=what_it_rests_on(
            country,
            comparison,
            effects=effects,
            n_events=richest.n_events,
            years=(richest.last_year, ensemble.origin),
        ),
        tracks=track_records(ensemble.origin, years) if set(_names(ensemble)) == set(AVERAGED) else (),
        weights=dict(zip(_names(ensemble), ensemble.weights.tolist(), strict=True)),
        n_rows=richest.n_rows,
        n_events=richest.n_events,
        provenance=provenance,
    )


def _names(ensemble: Ensemble) -> list[str]:
    return [leads[0].model for leads in ensemble.models]


def _horizon(ensemble: Ensemble, row: int, *, years: int, level: float) -> HorizonForecast:
    within = ensemble.within(years)
    low, high = ensemble.interval(within, row, level=level)
    window = _window(ensemble)
    rates = [part.fail.mean() for part in (window, window.where(window.year > ensemble.origin - _RECENT_YEARS))]
    return HorizonForecast(
        years=years,
        until=ensemble.origin + years,
        probability=float(ensemble.mean(within)[row]),
        low=low,
        high=high,
        base_rate=float(1 - (1 - rates[0]) ** years),
        recent_rate=float(1 - (1 - rates[1]) ** years),
        by_model={
            leads[0].model: float(mean_of(each[row])) for leads, each in zip(ensemble.models, within, strict=True)
        },
    )


def _window(ensemble: Ensemble) -> Panel:
    return training_window(ensemble.panel, last_year=ensemble.models[0][0].last_year, lead=1)


def _comparison(ensemble: Ensemble, row: int) -> Comparison:
    """Likeness in the richest model, where the regime is placed by all that is known."""
    richest = max((leads[0] for leads in ensemble.models), key=lambda model: len(model.scaling.names))
    window = _window(ensemble)
    now = at_risk(ensemble.panel, ensemble.origin)
    now = now.where(np.arange(len(now)) == row)
    known = rows_of(now, ensemble.covariates)
    return compare(window, rows_of(window, ensemble.covariates), richest.scaling, now=now, known=known)


def _aftermath(ensemble: Ensemble, row: int, *, level: float) -> tuple[ModeShare, ...]:
    """Most likely first; empty where too few regimes had ended for two kinds to compete."""
    last_year = ensemble.models[0][0].last_year
    known = ensemble.ahead(1)
    mine = Rows(known.values[[row]], known.age[[row]], known.names)
    try:
        model = fit_modes(ensemble.panel, ensemble.covariates, aftermath(ensemble.panel), last_year=last_year)
    except FitError:
        return ()
    return tuple(sorted(model.shares(mine, level=level)[0], key=lambda item: -item.share))
