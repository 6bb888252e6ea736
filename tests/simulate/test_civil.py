"""Epstein's civil violence: what it must show, not which number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ostraka.errors import InputError
from ostraka.simulate import civil_violence


def test_nobody_is_lost_and_the_same_seed_gives_the_same() -> None:
    one, two = (civil_violence(60, side=24, vision=4, rng=3) for _ in range(2))
    assert (one.active == two.active).all()
    assert (one.active + one.jailed <= one.citizens).all()
    assert (one.citizens, one.police) == (round(0.7 * 576), round(0.04 * 576))


def test_a_loved_regime_is_calm_and_one_without_police_is_not() -> None:
    assert civil_violence(30, legitimacy=1.0, side=20, vision=3, rng=1).active.max() == 0
    free = civil_violence(30, legitimacy=0.2, police=0.0, side=20, vision=3, rng=1)
    # Without police all rebel whose grievance H (1 - L) exceeds the threshold: H above 1/8.
    assert free.active[-1] / free.citizens == pytest.approx(7 / 8, abs=0.06)
    assert free.jailed.max() == 0


def test_rebellion_comes_in_bursts_with_the_floor_and_smoulders_without() -> None:
    burst = civil_violence(200, rng=1)
    assert burst.active.max() > 5 * np.median(burst.active) + 50
    assert burst.bursts().size >= 1
    smooth = civil_violence(200, floored=False, rng=1)
    assert smooth.active.max() < burst.active.max()


@pytest.mark.slow
def test_a_large_loss_in_small_steps_stays_calmer_than_a_small_one_at_once() -> None:
    slow = np.concatenate([np.full(5, 0.9), np.linspace(0.9, 0.2, 71), np.full(9, 0.2)])  # figure 9
    jump = np.concatenate([np.full(10, 0.9), np.full(30, 0.7)])  # figure 10

    def peaks(seed: int) -> list[int]:
        runs = (civil_violence(x.size, legitimacy=x, police=0.074, rng=seed) for x in (slow, jump))
        return [int(run.active.max()) for run in runs]

    with ThreadPoolExecutor(2) as pool:
        gap = np.diff(list(pool.map(peaks, range(200))), axis=1).ravel()
    assert gap.mean() > 0
    assert (gap > 0).sum() > 3 * (gap < 0).sum()


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": 0},
        {"legitimacy": 1.5},
        {"citizens": 0.9, "police": 0.2},
        {"vision": 20},
        {"threshold": np.nan},
        {"jail": -1},
    ],
)
def test_bad_numbers_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError):
        civil_violence(**({"steps": 5} | wrong))  # type: ignore[arg-type]
