"""How fast the simulator is: the benchmark model M0, threshold cascades, exact contagion, the default ensemble.

    python benchmarks/bench_simulate.py [--long]

Rates are per CPU-second of one core, best of several runs, after compilation. M0: N members, random ties of mean
degree 8, hazard 0.02 * g * exp(x + ln1.5 min(m, 8)), posting 0.10 and 0.33 a year, purges 0.01, ten years.
"""

from __future__ import annotations

import math
import resource
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from bare_m0 import bare, run_bare
from numpy.typing import NDArray

from ostraka.case import Case
from ostraka.simulate import (
    Parameters,
    Roster,
    Scenario,
    compare,
    contagion,
    default_scenarios,
    simulate,
    threshold_cascade,
)

PROTOTYPE = {300: 13_700, 3000: 1_030, 100_000: 12.3}


def best(run: Callable[[], object], *, rounds: int = 3) -> float:
    """Least CPU time of several runs, in seconds."""
    least = math.inf
    for _ in range(rounds):
        start = time.process_time()
        run()
        least = min(least, time.process_time() - start)
    return least


def graph(n: int, degree: float = 8.0) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """A random graph as compressed rows, and its pairs."""
    chance = np.random.default_rng(1)
    pairs = chance.integers(0, n, (round(n * degree / 2), 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    src, dst = np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]])
    order = np.argsort(src, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(src, minlength=n))])
    return start, dst[order].astype(np.int32), pairs


def m0(n: int) -> Scenario:
    """The benchmark model M0."""
    chance = np.random.default_rng(1)
    _, _, pairs = graph(n)
    rank = chance.choice(3, n, p=[0.73, 0.23, 0.04])
    roster = Roster.make(
        n,
        rank=rank,
        weight=np.array([1, 2, 4])[rank],
        post=(chance.random(n) < 0.2).astype(int),
        offset=chance.normal(0, 0.8, n),
        mobile=1.0,
        ties=(np.zeros(len(pairs), int), pairs[:, 0], pairs[:, 1], np.ones(len(pairs))),
    )
    rates = {"base": math.log(0.02), "access_home": 0.2, "contagion_kin": math.log(1.5), "saturation": 8.0}
    rates |= {"purge": 0.01, "posting_out": 0.10, "posting_back": 0.33, "coalition_threshold": 0.5}
    return Scenario("M0", roster, Parameters().neutral().set(**rates), n_edges=10, thresholds=(0.5,))


def engine(sizes: tuple[int, ...] = (300, 3000, 100_000)) -> None:
    """Replicates per CPU-second of M0: here, the bare kernel in the same process, and the rates the design measured."""
    print("\nM0, replicates per CPU-second (least of six runs each, in turn)")
    print("      N     here    bare  bare/here  design's prototype (another machine)  events/replicate")
    for n in sizes:
        scenario, runs = m0(n), max(300_000 // n, 2)
        roster, out = scenario.roster, np.zeros((runs, 4))
        scratch = bare(roster.offset, roster.start, roster.tie[:, 0].copy(), roster.post == 1, roster.weight)
        result = simulate(scenario, replicates=runs, rng=7, threads=1)
        run_bare(scratch, 7, runs, out)
        if not (out[:, 0] == result.total()[:, -1]).all() or not (out[:, 1] == result.purges[:, -1]).all():
            raise SystemExit("the bare kernel and the engine disagree")
        here = yardstick = math.inf
        for _ in range(6):
            here = min(here, best(lambda: simulate(scenario, replicates=runs, rng=7, threads=1), rounds=1))  # noqa: B023
            yardstick = min(yardstick, best(lambda: run_bare(scratch, 7, runs, out), rounds=1))  # noqa: B023
        known = PROTOTYPE.get(n, math.nan)
        print(
            f"{n:>7} {runs / here:>8.1f} {runs / yardstick:>7.1f} {here / yardstick:>10.2f} {known:>12g} "
            f"(x{known * here / runs:.2f}) {result.events.mean():>12.0f}"
        )


def classics(sizes: tuple[int, ...]) -> None:
    """Node-events per CPU-second of the classic models."""
    print("\nthreshold cascade (.1211) and exact SI (rate 1 to T = 1), 1 % seeds, thousand node-events per CPU-second")
    for n in sizes:
        start, alter, _ = graph(n)
        seeds = np.random.default_rng(2).choice(n, max(n // 100, 1), replace=False)
        joined = threshold_cascade(start, alter, 0.1211, seeds).sum()
        infected = np.isfinite(contagion(start, alter, rate=1.0, seeds=seeds, until=1.0, rng=3))
        a = best(lambda s=start, x=alter, i=seeds: threshold_cascade(s, x, 0.1211, i))  # type: ignore[misc]
        b = best(lambda s=start, x=alter, i=seeds: contagion(s, x, rate=1.0, seeds=i, until=1.0))  # type: ignore[misc]
        print(
            f"{n:>9}  cascade {joined / a / 1e3:>9.0f}  SI {infected.sum() / b / 1e3:>8.0f}  (share {infected.mean():.4f})"
        )


def ensemble() -> None:
    """The default scenarios of a regime with an empty record, warm."""
    case = Case.make("Ruritania", start=date(1991, 1, 1), end=date(2016, 1, 1), as_of=date(2016, 1, 1))
    start = time.perf_counter()
    scenarios = default_scenarios(case, rng=7)
    middle = time.perf_counter()
    compare(scenarios[0], scenarios[1:], replicates=200, rng=7)
    print(
        f"\ndefault scenarios: {middle - start:.1f} s to calibrate, {time.perf_counter() - middle:.1f} s for 10 x 200 runs"
    )


def main() -> None:
    """Print all tables."""
    start = time.perf_counter()
    simulate(m0(10), replicates=1, rng=1)
    print(f"first run (compiled or from the cache): {time.perf_counter() - start:.1f} s")
    engine()
    classics((1000, 10_000, 100_000, 1_000_000) if "--long" in sys.argv else (1000, 10_000, 100_000))
    ensemble()
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
