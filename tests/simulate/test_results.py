"""Results: frames, words, JSON, errors, and what pairing is worth."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from ostraka.errors import InputError
from ostraka.simulate import (
    Cascades,
    Effects,
    Parameters,
    Policy,
    Roster,
    Scenario,
    compare,
    elite_roster,
    followers,
    simulate,
)
from ostraka.simulate.parameters import Parameter


@pytest.fixture(scope="module")
def base() -> Scenario:
    return Scenario("as is", elite_roster(150, rng=3), Parameters().set(base=-2.5), years=4, n_edges=8)


@pytest.fixture(scope="module")
def effects(base: Scenario) -> Effects:
    watched = base.under(Policy("watched", "exit_rate", level=-0.3, posts=("abroad",)), name="watched")
    return compare(base, [watched], replicates=150, rng=5, keep_left=True)


def test_a_frame_has_one_row_per_reporting_time(effects: Effects) -> None:
    frame = effects.baseline.frame()
    assert frame["year"].tolist() == np.linspace(0, 4, 9).tolist()
    assert frame["exits_mean"].is_monotonic_increasing
    assert (frame["exits_q05"] <= frame["exits_q95"]).all()
    assert frame["exits_mean"].iloc[0] == 0


def test_json_is_plain_and_complete(effects: Effects) -> None:
    told = json.loads(json.dumps(effects.to_json(), allow_nan=False))
    assert told["provenance"]["seed"] == 5
    assert {row["outcome"] for row in told["effects"]} >= {"exits", "collapse", "coup"}
    assert len(told["baseline"]["exits"]["quantiles"]) == 5
    assert all(entry["basis"] for entry in told["baseline"]["scenario"]["parameters"])


def test_exits_by_organ_add_up(effects: Effects) -> None:
    run = effects.baseline
    parts = sum(run.total((name,)) for name in run.scenario.roster.organs)
    assert np.array_equal(parts, run.total())
    assert np.array_equal(run.causes.sum(axis=1), run.total()[:, -1])
    with pytest.raises(InputError, match="no organ navy"):
        run.total(("navy",))


def test_who_leaves_only_under_one_policy_is_told_by_group(effects: Effects) -> None:
    gained_spared = effects.only_under("watched")
    row = effects.of("exits")[0]
    net = sum(gained - spared for gained, spared in gained_spared.values())
    # Seats that are filled again can be left twice, so the two need not agree to the last departure.
    assert net == pytest.approx(row.difference, abs=0.15 * abs(row.difference) + 0.1)
    with pytest.raises(InputError, match="no scenario"):
        effects.only_under("nobody")


def test_pairing_is_worth_many_replicates(effects: Effects) -> None:
    row = effects.of("exits")[0]
    assert row.gain > 3
    assert row.low < row.difference < row.high < 0
    needed = row.replicates_for(row.se, replicates=150)
    assert needed == pytest.approx(150 * 1.96**2, rel=0.02)


def test_the_same_seed_gives_the_same_and_none_is_recorded(base: Scenario) -> None:
    first = simulate(base, replicates=3)
    again = simulate(base, replicates=3, rng=first.provenance.seed)
    assert np.array_equal(first.exits, again.exits)


def test_followers_rise_with_contagion(base: Scenario) -> None:
    few, many = (
        followers(base.with_parameters(**dict.fromkeys(TIES, value)), triggers=8, replicates=40, rng=2)
        for value in (0.0, 1.5)
    )
    assert many.mean > few.mean + 2 * many.se
    assert few.low <= many.low
    assert "assumption" in many.summary()
    assert "sets off" in many.summary()
    assert "fewer than without it" in replace(many, mean=-0.5).summary()
    json.dumps(many.to_json(), allow_nan=False)
    with pytest.raises(InputError, match="nobody"):
        followers(base, rank=77)


TIES = ("contagion_kin", "contagion_patron", "contagion_comrade", "contagion_colleague")


@pytest.mark.parametrize("replicates", [0, -1, 1.5, True])
def test_a_number_of_replicates_is_a_whole_number_from_one(base: Scenario, replicates: int) -> None:
    with pytest.raises(InputError, match="replicates"):
        simulate(base, replicates=replicates)


def test_what_would_not_fit_into_memory_is_said_before_it_starts(base: Scenario) -> None:
    with pytest.raises(InputError, match="GiB"):
        simulate(replace(base, n_edges=1000), replicates=10_000_000)


def test_scenarios_that_make_no_pairs_are_not_compared(base: Scenario) -> None:
    with pytest.raises(InputError, match="another roster"):
        compare(base, [replace(base, roster=Roster.make(3))], replicates=2)
    with pytest.raises(InputError, match=r"runs 99 years, .* set the same years"):
        compare(base, [replace(base, years=99.0)], replicates=2)
    with pytest.raises(InputError, match="two scenarios are called"):
        compare(base, [replace(base, name="twin"), replace(base, name="twin")], replicates=2)
    with pytest.raises(InputError, match="at least one scenario"):
        compare(base, [])
    with pytest.raises(InputError, match="at least 2"):
        compare(base, [base], replicates=1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"years": 0}, "years"),
        ({"years": math.nan}, "years"),
        ({"n_edges": 0}, "n_edges"),
        ({"thresholds": (1.2,)}, "thresholds"),
        ({"thresholds": (math.nan,)}, "thresholds"),
    ],
)
def test_a_bad_scenario_is_refused(base: Scenario, change: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        replace(base, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"start": -1.0}, "start"),
        ({"start": 2.0, "end": 1.0}, "swap"),
        ({"end": math.nan}, "NaN"),
        ({"level": math.inf}, "level"),
        ({"posts": ("away",)}, "away"),
        ({"channel": "departure"}, "seat"),
    ],
)
def test_a_bad_policy_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        Policy(**({"name": "p", "channel": "monitor"} | change))  # type: ignore[arg-type]


def test_a_parameter_without_origin_is_refused() -> None:
    with pytest.raises(InputError, match="basis"):
        Parameter("base", "m", "u", 0.0, 0.0, 0.0, basis="guessed")


@pytest.mark.parametrize(
    "values",
    [{"purge": -0.1}, {"memory": (-1.0, 1.0)}, {"association": 1.1}, {"disaffection_sd": -1.0}, {"base": math.nan}],
)
def test_negative_rates_and_shares_above_one_are_refused(values: dict[str, float]) -> None:
    with pytest.raises(InputError, match=next(iter(values))):
        Parameters().set(**values)


def test_a_posterior_draw_has_the_mean_and_spread_of_its_gamma() -> None:
    entry = Parameter("base", "m", "u", math.log(0.4), -2.0, 0.0, basis="estimated", shape=10.5)
    rates = np.exp(entry.draw(20_000, np.random.default_rng(3)))
    assert rates.mean() == pytest.approx(0.4, rel=0.02)
    assert rates.std() == pytest.approx(0.4 / math.sqrt(10.5), rel=0.03)


def test_a_run_can_be_summed_up_in_words(effects: Effects) -> None:
    run: Cascades = effects.baseline
    assert run.summary().startswith("as is: in 4 years")
    assert "fewer leave" in effects.summary()


def test_the_trail_of_a_departure_holds_those_who_left_only_because_of_it() -> None:
    chain = Roster.make(4, post=1, ties=([0, 0], [0, 1], [1, 2], [1.0, 1.0]))
    table = Parameters().neutral().set(base=-50.0, contagion_kin=50.0, saturation=1.0)
    found = followers(Scenario("chain", chain, table, years=60), triggers=4, replicates=3, rng=7)
    assert found.trail is not None
    seats = [leaver.seat for leaver in found.trail.leavers]
    assert sorted(seats) == [0, 1, 2]
    assert found.trail.leavers[0].cause == "by order"
    assert {leaver.cause for leaver in found.trail.leavers[1:]} == {"kin left"}
    assert found.trail.ties == ((0, 1, "kin"), (1, 2, "kin"))
    calm = followers(Scenario("calm", chain, table.set(contagion_kin=0.0), years=2), triggers=4, replicates=3, rng=7)
    assert calm.trail is None
    assert calm.to_json()["trail"] is None
