"""Closed forms against figures printed by R and by the literature (design page, sections B1 and B2)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.errors import InputError
from ostraka.watch import (
    GammaMixture,
    any_window,
    base_rate,
    end_scan,
    evenness,
    exceedance,
    poisson_tail,
    rate_at_least,
)


@pytest.mark.parametrize(
    ("n_events", "exposure", "level", "lower", "upper"),
    [
        (137, 24.19893, 0.95, 4.753124805, 6.692709334),
        (0, 1.0, 0.95, 0.0, 3.6888795),
        (1, 1.0, 0.95, 0.025317808, 5.571643391),
        (5, 1.0, 0.95, 1.6234864, 11.6683321),
        (10, 1.0, 0.95, 4.7953887, 18.3903560),
        (0, 1.0, 0.90, 0.0, 2.9957323),
    ],
)
def test_garwood_is_that_of_poisson_test(n_events: Any, exposure: Any, level: Any, lower: Any, upper: Any) -> None:
    assert base_rate(n_events, exposure, level=level).garwood == pytest.approx((lower, upper), rel=1e-6)


@pytest.mark.parametrize(
    ("n_events", "lower", "upper"),
    [
        (0, 0.00196607, 1.92072941),
        (1, 0.175923159, 3.907363952),
        (5, 2.28740654, 9.83756879),
        (30, 22.0189371, 40.1160489),
    ],
)
def test_jeffreys(n_events: Any, lower: Any, upper: Any) -> None:
    assert base_rate(n_events, 1.0).jeffreys == pytest.approx((lower, upper), rel=2e-6)
    assert base_rate(n_events, 1.0).law.interval(0.90) == pytest.approx((lower, upper), rel=2e-6)


def test_next_year_is_negative_binomial() -> None:
    pmf = base_rate(30, 35.0).law.count_pmf(1.0)
    assert pmf[:4] == pytest.approx([0.42349577, 0.35879503, 0.15697286, 0.04723719], rel=1e-6)
    assert 1 - pmf[:5].sum() == pytest.approx(0.002509972, rel=1e-6)
    assert pmf.sum() == pytest.approx(1.0, abs=2e-6)


def test_exceedance_three_ways() -> None:
    seen = exceedance(5, 0.6, n_before=28, exposure_before=33.0)
    assert seen.conditional == pytest.approx(0.0002839266, rel=1e-6)
    assert seen.predictive == pytest.approx(0.0002636558, rel=1e-6)
    assert poisson_tail(5, 0.5 * 0.8) == pytest.approx(6.12433271e-05, rel=1e-6)
    assert exceedance(0, 1.0, n_before=0, exposure_before=3.0).predictive == 1.0


def test_at_least_counts() -> None:
    some = rate_at_least(5, 0.6, shape=0.5, rate=0.5 / 0.857)
    assert some.p_at_least == pytest.approx(0.010905, rel=1e-4)
    assert some.law.mean == pytest.approx(5.4059, rel=1e-4)
    # The design page prints 2.20, 5.04, 9.90, rounded up from a grid; these three are from adaptive quadrature.
    assert [some.law.quantile(p) for p in (0.05, 0.5, 0.95)] == pytest.approx([2.19145, 5.03217, 9.89245], abs=1e-5)
    assert [some.exactly.quantile(p) for p in (0.05, 0.5, 0.95)] == pytest.approx([1.93, 4.37, 8.31], abs=0.005)


def test_scan_of_wallenstein_and_neff() -> None:
    assert any_window(5, 8, 1 / 6) == pytest.approx(0.096738, rel=1e-5)


def test_any_window_is_that_of_the_design_page() -> None:
    assert any_window(5, 35, 0.6 / 35.6, rng=1) == pytest.approx(0.067, abs=0.006)


@pytest.mark.slow
def test_end_scan_has_its_size() -> None:
    draw = np.random.default_rng(5)
    p = np.array([end_scan(draw.random(30), 1.0).p for _ in range(4000)])
    for size in (0.01, 0.05, 0.10, 0.5):
        assert (p <= size).mean() == pytest.approx(size, abs=4 * np.sqrt(size * (1 - size) / 4000))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_end_scan_never_beats_its_own_best_window(since: Any) -> None:
    scan = end_scan(since, 1.0)
    assert 0 <= scan.p_run <= scan.p + 1e-12 <= 1 + 1e-12


def test_end_scan_without_events_is_not_unusual() -> None:
    assert end_scan([], 10.0).p == 1.0


def test_evenness_of_two_waves() -> None:
    uneven = evenness([3, 4, 0, 0, 0, 0, 0, 0, 5, 6, 0, 0], rng=3)
    assert uneven.n_empty == 8
    assert uneven.p_dispersion < 0.001
    assert evenness([1, 2, 1, 1, 2, 1], rng=3).p_dispersion > 0.5


@given(st.integers(0, 400), st.floats(0.01, 1e4), st.floats(0.5, 0.99))
def test_garwood_holds_jeffreys(n_events: Any, exposure: Any, level: Any) -> None:
    rate = base_rate(n_events, exposure, level=level)
    assert rate.garwood[0] <= rate.jeffreys[0] < rate.jeffreys[1] <= rate.garwood[1]


@given(st.lists(st.tuples(st.floats(0.05, 1), st.floats(0.5, 80), st.floats(0.5, 80)), min_size=1, max_size=6))
def test_quantiles_of_a_mixture_invert_its_distribution(parts: Any) -> None:
    weight, shape, rate = (np.array(column) for column in zip(*parts, strict=True))
    law = GammaMixture.of(weight, shape, rate)
    for p in (0.05, 0.5, 0.95):
        assert law.cdf(law.quantile(p)) == pytest.approx(p, abs=1e-6)
    assert law.count_pmf(2.0).sum() == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("n_events", [-1, 2.5, float("nan"), float("inf"), True])
def test_a_count_that_is_none_is_refused(n_events: Any) -> None:
    with pytest.raises(InputError, match="whole number"):
        base_rate(n_events, 1.0)


@pytest.mark.parametrize("exposure", [0.0, -1.0, float("nan"), float("inf")])
def test_no_exposure_no_rate(exposure: Any) -> None:
    with pytest.raises(InputError, match="above 0"):
        base_rate(3, exposure)


def test_an_event_outside_the_record_is_refused() -> None:
    with pytest.raises(InputError, match="within the record"):
        end_scan([2.0], 1.0)
