"""The challenger: a random forest on the same covariates, windows and questions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ostraka.errors import MissingExtra
from ostraka.forecast.covariates import Covariates
from ostraka.forecast.design import MODELS, learn_scaling, rows_of
from ostraka.forecast.hazard import training_window
from ostraka.forecast.lookup import at_risk
from ostraka.forecast.panel import Panel

Array = npt.NDArray[np.float64]

N_TREES = 100
SMALLEST_LEAF = 15


def forest_probabilities(
    panel: Panel, covariates: Covariates, *, origin: int, seed: int, model: str = "openness"
) -> Array:
    """One-year probabilities of every regime at risk from a random forest.

    Parameters
    ----------
    panel : Panel
        Regime-years; later ones than the origin are not looked at.
    covariates : Covariates
        Values by country and year.
    origin : int
        Year at whose end one looks ahead.
    seed : int
        Of the trees.
    model : str
        Set of covariates.

    Returns
    -------
    ndarray of shape (n_regimes,)
        In the order of :func:`ostraka.forecast.lookup.at_risk`.

    Raises
    ------
    MissingExtra
        If scikit-learn is not installed.
    """
    try:
        from sklearn.ensemble import RandomForestClassifier  # type: ignore[import-untyped] # noqa: PLC0415 - optional
    except ImportError as error:
        raise MissingExtra("forest", "the random forest") from error
    window = training_window(panel, last_year=origin, lead=1)
    rows = rows_of(window, covariates)
    scaling = learn_scaling(rows, MODELS[model])
    trees = RandomForestClassifier(N_TREES, min_samples_leaf=SMALLEST_LEAF, max_features="sqrt", random_state=seed)
    trees.fit(scaling.design(rows)[:, 1:], window.fail)
    now = rows_of(at_risk(panel, origin), covariates)
    return np.asarray(trees.predict_proba(scaling.design(now)[:, 1:])[:, 1], dtype=float)
