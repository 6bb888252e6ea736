"""The rest of the printed figures: continuous time, a hierarchy, two counts, the chain ladder; and brute force beside each."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate
from scipy.special import gammaln

from ostraka.errors import FitError, InputError
from ostraka.watch import chain_ladder, change_in_time, change_under_uncertain_prior, cusum_arl, rate_ratio, uniformity

FIRST_DAY = date(1851, 1, 1)
LENGTH = (date(1962, 12, 31) - FIRST_DAY).days + 1
NAN = float("nan")


@pytest.fixture(scope="module")
def coal_days(shared: Path) -> Any:
    with (shared / "data" / "watch" / "coal_jarrett_dates.csv").open(encoding="utf-8") as file:
        return np.array([(date.fromisoformat(row["date"]) - FIRST_DAY).days for row in csv.DictReader(file)], float)


def test_coal_of_raftery_and_akman_in_continuous_time(coal_days: Any) -> None:
    found = change_in_time(coal_days, 0, LENGTH, rate=0.0)

    def day(at: float) -> date:
        return FIRST_DAY + timedelta(days=int(at))

    assert day(found.mode) == date(1890, 3, 10)
    assert day(found.median) in {date(1890, 6, 24), date(1890, 6, 25)}
    assert day(found.mean) in {date(1890, 9, 6), date(1890, 9, 7)}
    assert [day(end) for end in found.interval(0.95)] == [date(1887, 2, 11), date(1896, 7, 28)]
    assert [365.25 * rate for rate in found.rates] == pytest.approx([3.154, 0.926], abs=5e-4)
    assert found.log_bayes_factor is None


def test_the_best_step_of_coal(coal_days: Any) -> None:
    days = coal_days.copy()
    days[np.flatnonzero(np.diff(days) == 0) + 1] += 0.5
    found = change_in_time(days / 365.25, 0, 112)
    assert found.best == pytest.approx(39.187, abs=5e-4)
    assert found.log_likelihood == pytest.approx(-52.4874, abs=5e-5)
    assert found.poisson_log_likelihood == pytest.approx(-89.0491, abs=5e-5)


def test_coal_of_carlin_gelfand_and_smith_by_the_function(coal_days: Any) -> None:
    years = [(FIRST_DAY + timedelta(days=int(day))).year - 1851 for day in coal_days]
    found = change_under_uncertain_prior(np.bincount(years, minlength=112))
    assert found.position @ np.arange(1, 112) == pytest.approx(39.9218, abs=1e-3)
    assert found.rates == pytest.approx([3.12415, 0.92657], abs=1e-4)
    assert found.position[[40, 39, 38]] == pytest.approx([0.2405, 0.1853, 0.1469], abs=5e-5)


@given(st.lists(st.floats(0.01, 9.99), min_size=2, max_size=6, unique=True), st.floats(0.4, 3.0), st.floats(0.1, 4.0))
@settings(max_examples=40, deadline=None)
def test_a_change_in_time_is_what_quadrature_gives(times: list[float], shape: float, rate: float) -> None:
    seen = np.sort(np.array(times))
    found = change_in_time(seen, 0, 10, shape=shape, rate=rate)
    n, constant = seen.size, shape * np.log(rate) - gammaln(shape)

    def density(at: float, k: int) -> float:
        log_p = 2 * constant + gammaln(shape + k) + gammaln(shape + n - k)
        return float(np.exp(log_p - (shape + k) * np.log(rate + at) - (shape + n - k) * np.log(rate + 10 - at)))

    def integral(weigh: Callable[[float], float], end: float = 10.0) -> float:
        knots = [0.0, *(x for x in seen if x < end), end]
        parts = (
            integrate.quad(lambda t, k=k: weigh(t) * density(t, k), *gap)[0] for k, gap in enumerate(pairwise(knots))
        )
        return float(sum(parts))

    total = integral(lambda _: 1.0)
    assert found.mean == pytest.approx(integral(lambda t: t) / total, abs=1e-6)
    assert integral(lambda _: 1.0, found.median) / total == pytest.approx(0.5, abs=1e-5)
    none = constant + gammaln(shape + n) - (shape + n) * np.log(rate + 10)
    assert found.log_bayes_factor == pytest.approx(np.log(total / 10) - none, abs=1e-6)


def test_an_evidence_under_an_uncertain_prior_is_the_integral() -> None:
    found = change_under_uncertain_prior([3, 0, 1], [1.0, 2.0, 0.5], shape=0.7)

    def piece(events: int, span: float) -> float:
        def density(rate: float) -> float:
            return float(rate ** (events - 0.3) * np.exp(-rate * span) * (1 + rate) ** -0.7)

        return float(integrate.quad(density, 0, 1)[0] + integrate.quad(density, 1, np.inf)[0])

    weight = np.array([piece(3, 1.0) * piece(1, 2.5), piece(3, 3.0) * piece(1, 0.5)])
    assert found.position == pytest.approx(weight / weight.sum(), rel=1e-6)


@pytest.mark.parametrize("times", [[], [1.0], [1.0, 1.0, 1.0]])
def test_too_few_times_for_a_change(times: list[float]) -> None:
    with pytest.raises(FitError, match="not enough data"):
        change_in_time(times, 0, 10)


def test_poisson_test_of_two_counts() -> None:
    found = rate_ratio(11, 800, n_other=21, exposure_other=3011, level=0.95)
    assert found.p == pytest.approx(0.07966863, rel=1e-6)
    assert found.ratio == pytest.approx(1.971488095, rel=1e-8)
    assert found.interval == pytest.approx((0.8584264034, 4.2772659437), rel=1e-8)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.05, 20))
def test_two_sided_p_is_the_sum_over_all_splits(first: int, other: int, exposure: float) -> None:
    n, share = first + other, exposure / (exposure + 1)
    pmf = np.array([comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)])
    found = rate_ratio(first, exposure, n_other=other, exposure_other=1.0)
    assert found.p == pytest.approx(min(1.0, float(pmf[pmf <= pmf[first] * (1 + 1e-7)].sum())), rel=1e-6)
    assert found.p_higher == pytest.approx(min(1.0, float(pmf[first:].sum())), rel=1e-6)
    assert found.interval[0] <= (found.ratio if np.isfinite(found.ratio) else np.inf) <= found.interval[1] or n == 0


def triangle_of(path: Path) -> list[list[float]]:
    with path.open(encoding="utf-8") as file:
        return [[float(cell) if cell else NAN for cell in list(row.values())[1:]] for row in csv.DictReader(file)]


def test_chain_ladder_of_mack(shared: Path) -> None:
    found = chain_ladder(triangle_of(shared / "data" / "watch" / "triangle_raa.csv"))
    assert found.total == pytest.approx(52_135.228, abs=5e-4)
    assert found.total_standard_error == pytest.approx(26_909.011, abs=5e-4)


def test_chain_ladder_of_taylor_and_ashe() -> None:
    # The triangle of Taylor and Ashe (1983); the two totals are printed by Mack (1993).
    told = """357848 1124788 1735330 2218270 2745596 3319994 3466336 3606286 3833515 3901463
    352118 1236139 2170033 3353322 3799067 4120063 4647867 4914039 5339085
    290507 1292306 2218525 3235179 3985995 4132918 4628910 4909315
    310608 1418858 2195047 3757447 4029929 4381982 4588268
    443160 1136350 2128333 2897821 3402672 3873311
    396132 1333217 2180715 2985752 3691712
    440832 1288463 2419861 3483130
    359480 1421128 2864498
    376686 1363294
    344014"""
    cells = [[float(word) for word in line.split()] for line in told.splitlines()]
    found = chain_ladder([row + [NAN] * (10 - len(row)) for row in cells])
    assert found.total == pytest.approx(18_680_856, abs=1)
    assert found.total_standard_error == pytest.approx(2_447_095, abs=1)


def test_a_ladder_of_fixed_growth_has_no_error() -> None:
    found = chain_ladder([[10.0, 20.0, 30.0], [20.0, 40.0, NAN], [30.0, NAN, NAN]])
    assert found.ultimate == pytest.approx([30, 60, 90])
    assert found.total == pytest.approx(20 + 60)
    assert found.total_standard_error == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("triangle", "error", "message"),
    [
        ([[1.0]], InputError, "two cohorts"),
        ([[1.0, NAN, 3.0], [1.0, 2.0, NAN]], InputError, "without a gap"),
        ([[1, 2], [-1, NAN]], InputError, "from 0 upwards"),
        ([[1, NAN], [1, 2]], InputError, "oldest"),
        ([[0, 2], [3, NAN]], FitError, "not enough data"),
    ],
)
def test_a_triangle_that_is_none_is_refused(triangle: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        chain_ladder(triangle)


def test_cusum_for_a_mean_out_of_control() -> None:
    mean = 1.88 + 0.9627 * np.sqrt(1.88)
    assert cusum_arl(mean, k=2, h=6) == pytest.approx(5.491425945, rel=1e-9)
    assert cusum_arl(mean, k=2, h=6, fast_start=True) == pytest.approx(3.329008263, rel=1e-9)


def test_p_of_few_times_is_exact() -> None:
    assert uniformity([0.2], 0, 1).p_distance == pytest.approx(0.4)
    draw = np.random.default_rng(4)
    p = np.array([uniformity(draw.random(4), 0, 1).p_distance for _ in range(1500)])
    assert (p < 0.1).mean() == pytest.approx(0.1, abs=0.032)
