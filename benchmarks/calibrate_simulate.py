"""Whether calibration holds what it promises: coverage, uniform ranks, contraction; and false contagion by likeness.

    python benchmarks/calibrate_simulate.py [RECORDS] [CHECKS]

A world of 300 members (M0 with unknown base, contagion and spread of disaffection), records of ten years.
"""

from __future__ import annotations

import sys
import time

import numpy as np
from bench_simulate import m0

from ostraka.simulate import Scenario, fit_tie_effect, replay, spells_of
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


def main() -> None:
    """Print both tables."""
    numbers = [int(x) for x in sys.argv[1:]]
    blind(*(numbers or [60_000, 1000])[:2])
    likeness(60)


if __name__ == "__main__":
    main()
