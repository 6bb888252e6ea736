"""Small worlds that several tests of the simulator share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from ostraka.simulate import Parameters, Roster, Scenario

Pairs = Sequence[tuple[int, int]]


def plain(n: int, *, years: float = 10.0, name: str = "plain", **values: float) -> Scenario:
    """Members without ties, every mechanism off but those named."""
    return Scenario(name, Roster.make(n, post=1), Parameters().neutral().set(**values), years=years)


def m0(n: int, *, seed: int = 1, years: float = 10.0, degree: float = 8.0, **values: float) -> Scenario:
    """The benchmark model M0: random ties, contagion ln 1.5, posting, purges, ranks weighted 1, 2, 4."""
    chance = np.random.default_rng(seed)
    pairs = chance.integers(0, n, (round(n * degree / 2), 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    ties = (np.zeros(len(pairs), int), pairs[:, 0], pairs[:, 1], np.ones(len(pairs)))
    rank = chance.choice(3, n, p=[0.73, 0.23, 0.04])
    roster = Roster.make(
        n,
        rank=rank,
        weight=np.array([1, 2, 4])[rank],
        post=(chance.random(n) < 0.2).astype(int),
        offset=chance.normal(0, 0.8, n),
        mobile=1.0,
        ties=ties,
    )
    rates = {"base": np.log(0.02), "access_home": 0.2, "contagion_kin": np.log(1.5), "saturation": 8.0}
    rates |= {"purge": 0.01, "posting_out": 0.10, "posting_back": 0.33, "coalition_threshold": 0.5}
    return Scenario("M0", roster, Parameters().neutral().set(**(rates | values)), years=years)


@pytest.fixture
def benchmark_model() -> Scenario:
    """M0 at 200 members."""
    return m0(200)
