"""Run a scenario many times: how many leave by when, how the coalition fares, and what moved those who left."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ostraka.chance import RNG, root_seed
from ostraka.errors import InputError
from ostraka.provenance import Provenance
from ostraka.simulate import layout as at
from ostraka.simulate.roster import most_bytes
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.work import (
    MapLike,
    Progress,
    World,
    bytes_of_state,
    check_replicates,
    chunks_of,
    do_all,
    gather_worlds,
    world_of,
)

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Cascades:
    """What happened in every replicate of one scenario.

    Attributes
    ----------
    scenario : Scenario
    edges : ndarray, shape (times,)
        Reporting times in years.
    exits : ndarray of int32, shape (replicates, times, organs)
        Members who had left by each time, by organ.
    purges, abroad, detained, opposed : ndarray, shape (replicates, times)
        Members purged by then; members abroad, detained, in opposition then.
    coalition : ndarray, shape (replicates, times)
        Weight of the coalition as a share of its weight at the start.
    causes : ndarray, shape (replicates, causes)
        What held the largest share of the log-hazard of those who left; names in ``layout.CAUSES``.
    crossed : ndarray, shape (replicates, thresholds)
        When the coalition first fell below each of ``scenario.thresholds``, in years; inf for never.
    collapse, security, coup, first_exit : ndarray, shape (replicates,)
        When the coalition fell below its own threshold; when the security organ did; when a coup came; when the
        first member left. In years; inf for never.
    events : ndarray, shape (replicates,)
        How many events the replicate had.
    left : ndarray of bool, shape (replicates, members) or (0, members)
        Who left, if asked for; for counting groups, never for ranking persons.
    rows : ndarray, shape (replicates, parameters)
        The parameter row of each replicate.
    ruled : ndarray, shape (replicates, rules, 2)
        How often each standing rule took effect, and for how many years it was in force (0 for one that acts on members).
    wanted : int
        How many replicates were asked for; more than there are if the run was interrupted.
    provenance : Provenance
    """

    scenario: Scenario
    edges: NDArray[np.float64]
    exits: NDArray[np.int32]
    purges: NDArray[np.int64]
    abroad: NDArray[np.int64]
    coalition: NDArray[np.float64]
    causes: NDArray[np.int32]
    crossed: NDArray[np.float64]
    collapse: NDArray[np.float64]
    security: NDArray[np.float64]
    coup: NDArray[np.float64]
    first_exit: NDArray[np.float64]
    events: NDArray[np.int64]
    left: NDArray[np.bool_]
    rows: NDArray[np.float64]
    detained: NDArray[np.int64]
    opposed: NDArray[np.int64]
    ruled: NDArray[np.float64]
    wanted: int
    provenance: Provenance

    @property
    def replicates(self) -> int:
        """How many times the scenario was run."""
        return int(self.exits.shape[0])

    def total(self, organs: Sequence[str] = ()) -> NDArray[np.int64]:
        """Members of some organs (all if none is named) who had left by each time, shape (replicates, times)."""
        known = self.scenario.roster.organs
        wrong = set(organs) - set(known)
        if wrong:
            raise InputError(f"no organ {', '.join(sorted(wrong))}; known: {', '.join(known)}")
        chosen = [known.index(name) for name in organs] if organs else list(range(len(known)))
        counts: NDArray[np.int64] = self.exits[:, :, chosen].sum(axis=2, dtype=np.int64)
        return counts

    def fan(
        self, levels: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95), *, organs: Sequence[str] = ()
    ) -> NDArray[np.float64]:
        """Quantiles over replicates of those who had left by each time, shape (levels, times)."""
        fan: NDArray[np.float64] = np.quantile(self.total(organs), levels, axis=0)
        return fan

    def p_collapse(self) -> NDArray[np.float64]:
        """Share of replicates in which the coalition fell below each threshold, shape (thresholds,)."""
        share: NDArray[np.float64] = np.isfinite(self.crossed).mean(axis=0)
        return share

    def frame(self) -> pd.DataFrame:
        """One row per reporting time: quantiles of exits, mean purges, members abroad, coalition share."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

        fan = self.fan()
        columns = {"year": self.edges, "exits_mean": self.total().mean(axis=0)}
        columns |= {f"exits_q{q:02d}": fan[k] for k, q in enumerate((5, 25, 50, 75, 95))}
        columns |= {
            "purges_mean": self.purges.mean(axis=0),
            "abroad_mean": self.abroad.mean(axis=0),
            "detained_mean": self.detained.mean(axis=0),
            "opposed_mean": self.opposed.mean(axis=0),
            "coalition_mean": self.coalition.mean(axis=0),
            "coalition_q05": np.quantile(self.coalition, 0.05, axis=0),
        }
        return pd.DataFrame(columns)

    def summary(self) -> str:
        """The result in plain words."""
        last = self.total()[:, -1]
        low, mid, high = np.quantile(last, (0.05, 0.5, 0.95))
        means = {"own reasons" if k == 0 else at.CAUSES[k]: c for k, c in enumerate(self.causes.sum(axis=0)) if c}
        whole = max(sum(means.values()), 1)
        moved = ", ".join(f"{name} {count / whole:.0%}" for name, count in sorted(means.items(), key=lambda x: -x[1]))
        return (
            f"{self.scenario.name}: in {self.scenario.years:g} years {mid:.0f} leave (90 of 100 runs: {low:.0f} to "
            f"{high:.0f}; {self.replicates} runs{self._cut_short()}). What moved them most: {moved or 'nobody left'}. "
            f"The coalition ends at {self.coalition[:, -1].mean():.0%} of its weight on average. {self.how_it_breaks()}"
            f"{self.rules_and_cost()}"
        )

    @property
    def cost(self) -> float:
        """What dated policies and rules cost on average, in units of the regime's budget."""
        times, years = self.ruled.mean(axis=0).T if self.replicates else (np.zeros(0), np.zeros(0))
        used = [rule.cost * (times[k] if rule.acts else years[k]) for k, rule in enumerate(self.scenario.rules)]
        return float(self.scenario.cost + sum(used))

    def rules_and_cost(self) -> str:
        """How often its rules took effect and what its policies cost, in plain words; empty if it has none."""
        means = self.ruled[:, :, 0].mean(axis=0)
        told = [f"{rule.name} {mean:.1f} times" for rule, mean in zip(self.scenario.rules, means, strict=True)]
        rules = f" Its rules took effect, on average: {', '.join(told)}." if told else ""
        return f"{rules}{f' Its policies cost {self.cost:.3g}.' if self.cost else ''}"

    def _cut_short(self) -> str:
        return f" of {self.wanted}, then interrupted" if self.replicates < self.wanted else ""

    def how_it_breaks(self) -> str:
        """The chance of collapse by its three definitions, in plain words."""
        table = self.scenario.parameters
        low, security = table["coalition_threshold"].value, table["security_threshold"].value
        three = [np.isfinite(times).mean() for times in (self.collapse, self.security, self.coup)]
        return (
            f"Within the horizon the coalition falls below {low:.0%} in {three[0]:.0%} of runs, the security organ below "
            f"{security:.0%} in {three[1]:.0%}, and a coup comes in {three[2]:.0%}."
        )

    def whole(self) -> Cascades:
        """Itself, for what rests on every replicate; if the run was interrupted, that goes on: raises KeyboardInterrupt."""
        if self.replicates < self.wanted:
            raise KeyboardInterrupt
        return self

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the fan, collapse by threshold, causes, provenance."""
        return {
            "scenario": self.scenario.to_json(),
            "replicates": self.replicates,
            "wanted": self.wanted,
            "years": self.edges.tolist(),
            "exits": {"levels": [0.05, 0.25, 0.5, 0.75, 0.95], "quantiles": self.fan().tolist()},
            "exits_mean": self.total().mean(axis=0).tolist(),
            "coalition_mean": self.coalition.mean(axis=0).tolist(),
            "thresholds": list(self.scenario.thresholds),
            "p_collapse": self.p_collapse().tolist(),
            "p_security_collapse": float(np.isfinite(self.security).mean()),
            "p_coup": float(np.isfinite(self.coup).mean()),
            "detained_mean": self.detained.mean(axis=0).tolist(),
            "opposed_mean": self.opposed.mean(axis=0).tolist(),
            "cost_mean": self.cost,
            "rules": [
                {"name": rule.name, "times_mean": float(times), "years_mean": float(years)}
                for rule, (times, years) in zip(self.scenario.rules, self.ruled.mean(axis=0), strict=True)
            ],
            "causes": dict(zip(at.CAUSES, self.causes.sum(axis=0).tolist(), strict=True)),
            "provenance": self.provenance.to_json(),
        }


def simulate(
    scenario: Scenario,
    *,
    replicates: int = 200,
    rng: RNG = None,
    threads: int | None = None,
    map: MapLike | None = None,  # noqa: A002 - the name the design gives it
    keep_left: bool = False,
    progress: Progress | None = None,
) -> Cascades:
    """Run a scenario many times, exactly and in continuous time.

    Replicate r depends on the seed, r and the scenario alone: it is the same on any number of threads or workers,
    and two scenarios share the resistances of their members, so that their difference is policy, not luck.

    Parameters
    ----------
    scenario : Scenario
    replicates : int
        How many runs, at least 1.
    rng : int, SeedSequence, Generator or None
        Root of chance; recorded in the result.
    threads : int or None
        Threads to use; None for one per processor.
    map : callable or None
        Anything with the shape of ``map``, such as that of a process pool or a cluster; replaces threads.
    keep_left : bool
        Whether to keep who left in each replicate (members x replicates bytes).
    progress : callable or None
        Told how many replicates are done and of how many, each time some are.

    Returns
    -------
    Cascades
        Interrupted by Ctrl-C, the replicates done by then; `wanted` says how many were asked for.

    Raises
    ------
    InputError
        If `replicates` is below 1, the result would not fit into memory, or a replicate fails because a hazard is no
        finite number.

    Examples
    --------
    >>> from ostraka.simulate import Parameters, Roster, Scenario
    >>> lone = Scenario("one", Roster.make(50, post=1), Parameters().neutral().set(base=-3.0), years=5)
    >>> runs = simulate(lone, replicates=10, rng=7)
    >>> runs.replicates, runs.total().shape
    (10, (10, 21))
    """
    return simulate_together(
        (scenario,), replicates=replicates, rng=rng, threads=threads, map=map, keep_left=keep_left, progress=progress
    )[0]


def simulate_together(
    scenarios: Sequence[Scenario],
    *,
    replicates: int,
    rng: RNG = None,
    threads: int | None = None,
    map: MapLike | None = None,  # noqa: A002 - the name the design gives it
    keep_left: bool = False,
    progress: Progress | None = None,
) -> list[Cascades]:
    """Run scenarios by turns, so that an interruption leaves all of them on the same replicates: see :func:`simulate`."""
    wanted, root = check_replicates(replicates), root_seed(rng)
    worlds = [world_of(scenario, keep_left=keep_left) for scenario in scenarios]
    _check_memory(scenarios, worlds, wanted)
    rows = [scenario.parameters.rows(wanted, root) for scenario in scenarios]
    turns = zip(*(chunks_of(world, [table], root) for world, table in zip(worlds, rows, strict=True)), strict=True)
    done = do_all((chunk for turn in turns for chunk in turn), threads=threads, map=map)
    whole = gather_worlds(done, len(scenarios), wanted, progress)
    return [
        assemble(scenario, table, output, root, wanted=wanted)
        for scenario, table, output in zip(scenarios, rows, whole, strict=True)
    ]


def assemble(
    scenario: Scenario, rows: NDArray[np.float64], whole: at.Output, root: int, *, wanted: int | None = None
) -> Cascades:
    """Name the columns of what the kernel wrote."""
    n = len(whole.times)
    weight = max(int(scenario.roster.weight.sum()), 1)
    times = whole.times
    facts = {"scenario": scenario.name, "digest": scenario.digest, "replicates": n}
    return Cascades(
        scenario=scenario,
        edges=scenario.edges,
        exits=whole.exits,
        purges=whole.course[:, :, at.C_PURGES],
        abroad=whole.course[:, :, at.C_ABROAD],
        coalition=whole.course[:, :, at.C_WEIGHT] / weight,
        causes=whole.causes,
        crossed=times[:, at.N_TIMES :],
        collapse=times[:, at.T_COLLAPSE],
        security=times[:, at.T_SECURITY],
        coup=times[:, at.T_COUP],
        first_exit=times[:, at.T_FIRST_EXIT],
        events=times[:, at.T_EVENTS].astype(np.int64),
        left=whole.left.astype(bool),
        rows=rows[:n],
        detained=whole.course[:, :, at.C_DETAINED],
        opposed=whole.course[:, :, at.C_OPPOSED],
        ruled=whole.ruled,
        wanted=n if wanted is None else wanted,
        provenance=Provenance("simulate", facts, seed=root, case_digest=scenario.case_digest),
    )


def _check_memory(scenarios: Sequence[Scenario], worlds: Sequence[World], replicates: int) -> None:
    per_run = 0
    for scenario, world in zip(scenarios, worlds, strict=True):
        per_run += (scenario.n_edges + 1) * (4 * len(scenario.roster.organs) + 56) + 600
        per_run += 8 * (at.N_TIMES + len(scenario.thresholds)) + (2 * scenario.roster.n if world.keep_left else 0)
    needed = 2 * replicates * per_run + (os.cpu_count() or 1) * max(map(bytes_of_state, worlds))
    if needed > most_bytes():
        n = scenarios[0].roster.n
        raise InputError(
            f"{replicates} runs of {n} members need about {needed / 2**30:.1f} GiB, more than {most_bytes() / 2**30:.0f}; "
            "run fewer replicates at a time, report fewer times, or do not keep who left"
        )
