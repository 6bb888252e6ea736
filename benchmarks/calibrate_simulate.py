"""Whether calibration holds what it promises: coverage, ranks, contraction, likeness, years held back.

    python benchmarks/calibrate_simulate.py [RECORDS] [CHECKS]

A world of 300 members (M0 with unknown base, contagion and spread of disaffection), records of ten years.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import numpy as np
from bench_simulate import m0

from ostraka.simulate import Scenario, fit_tie_effect, held_out, replay, spells_of, summaries_of
from ostraka.simulate.calibration import learn

NAMES = ("base", "contagion_kin", "disaffection_sd")


def blind(records: int, checks: int) -> None:
    """Learn from simulated records, then check on new ones."""
    base = m0(300)
    world = base.with_parameters(base=(-5.0, -2.5), contagion_kin=(0.0, 1.0), disaffection_sd=(0.0, 1.5))
    start = time.process_time()
    calibrator = learn(world, NAMES, records=records, rng=1)
    middle = time.process_time()
    check = calibrator.check(checks, rng=2)
    end = time.process_time()
    print(f"{records} records learned from in {middle - start:.0f} CPU-s, {checks} checked in {end - middle:.0f} CPU-s")
    gain = np.mean([calibrator.posterior(calibrator.summaries[k], without=k).contraction for k in range(200)], axis=0)
    print("parameter         90 % held   p(uniform)   prior variance explained")
    for row in zip(NAMES, check.coverage, check.p_uniform, gain, strict=True):
        print(f"{row[0]:<18}{row[1]:>8.3f}{row[2]:>13.3f}{row[3]:>16.2f}")


def likeness(records: int) -> None:
    """False contagion where tied members are alike, with and without the check."""
    base = m0(900)
    roster, chance = base.roster, np.random.default_rng(3)
    blocks = np.arange(roster.n) // 30
    pairs = np.concatenate([chance.integers(0, 30, (120, 2)) + 30 * b for b in range(30)])
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    plain = blocked = said = 0
    for r in range(records):
        shared = np.random.default_rng(r).normal(0, 1.2, 30)[blocks]
        ties = (np.zeros(len(pairs), int), *pairs.T, np.ones(len(pairs)))
        world = type(roster).make(roster.n, post=1, offset=shared, ties=ties)
        scenario = Scenario("alike", world, base.parameters.set(base=-4.2, contagion_kin=0.0), years=10.0)
        found = fit_tie_effect(spells_of(replay(scenario, 0, root=r), world, years=10.0), blocks=blocks)
        plain += found.plain.of("departed ties")[1] > 0
        blocked += found.blocked.of("departed ties")[1] > 0
        said += found.may_be_called_contagion
    print(f"\nno contagion, tied members alike, {records} records: an effect above 0 (95 %) without the check in "
          f"{plain / records:.0%}, with shared effects of blocks in {blocked / records:.0%}; called contagion in {said / records:.0%}")  # fmt: skip


def years_ahead(records: int) -> None:
    """Ten years learned from, ten held back: with contagion free and with contagion set to 0."""
    truth = m0(300).with_parameters(base=-3.6, contagion_kin=0.8, memory=0.3)
    half = replace(truth, years=10.0).with_parameters(base=(-5.0, -2.0))
    truth = replace(truth, years=20.0)
    worlds = (half.with_parameters(contagion_kin=(0.0, 1.5)), half.with_parameters(contagion_kin=0.0))
    names = (("base", "contagion_kin"), ("base",))
    learned = [learn(world, name, records=8000, keep=0.02, rng=1) for world, name in zip(worlds, names, strict=True)]
    scores, held = np.zeros((records, 2)), np.zeros((records, 2))
    for r in range(records):
        log = replay(truth, r, root=3)
        seen = summaries_of(log[log["year"] < 10], truth.roster, years=10.0)
        for k, calibrator in enumerate(learned):
            found = held_out(truth, calibrator.posterior(seen), log, after=10, rng=5 + r)
            low, high = found.interval
            scores[r, k], held[r, k] = found.score, low <= found.seen.sum() <= high
    print(f"\nten years held back, {records} records, contagion there is (.8 per tie): the 90 % interval held")
    for k, what in enumerate(("contagion free", "contagion set to 0")):
        print(f"  {what}: {held[:, k].mean():.0%}, mean interval score {scores[:, k].mean():.0f}")


def main() -> None:
    """Print the tables."""
    numbers = [int(x) for x in sys.argv[1:]]
    blind(*(numbers or [60_000, 1000])[:2])
    likeness(60)
    years_ahead(60)


if __name__ == "__main__":
    main()
