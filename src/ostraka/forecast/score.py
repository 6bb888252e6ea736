"""How good probabilities were: proper scores, calibration and discrimination, with nothing else of ours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ostraka.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """The reliability diagram: what was said against how often it then happened, by isotonic regression.

    Parameters
    ----------
    said, happened : ndarray of shape (n_distinct,)
        Distinct forecast probabilities, rising, and the recalibrated probability of each.
    n : ndarray of shape (n_distinct,)
        Forecasts with that probability.
    """

    said: Array
    happened: Array
    n: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of a set of probability forecasts against what happened.

    Parameters
    ----------
    n, n_events : int
        Forecasts, and how many of them came true.
    mean_forecast, observed_rate : float
        Calibration-in-the-large: these two should agree before anything else is read.
    brier : float
        Mean squared difference between probability and outcome; smaller is better.
    log_score : float
        Mean negative natural logarithm of the probability given to what happened; smaller is better.
    auc : float
        Probability that an event was ranked above a non-event, ties counting half; NaN without both.
    average_precision : float
        Area under precision and recall by steps (as scikit-learn).
    pr_trapezoid : float
        The same area by trapezoids from recall 0, precision 1 (as R's yardstick); the two differ.
    recall_top_decile : float
        Share of all events among the tenth of forecasts with the highest probability, ties shared.
    max_f1 : float
        Largest harmonic mean of precision and recall over all thresholds: chosen with hindsight, for comparison with
        published tables only.
    miscalibration, discrimination, uncertainty : float
        CORP decomposition: ``brier = miscalibration - discrimination + uncertainty``.
    reliability : Reliability
        The curve behind the decomposition.
    """

    n: int
    n_events: int
    mean_forecast: float
    observed_rate: float
    brier: float
    log_score: float
    auc: float
    average_precision: float
    pr_trapezoid: float
    recall_top_decile: float
    max_f1: float
    miscalibration: float
    discrimination: float
    uncertainty: float
    reliability: Reliability

    @property
    def calibration_ratio(self) -> float:
        """Events expected over events observed: above one the forecasts were too high."""
        return self.mean_forecast / self.observed_rate if self.n_events else math.inf

    def to_json(self) -> dict[str, Any]:
        """The scores as plain JSON values; what does not exist is None."""
        names = [name for name in self.__dataclass_fields__ if name != "reliability"]
        plain = {name: _plain(getattr(self, name)) for name in names}
        curve = {name: getattr(self.reliability, name).tolist() for name in ("said", "happened", "n")}
        return plain | {"calibration_ratio": _plain(self.calibration_ratio), "reliability": curve}

    def frame(self) -> pd.DataFrame:
        """One row, one column per score."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        return pd.DataFrame([{k: v for k, v in self.to_json().items() if k != "reliability"}])

    def summary(self) -> str:
        """The scores in words, calibration first."""
        return (
            f"{self.n_events} events in {self.n} forecasts: said {self.mean_forecast:.2%} on average, happened "
            f"{self.observed_rate:.2%}. Brier score {self.brier:.5f}, log score {self.log_score:.4f}, AUC {self.auc:.3f}, "
            f"average precision {self.average_precision:.3f}; the highest tenth held {self.recall_top_decile:.0%} of "
            f"the events."
        )


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None


def score_probabilities(outcome: npt.ArrayLike, probability: npt.ArrayLike) -> Scores:
    r"""Score probabilities against what happened.

    Parameters
    ----------
    outcome : array_like of shape (n_forecasts,)
        0 or 1 (or booleans): whether the event happened.
    probability : array_like of shape (n_forecasts,)
        What was forecast, from 0 to 1.

    Returns
    -------
    Scores
        Proper scores, calibration, discrimination, reliability.

    Raises
    ------
    InputError
        If lengths differ, nothing is given, or a value is missing or outside its range; the row is named.

    Notes
    -----
    Brier :math:`\frac1n\sum(p_i-y_i)^2`; log score :math:`-\frac1n\sum\log(p_i^{y_i}(1-p_i)^{1-y_i})`. The CORP
    decomposition compares the forecasts with their isotonic recalibration and with the observed rate.

    References
    ----------
    Dimitriadis, T., Gneiting, T. and Jordan, A. I. (2021). Stable reliability diagrams for probabilistic
    classifiers. PNAS 118(8): e2016191118. doi:10.1073/pnas.2016191118

    Examples
    --------
    >>> scores = score_probabilities([0, 0, 1, 0], [0.1, 0.2, 0.6, 0.3])
    >>> scores.auc, round(scores.brier, 3)
    (1.0, 0.075)
    """
    y, p = _checked(outcome, probability)
    said, happened, n = _recalibrate(y, p)
    recalibrated = float(((happened[np.searchsorted(said, p)] - y) ** 2).mean())
    brier = float(((p - y) ** 2).mean())
    uncertainty = float(y.mean() * (1 - y.mean()))
    hits, calls = _counts_from_top(y, p)
    return Scores(
        n=len(y),
        n_events=int(y.sum()),
        mean_forecast=float(p.mean()),
        observed_rate=float(y.mean()),
        brier=brier,
        log_score=_log_score(y, p),
        auc=_auc(y, p),
        average_precision=_average_precision(hits, calls),
        pr_trapezoid=_pr_trapezoid(hits, calls),
        recall_top_decile=_recall_at(hits, calls, len(y) / 10),
        max_f1=float((2 * hits / (calls + hits[-1])).max()) if hits[-1] else math.nan,
        miscalibration=brier - recalibrated,
        discrimination=uncertainty - recalibrated,
        uncertainty=uncertainty,
        reliability=Reliability(said, happened, n),
    )


def skill(score: float, reference: float) -> float:
    """One minus the ratio of two scores: the share of the reference's loss that was avoided.

    Examples
    --------
    >>> skill(0.03, 0.04)
    0.25
    """
    return 1.0 - score / reference


def _checked(outcome: npt.ArrayLike, probability: npt.ArrayLike) -> tuple[Array, Array]:
    try:
        y, p = np.asarray(outcome, dtype=float), np.asarray(probability, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError(f"outcome and probability must be numbers: {error}") from error
    if y.ndim != 1 or y.shape != p.shape or not len(y):
        raise InputError(f"expected one outcome per probability and at least one, got shapes {y.shape} and {p.shape}")
    bad = np.flatnonzero(~np.isin(y, (0.0, 1.0)))
    if bad.size:
        raise InputError(f"row {bad[0]}: outcome is {y[bad[0]]}, expected 0 or 1; drop forecasts not yet resolved")
    bad = np.flatnonzero(~((p >= 0) & (p <= 1)))
    if bad.size:
        raise InputError(f"row {bad[0]}: probability is {p[bad[0]]}, expected 0 to 1")
    return y, p


def _log_score(y: Array, p: Array) -> float:
    """Infinite where something that was called impossible happened."""
    with np.errstate(divide="ignore"):
        return float(-np.where(y == 1, np.log(p), np.log1p(-p)).mean())


def _auc(y: Array, p: Array) -> float:
    n_events, n_others = int(y.sum()), int((1 - y).sum())
    if not n_events or not n_others:
        return math.nan
    _, inverse, counts = np.unique(p, return_inverse=True, return_counts=True)
    middle_rank = np.cumsum(counts) - (counts - 1) / 2
    return float((middle_rank[inverse][y == 1].sum() - n_events * (n_events + 1) / 2) / (n_events * n_others))


def _counts_from_top(y: Array, p: Array) -> tuple[Array, Array]:
    """Events and forecasts at or above each distinct probability, from the highest down."""
    distinct, inverse = np.unique(-p, return_inverse=True)
    hits = np.bincount(inverse, weights=y, minlength=len(distinct)).cumsum()
    return hits, np.bincount(inverse, minlength=len(distinct)).cumsum().astype(float)


def _average_precision(hits: Array, calls: Array) -> float:
    if not hits[-1]:
        return math.nan
    return float((np.diff(hits, prepend=0.0) / hits[-1] * hits / calls).sum())


def _pr_trapezoid(hits: Array, calls: Array) -> float:
    if not hits[-1]:
        return math.nan
    recall, precision = np.r_[0.0, hits / hits[-1]], np.r_[1.0, hits / calls]
    return float((np.diff(recall) * (precision[1:] + precision[:-1]) / 2).sum())


def _recall_at(hits: Array, calls: Array, n_called: float) -> float:
    if not hits[-1]:
        return math.nan
    return float(np.interp(n_called, np.r_[0.0, calls], np.r_[0.0, hits]) / hits[-1])


def _recalibrate(y: Array, p: Array) -> tuple[Array, Array, npt.NDArray[np.int64]]:
    """Isotonic regression of the outcome on the distinct probabilities."""
    said, inverse, n = np.unique(p, return_inverse=True, return_counts=True)
    rate = np.bincount(inverse, weights=y, minlength=len(said)) / n
    return said, _rising(rate, n), n.astype(np.int64)


def _rising(rate: Array, n: npt.NDArray[np.intp]) -> Array:
    """Pool adjacent violators: the nearest sequence that never falls, in weighted squares."""
    pools: list[tuple[float, int, int]] = []
    for value, weight in zip(rate.tolist(), n.tolist(), strict=True):
        level, mass, width = value, weight, 1
        while pools and pools[-1][0] >= level:
            lower, before, wide = pools.pop()
            level = (lower * before + level * mass) / (before + mass)
            mass, width = mass + before, width + wide
        pools.append((level, mass, width))
    return np.repeat([level for level, _, _ in pools], [width for _, _, width in pools])
