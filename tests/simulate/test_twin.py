"""The engine and its slow twin in plain Python take the same paths."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from ostraka.simulate import Parameters, Policy, Roster, Rule, Scenario, replay, simulate
from ostraka.simulate.layout import PARAMETER_NAMES
from ostraka.simulate.replay import EVENT_NAMES
from ostraka.simulate.twin import Twin


def small_world(
    seed: int, *, policies: tuple[Policy, ...], rules: tuple[Rule, ...] = (), values: dict[str, float] | None = None
) -> Scenario:
    """A small elite with every mechanism switched on strongly enough to matter."""
    n = 9
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
    return Scenario("small", roster, lively.set(**(values or {})), policies, years=8.0, rules=rules)


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
        same_paths(small_world(seed, policies=policies), seed)


def same_paths(scenario: Scenario, seed: int) -> set[str]:
    """Check one replicate event by event; what happens at one instant may stand in another order. Gives the events."""
    fast = replay(scenario, seed, root=11)
    row = dict(zip(PARAMETER_NAMES, scenario.parameters.rows(seed + 1, 11)[seed], strict=True))
    slow = Twin(scenario, row, root=11, replicate=seed).run()
    assert len(slow) > 10
    at_once = sorted if any(rule.acts for rule in scenario.rules) else list
    quick = zip(fast["year"].round(9), fast["member"], fast["event"], strict=True)
    plain = ((round(year, 9), member, EVENT_NAMES[kind]) for year, member, kind, _ in slow)
    for (year, *what), (other, *same) in zip(at_once(quick), at_once(plain), strict=True):
        assert what == same
        assert year == pytest.approx(other, abs=2e-9)
    return set(fast["event"])


MOODS = {
    "log_ties": 1.0, "detain": 0.5, "release": 0.7, "detention_grievance": 0.6, "resist": 0.5, "purge_opposed": 0.9,
    "calming": 1.5, "calming_step": 0.25, "passed_over": 0.4, "succession_grievance": 0.35,
}  # fmt: skip


def test_engine_and_twin_take_the_same_paths_with_detention_opposition_and_moods() -> None:
    policies = (Policy("cut", "grievance", 1.5, level=0.7, ranks=(1, 2)), Policy("sharp", "accuracy", 2.0, 6.0, 1.5))
    seen: set[str] = set()
    for seed in range(12):
        seen |= same_paths(small_world(seed, policies=policies if seed % 2 else (), values=MOODS), seed)
    assert {"detained", "released", "turns to opposition", "calms down"} <= seen


RULES = (
    (Rule("mission home", "departure", "recall", whom="colleague", level=0.8, delay_days=40, days=300),),
    (Rule("watched", "departure", "monitor", level=1.5, days=200, from_rank=1, posts=("abroad",)),),
    (
        Rule("kin purged", "departure", "purge", whom="kin", level=0.7),
        Rule("clients", "purge", "detain", whom="patron"),
    ),
    (
        Rule("terror", "purge", "terror", delay_days=30, days=100),
        Rule("told", "known departure", "publicise", days=500),
    ),
    (
        Rule("all home", "succession", "recall", days=400, organs=("army",)),
        Rule("heads", "succession", "purge", level=0.3, delay_days=10),
        Rule("organ", "detention", "detain", whom="organ", level=0.2, from_organs=("security",)),
        Rule("hostages", "opposition", "hostage_kin", level=0.9, days=250),
    ),
    (Rule("screened", "departure", "screen", level=0.4, days=60, from_posts=("abroad",), cost=2.0),),
)


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: "+".join(f"{r.on}-{r.then}" for r in rules))
def test_engine_and_twin_take_the_same_paths_under_rules(rules: tuple[Rule, ...]) -> None:
    acted = 0
    for seed in range(8):
        policies = (Policy("heir", "succession", 1.5), Policy("gone", "departure", 0.7, member=3))
        scenario = small_world(seed, policies=policies, rules=rules, values=MOODS if seed % 2 else {})
        acted += "rule acts" in same_paths(scenario, seed)
    assert acted >= 4


def test_engine_and_twin_take_the_same_paths_where_ties_have_dates() -> None:
    base = small_world(1, policies=())
    chance = np.random.default_rng(3)
    a, b = chance.integers(0, 9, 30), chance.integers(0, 9, 30)
    keep = a != b
    begins = chance.uniform(-2, 6, keep.sum())
    dated = (chance.integers(0, 4, 30)[keep], a[keep], b[keep], np.ones(keep.sum()), begins, begins + 3.0)
    roster = Roster.make(9, post=1, rank=np.arange(9) % 3, ties=dated)
    always = Roster.make(9, post=1, rank=np.arange(9) % 3, ties=dated[:4])
    differ = 0
    for seed in range(6):
        one, other = (Scenario("dated", r, base.parameters, years=8.0) for r in (roster, always))
        same_paths(one, seed)
        differ += not replay(one, seed, root=11).equals(replay(other, seed, root=11))
    assert differ > 0


def test_a_blocked_member_never_leaves_in_either() -> None:
    scenario = small_world(2, policies=())
    log = replay(scenario, 0, root=5, blocked=4)
    assert not ((log["member"] == 4) & (log["event"] == "leaves")).any()
    row = dict(zip(PARAMETER_NAMES, scenario.parameters.rows(1, 5)[0], strict=True))
    slow = Twin(scenario, row, root=5, replicate=0, blocked=4).run()
    assert log["member"].tolist() == [entry[1] for entry in slow]


@pytest.mark.parametrize("changes", [1, 120, 520])
def test_d22_clocks_take_the_paths_of_one_long_policy_however_often_it_is_cut(changes: int) -> None:
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


@pytest.mark.parametrize("changes", [1, 120])
def test_d22_clocks_and_the_twin_that_works_out_all_rates_anew_take_the_same_paths(changes: int) -> None:
    cuts = np.linspace(0.0, 8.0, changes + 1)
    levels = np.random.default_rng(changes).normal(0, 0.8, changes)
    pieces = tuple(
        Policy(f"piece {k}", "exit_rate", a, b, level=float(level), posts=("abroad",) if k % 2 else ())
        for k, ((a, b), level) in enumerate(zip(pairwise(cuts), levels, strict=True))
    )
    for seed in range(3):
        same_paths(small_world(seed, policies=pieces), seed)


@pytest.mark.slow
def test_d22_at_520_changes_of_policy() -> None:
    cuts = np.linspace(0.0, 8.0, 521)
    pieces = tuple(Policy(f"{k}", "exit_rate", a, b, level=0.3 * (-1) ** k) for k, (a, b) in enumerate(pairwise(cuts)))
    same_paths(small_world(4, policies=pieces), 4)


CAREERS = {
    "promote": 0.8, "promote_loyalty": 0.7, "passed_over": 0.3, "retire": 0.1, "retire_ageing": 0.08, "pension_age": 64.0,
    "pension_rise": 1.2, "newcomer_age": 50.0, "succession": 0.25, "succession_stages": 3.0, "leader_stages": 2.0,
    "leader_age": 70.0, "leader_years": 4.0, "leader_ageing": 0.05, "leader_tenure": -0.08, "refill": 2.5,
    "refill_rank": 0.4, "succession_ties": 0.8,
}  # fmt: skip


def test_engine_and_twin_take_the_same_paths_with_careers_ages_and_an_ageing_leader() -> None:
    policies = (Policy("watched", "monitor", 1.0, 6.0, ranks=(1, 2)), Policy("recall", "recall", 2.0, 4.0, 0.5))
    rules = (Rule("heads", "departure", "purge", whom="organ", level=0.3, from_rank=2),)
    seen: dict[str, int] = {}
    for seed in range(12):
        values = MOODS | CAREERS if seed % 3 else CAREERS
        world = small_world(seed, policies=policies if seed % 2 else (), rules=rules if seed % 4 else (), values=values)
        old, ages = world.roster, np.where(np.arange(9) % 4 == 3, np.nan, 45.0 + 3 * np.arange(9))
        ego, alter, kind = np.repeat(np.arange(9), np.diff(old.start)), old.tie[:, 0], old.tie[:, 1]
        once = ego < alter
        columns = ("rank", "post", "weight", "offset", "privilege", "kin_held", "children", "mobile")
        roster = Roster.make(
            9, age=ages, organ=np.arange(9) % 2, organs=old.organs, security=old.security,
            ties=(kind[once], ego[once], alter[once], old.tie_weight[once]),
            **{name: getattr(old, name) for name in columns},
        )  # fmt: skip
        for event in same_paths(replace(world, roster=roster), seed):
            seen[event] = seen.get(event, 0) + 1
    assert seen["promoted"] > 8
    assert seen["retires"] > 8
    assert seen["succession"] > 8
