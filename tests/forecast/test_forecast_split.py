"""Spells and split-population durations."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from ostraka.errors import FitError, InputError
from ostraka.forecast.sources import read_source
from ostraka.forecast.spells import spells_of
from ostraka.forecast.split_likelihood import Sample, value_and_gradient
from ostraka.forecast.split_population import fit_split_population


def history(seed: int, *, n_units: int = 300, n_periods: int = 30) -> tuple[np.ndarray, ...]:
    """Units of which a part can never fail: unit, period, covariate, event."""
    rng = np.random.default_rng(seed)
    rows = []
    for unit in range(n_units):
        x = rng.normal()
        can_fail = rng.random() < 1 / (1 + np.exp(-(0.5 - x)))
        rate, cut = np.exp(-(2.0 + 0.5 * x)), False
        for period in range(n_periods):
            if not cut:
                event = can_fail and rng.random() < 1 - np.exp(-rate)
                rows.append((unit, period, x, float(event)))
                cut = bool(event)
    unit, period, x, event = np.array(rows).T
    return unit, period, x, event


def test_the_flags_of_the_published_unit_test() -> None:
    spells = spells_of([0, 0, 0, 1, 0], [1] * 5, range(2000, 2005))
    assert spells.duration.tolist() == [1, 2, 3, 4, 1]
    assert spells.at_risk.tolist() == [1, 1, 1, 1, 0]
    assert spells.cured.tolist() == [0, 0, 0, 0, 1]
    assert spells.last.tolist() == [0, 0, 0, 1, 1]
    assert spells.entry.tolist() == [0, 1, 2, 3, 0]


def test_an_event_that_goes_on_is_not_at_stake_again() -> None:
    once = spells_of([0, 1, 1, 1, 0], [1] * 5, range(5))
    assert once.used.tolist() == [True, True, False, False, True]
    assert once.duration.tolist() == [1, 2, 0, 0, 1]
    each = spells_of([0, 1, 1, 1, 0], [1] * 5, range(5), ongoing=False)
    assert each.duration.tolist() == [1, 2, 1, 1, 1]
    assert each.at_risk.tolist() == [1, 1, 1, 1, 0]


def test_flags_made_on_a_training_window_do_not_know_the_future() -> None:
    happened, unit, time = [0, 0, 0, 1, 0, 1], [1] * 6, list(range(6))
    whole, window = spells_of(happened, unit, time), spells_of([1, *happened], [2, *unit], [0, *time], until=2)
    assert whole.at_risk[:3].tolist() == [1, 1, 1]
    assert window.at_risk[1:4].tolist() == [0, 0, 0]
    assert window.used[4:].tolist() == [False, False, False]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1)), min_size=1, max_size=40))
def test_spells_do_not_depend_on_the_order_of_rows(pairs: list[tuple[int, int]]) -> None:
    unit = np.array([u for u, _ in pairs])
    y = np.array([v for _, v in pairs])
    if not y.any():
        y[0] = 1
    time = np.array([int((unit[:ix] == u).sum()) for ix, u in enumerate(unit)])
    shuffled = np.random.default_rng(len(pairs)).permutation(len(pairs))
    straight, mixed = spells_of(y, unit, time), spells_of(y[shuffled], unit[shuffled], time[shuffled])
    assert np.array_equal(straight.duration[shuffled], mixed.duration)
    assert np.array_equal(straight.at_risk[shuffled], mixed.at_risk)
    assert (straight.at_risk + straight.cured == straight.used).all()
    assert straight.event.sum() <= y.sum()


@pytest.mark.parametrize("family", ["weibull", "loglogistic"])
def test_the_gradient_is_the_slope_of_the_likelihood(family: str) -> None:
    rng = np.random.default_rng(3)
    ones = np.ones(80)
    duration = rng.integers(1, 9, 80).astype(float)
    sample = Sample(
        np.column_stack([ones, rng.normal(size=(80, 2))]),
        np.column_stack([ones, rng.normal(size=80)]),
        duration,
        duration - 1,
        rng.integers(0, 2, 80).astype(float),
    )
    theta = rng.normal(0, 0.5, 6)

    def height(point: np.ndarray) -> float:
        return value_and_gradient(point, sample, family)[0]

    slope = approx_fprime(theta, height, 1e-7)
    assert value_and_gradient(theta, sample, family)[1] == pytest.approx(slope, rel=1e-3, abs=1e-3)


def test_the_likelihood_is_that_of_the_published_software_row_by_row() -> None:
    rng = np.random.default_rng(6)
    duration, event = rng.integers(1, 9, 40).astype(float), rng.integers(0, 2, 40).astype(float)
    x, z = rng.normal(size=40), rng.normal(size=40)
    b0, b1, g0, g1, minus_log_shape = theta = np.array([1.2, -0.4, 0.3, 0.8, 0.2])
    shape, total = np.exp(-minus_log_shape), 0.0
    for t, y, xi, zi in zip(duration, event, x, z, strict=True):
        rate, can = np.exp(-(b0 + b1 * xi)), 1 / (1 + np.exp(-(g0 + g1 * zi)))
        before, after = (np.exp(-((rate * when) ** shape)) for when in (t - 1, t))
        density = shape * rate**shape * t ** (shape - 1) * after
        total += np.log(can * density if y else 1 - can + can * after) - np.log(1 - can + can * before)
    ones = np.ones(40)
    mine = Sample(np.column_stack([ones, x]), np.column_stack([ones, z]), duration, duration - 1, event)
    assert value_and_gradient(theta, mine, "weibull")[0] == pytest.approx(total)


@pytest.mark.parametrize("family", ["weibull", "loglogistic"])
def test_cutting_a_spell_into_periods_changes_nothing_while_covariates_stay(family: str) -> None:
    theta = np.array([1.5, 0.3, 0.4, -0.6, 0.1])
    x = np.array([[1.0, 0.7]])
    one = Sample(x, x, np.array([6.0]), np.array([0.0]), np.array([1.0]))
    many = np.repeat(x, 6, axis=0)
    cut = Sample(many, many, np.arange(1.0, 7), np.arange(0.0, 6), np.r_[np.zeros(5), 1.0])
    assert value_and_gradient(theta, one, family)[0] == pytest.approx(value_and_gradient(theta, cut, family)[0])


def test_what_was_simulated_is_found_again() -> None:
    unit, period, x, event = history(8)
    spells = spells_of(event, unit, period)
    fit = fit_split_population(spells.duration, spells.event, timing=x, risk=x, n_starts=8, rng=1)
    best = fit.modes[0]
    truth = np.array([2.0, 0.5, 0.5, -1.0, 0.0])
    assert (np.abs(best.coef - truth) < 3 * best.error).all()
    assert not best.at_edge
    assert fit.log_likelihood == max(mode.log_likelihood for mode in fit.modes)
    p = fit.probability(x, x, entry=spells.entry)
    assert p.sum() == pytest.approx(event.sum(), rel=0.1)
    assert ((p >= 0) & (p <= 1)).all()


def test_coefficients_follow_the_units_of_their_covariates() -> None:
    unit, period, x, event = history(9, n_units=150)
    spells = spells_of(event, unit, period)
    plain = fit_split_population(spells.duration, spells.event, timing=x, risk=x, n_starts=4, rng=1)
    scaled = fit_split_population(spells.duration, spells.event, timing=10 * x + 3, risk=x, n_starts=4, rng=1)
    assert scaled.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-4)
    assert scaled.coef[1] == pytest.approx(plain.coef[1] / 10, rel=1e-3)
    assert scaled.coef[0] == pytest.approx(plain.coef[0] - 0.3 * plain.coef[1], rel=1e-3)


def test_a_lower_mode_with_both_slopes_reversed_is_found_and_told(shared: Path) -> None:
    path = shared / "data" / "regimes-unlicensed" / "powell_thyne_coups.csv"
    if not path.exists():
        pytest.skip("needs Powell and Thyne's coups beside the checkout")
    coups = pd.read_csv(path).query("coup == 2")
    happened = set(zip(coups["ccode"], coups["year"], strict=True))
    table = read_source("vdem_indices").query("1979 <= year <= 2010").dropna(subset=["v2x_polyarchy"])
    y = [int(key in happened) for key in zip(table["cow"], table["year"], strict=True)]
    spells = spells_of(y, table["cow"], table["year"])
    level = table["v2x_polyarchy"].to_numpy()[spells.used] * 20
    fit = fit_split_population(
        spells.duration[spells.used], spells.event[spells.used], timing=level, risk=level, n_starts=16, rng=1
    )
    first, second = fit.modes[:2]
    assert first.log_likelihood - second.log_likelihood > 0.5
    assert np.sign(first.coef[[1, 3]]).tolist() == (-np.sign(second.coef[[1, 3]])).tolist()
    assert first.n_starts < fit.n_starts
    assert "a single start can end there" in fit.summary()


def test_the_result_speaks_and_serialises_and_repeats() -> None:
    unit, period, x, event = history(4, n_units=80)
    spells = spells_of(event, unit, period)
    fits = [
        fit_split_population(
            spells.duration, spells.event, timing=x, risk=x, timing_names=["x"], risk_names=["x"], n_starts=3, rng=5
        )
        for _ in range(2)
    ]
    assert fits[0].to_json() == fits[1].to_json()
    assert json.dumps(fits[0].to_json(), allow_nan=False)
    assert fits[0].names == ("timing: intercept", "timing: x", "risk: intercept", "risk: x", "-log shape")
    assert len(fits[0].frame()) == 5 * len(fits[0].modes)


GOOD = {"duration": [1, 2, 3, 1], "event": [0, 0, 1, 1], "timing": [1.0, 2, 3, 5], "risk": [1.0, 2, 3, 5]}


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"event": [0, 0, 0, 0]}, FitError, "no event in 4 rows"),
        ({"event": [0, 0, 2, 1]}, InputError, "row 2: the event is neither"),
        ({"duration": [1, 0, 3, 1]}, InputError, "row 1: the spell ends at 0"),
        ({"duration": [1, np.nan, 3, 1]}, InputError, "row 1: duration is missing"),
        ({"timing": [1.0, 1, 1, 1]}, InputError, "timing covariate 1 is constant"),
        ({"risk": [1.0, np.nan, 1, 1]}, InputError, "row 1: risk covariate 1 is missing"),
        ({"risk": [1.0, 1, 1]}, InputError, "do not fit 4 rows"),
        ({"duration": [1, 2, 3]}, InputError, "one duration, entry and event per row"),
        ({"entry": [0, 1, 5, 0]}, InputError, "row 2: the spell ends at 3.0 before it enters at 5.0"),
        ({"n_starts": 0}, InputError, "at least one starting point"),
        ({"risk_names": ["a", "b"]}, InputError, "expected 1 risk names"),
    ],
)
def test_unusable_durations_are_named(changes: dict[str, object], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        fit_split_population(**(GOOD | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("happened", "unit", "time", "error", "said"),
    [
        ([0, 0], [1, 1], [0, 1], FitError, "no event happened"),
        ([0, 3], [1, 1], [0, 1], InputError, "row 1: 3 is neither"),
        ([0, 1], [1, 1], [4, 4], InputError, "row 1: unit 1 has period 4 already in row 0"),
        ([0, 1], [1], [4, 5], InputError, "shapes"),
    ],
)
def test_unusable_panels_are_named(
    happened: list[int], unit: list[int], time: list[int], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        spells_of(happened, unit, time)
