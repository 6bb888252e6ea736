"""Very many replicates, kept as counts: how the outcomes are spread, in memory that does not grow with their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ostraka.chance import RNG, root_seed
from ostraka.provenance import Provenance
from ostraka.simulate import layout as at
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.work import MapLike, Progress, check_done, check_replicates, chunks_of, do_all, world_of

if TYPE_CHECKING:
    import pandas as pd

_BLOCK = 4096
_CHUNK = 256
_BREAKS = (at.T_COLLAPSE, at.T_SECURITY, at.T_COUP)


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """How the outcomes of a scenario are spread over its replicates, as whole-number counts.

    Attributes
    ----------
    scenario : Scenario
    edges : ndarray, shape (times,)
        Reporting times in years.
    replicates, wanted : int
        How many are counted, and how many were asked for.
    exits : ndarray of int, shape (times, most + 1)
        In how many replicates k members had left by each time.
    purges, abroad, weight : ndarray of int, shape (times,)
        Sums over replicates: purged by then, abroad then, weight of the coalition then.
    broke : ndarray of int, shape (3, times)
        In how many replicates the coalition had fallen below its threshold, the security organ below its own, a coup
        come, by each time.
    crossed : ndarray of int, shape (thresholds, times)
        In how many the coalition had fallen below each of ``scenario.thresholds`` by each time.
    causes : ndarray of int, shape (causes,)
        Departures by what moved them most.
    events : int
        Events in all replicates together.
    provenance : Provenance
    """

    scenario: Scenario
    edges: NDArray[np.float64]
    replicates: int
    wanted: int
    exits: NDArray[np.int64]
    purges: NDArray[np.int64]
    abroad: NDArray[np.int64]
    weight: NDArray[np.int64]
    broke: NDArray[np.int64]
    crossed: NDArray[np.int64]
    causes: NDArray[np.int64]
    events: int
    provenance: Provenance

    def fan(self, levels: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95)) -> NDArray[np.int64]:
        """Quantiles over replicates of those who had left by each time, shape (levels, times), as whole numbers."""
        share = np.cumsum(self.exits, axis=1) / self.replicates
        fan: NDArray[np.int64] = np.stack([(share >= level - 1e-12).argmax(axis=1) for level in levels])
        return fan

    def exits_mean(self) -> NDArray[np.float64]:
        """Mean number who had left by each time, shape (times,)."""
        mean: NDArray[np.float64] = self.exits @ np.arange(self.exits.shape[1]) / self.replicates
        return mean

    def p_collapse(self) -> NDArray[np.float64]:
        """Share of replicates in which the coalition fell below each threshold, shape (thresholds,)."""
        share: NDArray[np.float64] = self.crossed[:, -1] / self.replicates
        return share

    def frame(self) -> pd.DataFrame:
        """One row per reporting time: quantiles and mean of exits, mean purges, members abroad, coalition, collapses."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

        fan, n = self.fan(), self.replicates
        columns: dict[str, Any] = {"year": self.edges, "exits_mean": self.exits_mean()}
        columns |= {f"exits_q{q:02d}": fan[k] for k, q in enumerate((5, 25, 50, 75, 95))}
        columns |= {"purges_mean": self.purges / n, "abroad_mean": self.abroad / n}
        columns |= {"coalition_mean": self.weight / n / max(int(self.scenario.roster.weight.sum()), 1)}
        columns |= dict(zip(("p_collapse", "p_security", "p_coup"), self.broke / n, strict=True))
        return pd.DataFrame(columns)

    def summary(self) -> str:
        """The result in plain words."""
        low, mid, high = self.fan((0.05, 0.5, 0.95))[:, -1]
        coalition, security, coup = self.broke[:, -1] / self.replicates
        short = f" of {self.wanted}, then interrupted" if self.replicates < self.wanted else ""
        return (
            f"{self.scenario.name}: in {self.scenario.years:g} years {mid} leave (90 of 100 runs: {low} to {high}; "
            f"{self.replicates} runs{short}). The coalition falls below its threshold in {coalition:.1%}, the security "
            f"organ in {security:.1%}, a coup comes in {coup:.1%}."
        )

    def to_json(self) -> dict[str, Any]:
        """The counts as plain JSON values."""
        arrays = ("edges", "exits", "purges", "abroad", "weight", "broke", "crossed", "causes")
        return {name: getattr(self, name).tolist() for name in arrays} | {
            "scenario": self.scenario.to_json(),
            "replicates": self.replicates,
            "wanted": self.wanted,
            "events": self.events,
            "provenance": self.provenance.to_json(),
        }


def ensemble(
    scenario: Scenario,
    *,
    replicates: int,
    rng: RNG = None,
    threads: int | None = None,
    map: MapLike | None = None,  # noqa: A002 - the name the design gives it
    progress: Progress | None = None,
) -> Ensemble:
    """Run a scenario any number of times and keep counts only.

    The replicates are those of :func:`simulate` with the same seed. Memory does not depend on their number.

    Parameters
    ----------
    scenario, replicates, rng, threads, map, progress
        As in :func:`simulate`.

    Returns
    -------
    Ensemble
        Interrupted by Ctrl-C, of the replicates done by then.

    Raises
    ------
    InputError
        If `replicates` is below 1, or a replicate fails because a hazard is no finite number.

    Examples
    --------
    >>> from ostraka.simulate import Parameters, Roster, Scenario
    >>> lone = Scenario("one", Roster.make(50, post=1), Parameters().neutral().set(base=-3.0), years=5)
    >>> many = ensemble(lone, replicates=500, rng=7)
    >>> many.replicates, int(many.exits[-1].sum())
    (500, 500)
    """
    wanted, root = check_replicates(replicates), root_seed(rng)
    rows = scenario.parameters.blocks(wanted, root, size=_BLOCK)
    work = chunks_of(world_of(scenario), rows, root, size=_CHUNK)
    counter = _Counter(scenario)
    try:
        for part in do_all(work, threads=threads, map=map):
            check_done(part, counter.n)
            counter.add(part)
            if progress is not None:
                progress(counter.n, wanted)
    except KeyboardInterrupt:
        if counter.n == 0:
            raise
    return counter.result(wanted, root)


class _Counter:
    """Whole-number sums: the same in whatever order parts are added."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.n, self.events = scenario, 0, 0
        times = scenario.n_edges + 1
        self.exits = np.zeros((times, 1), np.int64)
        self.course = np.zeros((times, at.N_COURSE), np.int64)
        self.broke = np.zeros((3 + len(scenario.thresholds), times), np.int64)
        self.causes = np.zeros(len(at.CAUSES), np.int64)

    def add(self, part: at.Output) -> None:
        """Count the replicates of a part."""
        total = part.exits.sum(axis=2, dtype=np.int64)
        wide = max(int(total.max()) + 1, self.exits.shape[1])
        grown = np.pad(self.exits, ((0, 0), (0, wide - self.exits.shape[1])))
        for time in range(len(grown)):
            grown[time] += np.bincount(total[:, time], minlength=wide)
        self.exits = grown
        self.course += part.course.sum(axis=0)
        when = part.times[:, [*_BREAKS, *range(at.N_TIMES, part.times.shape[1])]]
        self.broke += (when[:, :, None] <= self.scenario.edges).sum(axis=0)
        self.causes += part.causes.sum(axis=0, dtype=np.int64)
        self.events += int(part.times[:, at.T_EVENTS].sum())
        self.n += len(part.times)

    def result(self, wanted: int, root: int) -> Ensemble:
        """What was counted."""
        facts = {"scenario": self.scenario.name, "digest": self.scenario.digest, "replicates": self.n}
        return Ensemble(
            scenario=self.scenario,
            edges=self.scenario.edges,
            replicates=self.n,
            wanted=wanted,
            exits=self.exits,
            purges=self.course[:, at.C_PURGES],
            abroad=self.course[:, at.C_ABROAD],
            weight=self.course[:, at.C_WEIGHT],
            broke=self.broke[:3],
            crossed=self.broke[3:],
            causes=self.causes,
            events=self.events,
            provenance=Provenance("ensemble", facts, seed=root, case_digest=self.scenario.case_digest),
        )
