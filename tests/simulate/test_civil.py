"""Epstein's civil violence: exact laws of its decisions, Mesa's figures for the same model, and what the paper shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ostraka.errors import InputError
from ostraka.simulate import civil_violence
from ostraka.simulate.civil import Ratio


def test_nobody_is_lost_and_the_same_seed_gives_the_same() -> None:
    one, two = (civil_violence(60, side=24, vision=4, rng=3) for _ in range(2))
    assert (one.active == two.active).all()
    assert (one.active + one.jailed <= one.citizens).all()
    assert (one.citizens, one.police) == (round(0.7 * 576), round(0.04 * 576))


def z_of(sample: NDArray[np.float64], mean: float, se: float = 0.0) -> float:
    return float((sample.mean() - mean) / np.hypot(sample.std(ddof=1) / np.sqrt(sample.size), se))


def test_a_loved_regime_is_calm_and_without_police_all_rebel_whose_grievance_is_worth_it() -> None:
    assert civil_violence(30, legitimacy=1.0, side=20, vision=3, rng=1).active.max() == 0
    runs = [civil_violence(2, legitimacy=0.2, police=0.0, side=20, vision=3, rng=k) for k in range(200)]
    shares = np.array([run.active / run.citizens for run in runs])
    assert (shares[:, 0] == shares[:, 1]).all()
    assert abs(z_of(shares[:, 0], 7 / 8)) < 4  # hardship H above T / (1 - L) = 1/8
    assert all(run.jailed.max() == 0 for run in runs)


@pytest.mark.parametrize("ratio", ["floor", "round", "exact"])
def test_where_arrest_is_certain_only_those_rebel_who_would_for_nothing_and_all_go_to_jail(ratio: Ratio) -> None:
    # Everybody sees the whole torus, police outnumber rebels: P(H (1 - L) - R > T) = (1 - L - T)^2 / (2 (1 - L)).
    runs = [
        civil_violence(12, legitimacy=0.7, police=0.3, side=15, vision=7, view="square", ratio=ratio, jail=10**9, rng=k)
        for k in range(200)
    ]
    out = np.array([(run.active + run.jailed) / run.citizens for run in runs])
    assert (out == out[:, :1]).all()
    assert all(run.active[-1] == 0 for run in runs)
    assert abs(z_of(out[:, 0], 0.2**2 / (2 * 0.3))) < 4


MESA = {  # benchmarks/civil_mesa.py, Mesa 3.3.1, 150 runs: rebels and jailed after a step, mean and standard error
    1: ((397.69, 4.36), (52.71, 0.27)),
    5: ((564.92, 1.29), (262.88, 0.58)),
    10: ((354.18, 1.63), (455.47, 0.89)),
    20: ((55.98, 3.16), (569.74, 2.63)),
    30: ((242.05, 6.63), (475.44, 4.92)),
}


@pytest.mark.slow
def test_a_wave_of_rebellion_has_the_size_it_has_in_mesa() -> None:
    options: dict[str, Any] = {"legitimacy": 0.6, "jail": 20, "view": "diamond", "ratio": "round", "deterrence": 2.3}
    runs = [civil_violence(30, rng=k, **options) for k in range(150)]
    for step, means in MESA.items():
        for name, (mean, se) in zip(("active", "jailed"), means, strict=True):
            assert abs(z_of(np.array([getattr(run, name)[step - 1] for run in runs]), mean, se)) < 4


def test_rebellion_comes_in_bursts_when_the_ratio_is_cut_and_smoulders_when_it_is_not() -> None:
    burst = civil_violence(200, rng=1)
    assert burst.active.max() > 5 * np.median(burst.active) + 50
    assert burst.bursts().size >= 1
    smooth = civil_violence(200, ratio="exact", rng=1)
    assert smooth.active.max() < 0.1 * burst.active.max()


@pytest.mark.slow
def test_a_large_loss_in_small_steps_stays_calmer_than_a_small_one_at_once() -> None:
    slow = np.concatenate([np.full(5, 0.9), np.linspace(0.9, 0.2, 71), np.full(9, 0.2)])  # figure 9
    jump = np.concatenate([np.full(10, 0.9), np.full(30, 0.7)])  # figure 10
    runs = [
        [civil_violence(x.size, legitimacy=x, police=0.074, jail=10**6, rng=k).active.max() for x in (slow, jump)]
        for k in range(30)
    ]
    calm, loud = np.array(runs).T
    assert (loud > calm).sum() - 15 > 4 * np.sqrt(30 / 4)  # four standard errors above a coin
    assert np.median(loud) > 3 * np.median(calm)


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": 0},
        {"legitimacy": 1.5},
        {"citizens": 0.9, "police": 0.2},
        {"vision": 20},
        {"threshold": np.nan},
        {"view": "far"},
        {"ratio": "ceiling"},
        {"jail": -1},
    ],
)
def test_bad_numbers_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        civil_violence(**({"steps": 5} | wrong))
