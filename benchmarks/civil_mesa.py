"""Epstein's civil violence beside Mesa's own example: means over runs with their standard errors, and time per step.

    python benchmarks/civil_mesa.py [runs]

Mesa is not a dependency: run this in an environment that has it (see `bench_simulate_peers.py`). Three programs with
the diamond view and the rounded ratio of Mesa's example: ours; Mesa's citizens and police with our order of a step
(move, then act; who is in jail stands nowhere, the policeman takes his place; fixed numbers of both); and the example
as it is shipped (act, then move; the jailed stay where they were; numbers by chance). The first two are one model: their
means must agree, and a test holds ours to the means printed for the second. Then figures 9 and 10 of the paper: how
often more rebel at once after a small loss of legitimacy in one jump than in a large one by small steps, terms without
end, ours and Mesa's in our order.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ostraka.simulate import civil_violence

SIDE, CITIZENS, VISION = 40, 0.7, 7
LOOKS = (1, 5, 10, 20, 30)


@dataclass(frozen=True)
class Case:
    """What differs between runs: legitimacy in each step, share of police, longest term."""

    legitimacy: NDArray[np.float64]
    police: float
    jail: int


USUAL = Case(np.full(30, 0.6), 0.04, 20)
STEPWISE = Case(np.concatenate([np.full(5, 0.9), np.linspace(0.9, 0.2, 71), np.full(9, 0.2)]), 0.074, 10**6)
AT_ONCE = Case(np.concatenate([np.full(10, 0.9), np.full(30, 0.7)]), 0.074, 10**6)


def ours(seed: int, case: Case = USUAL) -> NDArray[np.int64]:
    """Rebels and jailed after each step."""
    run = civil_violence(
        case.legitimacy.size,
        legitimacy=case.legitimacy,
        police=case.police,
        jail=case.jail,
        view="diamond",
        ratio="round",
        deterrence=2.3,
        rng=seed,
    )
    return np.column_stack([run.active, run.jailed])


def shipped(seed: int) -> NDArray[np.int64]:
    """The same of Mesa's example."""
    model = import_module("mesa.examples.advanced.epstein_civil_violence.model").EpsteinCivilViolence(
        legitimacy=USUAL.legitimacy[0],
        max_jail_term=USUAL.jail,
        cop_density=USUAL.police,
        citizen_density=CITIZENS,
        seed=seed,
    )
    seen = []
    for _ in USUAL.legitimacy:
        model.step()
        seen.append((model.ACTIVE, model.ARRESTED))
    return np.array(seen)


def _people() -> tuple[Any, Any, Any]:
    """Mesa's citizen and policeman with our order of a step, and the states a citizen may be in."""
    example = import_module("mesa.examples.advanced.epstein_civil_violence.agents")
    state = example.CitizenState

    class Citizen(example.Citizen):  # type: ignore[misc,name-defined]
        def step(self) -> None:
            if self.jail_sentence:
                self.jail_sentence -= 1
                if self.jail_sentence == 0:
                    self.let_out()
                return
            self.update_neighbors()
            self.move()
            self.update_neighbors()
            self.update_estimated_arrest_probability()
            tempted = self.grievance - self.risk_aversion * self.arrest_probability > self.threshold
            self.state = state.ACTIVE if tempted else state.QUIET

        def let_out(self) -> None:
            self.state = state.QUIET
            self.cell = self.model.grid.select_random_empty_cell()

    class Cop(example.Cop):  # type: ignore[misc,name-defined]
        def step(self) -> None:
            self.update_neighbors()
            self.move()
            self.update_neighbors()
            rebels = [a for a in self.neighbors if getattr(a, "state", None) is state.ACTIVE]
            if not rebels:
                return
            taken = self.random.choice(rebels)
            place, taken.cell = taken.cell, None
            self.move_to(place)
            taken.state = state.ARRESTED
            taken.jail_sentence = self.random.randint(0, self.max_jail_term)
            if taken.jail_sentence == 0:
                taken.let_out()

    return Citizen, Cop, state


def reordered(seed: int, case: Case = USUAL) -> NDArray[np.int64]:
    """The same of Mesa's citizens and police in our order."""
    mesa = import_module("mesa")
    citizen, cop, state = _people()
    model = mesa.Model(seed=seed)
    model.movement = True
    model.grid = mesa.discrete_space.OrthogonalVonNeumannGrid((SIDE, SIDE), capacity=1, torus=True, random=model.random)
    cells = model.random.sample(list(model.grid.all_cells), round(CITIZENS * SIDE**2) + round(case.police * SIDE**2))
    for k, cell in enumerate(cells):
        if k < round(CITIZENS * SIDE**2):
            citizen(model, case.legitimacy[0], 0.1, VISION, 2.3).move_to(cell)
        else:
            cop(model, VISION, case.jail).move_to(cell)
    citizens = list(model.agents_by_type[citizen])
    seen = []
    for level in case.legitimacy:
        for one in citizens:
            one.grievance = one.hardship * (1 - level)
        model.agents.shuffle_do("step")
        seen.append([sum(a.state is what for a in citizens) for what in (state.ACTIVE, state.ARRESTED)])
    return np.array(seen)


Program = Callable[[int], NDArray[np.int64]]


def row(name: str, program: Program, runs: int) -> str:
    """One program's means."""
    began = time.process_time()
    found = np.array([program(seed) for seed in range(runs)]).astype(float)
    each = 1000 * (time.process_time() - began) / runs / USUAL.legitimacy.size
    peak = found[:, :, 0].max(axis=1)
    mean, error = found.mean(axis=0), found.std(axis=0, ddof=1) / runs**0.5
    cells = [", ".join(f"{mean[k - 1, c]:.2f} ± {error[k - 1, c]:.2f}" for c in (0, 1)) for k in LOOKS]
    return f"{name} | {each:.2f} | {' | '.join(cells)} | {peak.mean():.1f} ± {peak.std(ddof=1) / runs**0.5:.1f}"


def jump_is_louder(program: Callable[[int, Case], NDArray[np.int64]], runs: int) -> str:
    """In how many runs the jump brings out more at once than the steps, and the mean peaks."""
    peaks = np.array([[program(seed, case)[:, 0].max() for case in (STEPWISE, AT_ONCE)] for seed in range(runs)])
    return f"{(peaks[:, 1] > peaks[:, 0]).sum()} of {runs}; mean peaks {peaks[:, 0].mean():.1f} and {peaks[:, 1].mean():.1f}"


def main() -> None:
    """Print the tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    ours(0)
    print(f"{runs} runs (ours: {10 * runs}), L = .6, terms to {USUAL.jail}; mean ± standard error")
    print("program | ms per step | " + " | ".join(f"rebels, jailed after {k}" for k in LOOKS) + " | most rebels")
    print(row("ours", ours, 10 * runs))
    print(row("Mesa, our order", reordered, runs))
    print(row("Mesa, shipped", shipped, runs))
    print("the jump is louder, ours:", jump_is_louder(ours, 10 * runs))
    print("the jump is louder, Mesa, our order:", jump_is_louder(reordered, runs // 5))


if __name__ == "__main__":
    main()
