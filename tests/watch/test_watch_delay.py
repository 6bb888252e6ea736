"""Reporting delay: truncation, pooling of sectors, a law that changed, effort, and what is not yet reported."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.dates import day_number
from ostraka.errors import FitError, InputError
from ostraka.watch import (
    Departures,
    Effort,
    GammaMixture,
    delay_change,
    effort_alternatives,
    nowcast,
    reporting_delay,
    reporting_delay_by_group,
    reverse_hazards,
    unreported,
)
from ostraka.watch.exposure import bin_exposure, seen_exposure, unseen_exposure
from ostraka.watch.sight import Delays, Sight

YEAR = 365.25


def simulated(
    n: int, *, median: float, spread: float, years: float, seed: int
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Days of events and their delays; what is reported after the end is cut off."""
    draw = np.random.default_rng(seed)
    event = draw.random(n) * years * YEAR
    delay = median * np.exp(spread * draw.standard_normal(n))
    seen = event + delay <= years * YEAR
    return event[seen], delay[seen]


@pytest.mark.slow
def test_truncation_is_undone() -> None:
    event, delay = simulated(4000, median=400.0, spread=1.2, years=5, seed=2)
    law = reporting_delay(delay, 5 * YEAR - event)
    assert law.median_days == pytest.approx(400, rel=0.12)
    assert float(np.median(delay)) < 300
    assert float(law.weight @ law.spread[:, 0]) == pytest.approx(1.2, rel=0.1)


def test_without_delays_the_law_is_its_prior() -> None:
    law = reporting_delay([], [])
    assert law.n_delays == 0
    assert law.median_days == pytest.approx(90, rel=0.05)
    low, high = law.band([90.0])
    assert low[0] < 0.2
    assert high[0] > 0.8


@given(st.lists(st.tuples(st.floats(0, 4000), st.floats(0, 4000)), min_size=1, max_size=15))
def test_the_distribution_rises_within_its_band(pairs: list[tuple[float, float]]) -> None:
    delay, more = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    law = reporting_delay(delay, delay + more)
    days = np.array([0.0, 1.0, 10.0, 100.0, 1000.0, 10_000.0])
    cdf, (low, high) = law.cdf(days), law.band(days)
    assert (np.diff(cdf) >= 0).all()
    assert (low <= high).all()
    assert law.weight.sum() == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("delay", "longest", "message"),
    [
        ([-1.0], [5.0], "before its departure"),
        ([9.0], [5.0], "too early"),
        ([1.0], [5.0, 6.0], "one for each"),
        ([np.nan], [5.0], "finite"),
    ],
)
def test_bad_delays_are_refused(delay: list[float], longest: list[float], message: str) -> None:
    with pytest.raises(InputError, match=message):
        reporting_delay(delay, longest)


def test_a_sector_with_few_delays_leans_on_the_rest() -> None:
    rng = np.random.default_rng(1)
    delay = [2.0] * 12 + [700.0] * 12 + [700.0]
    group = ["fast"] * 12 + ["slow"] * 12 + ["rare"]
    together, laws = reporting_delay_by_group(
        delay, [9000.0] * 25, group, share={"fast": 1, "slow": 1, "rare": 1, "new": 1}, rng=rng
    )
    assert laws["fast"].median_days < laws["rare"].median_days < laws["slow"].median_days * 1.3
    assert laws["fast"].median_days < laws["new"].median_days < laws["slow"].median_days
    assert laws["new"].n_delays == 0
    assert together.cdf([100.0])[0] == pytest.approx(np.mean([law.cdf([100.0])[0] for law in laws.values()]))
    spread_of = {name: float(np.std(law.log_median)) for name, law in laws.items()}
    assert spread_of["new"] > spread_of["rare"] > spread_of["slow"]


def test_a_change_of_the_law_is_noticed_and_noise_is_not() -> None:
    draw = np.random.default_rng(4)
    days, delay = np.arange(60.0), 60 * np.exp(draw.standard_normal(60))
    assert not delay_change(days, delay, np.full(60, 9000.0)).warns
    assert delay_change(days, np.where(days < 30, delay * 20, delay), np.full(60, 90_000.0)).warns
    few = delay_change([1, 2, 3], [5, 6, 7], [99, 99, 99])
    assert few.odds == 1.0
    assert few.to_json()["median_late_days"] is None


def test_seen_and_unseen_make_the_whole() -> None:
    law = reporting_delay([10, 300, 90, 2000], [4000] * 4)
    window = (0.0, 10 * YEAR)
    effort = Effort("half, then all", (date(1970, 1, 1), date(1975, 1, 1)), (0.5, 1.0))
    seen = seen_exposure(law, *window, now_day=10 * YEAR, effort=effort)
    unseen = unseen_exposure(law, *window, now_day=10 * YEAR, effort=effort)
    assert seen + unseen == pytest.approx(np.full(seen.size, 7.5), rel=5e-3)
    sight = Sight(law, 10 * YEAR, effort)
    edges = np.linspace(0, 10 * YEAR, 41)
    assert sight.seen(edges).sum() == pytest.approx(float(seen @ law.weight), rel=5e-3)
    assert sight.unseen_by_bin(edges).sum(axis=0) == pytest.approx(unseen, rel=3e-2)


def test_nothing_is_seen_after_now() -> None:
    assert bin_exposure([0.0, YEAR, 2 * YEAR], now_day=YEAR).tolist() == [1.0, 0.0]


def test_effort_is_a_step_function() -> None:
    steps = Effort("grew", (date(2000, 1, 1), date(2004, 1, 1)), (0.25, 1.0))
    days = [day_number(day) for day in (date(1990, 1, 1), date(2003, 12, 31), date(2004, 1, 1))]
    assert steps.at(days).tolist() == [0.25, 0.25, 1.0]
    assert set(effort_alternatives(date(1991, 1, 1), date(2024, 12, 31))) == {"constant", "grown", "fallen"}


@pytest.mark.parametrize(
    ("since", "level", "message"),
    [
        ((date(2000, 1, 1),), (), "one level for each day"),
        ((date(2004, 1, 1), date(2000, 1, 1)), (0.5, 0.6), "in order"),
        ((date(2000, 1, 1),), (0.0,), "above 0"),
        ((date(2000, 1, 1),), (1.5,), "at most 1"),
    ],
)
def test_bad_effort_is_refused(since: tuple[date, ...], level: tuple[float, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Effort("x", since, level)


def test_what_is_never_reported_is_the_users_number() -> None:
    found = Departures.of_days(
        [10.0, 500.0, 900.0], start_day=0.0, end_day=1000.0, reported_day=np.array([20.0, 700.0, 990.0])
    )
    rng = np.random.default_rng(1)
    all_told = Delays.of(found, 1000.0, never_reported=0.0, rng=rng).law_for(found, 1000.0)
    half_told = Delays.of(found, 1000.0, never_reported=0.5, rng=np.random.default_rng(1)).law_for(found, 1000.0)
    assert half_told.cdf([400.0])[0] == pytest.approx(all_told.cdf([400.0])[0] / 2, rel=1e-6)


def test_unreported_is_negative_binomial() -> None:
    pmf = unreported(GammaMixture.single(30.5, 35.0), [0.5])
    assert pmf[0] == pytest.approx((35.0 / 35.5) ** 30.5)
    assert unreported(GammaMixture.single(1.0, 1.0), [0.0]).tolist() == [1.0]
    mixed = unreported(GammaMixture.single(5.0, 5.0), [0.2, 2.0], [0.5, 0.5])
    parts = [unreported(GammaMixture.single(5.0, 5.0), [span])[0] for span in (0.2, 2.0)]
    assert mixed[0] == pytest.approx(np.mean(parts))


@given(st.integers(0, 40), st.lists(st.floats(0.01, 1.0), min_size=1, max_size=30))
def test_a_nowcast_is_a_law_above_what_is_reported(n_reported: int, share: list[float]) -> None:
    pmf = nowcast(n_reported, share, shape=0.5, rate=0.05)
    assert pmf.sum() == pytest.approx(1.0, abs=1e-3)
    assert pmf[:n_reported].sum() == 0.0


def test_all_reported_leaves_nothing_to_come() -> None:
    assert nowcast(3, [1.0], shape=0.5, rate=0.05)[3] == pytest.approx(1.0)


def test_reports_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputError, match="between its event and now_day"):
        reverse_hazards([0.0], [9.0], now_day=5, longest=9)
    with pytest.raises(FitError, match="not enough data"):
        reverse_hazards([], [], now_day=5, longest=9)


@pytest.mark.parametrize(("low", "high"), [([np.nan], None), ([5.0], [5.0]), ([2000.0], None), ([1.0, 2.0], [3.0])])
def test_bad_intervals_are_refused(low: list[float], high: list[float] | None) -> None:
    with pytest.raises(InputError, match="each"):
        Departures.of_days(low, high, start_day=0.0, end_day=1000.0)
