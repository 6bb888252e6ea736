"""Vague dates: the exact sum equals the average over many imputations; both fall back to exact days."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.errors import InputError
from ostraka.watch import one_change_of_intervals
from ostraka.watch.imputation import average
from ostraka.watch.pieces import Pieces

LENGTH = 30.0
PLACES = np.arange(1.0, LENGTH)
SPANS = (PLACES, LENGTH - PLACES)


def on_days(times: Any) -> Any:
    """Log evidence of none and one change for exactly known times, by the sum over pieces."""
    counts = np.stack([np.histogram(row, np.arange(LENGTH + 1))[0] for row in np.atleast_2d(times)])
    pieces = Pieces.of(counts, np.ones(int(LENGTH)), max_changes=1, shape=0.5, rate=0.6, tails=False)
    return pieces.log_totals


def test_exact_days_give_the_sum_over_pieces() -> None:
    times = np.random.default_rng(3).random(25) * (LENGTH - 1e-6)
    inside = np.floor(times)
    found = one_change_of_intervals(inside, inside + 1, PLACES, exposure=SPANS, shape=0.5, rate=0.6)
    assert found.log_evidence == pytest.approx(on_days(times)[:, 0], abs=1e-9)


def test_vague_dates_give_the_average_over_imputations() -> None:
    draw = np.random.default_rng(4)
    low = draw.random(18) * (LENGTH - 6)
    high = low + draw.random(18) * 6 + 0.01
    found = one_change_of_intervals(low, high, PLACES, exposure=SPANS, shape=0.5, rate=0.6)
    drawn = low + draw.random((12_000, 18)) * (high - low)
    log_mean, n_effective = average(on_days(drawn))
    assert n_effective[1] > 2000
    assert found.log_evidence == pytest.approx(log_mean, abs=0.06)


@given(st.lists(st.tuples(st.floats(0, 28), st.floats(0.01, 2)), min_size=1, max_size=20))
def test_positions_are_a_law_and_time_may_run_backwards(intervals: list[tuple[float, float]]) -> None:
    low = np.array([start for start, _ in intervals])
    high = low + np.array([width for _, width in intervals])
    forward = one_change_of_intervals(low, high, PLACES, exposure=SPANS, shape=0.5, rate=0.6)
    backward = one_change_of_intervals(LENGTH - high, LENGTH - low, PLACES, exposure=SPANS, shape=0.5, rate=0.6)
    assert forward.position.sum() == pytest.approx(1.0)
    assert forward.position == pytest.approx(backward.position[::-1], abs=1e-9)
    assert forward.rates == pytest.approx(backward.rates[::-1], rel=1e-6)


def test_an_empty_interval_is_refused() -> None:
    with pytest.raises(InputError, match="ends after it begins"):
        one_change_of_intervals([1.0], [1.0], PLACES, exposure=SPANS, shape=0.5, rate=0.6)
    with pytest.raises(InputError, match="add up"):
        one_change_of_intervals([1.0], [2.0], PLACES, exposure=(PLACES, PLACES), shape=0.5, rate=0.6)
