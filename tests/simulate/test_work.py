"""The work of ensembles: very many replicates as counts, interruptions, failures, clusters."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from ostraka import shipped_case
from ostraka.errors import InputError
from ostraka.simulate import (
    Parameters,
    Policy,
    Roster,
    Scenario,
    collapse_surface,
    compare,
    default_scenarios,
    elite_roster,
    ensemble,
    followers,
    simulate,
)
from ostraka.simulate.work import run_chunk


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    table = Parameters().set(base=-2.5, access_home=0.3, purge=0.05, coup=0.3, coup_slope=5.0, coalition_threshold=0.93)
    return Scenario("as is", elite_roster(60, rng=4), table, years=3.0)


def test_counts_are_those_of_the_replicates(scenario: Scenario) -> None:
    runs, many = simulate(scenario, replicates=600, rng=3), ensemble(scenario, replicates=600, rng=3)
    total = runs.total()
    for time in range(total.shape[1]):
        assert (np.bincount(total[:, time], minlength=many.exits.shape[1]) == many.exits[time]).all()
    assert many.exits_mean() == pytest.approx(total.mean(axis=0))
    assert (many.purges == runs.purges.sum(axis=0)).all()
    assert (many.causes == runs.causes.sum(axis=0)).all()
    assert many.p_collapse() == pytest.approx(runs.p_collapse())
    three = [np.isfinite(x).sum() for x in (runs.collapse, runs.security, runs.coup)]
    assert many.broke[:, -1].tolist() == three
    assert many.fan()[:, -1].tolist() == np.quantile(total[:, -1], (0.05, 0.25, 0.5, 0.75, 0.95), method="inverted_cdf").tolist()  # fmt: skip
    assert many.events == runs.events.sum()
    assert "600 runs" in many.summary()
    assert len(many.frame()) == len(many.to_json()["edges"])


def test_counts_do_not_depend_on_who_counts(scenario: Scenario) -> None:
    one = ensemble(scenario, replicates=900, rng=3, threads=1)
    two = ensemble(scenario, replicates=900, rng=3, map=lambda run, work: [run(chunk) for chunk in list(work)])
    for name in ("exits", "purges", "abroad", "weight", "broke", "crossed", "causes"):
        assert (getattr(one, name) == getattr(two, name)).all()


def test_rows_of_parameters_are_the_same_in_blocks() -> None:
    table = Parameters()
    blocks = np.concatenate(list(table.blocks(1000, 5, size=64)))
    assert np.array_equal(blocks, table.rows(1000, 5))


def stopped_after(parts: int) -> Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]:
    def run(function: Callable[[Any], Any], work: Iterable[Any]) -> Iterator[Any]:
        for k, chunk in enumerate(work):
            if k == parts:
                raise KeyboardInterrupt
            yield function(chunk)

    return run


def test_an_interruption_keeps_what_is_done(scenario: Scenario) -> None:
    whole = simulate(scenario, replicates=300, rng=3)
    part = simulate(scenario, replicates=300, rng=3, map=stopped_after(2))
    assert (part.replicates, part.wanted) == (128, 300)
    assert np.array_equal(part.exits, whole.exits[:128])
    assert "128 runs of 300, then interrupted" in part.summary()
    many = ensemble(scenario, replicates=3000, rng=3, map=stopped_after(2))
    assert (many.replicates, many.wanted) == (512, 3000)
    assert "interrupted" in many.summary()
    for nothing in (simulate, ensemble):
        with pytest.raises(KeyboardInterrupt):
            nothing(scenario, replicates=300, rng=3, map=stopped_after(0))


def test_an_interrupted_comparison_keeps_the_pairs_it_has(scenario: Scenario) -> None:
    others = [scenario.under(Policy(name, "exit_rate", level=-0.2)) for name in ("a", "b", "c")]
    seen = 0

    def stop_later(function: Callable[[Any], Any], work: Iterable[Any]) -> Iterator[Any]:
        nonlocal seen
        for chunk in work:
            seen += 1
            if seen > 10:  # five pieces each, by turns: two each, and half of the third
                raise KeyboardInterrupt
            yield function(chunk)

    effects = compare(scenario, others, replicates=300, rng=3, map=stop_later)
    assert (len(effects.scenarios), effects.baseline.replicates) == (3, 128)
    whole = compare(scenario, others, replicates=300, rng=3)
    assert np.array_equal(effects.scenarios[2].exits, whole.scenarios[2].exits[:128])
    with pytest.raises(KeyboardInterrupt):
        compare(scenario, others, replicates=300, rng=3, map=stopped_after(3))


def test_what_rests_on_every_replicate_does_not_go_on_after_an_interruption(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt):
        collapse_surface(scenario, contagion=(0,), disaffection=(0,), replicates=300, rng=3, map=stopped_after(2))
    part = simulate(scenario, replicates=300, rng=3, map=stopped_after(2))
    for name in ("scenarios", "followers"):
        monkeypatch.setattr(import_module(f"ostraka.simulate.{name}"), "simulate", lambda *_, **__: part)
    with pytest.raises(KeyboardInterrupt):
        default_scenarios(shipped_case("Syria"), members=150, rng=1)
    with pytest.raises(KeyboardInterrupt):
        followers(scenario, rng=1)


def test_progress_counts_up_to_the_end(scenario: Scenario) -> None:
    told: list[tuple[int, int]] = []
    compare(scenario, [scenario], replicates=100, rng=3, progress=lambda done, of: told.append((done, of)))
    assert told[:2] == [(64, 200), (128, 200)]
    assert told[-1] == (200, 200)
    assert told == sorted(told)


@pytest.mark.parametrize(
    "broken",
    [
        {"offset": 800.0},
        {"policy": Policy("x", "exit_rate", start=1.0, level=800.0)},
        {"policy": Policy("x", "purge_rate", start=1.0, level=800.0)},
    ],
)
def test_a_replicate_that_fails_is_an_error_and_no_gap_in_a_mean(broken: dict[str, Any]) -> None:
    roster = Roster.make(3, post=1, offset=[0.0, 0.0, broken.get("offset", 0.0)])
    table = Parameters().neutral().set(base=-3.0, purge=0.01)
    scenario = Scenario("broken", roster, table, (broken["policy"],) if "policy" in broken else ())
    for run in (simulate, ensemble):
        with pytest.raises(InputError, match="replicate 0 failed"):
            run(scenario, replicates=5, rng=1)


def test_a_worker_that_raises_stops_the_run(scenario: Scenario) -> None:
    def fail(function: Callable[[Any], Any], work: Iterable[Any]) -> Iterator[Any]:
        for k, chunk in enumerate(work):
            if k == 1:
                raise MemoryError("worker lost")
            yield run_chunk(chunk)

    with pytest.raises(MemoryError, match="worker lost"):
        simulate(scenario, replicates=300, rng=3, map=fail)


@pytest.mark.parametrize("replicates", [0, -1, 1.5, True, math.nan])
def test_a_number_of_replicates_is_a_whole_number(scenario: Scenario, replicates: Any) -> None:
    with pytest.raises(InputError, match="whole number from 1 on"):
        ensemble(scenario, replicates=replicates, rng=1)
