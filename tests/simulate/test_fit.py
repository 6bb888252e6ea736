"""What a complete record can tell (D30), and false contagion under likeness."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from ostraka.errors import InputError
from ostraka.hazard import fit_spells
from ostraka.simulate import Parameters, Roster, Scenario, fit_tie_effect, replay, spells_of


def world(n: int, alpha: float, *, trait: NDArray[np.float64], pairs: NDArray[np.int64]) -> Scenario:
    ties = (np.zeros(len(pairs), int), pairs[:, 0], pairs[:, 1], np.ones(len(pairs)))
    roster = Roster.make(n, post=(np.arange(n) % 5 == 0).astype(int), offset=trait, mobile=1.0, ties=ties)
    values = {"base": math.log(0.02), "access_home": 0.2, "contagion_kin": alpha, "saturation": 8.0}
    values |= {"posting_out": 0.10, "posting_back": 0.33, "purge": 0.01}
    return Scenario("M0", roster, Parameters().neutral().set(**values), years=10.0)


def random_pairs(n: int, seed: int, block: int = 0) -> NDArray[np.int64]:
    """Ties at random, of mean degree 8; or only within blocks of a size."""
    chance = np.random.default_rng(seed)
    a = chance.integers(0, n, 4 * n)
    b = a // block * block + chance.integers(0, block, 4 * n) if block else chance.integers(0, n, 4 * n)
    keep = (a != b) & (b < n)
    return np.column_stack([a[keep], b[keep]])


def test_spells_add_up() -> None:
    n = 200
    scenario = world(n, 0.4, trait=np.zeros(n), pairs=random_pairs(n, 1))
    log = replay(scenario, 0, root=3)
    spells = spells_of(log, scenario.roster, years=10.0)
    gone = log[log["event"].isin(["leaves", "purged"])].groupby("member")["year"].min()
    lived = np.full(n, 10.0)
    lived[gone.index] = gone
    assert np.allclose(np.bincount(spells.member, spells.exposure, n), lived)
    assert spells.left.sum() == (log["event"] == "leaves").sum()


@pytest.mark.slow
def test_d30_the_effect_of_ties_is_found_in_complete_records() -> None:
    n, runs, alpha = 3000, 200, 0.405
    trait = np.random.default_rng(5).normal(0, 0.8, n)
    scenario = world(n, alpha, trait=trait, pairs=random_pairs(n, 2))
    found = []
    for r in range(runs):
        spells = spells_of(replay(scenario, r, root=7), scenario.roster, years=10.0)
        x = np.column_stack([np.minimum(spells.departed, 8), trait[spells.member], ~spells.away])
        found.append(fit_spells(spells.left, spells.exposure, x, names=["ties", "trait", "home"]).of("ties"))
    middle, low, high = np.array(found).T
    assert abs(middle.mean() - alpha) < 4 * middle.std() / math.sqrt(runs)
    assert middle.std() == pytest.approx(0.062, rel=0.25)
    assert 0.92 <= ((low < alpha) & (alpha < high)).mean() <= 0.98


@pytest.mark.slow
def test_likeness_looks_like_contagion_until_blocks_are_taken_into_account() -> None:
    n, block, runs = 900, 30, 40
    pairs = random_pairs(n, 4, block)
    plain, blocked, called = [], [], 0
    for r in range(runs):
        alike = np.repeat(np.random.default_rng(r).normal(0, 1.2, n // block), block)
        scenario = world(n, 0.0, trait=alike, pairs=pairs)
        spells = spells_of(replay(scenario, 0, root=r), scenario.roster, years=10.0)
        found = fit_tie_effect(spells, blocks=np.arange(n) // block)
        plain.append(found.plain.of("departed ties"))
        blocked.append(found.blocked.of("departed ties"))
        called += found.may_be_called_contagion
    above = [np.mean([low > 0 for _, low, _ in rows]) for rows in (plain, blocked)]
    assert above[0] >= 0.8  # there is no contagion
    assert above[1] <= 0.1
    assert called <= 0.1 * runs
    assert abs(np.mean([row[0] for row in blocked])) < 0.25 * np.mean([row[0] for row in plain])


def test_the_word_contagion_needs_the_check() -> None:
    n = 300
    scenario = world(n, 0.0, trait=np.zeros(n), pairs=random_pairs(n, 4))
    spells = spells_of(replay(scenario, 0, root=2), scenario.roster, years=10.0)
    found = fit_tie_effect(spells, blocks=np.arange(n) // 30)
    assert not found.may_be_called_contagion
    assert "must not be called contagion" in found.summary()
    with pytest.raises(InputError, match="must not be called contagion"):
        fit_tie_effect(spells, blocks=[1, 2])
    with pytest.raises(InputError, match="not in a record"):
        spells_of(pd.DataFrame({"year": [99.0], "member": [0], "event": ["leaves"]}), scenario.roster, years=10.0)
