"""What each policy, trait and tie does to the hazard of leaving, against closed forms; z below 4."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import integrate, stats
from tests.simulate.conftest import m0, plain
from tests.simulate.test_laws import z_of

from ostraka.simulate import CHANNELS, Parameters, Policy, Roster, Scenario, compare, elite_roster, simulate

RATE = 0.05


def left(scenario: Scenario, *, replicates: int = 100) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Share of members who have left at the end, by replicate."""
    return simulate(scenario, replicates=replicates, rng=1).total()[:, -1] / scenario.roster.n


@pytest.mark.parametrize("level", [1.0, -0.5, 2.0])
@pytest.mark.parametrize(
    ("channel", "values", "effect"),
    [
        ("monitor", {"monitoring": -0.7}, -0.7),
        ("terror", {"terror_exit": -0.5}, -0.5),
        ("outside_option", {"outside_option": 0.4}, 0.4),
        ("privilege", {"privilege": 0.3}, -0.3),
        ("exit_rate", {}, 1.0),
    ],
)
def test_a_policy_multiplies_the_hazard_while_it_holds(
    channel: str, values: dict[str, Any], effect: float, level: float
) -> None:
    scenario = plain(1000, base=math.log(RATE), **values).under(Policy("p", channel, 2.0, 7.0, level))
    used = RATE * (5 + 5 * math.exp(effect * level))
    assert abs(z_of(left(scenario), 1 - math.exp(-used))) < 4


def test_policies_multiply_each_other_whatever_their_order() -> None:
    first, second = Policy("a", "exit_rate", 0.0, 5.0, 0.5), Policy("b", "exit_rate", 2.0, 8.0, -0.9)
    used = RATE * (2 * math.exp(0.5) + 3 * math.exp(-0.4) + 3 * math.exp(-0.9) + 2)
    base = plain(1000, base=math.log(RATE))
    one, other = left(base.under(first, second)), left(base.under(second, first))
    assert abs(z_of(one, 1 - math.exp(-used))) < 4
    assert (one == other).all()


def test_kin_are_held_only_of_those_abroad_and_up_to_the_share() -> None:
    held = Policy("held", "hostage_kin", 2.0, 7.0, 0.6)
    scenario = plain(1000, base=math.log(RATE), kin_held=1.0, access_home=1.0)
    assert abs(z_of(left(scenario.under(held)), 1 - math.exp(-RATE * (5 + 5 * math.exp(-0.6))))) < 4
    home = Scenario("home", Roster.make(1000, post=0), scenario.parameters)
    assert (left(home.under(held)) == left(home)).all()


def test_recall_empties_posts_abroad_at_once_and_who_is_recalled_leaves_less() -> None:
    scenario = plain(1000, base=math.log(RATE), access_recalled=0.2).under(Policy("recall", "recall", 3.0))
    runs = simulate(scenario, replicates=100, rng=1)
    after = runs.edges >= 3.0
    assert (runs.abroad[:, after] == 0).all()
    assert (runs.abroad[:, ~after] == 1000 - runs.total()[:, ~after]).all()
    assert abs(z_of(runs.total()[:, -1] / 1000, 1 - math.exp(-RATE * (3 + 0.2 * 7)))) < 4


def test_traits_add_up_in_the_log_of_the_hazard() -> None:
    n = 1000
    share, rank, child = np.linspace(0, 1, n), np.arange(n) % 3, np.arange(n) % 2
    roster = Roster.make(n, post=1, rank=rank, privilege=share, kin_held=share, children=child.astype(float))
    values = {"base": math.log(0.03), "rank": 0.4, "privilege": 0.5, "kin_held": 0.7, "children_abroad": 0.3}
    rates = 0.03 * np.exp(0.4 * rank - 1.2 * share + 0.3 * child)
    stays = np.exp(-10 * rates)
    seen = left(Scenario("traits", roster, Parameters().neutral().set(**values)), replicates=200).mean() * n
    assert abs(seen - (1 - stays).sum()) < 4 * math.sqrt((stays * (1 - stays)).sum() / 200)


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({"saturation": 8.0}, 3.5),
        ({"saturation": 1.5}, 1.5),
        ({"saturation": 8.0, "log_ties": 1.0}, math.log(4.5)),
        ({"complex_at": 3.5}, 1.0),
        ({"complex_at": 4.0}, 0.0),
    ],
)
def test_departed_ties_count_by_weight_as_the_response_says(values: dict[str, float], counts: float) -> None:
    roster = Roster.make(4, post=1, offset=[0, -90, -90, -90], ties=([0, 0, 0], [0, 0, 0], [1, 2, 3], [1, 2, 0.5]))
    gone = tuple(Policy(f"{k} leaves", "departure", member=k) for k in (1, 2, 3))
    table = Parameters().neutral().set(base=math.log(0.1), contagion_kin=0.5, **values)
    followed = simulate(Scenario("star", roster, table, gone, years=5.0), replicates=4000, rng=5).total()[:, -1] - 3
    assert abs(z_of(followed.astype(float), 1 - math.exp(-0.5 * math.exp(0.5 * counts)))) < 4


def test_a_coup_grows_likelier_as_the_coalition_shrinks() -> None:
    scenario = plain(2000, years=8.0, base=-60, retire=0.1, coup=0.2, coup_slope=3.0, coalition_threshold=0.5)
    came = np.isfinite(simulate(scenario, replicates=2000, rng=3).coup)
    hazard, _ = integrate.quad(lambda t: 0.2 * math.exp(-3.0 * (math.exp(-0.1 * t) - 0.5)), 0, 8)
    assert abs(z_of(came.astype(float), 1 - math.exp(-hazard))) < 4


def test_a_succession_on_a_date_raises_the_hazard_for_as_long_as_it_lasts() -> None:
    shock = Policy("he dies", "succession", 2.0)
    scenario = plain(1000, years=4.0, base=math.log(0.02), succession_exit=1.0, succession_years=1.0).under(shock)
    lasts = stats.gamma(2, scale=0.5)  # two steps, one year in the mean

    def gone(years: float) -> float:
        return 1 - math.exp(-0.02 * (4 + years * (math.e - 1)))

    mean = integrate.quad(lambda d: lasts.pdf(d) * gone(d), 0, 2)[0] + lasts.sf(2) * gone(2)
    assert abs(z_of(left(scenario, replicates=2000), mean)) < 4


@pytest.mark.parametrize("channel", sorted(set(CHANNELS) - {"succession", "departure"}))
def test_a_policy_of_no_strength_has_an_effect_of_exactly_nothing(channel: str) -> None:
    base = Scenario("as is", elite_roster(150, rng=3), Parameters().set(base=-3.0), years=4)
    effects = compare(base, [base.under(Policy("none", channel, 1.0, 3.0, 0.0))], replicates=10, rng=4)
    assert {(row.difference, row.se, row.low, row.high) for row in effects.rows} == {(0.0, 0.0, 0.0, 0.0)}


@pytest.mark.parametrize(
    ("policy", "least"),
    [
        (Policy("weaker by .7", "exit_rate", 2.0, level=math.log(0.7), posts=("abroad",)), 8.0),
        (Policy("weaker by .95", "exit_rate", 2.0, level=math.log(0.95), posts=("abroad",)), 50.0),
        (Policy("twice the purges", "purge_rate", 2.0, level=math.log(2.0)), 30.0),
        (Policy("half called home", "recall", 2.0, 2.001, level=0.5), 10.0),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_pairs_need_many_times_fewer_runs_than_independent_ones(policy: Policy, least: float) -> None:
    base = m0(300)
    effect = compare(base, [base.under(policy)], replicates=1500, rng=1).of("exits")[0]
    assert effect.high < 0
    assert effect.gain > least  # the design's prototype: 14, 96, 58 and 31 on another graph of the same kind
