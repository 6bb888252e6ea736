"""Ages, promotions and the leader against closed forms: who retires when, who rises into what, how long a leader stays."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from scipy import integrate, stats

from ostraka.errors import InputError
from ostraka.simulate import Parameters, Policy, Roster, Scenario, elite_roster, replay, scenario_from_toml, simulate
from ostraka.simulate.draw import RULED, rule_lot, uniform

QUIET = {"base": -60.0, "succession_years": 1.0}


def first_succession(runs: int, **values: float) -> np.ndarray:
    """When the first leader goes, in many replicates; inf if not within 60 years."""
    world = Scenario("one", Roster.make(1), Parameters().neutral().set(**QUIET, **values), years=60.0)
    logs = (replay(world, k, root=3) for k in range(runs))
    return np.array([log["year"].iloc[0] if len(log) else math.inf for log in logs])


@pytest.mark.parametrize("stages", [1, 3, 8])
def test_a_leaders_time_in_office_is_erlang(stages: int) -> None:
    stays = first_succession(400, succession=0.1, leader_stages=stages)
    assert stats.kstest(stays, stats.gamma(stages, scale=10.0 / stages).cdf).pvalue > 1e-3


def test_a_leaders_hazard_rises_with_age_and_time_in_office() -> None:
    values = {"leader_ageing": 0.09, "leader_tenure": 0.03, "leader_age": 66.0, "successor_age": 60.0}
    stays = first_succession(400, succession=0.02, leader_years=5.0, **values)
    begins, slope = 0.02 * math.exp(0.09 * 6 + 0.03 * 5), 0.12
    assert stats.kstest(stays, lambda t: -np.expm1(-begins * np.expm1(slope * t) / slope)).pvalue > 1e-3


def test_a_leader_who_settles_in_may_never_go() -> None:
    # a log hazard that falls by 0.2 a year adds up to 0.1 / 0.2 in all: exp(-0.5) of leaders stay for good
    stays = first_succession(400, succession=0.1, leader_tenure=-0.2)
    share, expected = np.mean(np.isinf(stays)), math.exp(-0.5 * (1 - math.exp(-0.2 * 60)))
    assert abs(share - expected) < 4 * math.sqrt(expected * (1 - expected) / 400)


def test_the_length_of_a_succession_is_erlang() -> None:
    values = {"base": -60.0, "succession_years": 2.0, "succession_stages": 4.0}
    world = Scenario("one", Roster.make(1), Parameters().neutral().set(**values), years=60.0)
    logs = [replay(world.under(Policy("heir", "succession", 1.0)), k, root=3)["year"] for k in range(400)]
    assert stats.kstest([log.iloc[1] - 1.0 for log in logs], stats.gamma(4, scale=0.5).cdf).pvalue > 1e-3


ROOT = Path(__file__).parents[2]
AGED = {
    "base": -60.0,
    "retire": 0.03,
    "retire_ageing": 0.07,
    "retire_reference": 60.0,
    "pension_age": 63.0,
    "pension_rise": 1.1,
}


def hazard(age: float) -> float:
    """Of death and retirement at an age, from the words of the table."""
    rise = AGED["pension_rise"] if age >= AGED["pension_age"] else 0.0
    return AGED["retire"] * math.exp(AGED["retire_ageing"] * (age - AGED["retire_reference"]) + rise)


def stay(age: float, years: float) -> float:
    """Chance to be there still after some years, by quadrature."""
    middle = [AGED["pension_age"]] if age < AGED["pension_age"] < age + years else None
    return math.exp(-integrate.quad(hazard, age, age + years, points=middle)[0])


def test_members_retire_by_age_and_those_of_unknown_age_at_the_flat_rate() -> None:
    n, ages = 3000, np.array([40.0, 58.0, 62.9, 63.0, 75.0, np.nan])
    world = Scenario("old", Roster.make(n, age=np.tile(ages, n // 6)), Parameters().neutral().set(**AGED), years=6.0)
    counts = n * simulate(world, replicates=20, rng=2).coalition
    for edge in (5, 10, 20):
        years = 6.0 * edge / 20
        chances = [math.exp(-0.03 * years) if math.isnan(age) else stay(age, years) for age in ages]
        mean, sd = n / 6 * sum(chances), math.sqrt(n / 6 * sum(p * (1 - p) for p in chances))
        assert abs(counts[:, edge].mean() - mean) < 4 * sd / math.sqrt(20)


def test_the_ages_of_a_steady_elite_follow_its_survival() -> None:
    n, enters = 500, 35.0
    values = AGED | {"newcomer_age": enters, "refill": 1e4}
    world = Scenario("steady", Roster.make(n, age=50.0), Parameters().neutral().set(**values), years=250.0)
    log = replay(world, 0, root=5)
    came = log[log["event"] == "replaced"].groupby("member")["year"].max()
    ages = enters + 250.0 - came.to_numpy()
    assert len(ages) == n
    total = integrate.quad(lambda x: stay(enters, x), 0, 60)[0]
    grid = np.linspace(0.0, 60.0, 61)
    below = np.cumsum([0.0, *(integrate.quad(lambda x: stay(enters, x), a, a + 1)[0] / total for a in grid[:-1])])
    assert stats.kstest(ages - enters, lambda x: np.interp(x, grid, below)).pvalue > 1e-3


@pytest.mark.parametrize("age", [-1.0, 200.0, math.inf])
def test_an_age_that_cannot_be_is_refused_with_its_row(age: float) -> None:
    with pytest.raises(InputError, match="age, row 1"):
        Roster.make(3, age=[40.0, age, math.nan])


def ladder(weight: list[int], *, years: float = 60.0, **values: float) -> Scenario:
    """An organ of 100 seats above 400, retirement at .1, vacancies filled at rate 2."""
    rank = np.repeat([1, 0], [100, 400])
    roster = Roster.make(500, rank=rank, weight=np.array(weight)[rank])
    return Scenario(
        "ladder", roster, Parameters().neutral().set(base=-60.0, retire=0.1, refill=2.0, **values), years=years
    )


def test_vacancies_settle_where_what_opens_is_what_is_filled() -> None:
    # Above: .1 (1 - v) = 2 v. Below what opens is what retires there and what rises: .1 (1 - u) 400 + 2 v 100 = 2 u 400.
    above = 0.1 / 2.1
    below = (0.1 * 400 + 2 * above * 100) / (2.1 * 400)
    for weight, mean in (([0, 1], 1 - above), ([1, 0], 1 - below)):
        held = simulate(ladder(weight, promote=1.0), replicates=100, rng=4).coalition[:, 10:].mean(axis=1)
        assert abs(held.mean() - mean) < 4 * held.std(ddof=1) / 10
        assert held.std(ddof=1) < 0.02
    outside = simulate(ladder([1, 0]), replicates=100, rng=4).coalition[:, 10:].mean()
    assert outside == pytest.approx(1 - above, abs=0.0025)


def test_seats_of_higher_rank_are_filled_as_much_sooner_as_is_said() -> None:
    for weight, rate in (([0, 1], 2.0 * math.exp(-0.9)), ([1, 0], 2.0)):
        world = ladder(weight, refill_rank=-0.9)
        held = simulate(world, replicates=100, rng=4).coalition[:, 10:].mean(axis=1)
        assert abs(held.mean() - rate / (0.1 + rate)) < 4 * held.std(ddof=1) / 10


def test_a_departed_patron_counts_for_more_during_a_succession() -> None:
    roster = Roster.make(2, post=1, ties=([1], [0], [1], [1.0]))
    values = {"base": -3.0, "contagion_patron": 0.8, "saturation": 5.0, "succession_years": 1e9, "succession_ties": 0.5}
    leaves = Policy("he leaves", "departure", start=0.0, member=0)
    world = Scenario("two", roster, Parameters().neutral().set(**values), (leaves,), years=6.0)
    for policies, counts in (((), 0.8), ((Policy("heir", "succession", 3.0),), 1.2)):
        runs = simulate(world.under(*policies), replicates=4000, rng=3)
        expected = 1 - math.exp(-math.exp(-3) * (3 * math.exp(0.8) + 3 * math.exp(counts)))
        left = (runs.total()[:, -1] == 2).mean()
        assert abs(left - expected) < 4 * math.sqrt(expected * (1 - expected) / 4000)


def test_chains_end_with_a_newcomer_below_and_nobody_is_lost() -> None:
    world = ladder([1, 1], promote=1.0)
    log, runs = replay(world, 0, root=4), simulate(world, replicates=1, rng=4)
    counts = log["event"].value_counts()
    assert counts["retires"] - counts["replaced"] == round(500 * (1 - runs.coalition[0, -1]))
    # each retirement above is filled from below, but for those still open at the end
    assert counts["promoted"] == pytest.approx(60 * 2 * 100 * 0.1 / 2.1, rel=0.15)


def test_who_rises_takes_weight_and_comes_home_and_leaves_his_seat() -> None:
    roster = Roster.make(2, rank=[1, 0], weight=[5, 1], post=[0, 1], privilege=[1.0, 0.0], age=50.0)
    values = {"base": -60.0, "refill": 1e6, "promote": 1.0}
    trigger = Policy("he leaves", "departure", start=1.0, member=0)
    world = Scenario("two", roster, Parameters().neutral().set(**values), (trigger,), years=2.0)
    log = replay(world, 0, root=1)
    assert list(zip(log["member"], log["event"], strict=True)) == [(0, "leaves"), (1, "promoted"), (0, "replaced")]
    runs = simulate(world, replicates=1, rng=1)
    assert runs.coalition[0, [0, -1]].tolist() == [1.0, 1.0]
    assert runs.abroad[0, [0, -1]].tolist() == [1, 0]


def test_a_policy_for_a_rank_reaches_who_rose_into_it_and_no_longer_who_was_above() -> None:
    roster = Roster.make(2, rank=[1, 0], post=1)
    leaves = Policy("he leaves", "departure", start=1.0, member=0)
    opened = Policy("the way is open above", "exit_rate", 2.0, level=40.0, ranks=(1,))
    values = {"base": -30.0, "refill": 1e6, "promote": 1.0}
    log = replay(Scenario("two", roster, Parameters().neutral().set(**values), (leaves, opened), years=4.0), 0, root=1)
    assert log[(log["event"] == "leaves") & (log["year"] > 2)]["member"].iloc[0] == 1


def test_lots_of_a_rule_do_not_repeat_beyond_a_million_members() -> None:
    old = uniform(7, 3, 5, RULED, (1234 * 16 + 2) * 256 + 9)
    assert rule_lot(7, 3, 5, 1234, 2, 9) == old
    others = [rule_lot(7, 3, 5, *who) for who in ((1234 + 2**20, 2, 9), (1234, 18, 9), (1234, 2, 265))]
    assert len({old, *others}) == 4


def test_the_file_of_an_old_guard_in_the_docs_can_be_read_and_changes_what_happens() -> None:
    page = (ROOT / "docs" / "explanation" / "simulate.md").read_text(encoding="utf-8")
    files = [block.split("```")[0] for block in page.split("```toml\n")[1:]]
    text = next(file for file in files if "retire_ageing" in file)
    base = Scenario("as is", elite_roster(200, rng=3), years=10.0)
    careers = scenario_from_toml(text, base)
    assert careers.parameters["promote_loyalty"].high == 1.0
    events = [set(replay(world, 0, root=2)["event"]) for world in (base, careers)]
    assert "promoted" not in events[0]
    assert "promoted" in events[1]
    before, after = (simulate(world, replicates=20, rng=2) for world in (base, careers))
    assert not (before.coalition == after.coalition).all()
