"""The engine and its slow twin in plain Python take the same paths."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from ostraka.simulate import Parameters, Policy, Roster, Scenario, replay, simulate
from ostraka.simulate.layout import PARAMETER_NAMES
from ostraka.simulate.replay import EVENT_NAMES
from ostraka.simulate.twin import Twin


def small_world(seed: int, *, policies: tuple[Policy, ...], n: int = 9) -> Scenario:
    """A small elite with every mechanism switched on strongly enough to matter."""
    chance = np.random.default_rng(seed)
    m = 14
    a, b = chance.integers(0, n, m), chance.integers(0, n, m)
    keep = a != b
    ties = (chance.integers(0, 4, m)[keep], a[keep], b[keep], chance.choice([0.5, 1.0, 2.0], m)[keep])
    roster = Roster.make(
        n,
        organ=chance.permutation(np.arange(n) % 3),
        rank=chance.permutation(np.arange(n) % 3),
        post=chance.integers(0, 2, n),
        weight=chance.integers(1, 5, n),
        offset=chance.normal(0, 0.5, n),
        privilege=chance.random(n),
        kin_held=chance.random(n),
        children=chance.integers(0, 2, n).astype(float),
        mobile=chance.integers(0, 3, n).astype(float),
        ties=ties,
        organs=("foreign service", "army", "security"),
        security=("security",),
    )
    lively = Parameters().set(
        base=-1.5, access_home=0.3, access_recalled=0.2, purge=0.1, posting_out=0.4, posting_back=0.5, retire=0.05,
        refill=0.8, memory=0.7, association=0.4, succession=0.15, succession_years=1.0, publicity=0.05,
        publicity_share=0.6, coup=0.2, coup_slope=3.0, screening=0.4, exposure_abroad=1.0, forgetting=0.6,
        complex_at=float(chance.choice([0.0, 1.5])), backlash=0.3, saturation=2.0, rank=0.1,
    )  # fmt: skip
    return Scenario("small", roster, lively, policies, years=8.0)


POLICIES = (
    (),
    (Policy("watched", "monitor", 1.0, 4.0, 1.5, posts=("abroad",)), Policy("terror", "terror", 2.0, 3.0)),
    (Policy("recall", "recall", 1.0, 3.0, 0.6), Policy("families", "hostage_kin", 2.0, 5.0, 0.9)),
    (Policy("recall at once", "recall", 0.0, 2.5, 1.0, organs=("army",)), Policy("again", "recall", 4.0, level=0.5)),
    (Policy("open", "information_control", 0.5, 6.0, -1.0), Policy("screened", "screen", 1.0, 7.0, 0.5)),
    (Policy("heir", "succession", 1.5), Policy("gone", "departure", 0.7, member=3), Policy("told", "publicise", 2.0)),
    (Policy("paid", "privilege", 1.0, 5.0, ranks=(1, 2)), Policy("asylum", "outside_option", 3.0, 8.0, 2.0)),
    (
        Policy("stay", "postings", 1.0, 4.0, -2.0),
        Policy("home", "rotation", 1.0, 6.0, 1.0),
        Policy("x", "coup_proofing"),
    ),
    (Policy("calm", "exit_rate", 2.0, 4.0, -1.0), Policy("quiet", "purge_rate", 1.0, 3.0, -2.0, organs=("security",))),
)


@pytest.mark.parametrize("policies", POLICIES, ids=lambda p: "+".join(x.channel for x in p) or "none")
def test_engine_and_twin_take_the_same_paths(policies: tuple[Policy, ...]) -> None:
    for seed in range(6):
        scenario = small_world(seed, policies=policies)
        fast = replay(scenario, seed, root=11)
        row = dict(zip(PARAMETER_NAMES, scenario.parameters.rows(seed + 1, 11)[seed], strict=True))
        slow = Twin(scenario, row, root=11, replicate=seed).run()
        assert len(slow) > 10
        assert fast["member"].tolist() == [entry[1] for entry in slow]
        assert fast["event"].tolist() == [EVENT_NAMES[entry[2]] for entry in slow]
        np.testing.assert_allclose(fast["year"], [entry[0] for entry in slow], rtol=0, atol=1e-9)


def test_a_blocked_member_never_leaves_in_either() -> None:
    scenario = small_world(2, policies=())
    log = replay(scenario, 0, root=5, blocked=4)
    assert not ((log["member"] == 4) & (log["event"] == "leaves")).any()
    row = dict(zip(PARAMETER_NAMES, scenario.parameters.rows(1, 5)[0], strict=True))
    slow = Twin(scenario, row, root=5, replicate=0, blocked=4).run()
    assert log["member"].tolist() == [entry[1] for entry in slow]


@pytest.mark.parametrize("changes", [1, 120, 520])
def test_clocks_take_the_paths_of_one_long_policy_however_often_it_is_cut(changes: int) -> None:
    # One policy over ten years, and the same policy cut into pieces: the clock of the class is set anew at each cut.
    chance = np.random.default_rng(1)
    pairs = chance.integers(0, 80, (300, 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    roster = Roster.make(
        80,
        post=(chance.random(80) < 0.3).astype(int),
        mobile=1.0,
        ties=(np.zeros(len(pairs), int), *pairs.T, np.ones(len(pairs))),
    )
    values = {
        "base": -3.0,
        "access_home": 0.3,
        "contagion_kin": 0.4,
        "saturation": 8.0,
        "purge": 0.01,
        "posting_out": 0.1,
        "posting_back": 0.33,
    }
    base = Scenario("plain", roster, Parameters().neutral().set(**values))
    cuts = np.linspace(0.0, 10.0, changes + 1)
    pieces = [
        Policy(f"piece {k}", "exit_rate", a, b, level=0.5, posts=("abroad",)) for k, (a, b) in enumerate(pairwise(cuts))
    ]
    whole = base.under(Policy("whole", "exit_rate", 0.0, 10.0, level=0.5, posts=("abroad",)))
    one, many = (simulate(scenario, replicates=40, rng=3, keep_left=True) for scenario in (whole, base.under(*pieces)))
    assert (one.exits == many.exits).all()
    assert (one.left == many.left).all()
    assert (one.events == many.events).all()
    assert many.first_exit == pytest.approx(one.first_exit, rel=1e-9)
