"""Scores against hand counts, published figures, other software and laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression

from ostraka.errors import InputError
from ostraka.forecast import score_probabilities, skill
from ostraka.forecast.sources import read_source

FORECASTS = st.lists(
    st.tuples(st.booleans(), st.floats(0.001, 0.999, allow_nan=False)), min_size=2, max_size=60
).filter(lambda pairs: any(y for y, _ in pairs) and not all(y for y, _ in pairs))

PUBLISHED = {
    # outcome: events, AUC, PR by trapezoid as published; Brier skill against climatology
    "attempt": (18, 0.794, 0.048, -0.0199),
    "coup": (10, 0.781, 0.043, -0.0024),
    "failed": (9, 0.800, 0.021, -0.0376),
}


@pytest.mark.parametrize("outcome", PUBLISHED)
def test_published_coup_forecasts_reproduce_to_three_decimals_and_have_negative_skill(outcome: str) -> None:
    table = read_source("coup_forecasts").query("outcome == @outcome").dropna(subset=["observed"])
    scores = score_probabilities(table["observed"], table["p"])
    n_events, auc, area, brier_skill = PUBLISHED[outcome]
    assert (scores.n, scores.n_events) == (1518, n_events)
    assert round(scores.auc, 3) == auc
    assert round(scores.pr_trapezoid, 3) == area
    assert round(skill(scores.brier, scores.uncertainty), 4) == brier_skill < 0


def test_average_precision_and_trapezoid_are_different_numbers() -> None:
    table = read_source("coup_forecasts").query("outcome == 'coup'").dropna(subset=["observed"])
    scores = score_probabilities(table["observed"], table["p"])
    assert round(scores.average_precision, 4) == 0.0655
    assert round(scores.pr_trapezoid, 4) == 0.0435


def test_hand_counted_scores() -> None:
    scores = score_probabilities([1, 0, 1, 0], [0.8, 0.8, 0.4, 0.1])
    assert scores.brier == pytest.approx((0.04 + 0.64 + 0.36 + 0.01) / 4)
    assert scores.log_score == pytest.approx(-(math.log(0.8) + math.log(0.2) + math.log(0.4) + math.log(0.9)) / 4)
    assert scores.auc == pytest.approx((0.5 + 1 + 0 + 1) / 4)
    assert scores.average_precision == pytest.approx(0.5 * 0.5 + 0.5 * 2 / 3)
    assert scores.pr_trapezoid == pytest.approx(0.5 * (1 + 0.5) / 2 + 0.5 * (0.5 + 2 / 3) / 2)
    assert scores.mean_forecast == pytest.approx(0.525)
    assert scores.observed_rate == 0.5
    assert scores.calibration_ratio == pytest.approx(1.05)
    assert scores.max_f1 == pytest.approx(2 * (2 / 3) * 1 / (2 / 3 + 1))


@given(FORECASTS)
def test_corp_adds_up_and_no_recalibration_beats_isotonic(pairs: list[tuple[bool, float]]) -> None:
    y, p = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    scores = score_probabilities(y, p)
    assert scores.brier == pytest.approx(scores.miscalibration - scores.discrimination + scores.uncertainty)
    assert scores.miscalibration >= -1e-12
    assert -1e-12 <= scores.discrimination <= scores.uncertainty + 1e-12
    assert (np.diff(scores.reliability.happened) >= -1e-12).all()
    assert int(scores.reliability.n.sum()) == len(y)


@given(FORECASTS)
def test_discrimination_ignores_a_monotone_change_and_auc_turns_with_the_outcome(
    pairs: list[tuple[bool, float]],
) -> None:
    y, p = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    p = np.round(p, 3)
    scores, squeezed = score_probabilities(y, p), score_probabilities(y, p**2 / 2)
    assert squeezed.auc == pytest.approx(scores.auc)
    assert squeezed.average_precision == pytest.approx(scores.average_precision)
    assert squeezed.discrimination == pytest.approx(scores.discrimination)
    assert score_probabilities(1 - y, p).auc == pytest.approx(1 - scores.auc)


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=8), st.floats(-0.5, 0.5).filter(lambda s: abs(s) > 0.001))
def test_proper_scores_are_least_in_expectation_at_the_truth(truth: list[float], shift: float) -> None:
    q = np.clip(np.array(truth) + shift, 0.001, 0.999)

    def expected(name: str, said: np.ndarray) -> float:
        parts = [
            p * getattr(score_probabilities([1], [s]), name) + (1 - p) * getattr(score_probabilities([0], [s]), name)
            for p, s in zip(truth, said, strict=True)
        ]
        return math.fsum(parts)

    for name in ("brier", "log_score"):
        assert expected(name, np.array(truth)) <= expected(name, q) + 1e-12


@given(FORECASTS)
def test_the_reliability_curve_is_the_isotonic_regression_of_scipy(pairs: list[tuple[bool, float]]) -> None:
    y, p = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    curve = score_probabilities(y, np.round(p, 1)).reliability
    rate = [y[np.round(p, 1) == value].mean() for value in curve.said]
    assert curve.happened == pytest.approx(isotonic_regression(rate, weights=curve.n).x)


@pytest.mark.parametrize(
    ("seed", "n", "digits"), [(1, 400, 2), (2, 400, 1), (3, 50, 0), (4, 1000, 6), (5, 7, 1), (6, 300, 3)]
)
def test_scores_agree_with_scikit_learn(seed: int, n: int, digits: int) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(seed)
    p = np.round(rng.random(n), digits)
    y = (rng.random(n) < p**3).astype(int)
    y[:2] = 0, 1
    scores = score_probabilities(y, p)
    assert scores.auc == pytest.approx(metrics.roc_auc_score(y, p), abs=1e-12)
    assert scores.average_precision == pytest.approx(metrics.average_precision_score(y, p), abs=1e-12)
    assert scores.brier == pytest.approx(metrics.brier_score_loss(y, p), abs=1e-12)
    precision, recall, _ = metrics.precision_recall_curve(y, p)
    assert scores.pr_trapezoid == pytest.approx(metrics.auc(recall, precision), abs=1e-12)
    inside = np.clip(p, 1e-6, 1 - 1e-6)
    assert score_probabilities(y, inside).log_score == pytest.approx(metrics.log_loss(y, inside), abs=1e-12)


def test_forecasts_that_are_all_the_same_rank_nothing() -> None:
    scores = score_probabilities([True, False, False, False], np.full(4, 0.3))
    assert (scores.auc, scores.average_precision, scores.discrimination) == (0.5, 0.25, 0.0)
    assert scores.pr_trapezoid == pytest.approx((1 + 0.25) / 2)
    assert scores.miscalibration == pytest.approx((0.3 - 0.25) ** 2)


def test_one_kind_of_outcome_has_no_auc_but_a_brier_score() -> None:
    scores = score_probabilities([0, 0], [0.1, 0.2])
    assert math.isnan(scores.auc)
    assert math.isnan(scores.average_precision)
    assert scores.to_json()["auc"] is None
    assert scores.brier == pytest.approx(0.025)


def test_what_was_called_impossible_and_happened_costs_infinitely_much() -> None:
    assert score_probabilities([1, 0], [0.0, 0.5]).log_score == math.inf
    assert score_probabilities([1, 0], [1.0, 0.0]).log_score == 0


def test_highest_tenth_shares_ties() -> None:
    y = np.zeros(100)
    y[:10] = 1
    assert score_probabilities(y, np.full(100, 0.1)).recall_top_decile == pytest.approx(0.1)
    assert score_probabilities(y, np.r_[np.full(5, 0.9), np.full(95, 0.1)]).recall_top_decile == pytest.approx(
        (5 + 5 / 95 * 5) / 10
    )


@pytest.mark.parametrize(
    ("outcome", "probability", "said"),
    [
        ([], [], "at least one"),
        ([0, 1], [0.5], "shapes"),
        ([0, 2], [0.5, 0.5], "row 1: outcome is 2"),
        ([0, math.nan], [0.5, 0.5], "row 1: outcome is nan"),
        ([0, 1], [0.5, 1.2], "row 1: probability is 1.2"),
        ([0, 1], [math.nan, 0.2], "row 0: probability is nan"),
        (["a"], [0.5], "must be numbers"),
    ],
)
def test_unusable_input_is_named(outcome: list[float], probability: list[float], said: str) -> None:
    with pytest.raises(InputError, match=said):
        score_probabilities(outcome, probability)


def test_summary_puts_calibration_first() -> None:
    scores = score_probabilities([0, 1, 0, 0], [0.2, 0.5, 0.1, 0.2])
    assert scores.summary().startswith("1 events in 4 forecasts: said 25.00% on average, happened 25.00%")
    assert scores.frame()["brier"].iloc[0] == scores.brier
