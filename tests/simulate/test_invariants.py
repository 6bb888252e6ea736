"""What holds exactly, without tolerance (I1-I9), and that every parameter and channel does something."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ostraka.errors import InputError
from ostraka.simulate import (
    CHANNELS,
    Cascades,
    Checkpoint,
    Parameters,
    Policy,
    Roster,
    Rule,
    Scenario,
    compare,
    elite_roster,
    replay,
    resume,
    run_until,
    simulate,
)
from ostraka.simulate.cascade import assemble
from ostraka.simulate.layout import PARAMETER_NAMES
from ostraka.simulate.work import chunks_of, do_all, gather, run_chunk, world_of

ARRAYS = (
    "exits",
    "purges",
    "abroad",
    "detained",
    "opposed",
    "coalition",
    "causes",
    "crossed",
    "collapse",
    "security",
    "coup",
    "first_exit",
    "ruled",
)


def same(a: Cascades, b: Cascades) -> bool:
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in (*ARRAYS, "events", "left"))


def lively(n: int = 120, *, years: float = 6.0, **values: float) -> Scenario:
    """An elite in which everything happens often."""
    roster = elite_roster(n, rng=4)
    table = Parameters().set(
        base=-2.5, access_home=0.3, access_recalled=0.4, purge=0.05, association=0.3, succession=0.3, rank=0.1,
        succession_years=1.0, coup=0.1, coup_slope=5.0, publicity=0.05, complex_at=0.0, saturation=1.5,
        disaffection=0.1, publicity_share=0.5, memory=0.4, backlash=0.3, fear_comrade=0.2, exposure_home=0.3,
        security_threshold=0.95, coalition_threshold=0.93, detain=0.3, release=0.8, detention_grievance=0.5, resist=0.3,
        calming=0.6, calming_step=0.2, retire_ageing=0.05, pension_age=65.0, pension_rise=1.0, promote=0.6,
        promote_loyalty=0.3, leader_ageing=0.05, leader_tenure=0.1, leader_years=2.0, leader_age=65.0,
    )  # fmt: skip
    return Scenario("lively", roster, table.set(**values), years=years)


def test_i1_threads_chunks_and_order_of_work_change_nothing() -> None:
    scenario = lively()
    whole = simulate(scenario, replicates=41, rng=9, threads=1, keep_left=True)
    rows = scenario.parameters.rows(41, 9)
    for threads in (2, 4, 7, 8):
        assert same(whole, simulate(scenario, replicates=41, rng=9, threads=threads, keep_left=True))
    for size in (1, 7, 40):
        work = chunks_of(world_of(scenario, keep_left=True), [rows], 9, size=size)
        done = gather(do_all(work, threads=1, map=None), 41)
        assert same(whole, assemble(scenario, rows, done, 9))

    def shuffled(run: Callable[[Any], Any], work: Iterable[Any]) -> list[Any]:
        chunks = list(enumerate(work))
        random.Random(3).shuffle(chunks)  # noqa: S311 - only the order of work
        done = {k: run(chunk) for k, chunk in chunks}
        return [done[k] for k in range(len(chunks))]

    assert same(whole, simulate(scenario, replicates=41, rng=9, map=shuffled, keep_left=True))


def test_other_processes_give_the_same() -> None:
    scenario = lively(60, years=2.0)
    here = simulate(scenario, replicates=130, rng=9, threads=1)  # first, so that workers find it compiled
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        spread = simulate(scenario, replicates=130, rng=9, map=pool.map)
    assert same(spread, here)


def test_more_replicates_begin_with_the_same_ones() -> None:
    scenario = lively(60, years=2.0)
    few, many = (simulate(scenario, replicates=n, rng=9, threads=1) for n in (5, 30))
    assert np.array_equal(few.exits, many.exits[:5])
    assert np.array_equal(few.rows, many.rows[:5])


def test_any_replicate_alone_has_the_same_history() -> None:
    scenario = lively(80, years=4.0)
    runs = simulate(scenario, replicates=20, rng=31)
    for r in (0, 7, 19):
        log = replay(runs, r)
        assert len(log) == runs.events[r]
        assert (log["event"] == "leaves").sum() == runs.total()[r, -1]
        assert (log["event"] == "purged").sum() == runs.purges[r, -1]
        assert log["year"].is_monotonic_increasing


@pytest.mark.parametrize("extra", [{}, {"publicity": 0.1, "publicity_share": 0.4}])
def test_i2_a_weaker_hazard_never_gives_more_departures(extra: dict[str, float]) -> None:
    chance = np.random.default_rng(2)
    pairs = chance.integers(0, 300, (1200, 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    ties = (np.zeros(len(pairs), int), *pairs.T, np.ones(len(pairs)))
    roster = Roster.make(300, post=(chance.random(300) < 0.2).astype(int), mobile=1.0, ties=ties)
    values = {"base": math.log(0.03), "access_home": 0.2, "contagion_kin": math.log(1.5), "saturation": 8.0}
    values |= {"purge": 0.01, "posting_out": 0.10, "posting_back": 0.33} | extra
    base = Scenario("M0", roster, Parameters().neutral().set(**values))
    weaker = (
        base.under(Policy("watched", "exit_rate", 2.0, level=-0.4, posts=("abroad",))),
        base.under(Policy("a little", "exit_rate", 0.0, level=-0.05)),
        base.with_parameters(contagion_kin=0.3),
    )
    before = simulate(base, replicates=1500, rng=8).total()
    for scenario in weaker:
        assert (simulate(scenario, replicates=1500, rng=8).total() <= before).all()


def test_i4_no_ties_make_members_independent() -> None:
    together = Roster.make(6, post=1, offset=np.arange(6) / 3)
    values = Parameters().neutral().set(base=-1.5, disaffection_sd=0.5)
    log = replay(Scenario("six", together, values), 3, root=1)
    for member, year in zip(log["member"], log["year"], strict=True):
        others = np.full(6, -200.0)
        others[member] = together.offset[member]
        alone = replay(Scenario("one", Roster.make(6, post=1, offset=others), values), 3, root=1)
        assert alone["year"].tolist() == [year]


def test_i5_two_disconnected_halves_are_two_runs() -> None:
    chance = np.random.default_rng(5)
    a, b = chance.integers(0, 20, 40), chance.integers(0, 20, 40)
    a, b = a[a != b], b[a != b]
    both = (np.concatenate([a, a + 20]), np.concatenate([b, b + 20]))
    values = Parameters().neutral().set(base=-1.5, contagion_kin=0.7, saturation=5.0, memory=0.5, purge=0.05)

    def half(pairs: tuple[Any, Any], silent: slice) -> Any:
        offset = np.zeros(40)
        offset[silent] = -200.0
        ties = (np.zeros(len(pairs[0]), int), *pairs, np.ones(len(pairs[0])))
        return replay(Scenario("half", Roster.make(40, post=1, offset=offset, ties=ties), values), 2, root=7)

    whole = half(both, slice(0, 0))
    first, second = half((a, b), slice(20, 40)), half((a + 20, b + 20), slice(0, 20))
    for log, members in ((first, range(20)), (second, range(20, 40))):
        mine = whole[whole["member"].isin(members)]
        other = log[log["member"].isin(members)]
        assert mine["year"].tolist() == other["year"].tolist()
        assert mine["event"].tolist() == other["event"].tolist()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    channel=st.sampled_from(["exit_rate", "purge_rate", "monitor", "postings", "rotation", "publicise", "recall"]),
    start=st.floats(0, 5),
    length=st.floats(0.1, 5),
    posts=st.sampled_from([(), ("abroad",), ("home", "recalled")]),
    organs=st.sampled_from([(), ("army",), ("foreign service", "trade")]),
)
def test_i7_a_policy_of_no_strength_is_no_policy_bit_for_bit(
    channel: str, start: float, length: float, posts: tuple[str, ...], organs: tuple[str, ...]
) -> None:
    scenario = lively(60, years=4.0)
    idle = Policy("idle", channel, start, start + length, level=0.0, posts=posts, organs=organs)
    assert same(simulate(scenario, replicates=4, rng=3), simulate(scenario.under(idle), replicates=4, rng=3))


def test_scenarios_without_edits_equal_the_baseline_bit_for_bit() -> None:
    scenario = lively(60)
    effects = compare(scenario, [replace(scenario, name="again")], replicates=10, rng=3)
    assert same(effects.baseline, effects.scenarios[0])
    assert {row.difference for row in effects.rows} == {0.0}


def test_i8_a_threshold_of_zero_is_never_crossed_and_of_one_at_the_first_loss() -> None:
    scenario = replace(lively(60, retire=0.0), thresholds=(0.0, 1.0))
    runs = simulate(scenario, replicates=30, rng=3)
    assert np.isinf(runs.crossed[:, 1]).all()
    losses = [replay(runs, r) for r in range(30)]
    first = [
        log.loc[log["event"].isin(["leaves", "purged", "detained", "turns to opposition"]), "year"].min()
        for log in losses
    ]
    assert runs.crossed[:, 0].tolist() == first


def test_recall_of_a_share_is_a_part_of_a_larger_share() -> None:
    scenario = replace(lively(60), years=0.5)
    called = []
    for share in (0.2, 0.5, 1.0):
        log = replay(scenario.under(Policy("home", "recall", level=share)), 0, root=3)
        called.append(set(log.loc[log["event"] == "called home", "member"]))
    assert called[0] < called[1] < called[2]
    assert len(called[2]) == scenario.roster.n_abroad


EVERYTHING = (
    Policy("watched", "monitor", 1.0, 5.0),
    Policy("terror", "terror", 2.0, 4.0),
    Policy("news", "information_control", 0.5),
    Policy("asylum", "outside_option", 1.0),
    Policy("proofed", "coup_proofing", 0.0),
    Policy("home", "recall", 3.0, level=0.5),
)


RULES = (
    Rule("mission home", "departure", "recall", whom="colleague", delay_days=20, days=200, from_posts=("abroad",)),
    Rule("kin", "departure", "purge", whom="kin", level=0.5, delay_days=5),
    Rule("watched", "known departure", "monitor", level=0.7, days=120),
    Rule("terror", "succession", "terror", delay_days=15, days=300, cost=2.0),
)


def test_rules_are_the_same_on_any_number_of_threads_and_none_is_none() -> None:
    scenario = lively(60)
    ruled = scenario.under(*RULES, name="ruled")
    one, four = (simulate(ruled, replicates=130, rng=9, threads=n) for n in (1, 4))
    assert same(one, four)
    assert (one.ruled[:, :, 0].mean(axis=0) > 0).all()
    assert one.cost == pytest.approx(2.0 * one.ruled[:, 3, 1].mean())
    assert "Its rules took effect" in one.summary()
    idle = [replace(rule, level=0.0, cost=0.0) for rule in RULES]
    before, after = (simulate(s, replicates=20, rng=3) for s in (scenario, scenario.under(*idle)))
    assert all(np.array_equal(getattr(before, name), getattr(after, name)) for name in ARRAYS if name != "ruled")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_changes_some_output(rule: Rule) -> None:
    scenario = lively()
    before, after = (simulate(s, replicates=12, rng=5) for s in (scenario, scenario.under(rule)))
    assert not np.array_equal(before.coalition, after.coalition) or not np.array_equal(before.exits, after.exits)


def test_a_rule_acts_on_its_day_on_those_it_is_for() -> None:
    ties = ([3, 0, 3], [0, 0, 1], [1, 2, 3], [1.0, 1.0, 1.0])  # 0 and 1 share a mission, 2 is kin of 0 at home
    roster = Roster.make(4, post=[1, 1, 0, 1], rank=[1, 0, 0, 0], ties=ties)
    trigger = Policy("he leaves", "departure", start=1.0, member=0)
    home = Rule("mission home", "departure", "recall", whom="colleague", delay_days=36.525, days=365.25)
    kin = Rule("kin purged", "departure", "purge", whom="kin", from_rank=1)
    world = Scenario("four", roster, Parameters().neutral().set(base=-60.0), (trigger,), years=4, rules=(home, kin))
    log = replay(world, 0, root=1)
    told = [(round(t, 6), int(i), event) for t, i, event in zip(log["year"], log["member"], log["event"], strict=True)]
    assert told == [
        (1.0, 0, "leaves"),
        (1.0, 0, "rule acts"),
        (1.0, 2, "purged"),
        (1.1, 0, "rule acts"),
        (1.1, 1, "called home"),
    ]
    runs = simulate(world, replicates=1, rng=1)
    assert runs.abroad[0, [0, 5, 6, 10, 20]].tolist() == [3, 2, 1, 1, 1]
    low = replace(trigger, member=1)  # of rank 0: the rule of his kin is for rank 1 and above
    assert "purged" not in set(replay(replace(world, policies=(low,)), 0, root=1)["event"])
    words = world.rules[0].words()
    assert words == "whenever there is a departure: mission home, after 36.525 days, for 365.25 days"


@pytest.mark.parametrize("name", PARAMETER_NAMES)
def test_i9_every_parameter_changes_some_output(name: str) -> None:
    scenario = lively().under(*EVERYTHING)
    value = scenario.parameters[name].value
    if name == "complex_at":
        other = 2.0
    elif name in ("coalition_threshold", "security_threshold"):
        other = value - 0.1
    elif name in ("association_depth", "promote"):
        other = 0.0
    else:
        other = 1.6 * value + 0.2
    before = simulate(scenario, replicates=12, rng=5, keep_left=True)
    after = simulate(scenario.with_parameters(**{name: other}), replicates=12, rng=5, keep_left=True)
    assert not same(before, after)


CHANNEL_POLICIES: dict[str, Policy] = {
    "monitor": Policy("x", "monitor"),
    "screen": Policy("x", "screen"),
    "recall": Policy("x", "recall", level=0.5),
    "hostage_kin": Policy("x", "hostage_kin"),
    "privilege": Policy("x", "privilege"),
    "terror": Policy("x", "terror"),
    "information_control": Policy("x", "information_control"),
    "outside_option": Policy("x", "outside_option"),
    "coup_proofing": Policy("x", "coup_proofing"),
    "publicise": Policy("x", "publicise"),
    "postings": Policy("x", "postings"),
    "rotation": Policy("x", "rotation"),
    "exit_rate": Policy("x", "exit_rate"),
    "purge_rate": Policy("x", "purge_rate"),
    "succession": Policy("x", "succession"),
    "departure": Policy("x", "departure", member=1),
    "accuracy": Policy("x", "accuracy"),
    "grievance": Policy("x", "grievance"),
}


@pytest.mark.parametrize("channel", sorted(set(CHANNELS) - {"do_nothing"}))
def test_every_channel_changes_some_output(channel: str) -> None:
    scenario = lively(succession=0.0)
    before = simulate(scenario, replicates=12, rng=5)
    assert not same(before, simulate(scenario.under(CHANNEL_POLICIES[channel]), replicates=12, rng=5))


def test_a_chunk_runs_alone_as_it_does_among_others() -> None:
    scenario = lively(60)
    rows = scenario.parameters.rows(9, 9)
    chunks = list(chunks_of(world_of(scenario), [rows], 9, size=3))
    assert np.array_equal(run_chunk(chunks[2]).exits, simulate(scenario, replicates=9, rng=9).exits[6:])


@pytest.mark.parametrize("year", [0.5, 3.0, 5.99])
def test_i3_stopping_and_going_on_changes_nothing(year: float, tmp_path: Path) -> None:
    scenario = lively(80).under(*EVERYTHING, *RULES)
    whole = simulate(scenario, replicates=4, rng=13, keep_left=True)
    stopped = run_until(scenario, year, root=13, replicate=3)
    stopped.save(tmp_path / "point.npz")
    again = Checkpoint.load(tmp_path / "point.npz")
    for point in (stopped, again, again):
        went_on = resume(scenario, point)
        assert all(np.array_equal(getattr(whole, name)[3:], getattr(went_on, name)) for name in (*ARRAYS, "left"))


def test_a_checkpoint_of_another_scenario_is_refused(tmp_path: Path) -> None:
    point = run_until(lively(60), 1.0, root=1)
    with pytest.raises(InputError, match="another scenario"):
        resume(lively(60, purge=0.9), point)
    (tmp_path / "no.npz").write_bytes(b"not a checkpoint")
    with pytest.raises(InputError, match="cannot be read"):
        Checkpoint.load(tmp_path / "no.npz")


def test_who_is_blocked_changes_nothing_before_he_would_have_left() -> None:
    scenario = lively(80)
    log = replay(scenario, 2, root=6)
    leaver = log[log["event"] == "leaves"].iloc[2]
    without = replay(scenario, 2, root=6, blocked=int(leaver["member"]))
    before = log["year"] < leaver["year"]
    assert log[before]["member"].tolist() == without[without["year"] < leaver["year"]]["member"].tolist()
    assert len(without) != len(log) or without["member"].tolist() != log["member"].tolist()
