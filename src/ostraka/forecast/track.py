"""How earlier forecasts of the same kind had fared by a year of origin."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ostraka.forecast.panel import shipped_panel
from ostraka.forecast.record import shipped_record
from ostraka.forecast.result import TrackRecord
from ostraka.forecast.rolling import AVERAGE, BASE
from ostraka.forecast.score import score_probabilities
from ostraka.forecast.stacking import FEWEST_EVENTS

YEARS_BACK = 30


def track_records(origin: int, horizons: Iterable[int]) -> tuple[TrackRecord, ...]:
    """The record at an origin, one year ahead and over some horizons; where too little had happened there is none.

    Parameters
    ----------
    origin : int
        Year at whose end one looks back, thirty years at most.
    horizons : iterable of int
        Years ahead; those that the shipped record lacks are passed over.
    """
    found = (_track(origin, horizon) for horizon in sorted({1, *horizons}))
    return tuple(each for each in found if each is not None)


def _track(origin: int, horizon: int) -> TrackRecord | None:
    made, constant = (shipped_record().of(model, horizon) for model in (AVERAGE, BASE))
    outcome = made.outcomes(shipped_panel().until(origin))
    known = ~np.isnan(outcome) & (made.origin < origin) & (made.origin >= origin - YEARS_BACK)
    if outcome[known].sum() < FEWEST_EVENTS:
        return None
    ends = made.origin[known] + horizon
    scores, reference = (score_probabilities(outcome[known], each.probability[known]) for each in (made, constant))
    return TrackRecord(horizon, int(ends.min()), int(ends.max()), scores, reference.auc)
