"""How time and memory of the simulator grow: with members, ties, replicates, policy changes.

    python benchmarks/growth_simulate.py [--long]

CPU-seconds of one core, least of three runs; memory is what the process holds at most after each table.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import replace

import numpy as np
from bench_simulate import best, m0

from ostraka.simulate import Policy, Scenario, ensemble, simulate


def peak() -> float:
    """Most memory held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(scenario: Scenario, runs: int) -> float:
    """CPU-seconds of one replicate."""
    return best(lambda: simulate(scenario, replicates=runs, rng=7, threads=1)) / runs


def members(sizes: tuple[int, ...]) -> None:
    """M0 from a hundred members on."""
    print("\nmembers     ms per replicate   µs per event   peak MB")
    for n in sizes:
        scenario, runs = m0(n), max(100_000 // n, 1)
        events = simulate(scenario, replicates=runs, rng=7, threads=1).events.mean()
        used = seconds(scenario, runs)
        print(f"{n:>9} {1e3 * used:>14.3f} {1e6 * used / events:>14.2f} {peak():>12.0f}", flush=True)


def ties() -> None:
    """M0 at 3,000 members with more and more ties, contagion per tie falling so that as many leave."""
    print("\nties per member   ms per replicate")
    for degree in (2, 8, 32, 128):
        base = m0(3000)
        chance = np.random.default_rng(2)
        pairs = chance.integers(0, 3000, (3000 * degree // 2, 2))
        pairs = pairs[pairs[:, 0] != pairs[:, 1]]
        columns = ("rank", "post", "weight", "offset", "mobile")
        roster = type(base.roster).make(
            3000,
            ties=(np.zeros(len(pairs), int), *pairs.T, np.full(len(pairs), 8 / degree)),
            **{name: getattr(base.roster, name) for name in columns},
        )
        print(f"{degree:>9} {1e3 * seconds(replace(base, roster=roster), 20):>18.2f}", flush=True)


def replicates(sizes: tuple[int, ...]) -> None:
    """An ensemble kept as counts."""
    print("\nreplicates (300 members)   CPU-s   peak MB")
    scenario = m0(300)
    for n in sizes:
        used = best(lambda: ensemble(scenario, replicates=n, rng=7, threads=1), rounds=1)  # noqa: B023
        print(f"{n:>12} {used:>18.2f} {peak():>9.0f}", flush=True)


def changes() -> None:
    """M0 at 300 members under a policy on those abroad, cut into more and more pieces."""
    print("\npolicy changes in ten years   replicates per CPU-second")
    for n in (0, 1, 12, 120, 520):
        scenario = m0(300)
        cuts = np.linspace(0, 10, n + 1)
        pieces = tuple(
            Policy(f"piece {k}", "exit_rate", cuts[k], cuts[k + 1], level=-0.3 if k % 2 else -0.2, posts=("abroad",))
            for k in range(n)
        )
        print(f"{n:>12} {1 / seconds(replace(scenario, policies=pieces), 300):>22.0f}", flush=True)


def main() -> None:
    """Print all tables."""
    long = "--long" in sys.argv
    simulate(m0(10), replicates=1, rng=1)
    replicates((1000, 10_000, 100_000, 1_000_000) if long else (1000, 10_000))
    changes()
    ties()
    members((100, 1000, 10_000, 100_000, 1_000_000) if long else (100, 1000, 10_000))


if __name__ == "__main__":
    main()
