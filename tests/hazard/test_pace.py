"""The pace of events where it changes and some are reported late."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ostraka.errors import InputError
from ostraka.hazard.pace import changing_pace


def steady(rate: float, years: float, seed: int) -> NDArray[np.float64]:
    chance = np.random.default_rng(seed)
    return np.sort(chance.uniform(0, years * 365.25, chance.poisson(rate * years)))


def test_a_steady_record_reported_at_once_gives_its_own_rate() -> None:
    known = []
    for rate in (1.0, 12.0):
        days = steady(rate, 10.0, 3)
        pace = changing_pace(days, days + 1, start=0, look=3653, ahead=0.5, rng=1)
        low, middle, high = np.quantile(pace.ahead, (0.05, 0.5, 0.95))
        assert low < rate < high
        assert 0.5 < middle / (days.size / 10) < 2
        known.append(pace.known_share)
    assert 0.6 < known[0] < known[1]  # a few reports that came at once do not yet promise that all do
    assert known[1] > 0.9


def test_intervals_hold_what_comes_as_often_as_they_say() -> None:
    held = []
    for seed in range(40):
        chance = np.random.default_rng(seed)
        level = np.log(4.0) + 0.8 * chance.normal(size=30)  # months scattered around a usual pace
        counts = chance.poisson(np.exp(level) / 12)
        days = np.concatenate([k * 30.4375 + chance.uniform(0, 30, c) for k, c in enumerate(counts[:24])])
        pace = changing_pace(days, days + 1, start=0, look=24 * 30.4375, ahead=0.5, rng=seed)
        low, high = np.quantile(chance.poisson(pace.ahead * 0.5), (0.05, 0.95))
        held.append(low <= counts[24:].sum() <= high)
    assert np.mean(held) >= 0.8


def test_late_reports_raise_what_is_said_of_the_last_months() -> None:
    days = steady(6.0, 4.0, 5)
    late = days + 300.0
    look = 1461.0
    known = late <= look
    blind = changing_pace(days[known], days[known] + 1, start=0, look=look, ahead=0.5, rng=1)
    aware = changing_pace(days[known], late[known], start=0, look=look, ahead=0.5, rng=1)
    assert np.median(aware.ahead) > 1.5 * np.median(blind.ahead)
    assert aware.known_share < 0.3


def test_a_burst_widens_and_a_calm_record_does_not() -> None:
    calm = steady(2.0, 6.0, 1)
    burst = np.concatenate([calm, 2000 + np.arange(20) * 3.0])
    wide, narrow = (
        np.quantile(changing_pace(d, d + 1, start=0, look=2192, ahead=0.5, rng=1).ahead, 0.95) for d in (burst, calm)
    )
    assert wide > 4 * narrow


@pytest.mark.parametrize(
    "wrong", [{"look": 0.0}, {"days": [-1.0], "reported": [2.0]}, {"days": [1.0], "reported": []}, {"days": [99.0]}]
)
def test_days_outside_of_the_record_are_refused(wrong: dict[str, object]) -> None:
    call: dict[str, object] = {"days": [1.0], "reported": [2.0], "start": 0.0, "look": 50.0, "ahead": 0.5} | wrong
    with pytest.raises(InputError, match="between the start"):
        changing_pace(call.pop("days"), call.pop("reported"), **call)  # type: ignore[arg-type]
