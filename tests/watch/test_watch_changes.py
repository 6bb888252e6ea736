"""Rate changes: the coal record in its two tables, brute force on small records, bad input."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln

from ostraka.errors import InputError
from ostraka.watch import rate_changes
from ostraka.watch.pieces import Pieces

FIRST_YEAR = 1851
FIRST_DAY = date(1851, 1, 1)


@pytest.fixture(scope="module")
def jarrett(shared: Any) -> Any:
    """Disasters a year, 1851 to 1962, table of 191."""
    with (shared / "data" / "watch" / "coal_jarrett_dates.csv").open(encoding="utf-8") as file:
        years = [int(row["date"][:4]) - FIRST_YEAR for row in csv.DictReader(file)]
    return np.bincount(years, minlength=112)


@pytest.fixture(scope="module")
def table188(jarrett: Any) -> Any:
    """The table of 188 that PyMC and others use."""
    counts = jarrett.copy()
    for year, number in ((1891, 1), (1931, 2), (1941, 4), (1942, 2), (1962, 0)):
        counts[year - FIRST_YEAR] = number
    return counts


def test_coal_of_jarrett(jarrett: Any) -> None:
    assert jarrett.sum() == 191
    found = rate_changes(jarrett, max_changes=5, shape=1.0, rate=1.0)
    known = [-206.449835, -177.507587, -176.025798, -175.851775, -175.756996, -175.777870]
    assert found.log_evidence == pytest.approx(known, abs=1e-6)
    assert (found.log_evidence[1] - found.log_evidence[0]) / np.log(10) == pytest.approx(12.56946, abs=1e-5)
    assert found.rates == pytest.approx([3.064235, 0.922368], abs=1e-6)
    assert found.position @ np.arange(1, 112) == pytest.approx(40.07101, abs=1e-5)
    assert FIRST_YEAR + int(found.position.argmax()) == 1891
    known_years = [0.0782, 0.0931, 0.0348, 0.1432, 0.1848, 0.2450, 0.0988, 0.0411]
    assert found.position[35:43] == pytest.approx(known_years, abs=5e-5)
    cumulative = found.position.cumsum()
    assert [FIRST_YEAR + int((cumulative < p).sum()) for p in (0.05, 0.95)] == [1886, 1895]


def test_coal_of_188(table188: Any) -> None:
    found = rate_changes(table188, max_changes=5, shape=1.0, rate=1.0)
    known = [-206.504638, -176.093942, -173.6997, -173.5965, -173.5922, -173.6890]
    assert found.log_evidence == pytest.approx(known, abs=6e-5)
    assert (found.log_evidence[1] - found.log_evidence[0]) / np.log(10) == pytest.approx(13.20720, abs=1e-5)
    assert found.rates == pytest.approx([3.082933, 0.893351], abs=1e-6)
    assert found.position @ np.arange(1, 112) == pytest.approx(39.31064, abs=1e-5)
    cumulative = found.position.cumsum()
    assert [FIRST_YEAR + int((cumulative < p).sum()) for p in (0.05, 0.95)] == [1886, 1893]
    assert FIRST_YEAR + int(found.position.argmax()) == 1890
    assert found.position.max() == pytest.approx(0.28656, abs=1e-5)


def test_coal_of_carlin_gelfand_and_smith(jarrett: Any) -> None:
    # p(rate) ~ rate^-1/2 (1 + rate)^-1/2 is a Gamma(1/2, b) averaged over p(b) ~ b^-1 exp(-b), for each piece alone.
    log_b = np.linspace(-14, 4.5, 160)
    log_head, log_tail, mean_head, mean_tail = [], [], [], []
    for b in np.exp(log_b):
        pieces = Pieces.of(jarrett, np.ones(112), max_changes=0, shape=0.5, rate=b, tails=False)
        log_head.append(pieces.log_piece[0, :-1] - b)
        log_tail.append(pieces.log_piece[1:, -1] - b)
        mean_head.append((0.5 + pieces.events[0, :-1]) / (b + pieces.exposure[0, :-1]))
        mean_tail.append((0.5 + pieces.events[1:, -1]) / (b + pieces.exposure[1:, -1]))
    head, tail = np.exp(np.array(log_head) + 60), np.exp(np.array(log_tail) + 60)
    position = head.sum(axis=0) * tail.sum(axis=0)
    position /= position.sum()
    assert position @ np.arange(1, 112) == pytest.approx(39.9218, abs=2e-3)
    assert np.argsort(position)[::-1][:3].tolist() == [40, 39, 38]
    assert position[[40, 39, 38]] == pytest.approx([0.2405, 0.1853, 0.1469], abs=2e-4)
    before = position @ ((head * mean_head).sum(axis=0) / head.sum(axis=0))
    after = position @ ((tail * mean_tail).sum(axis=0) / tail.sum(axis=0))
    assert [before, after] == pytest.approx([3.12415, 0.92657], abs=2e-4)


def test_coal_in_continuous_time_of_raftery_and_akman(shared: Path) -> None:
    with (shared / "data" / "watch" / "coal_jarrett_dates.csv").open(encoding="utf-8") as file:
        days = [(date.fromisoformat(row["date"]) - FIRST_DAY).days for row in csv.DictReader(file)]
    length = (date(1962, 12, 31) - FIRST_DAY).days + 1
    found = rate_changes(
        np.bincount(days, minlength=length), np.full(length, 1 / 365.25), max_changes=1, shape=0.5, rate=1e-9
    )

    def day(at: Any) -> date:
        return FIRST_DAY + timedelta(days=int(at))

    cumulative = found.position.cumsum()
    assert day(found.position.argmax()) == date(1890, 3, 10)
    assert day((cumulative < 0.5).sum()) in {date(1890, 6, 24), date(1890, 6, 25)}
    assert day(found.position @ np.arange(length - 1)) in {date(1890, 9, 6), date(1890, 9, 7)}
    assert [day((cumulative < p).sum()) for p in (0.025, 0.975)] == [date(1887, 2, 11), date(1896, 7, 28)]
    assert found.rates == pytest.approx([3.154, 0.926], abs=5e-4)


def brute_force(counts: Any, exposure: Any, n_changes: Any, shape: Any, rate: Any, place: Any = None) -> Any:
    """Average evidence over all sets of positions, one by one."""
    n = len(counts)
    logs, weights = [], []
    for cuts in combinations(range(1, n), n_changes):
        log_p = 0.0
        for i, j in pairwise([0, *cuts, n]):
            events, span = counts[i:j].sum(), exposure[i:j].sum()
            log_p += shape * np.log(rate) - gammaln(shape)
            log_p += gammaln(shape + events) - (shape + events) * np.log(rate + span)
        logs.append(log_p)
        weights.append(1.0 if place is None else np.prod([place[cut - 1] for cut in cuts]))
    fixed = (counts * np.log(exposure)).sum() - gammaln(counts + 1).sum()
    return fixed + np.log(np.average(np.exp(logs), weights=weights))


@given(
    st.lists(st.tuples(st.integers(0, 6), st.floats(0.2, 3.0)), min_size=2, max_size=8),
    st.floats(0.3, 3.0),
    st.floats(0.3, 3.0),
)
def test_forward_sum_equals_brute_force(bins: Any, shape: Any, rate: Any) -> None:
    counts, exposure = np.array([b[0] for b in bins]), np.array([b[1] for b in bins])
    most = min(3, len(bins) - 1)
    found = rate_changes(counts, exposure, max_changes=most, shape=shape, rate=rate)
    known = [brute_force(counts, exposure, m, shape, rate) for m in range(most + 1)]
    assert found.log_evidence == pytest.approx(known, abs=1e-8)
    assert found.position.sum() == pytest.approx(1.0)
    weights = [law.weight.sum() for law in found.rate_through_time()]
    assert weights == pytest.approx(np.ones(len(bins)))


@given(st.lists(st.tuples(st.integers(0, 6), st.floats(0.2, 3.0), st.floats(0.01, 9.0)), min_size=2, max_size=8))
def test_weighed_places_equal_brute_force(bins: list[tuple[int, float, float]]) -> None:
    counts, exposure = np.array([b[0] for b in bins]), np.array([b[1] for b in bins])
    place = np.array([b[2] for b in bins[:-1]])
    most = min(3, len(bins) - 1)
    found = rate_changes(counts, exposure, max_changes=most, shape=0.5, rate=0.7, place=place)
    known = [brute_force(counts, exposure, m, 0.5, 0.7, place) for m in range(most + 1)]
    assert found.log_evidence == pytest.approx(known, abs=1e-8)
    assert [law.weight.sum() for law in found.rate_through_time()] == pytest.approx(np.ones(len(bins)))
    even = rate_changes(counts, exposure, max_changes=most, shape=0.5, rate=0.7, place=np.full(len(bins) - 1, 0.3))
    assert even.log_evidence == pytest.approx(
        rate_changes(counts, exposure, max_changes=most, shape=0.5, rate=0.7).log_evidence
    )


@given(st.lists(st.integers(0, 5), min_size=3, max_size=30), st.floats(0.5, 20.0))
def test_the_unit_of_exposure_changes_no_comparison(counts: Any, unit: Any) -> None:
    years = rate_changes(counts, shape=0.5, rate=0.7, max_changes=2)
    other = rate_changes(counts, np.full(len(counts), unit), shape=0.5, rate=0.7 * unit, max_changes=2)
    assert other.log_evidence - other.log_evidence[0] == pytest.approx(years.log_evidence - years.log_evidence[0])
    assert other.rates * unit == pytest.approx(years.rates)


@given(st.lists(st.integers(0, 5), min_size=2, max_size=30))
def test_time_reversed_gives_positions_reversed(counts: Any) -> None:
    forward = rate_changes(counts, shape=1.0, rate=1.0, max_changes=1)
    backward = rate_changes(counts[::-1], shape=1.0, rate=1.0, max_changes=1)
    assert forward.position == pytest.approx(backward.position[::-1], abs=1e-9)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.floats(0.1, 3.0), st.floats(0.1, 4.0)), min_size=2, max_size=40),
    st.booleans(),
)
def test_the_short_way_for_one_change_is_the_long_way(bins: list[tuple[int, float, float]], weighed: bool) -> None:
    counts, exposure, place = (np.array([b[i] for b in bins]) for i in range(3))
    weights = place[:-1] if weighed else None
    short = rate_changes(counts, exposure, max_changes=1, shape=0.5, rate=0.7, place=weights)
    long = rate_changes(counts, exposure, max_changes=2, shape=0.5, rate=0.7, place=weights)
    assert short.log_evidence == pytest.approx(long.log_evidence[:2], abs=1e-9)
    assert short.position == pytest.approx(long.position, abs=1e-9)
    assert short.rates == pytest.approx(long.rates)
    assert short.current_rate([0.5, 0.5]).mean == pytest.approx(long.current_rate([0.5, 0.5, 0.0]).mean)


def test_best_pieces_cut_where_the_rate_jumps() -> None:
    counts = [3, 2, 4, 3, 0, 0, 0, 1, 0, 5, 6, 4]
    found = rate_changes(counts, shape=0.5, rate=0.2)
    assert found.best_pieces(2) == ((0, 3), (4, 8), (9, 11))
    assert found.best_pieces(0) == ((0, 11),)
    low, high = found.current_rate().interval(0.90)
    assert low < 5.0 < high


def test_a_bin_without_exposure_says_nothing() -> None:
    with_gap = rate_changes([2, 0, 3], [1.0, 0.0, 1.0], shape=1.0, rate=1.0, max_changes=0)
    without = rate_changes([2, 3], shape=1.0, rate=1.0, max_changes=0)
    assert with_gap.log_evidence[0] == pytest.approx(without.log_evidence[0])


def test_one_bin_cannot_change() -> None:
    found = rate_changes([4], shape=1.0, rate=1.0)
    assert np.isneginf(found.log_evidence[1:]).all()
    assert found.p_changes() == pytest.approx([1, 0, 0, 0, 0])
    assert found.to_json()["log_evidence"][1] is None


@pytest.mark.parametrize(
    ("counts", "exposure", "message"),
    [
        ([1, -1], None, "whole number"),
        ([1, float("nan")], None, "leave no gaps"),
        ([1, 2], [1.0, 0.0], "no exposure"),
        ([1, 2], [1.0], "one value per bin"),
        ([], None, "one per bin"),
    ],
)
def test_bad_counts_are_refused(counts: Any, exposure: Any, message: Any) -> None:
    with pytest.raises(InputError, match=message):
        rate_changes(counts, exposure, shape=1.0, rate=1.0)


def test_an_improper_prior_is_refused() -> None:
    with pytest.raises(InputError, match="rate must be"):
        rate_changes([1, 2], shape=0.5, rate=0.0)
