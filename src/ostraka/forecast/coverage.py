"""Do the intervals hold what they promise? Outcomes drawn from a fitted model, fitted again, and looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.forecast.covariates import shipped_covariates
from ostraka.forecast.design import rows_of
from ostraka.forecast.ensemble import Ensemble
from ostraka.forecast.hazard import fit_hazard, training_window
from ostraka.forecast.logit import expit
from ostraka.forecast.panel import Panel, shipped_panel
from ostraka.forecast.record import shipped_record
from ostraka.forecast.stacking import stack_weights

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often intervals held the probability from which the outcomes were drawn.

    Parameters
    ----------
    level : float
        What they promise.
    share : float
        What they did, over all regimes and replicates.
    error : float
        Monte Carlo standard error of the share, by replicate.
    n_replicates, n_regimes : int
        Size of the trial.
    seed : int
        Root of chance.
    """

    level: float
    share: float
    error: float
    n_replicates: int
    n_regimes: int
    seed: int

    def summary(self) -> str:
        """The finding in words."""
        return (
            f"Intervals that promise {self.level:.0%} held the true probability in {self.share:.1%} of "
            f"{self.n_replicates * self.n_regimes} cases (Monte Carlo error {self.error:.1%})."
        )


def simulated_coverage(
    *,
    truth: str = "openness",
    models: Sequence[str] = ("openness",),
    origin: int = 2010,
    level: float = 0.9,
    n_replicates: int = 50,
    rng: RNG = None,
) -> Coverage:
    """Coverage of the intervals of one-year probabilities when the truth is a fitted model.

    Parameters
    ----------
    truth : str
        Model that is fitted to what happened and then taken as the truth.
    models : sequence of str
        Models that are averaged to forecast, with the weights they had earned by the origin.
    origin : int
        End of the training window.
    level : float
        What the intervals promise.
    n_replicates : int
        Histories to draw.
    rng : int, SeedSequence, Generator or None
        Chance of the histories.

    Raises
    ------
    InputError
        If fewer than two replicates are asked for.

    Notes
    -----
    Outcomes are drawn row by row given the covariates that were observed; a regime stays at risk as it did in fact.
    """
    if n_replicates < 2:
        raise InputError(f"expected at least two replicates, got {n_replicates}")
    root = root_seed(rng)
    panel, known = shipped_panel(), shipped_covariates()
    window = training_window(panel, last_year=origin, lead=1)
    fitted = fit_hazard(panel, known, truth, last_year=origin)
    p_event = expit(fitted.log_odds(rows_of(window, known))[0])
    true = expit(fitted.log_odds(Ensemble(panel, known, origin, (), np.ones(0)).ahead(1))[0])
    weights = stack_weights(shipped_record(), panel, origin=origin, models=models)
    shares = []
    for replicate in range(n_replicates):
        draws = stream(root, f"forecast.coverage.{replicate}").random(len(window))
        history = replace(window, fail=(draws < p_event).astype(np.int64))
        low, high = _intervals(panel, history, models, weights=weights, origin=origin, level=level)
        shares.append(float(((low <= true) & (true <= high)).mean()))
    error = float(np.std(shares, ddof=1) / np.sqrt(n_replicates))
    return Coverage(level, float(np.mean(shares)), error, n_replicates, len(true), root)


def _intervals(
    panel: Panel, history: Panel, models: Sequence[str], *, weights: Array, origin: int, level: float
) -> tuple[Array, Array]:
    known = shipped_covariates()
    fits = tuple((fit_hazard(history, known, model, last_year=origin),) for model in models)
    ensemble = Ensemble(panel, known, origin, fits, weights)
    within = ensemble.within(1)
    bounds = np.array([ensemble.interval(within, row, level=level) for row in range(len(within[0]))])
    return bounds[:, 0], bounds[:, 1]
