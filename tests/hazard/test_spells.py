"""The likelihood of person-spells."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from ostraka.errors import FitError, InputError
from ostraka.hazard import fit_spells


def test_two_groups_give_their_occurrence_exposure_rates() -> None:
    found = fit_spells([3, 5], [100.0, 40.0], [[0.0], [1.0]], names=["abroad"])
    assert found.coef[0] == pytest.approx(math.log(0.03))
    assert found.coef[1] == pytest.approx(math.log(0.125 / 0.03))
    assert np.sqrt(found.cov[1, 1]) == pytest.approx(math.sqrt(1 / 3 + 1 / 5))
    assert "abroad" in found.summary()
    json.dumps(found.to_json(), allow_nan=False)


def test_splitting_a_spell_changes_nothing() -> None:
    whole = fit_spells([1, 0, 1], [2.0, 3.0, 4.0], [[0.2], [1.0], [-1.0]], names=["x"])
    split = fit_spells([0, 1, 0, 0, 1], [1.5, 0.5, 1.0, 2.0, 4.0], [[0.2], [0.2], [1.0], [1.0], [-1.0]], names=["x"])
    np.testing.assert_allclose(whole.coef, split.coef, atol=1e-8)
    assert whole.log_likelihood == pytest.approx(split.log_likelihood)


def test_coverage_of_the_intervals() -> None:
    chance = np.random.default_rng(2)
    inside = 0
    for _ in range(300):
        x = chance.normal(0, 1, 400)
        when = chance.exponential(1 / (0.05 * np.exp(0.5 * x)))
        found = fit_spells(when < 5, np.minimum(when, 5), x[:, None], names=["x"])
        _, low, high = found.of("x")
        inside += low < 0.5 < high
    assert abs(inside / 300 - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 300)


def test_a_prior_draws_towards_nothing_and_makes_separation_finite() -> None:
    rows = ([0, 0, 1, 2], [5.0, 5.0, 5.0, 5.0], [[0.0], [0.0], [1.0], [1.0]])
    with pytest.raises(FitError, match="prior_sd"):
        fit_spells(*rows, names=["x"])
    narrow, wide = (fit_spells(*rows, names=["x"], prior_sd=sd).coef[1] for sd in (0.5, 3.0))
    assert 0 < narrow < wide < 10


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"events": [0, 0]}, "no event"),
        ({"exposure": [1.0, 0.0]}, "row 1"),
        ({"exposure": [1.0]}, "shapes"),
        ({"covariates": [[np.nan], [1.0]]}, "covariates, row 0"),
        ({"covariates": [[1.0], [1.0]]}, "repeat each other"),
    ],
)
def test_what_cannot_be_fitted_says_why(change: dict[str, object], says: str) -> None:
    good: dict[str, object] = {"events": [1, 1], "exposure": [1.0, 2.0], "covariates": [[0.0], [1.0]]}
    with pytest.raises((FitError, InputError), match=says):
        fit_spells(*(good | change).values(), names=["x"])  # type: ignore[arg-type]
