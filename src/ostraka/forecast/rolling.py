"""Rolling origin by calendar year: at the end of each year, fit to what had happened and forecast what had not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.forecast.covariates import Covariates, shipped_covariates
from ostraka.forecast.design import MODELS, rows_of
from ostraka.forecast.forest import forest_probabilities
from ostraka.forecast.hazard import FIRST_YEAR, fit_hazard, training_window
from ostraka.forecast.lookup import at_risk
from ostraka.forecast.mixture import mean_of, within_horizon
from ostraka.forecast.panel import Panel, shipped_panel
from ostraka.forecast.record import Record, join_records
from ostraka.forecast.sources import data_version
from ostraka.forecast.stacking import stack_weights
from ostraka.provenance import software

Array = npt.NDArray[np.float64]

BASE = "base"
"""The rolling constant: the share of regime-years that ended, in the training window."""
FOREST = "forest"
AVERAGE = "average"
AVERAGED = ("type", "economy", "leader", "openness")
"""The models a forecast averages; V-Dem's items are left out, since they were coded in hindsight."""


def walk(
    origins: Iterable[int],
    *,
    models: Sequence[str] | Mapping[str, tuple[str, ...]] = (BASE, *MODELS),
    horizons: Sequence[int] = (1,),
    panel: Panel | None = None,
    covariates: Covariates | None = None,
    rng: RNG = None,
) -> Record:
    """Forecast every regime at risk at the end of each year of origin, knowing nothing later.

    Parameters
    ----------
    origins : iterable of int
        Years at whose ends one looks ahead.
    models : sequence of str, or mapping of str to columns
        ``base``, any of :data:`ostraka.forecast.design.MODELS`, ``forest`` (needs scikit-learn; one year only); or
        models of one's own, by name, each with its columns.
    horizons : sequence of int
        Years ahead.
    panel, covariates : optional
        By default the shipped ones.
    rng : int, SeedSequence, Generator or None
        Chance of the forest.

    Returns
    -------
    Record
        One row per model, origin, horizon and regime at risk.

    Raises
    ------
    InputError
        If a model or horizon is not known, or no origin is given.
    FitError
        If nothing had happened by an origin.
    MissingExtra
        If the forest is asked for and scikit-learn is not installed.

    Examples
    --------
    >>> record = walk([1990, 1991], models=("base", "type"))
    >>> record.models(), sorted(set(record.origin.tolist()))
    (('base', 'type'), [1990, 1991])
    """
    years = sorted(set(origins))
    if not years or not horizons or min(horizons) < 1:
        raise InputError("expected at least one origin and horizons of at least one year")
    own = dict(models) if isinstance(models, Mapping) else {}
    unknown = [model for model in models if model not in (BASE, FOREST, *MODELS, *own)]
    if unknown:
        raise InputError(f"expected models of {BASE}, {FOREST}, {', '.join(MODELS)}, got {', '.join(unknown)}")
    panel = shipped_panel() if panel is None else panel
    covariates = shipped_covariates() if covariates is None else covariates
    root = root_seed(rng)
    version = f"{software()}, data {data_version()}" + (f", seed {root}" if FOREST in models else "")
    parts = []
    for model in models:
        for origin in years:
            values = _forecasts(
                model, panel, covariates, origin=origin, horizons=horizons, root=root, columns=own.get(model)
            )
            now = at_risk(panel, origin)
            parts += [
                _rows(now, model, p, origin=origin, horizon=horizon, version=version) for horizon, p in values.items()
            ]
    return join_records(parts)


def _rows(now: Panel, model: str, probability: Array, *, origin: int, horizon: int, version: str) -> Record:
    n = len(now)
    return Record(
        np.full(n, model, dtype=object),
        np.full(n, origin),
        np.full(n, horizon),
        now.cow,
        now.case,
        probability,
        version,
    )


def _forecasts(
    model: str,
    panel: Panel,
    covariates: Covariates,
    *,
    origin: int,
    horizons: Sequence[int],
    root: int,
    columns: tuple[str, ...] | None,
) -> dict[int, Array]:
    """Probabilities by horizon of all regimes at risk."""
    window = training_window(panel, last_year=origin, lead=1)
    n_now = len(at_risk(panel, origin))
    if model == BASE and not columns:
        rate = float(window.where(window.year >= FIRST_YEAR).fail.mean())
        return {horizon: np.full(n_now, 1 - (1 - rate) ** horizon) for horizon in horizons}
    if model == FOREST and not columns:
        seed = int(stream(root, f"forecast.forest.{origin}").integers(2**31))
        return {1: forest_probabilities(panel, covariates, origin=origin, seed=seed)} if 1 in horizons else {}
    odds = []
    for lead in range(1, max(horizons) + 1):
        fitted = fit_hazard(panel, covariates, model, last_year=origin, lead=lead, columns=columns)
        odds.append(fitted.log_odds(rows_of(at_risk(panel, origin, lead=lead), covariates, lead=lead)))
    eta, spread = (np.array(column) for column in zip(*odds, strict=True))
    return {horizon: mean_of(within_horizon(eta[:horizon], spread[:horizon])) for horizon in horizons}


def add_average(record: Record, panel: Panel, *, models: Sequence[str] = AVERAGED) -> Record:
    """Add the average of some models, weighted at each origin by how earlier forecasts had fared.

    Parameters
    ----------
    record : Record
        Must hold the models at every origin.
    panel : Panel
        What happened; at each origin only what had happened by then is looked at.
    models : sequence of str
        Models to average.

    Returns
    -------
    Record
        With rows of the model ``average`` appended.
    """
    parts = [record]
    for origin in np.unique(record.origin):
        weights = stack_weights(record, panel, origin=int(origin), models=models)
        now = record.where(record.origin == origin)
        for horizon in np.unique(now.horizon):
            several = [now.of(model, int(horizon)) for model in models]
            mean = weights @ np.array([each.probability for each in several])
            parts.append(several[0].renamed(AVERAGE, mean))
    return join_records(parts)
