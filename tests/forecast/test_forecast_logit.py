"""The penalised logit against closed forms, other software, and data that cannot be fitted."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from ostraka.errors import FitError, InputError
from ostraka.forecast.logit import expit, fit_logit


def sample(n: int = 400, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), rng.normal(size=(n, 3))])
    return x, (rng.random(n) < expit(x @ np.array([-2.0, 1.0, -0.5, 0.0]))).astype(float)


def test_without_penalty_the_score_vanishes_and_one_binary_column_gives_the_log_odds_ratio() -> None:
    x = np.column_stack([np.ones(20), np.repeat([0.0, 1.0], 10)])
    y = np.r_[np.repeat([1.0, 0.0], [2, 8]), np.repeat([1.0, 0.0], [6, 4])]
    fit = fit_logit(x, y, penalty="none")
    assert fit.coef == pytest.approx([np.log(2 / 8), np.log(6 / 4) - np.log(2 / 8)])
    assert fit.cov[1, 1] == pytest.approx(1 / 2 + 1 / 8 + 1 / 6 + 1 / 4)


def test_firth_on_a_two_by_two_table_is_the_half_count_estimate() -> None:
    x = np.column_stack([np.ones(20), np.repeat([0.0, 1.0], 10)])
    y = np.r_[np.zeros(10), np.repeat([1.0, 0.0], [4, 6])]
    fit = fit_logit(x, y, penalty="firth")
    assert fit.coef == pytest.approx([np.log(0.5 / 10.5), np.log(4.5 / 6.5) - np.log(0.5 / 10.5)], abs=1e-6)


def test_firth_is_the_maximum_of_its_penalised_likelihood() -> None:
    x, y = sample(120)

    def loss(beta: np.ndarray) -> float:
        p = expit(x @ beta)
        half = 0.5 * np.linalg.slogdet((x * (p * (1 - p))[:, None]).T @ x)[1]
        return float(np.logaddexp(0, x @ beta).sum() - y @ x @ beta - half)

    assert fit_logit(x, y, penalty="firth").coef == pytest.approx(minimize(loss, np.zeros(4), tol=1e-12).x, abs=1e-4)


def test_ridge_is_the_maximum_of_its_penalised_likelihood() -> None:
    x, y = sample()
    fit = fit_logit(x, y, ridge=30.0)

    def loss(beta: np.ndarray) -> float:
        return float(np.logaddexp(0, x @ beta).sum() - y @ x @ beta + 15.0 * (beta[1:] @ beta[1:]))

    assert fit.coef == pytest.approx(minimize(loss, np.zeros(4), tol=1e-12).x, abs=1e-4)


def test_ridge_agrees_with_scikit_learn() -> None:
    linear = pytest.importorskip("sklearn.linear_model")
    x, y = sample()
    other = linear.LogisticRegression(C=1 / 30, tol=1e-10, max_iter=2000).fit(x[:, 1:], y)
    fit = fit_logit(x, y, ridge=30.0)
    assert fit.coef == pytest.approx(np.r_[other.intercept_, other.coef_[0]], abs=1e-4)


def test_the_chosen_ridge_has_the_largest_evidence_of_the_grid() -> None:
    x, y = sample()
    chosen = fit_logit(x, y)
    assert all(chosen.log_evidence >= fit_logit(x, y, ridge=ridge).log_evidence for ridge in (1.0, 10.0, 100.0, 1000.0))


def test_noise_is_shrunk_more_than_signal() -> None:
    rng = np.random.default_rng(4)
    x = np.column_stack([np.ones(500), rng.normal(size=(500, 5))])
    noise = (rng.random(500) < 0.2).astype(float)
    signal = (rng.random(500) < expit(x @ np.array([-1.5, 1.5, -1.5, 1.5, -1.5, 1.5]))).astype(float)
    assert fit_logit(x, noise).ridge > 10 * fit_logit(x, signal).ridge


def test_separation_is_refused_without_penalty_and_finite_with_one() -> None:
    x = np.column_stack([np.ones(40), np.linspace(-1, 1, 40)])
    y = (x[:, 1] > 0).astype(float)
    with pytest.raises(FitError, match="separates"):
        fit_logit(x, y, penalty="none")
    assert np.isfinite(fit_logit(x, y, penalty="firth").coef).all()
    assert np.isfinite(fit_logit(x, y, penalty="ridge").coef).all()


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_an_outcome_without_variation_is_refused(outcome: float) -> None:
    x, _ = sample(50)
    with pytest.raises(FitError, match="cannot be estimated"):
        fit_logit(x, np.full(50, outcome))


def test_constant_and_dependent_and_broken_columns_are_refused() -> None:
    x, y = sample(60)
    with pytest.raises(InputError, match=r"columns \[2\] of the design are constant"):
        fit_logit(np.column_stack([x[:, :2], np.ones(60)]), y)
    with pytest.raises(FitError, match="linearly dependent"):
        fit_logit(np.column_stack([x[:, :2], 2 * x[:, 1]]), y, penalty="none")
    x[7, 2] = np.nan
    with pytest.raises(InputError, match="row 7, column 2"):
        fit_logit(x, y)
    with pytest.raises(InputError, match="neither 0 nor 1"):
        fit_logit(x[:, :2], y + 0.5)
    with pytest.raises(InputError, match="shapes"):
        fit_logit(x, y[:-1])
