"""The classic models beside the tools people use: same graphs, same seeds, one run, CPU-seconds of one core.

    python benchmarks/bench_simulate_peers.py [--long]

Peers are not a dependency: install what is to be compared into an environment of its own, beside numba, scipy and
pandas (``pip install cynetdiff ndlib six 'mesa<3.4' EoN networkx``), and run it there with ``PYTHONPATH=src``. A peer
that is missing is skipped and said so; one that would take longer than two minutes at a size is left out there.
Random ties of mean degree 8, 1 % seeds; cascade: fractional threshold .1211; SI: rate 1 per tie to T = 1.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Callable
from importlib import import_module
from itertools import count
from typing import Any

import numpy as np
from bench_simulate import graph
from numpy.typing import NDArray

from ostraka.simulate import contagion, threshold_cascade

PHI = 0.1211
CAP = 120.0
Graph = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]
Runner = Callable[[], int]


def best(run: Runner, *, rounds: int) -> tuple[float, int]:
    """CPU time of the fastest of several runs, in seconds, and how many it reached; fastest for each one reached."""
    least, reached = math.inf, 1
    for _ in range(rounds):
        start = time.process_time()
        now_reached = run()
        used = time.process_time() - start
        if used * reached < least * now_reached:
            least, reached = used, now_reached
        if used > 5:
            break
    return least, reached


def as_networkx(n: int, pairs: NDArray[np.int64]) -> Any:
    """The graph as networkx has it."""
    whole = import_module("networkx").Graph()
    whole.add_nodes_from(range(n))
    whole.add_edges_from(map(tuple, pairs.tolist()))
    return whole


def ours_cascade(g: Graph, seeds: NDArray[np.int64]) -> Runner:
    return lambda: int(threshold_cascade(g[0], g[1], PHI, seeds).sum())


def cynetdiff_cascade(g: Graph, seeds: NDArray[np.int64]) -> Runner:
    """CyNetDiff: linear threshold, every watched member counting alike, thresholds fixed through its private setter."""
    n = g[0].size - 1
    array = import_module("array").array
    starts, edges = (array("I", column.astype(np.uint32).tolist()) for column in (g[0][:-1], g[1]))
    model = import_module("cynetdiff.models").LinearThresholdModel(starts, edges)
    thresholds = array("f", [PHI] * n)
    chosen = set(seeds.tolist())

    def run() -> int:
        model.set_seeds(chosen)
        model._assign_thresholds(thresholds)
        model.advance_until_completion()
        return int(model.get_num_activated_nodes())

    return run


def ndlib_cascade(g: Graph, seeds: NDArray[np.int64]) -> Runner:
    """NDlib's ThresholdModel."""
    ep, config = import_module("ndlib.models.epidemics"), import_module("ndlib.models.ModelConfig")
    n = g[0].size - 1
    whole = as_networkx(n, g[2])
    setting = config.Configuration()
    setting.add_model_initial_configuration("Infected", seeds.tolist())
    for node in range(n):
        setting.add_node_configuration("threshold", node, PHI)
    model = ep.ThresholdModel(whole)
    model.set_initial_status(setting)

    def run() -> int:
        model.reset()
        while True:
            if not model.iteration()["status"] and model.actual_iteration > 2:
                break
        return sum(1 for status in model.status.values() if status == 1)

    return run


def _mesa_people(g: Graph) -> tuple[Any, list[Any]]:
    """A model on Mesa's discrete Network space with one agent per node."""
    mesa, space = import_module("mesa"), import_module("mesa.discrete_space")

    class Person(space.CellAgent):  # type: ignore[misc, name-defined]
        on = next = False

        def step(self) -> None:
            if not self.on:
                near = [agent.on for agent in self.cell.neighborhood.agents]
                self.next = bool(near) and sum(near) >= PHI * len(near)

    model = mesa.Model(seed=1)
    network = space.Network(as_networkx(g[0].size - 1, g[2]), capacity=1, random=model.random)
    people = [Person(model) for _ in range(g[0].size - 1)]
    for node, person in enumerate(people):
        person.cell = network[node]
    return model, people


def mesa_cascade(g: Graph, seeds: NDArray[np.int64]) -> Runner:
    """All agents of a Mesa model stepped until nothing changes."""
    model, people = _mesa_people(g)

    def run() -> int:
        for person in people:
            person.on = person.next = False
        for k in seeds:
            people[int(k)].on = True
        while True:
            model.agents.do("step")
            joining = [person for person in people if person.next and not person.on]
            for person in joining:
                person.on = True
            if not joining:
                return sum(person.on for person in people)

    return run


def ours_si(g: Graph, seeds: NDArray[np.int64]) -> Runner:
    """A new seed each time: the processor would learn a history that is repeated."""
    roots = count()
    return lambda: int(np.isfinite(contagion(g[0], g[1], rate=1.0, seeds=seeds, until=1.0, rng=next(roots))).sum())


def eon_si(g: Graph, seeds: NDArray[np.int64]) -> Runner:
    """EoN's fast_SIR, exact."""
    eon = import_module("EoN")
    whole = as_networkx(g[0].size - 1, g[2])
    chosen = seeds.tolist()

    def run() -> int:
        random.seed(1)
        _, _, infected, recovered = eon.fast_SIR(whole, 1.0, 0.0, initial_infecteds=chosen, tmax=1.0)
        return int(infected[-1] + recovered[-1])

    return run


def mesa_si(g: Graph, seeds: NDArray[np.int64]) -> Runner:
    """Exact SI on Mesa's event list: every infection schedules those it passes on."""
    mesa, devs = import_module("mesa"), import_module("mesa.experimental.devs")
    start, alter = g[0], g[1].tolist()
    chosen = seeds.tolist()
    ends = start.tolist()

    def run() -> int:
        chance = random.Random(1)  # noqa: S311 - a benchmark
        simulator = devs.DEVSimulator()
        simulator.setup(mesa.Model(seed=1))
        infected: set[int] = set()

        def infect(i: int) -> None:
            if i in infected:
                return
            infected.add(i)
            for j in alter[ends[i] : ends[i + 1]]:
                if j not in infected:
                    delay = chance.expovariate(1.0)
                    if simulator.time + delay <= 1.0:
                        event(delay, j)

        def event(delay: float, j: int) -> None:
            keep = lambda: infect(j)  # noqa: E731 - the event list holds it weakly
            held.append(keep)
            simulator.schedule_event_relative(keep, delay)

        held: list[Callable[[], None]] = []
        for i in chosen:
            infect(i)
        simulator.run_until(1.0)
        return len(infected)

    return run


MODELS: dict[str, dict[str, Callable[[Graph, NDArray[np.int64]], Runner]]] = {
    "threshold cascade": {"ostraka": ours_cascade, "CyNetDiff": cynetdiff_cascade, "NDlib": ndlib_cascade, "Mesa": mesa_cascade},
    "exact SI": {"ostraka": ours_si, "EoN fast_SIR": eon_si, "Mesa DEVS": mesa_si},
}  # fmt: skip


def main() -> None:
    """Print one table per model; every peer at every size it can take."""
    sizes = (1000, 10_000, 100_000, 1_000_000) if "--long" in sys.argv else (1000, 10_000, 100_000)
    for model, tools in MODELS.items():
        print(f"\n{model}: thousand node-events per CPU-second (times slower than ostraka; share reached)")
        last: dict[str, float] = {}
        for n in sizes:
            g = graph(n)
            seeds = np.random.default_rng(2).choice(n, max(n // 100, 1), replace=False)
            base = math.nan
            for name, make in tools.items():
                if last.get(name, 0.0) * 12 > CAP:
                    print(f"  {n:>9} {name:<14} left out: it would take more than {CAP:g} s", flush=True)
                    continue
                try:
                    used, reached = best(make(g, seeds), rounds=200 if name == "ostraka" and n <= 10_000 else 3)
                except ImportError as error:
                    print(f"  {n:>9} {name:<14} not installed ({error.name})", flush=True)
                    continue
                base = used if name == "ostraka" else base
                last[name] = used
                print(f"  {n:>9} {name:<14} {reached / used / 1e3:>10.1f}  ({used / base:>6.1f}x; {reached / n:.4f})", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
