"""Run a scenario many times: how many leave by when, how the coalition fares, and what moved those who left."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ostraka.chance import RNG, root_seed
from ostraka.errors import InputError
from ostraka.provenance import Provenance
from ostraka.simulate import kernel
from ostraka.simulate import layout as at
from ostraka.simulate.scenario import Scenario, compile_elite

if TYPE_CHECKING:
    import pandas as pd

MapLike = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
_CHUNK = 64
WHOLE = np.array([0.0, np.inf])
_MAX_BYTES = 8 * 2**30


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
    purges, abroad : ndarray, shape (replicates, times)
        Members purged by then; members abroad then.
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
            f"{high:.0f}; {self.replicates} runs). What moved them most: {moved or 'nobody left'}. "
            f"The coalition ends at {self.coalition[:, -1].mean():.0%} of its weight on average."
        )

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the fan, collapse by threshold, causes, provenance."""
        return {
            "scenario": self.scenario.to_json(),
            "replicates": self.replicates,
            "years": self.edges.tolist(),
            "exits": {"levels": [0.05, 0.25, 0.5, 0.75, 0.95], "quantiles": self.fan().tolist()},
            "exits_mean": self.total().mean(axis=0).tolist(),
            "coalition_mean": self.coalition.mean(axis=0).tolist(),
            "thresholds": list(self.scenario.thresholds),
            "p_collapse": self.p_collapse().tolist(),
            "p_security_collapse": float(np.isfinite(self.security).mean()),
            "p_coup": float(np.isfinite(self.coup).mean()),
            "causes": dict(zip(at.CAUSES, self.causes.sum(axis=0).tolist(), strict=True)),
            "provenance": self.provenance.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of work: some replicates of a scenario. Plain arrays, so that it can travel to another process."""

    elite: at.Elite
    orders: at.Orders
    rows: NDArray[np.float64]
    root: int
    first: int
    n_organs: int
    keep_left: bool


def run_chunk(chunk: Chunk) -> at.Output:
    """Run the replicates of a chunk; the rows are the same wherever and in whatever order chunks run."""
    state = empty_state(chunk.elite, chunk.orders, chunk.n_organs)
    out = empty_output(chunk, len(chunk.rows))
    kernel.run(chunk.elite, chunk.orders, state, chunk.rows, chunk.root, chunk.first, out, WHOLE)
    return out


def empty_state(elite: at.Elite, orders: at.Orders, n_organs: int, *, log: int = 0) -> at.State:
    """Scratch space for one replicate at a time, with room for a log of so many events."""
    n, classes = elite.code.shape[0], orders.concerns.shape[1]
    return at.State(
        real=_in_lines(n, at.N_REAL),
        whole=np.zeros((n, at.N_WHOLE), np.int32),
        heap=np.zeros((classes + 1, n + 1), np.int32),
        due=np.zeros((classes + 1, n + 1)),
        place=np.zeros((4, n), np.int32),
        clock=np.zeros((classes, 4)),
        lever=np.ones((2, at.N_LEVERS, classes)),
        scalar=np.zeros(at.N_SCALAR + orders.cuts.size),
        tally=np.zeros(at.BY_GROUP + n_organs, np.int64),
        log=np.zeros((log, 5)),
    )


def _in_lines(rows: int, columns: int) -> NDArray[np.float64]:
    """A table of zeros that begins where a line of memory (64 bytes) does."""
    room = np.zeros(rows * columns + 8)
    skip = -room.ctypes.data % 64 // 8
    return room[skip : skip + rows * columns].reshape(rows, columns)


def empty_output(chunk: Chunk, replicates: int) -> at.Output:
    """Room for the rows of so many replicates."""
    n, times = chunk.elite.code.shape[0], chunk.orders.edges.size
    return at.Output(
        exits=np.zeros((replicates, times, chunk.n_organs), np.int32),
        course=np.zeros((replicates, times, 3), np.int64),
        causes=np.zeros((replicates, len(at.CAUSES)), np.int32),
        times=np.zeros((replicates, at.N_TIMES + chunk.orders.cuts.size)),
        left=np.zeros((replicates if chunk.keep_left else 0, n), np.uint8),
    )


def chunks_of(
    scenario: Scenario, rows: NDArray[np.float64], root: int, *, keep_left: bool, blocked: int = -1, size: int = _CHUNK
) -> Iterator[Chunk]:
    """Cut the replicates of a scenario into pieces of work."""
    elite, orders = compile_elite(scenario, blocked=blocked)
    for first in range(0, len(rows), size):
        piece = rows[first : first + size]
        yield Chunk(elite, orders, piece, root, first, len(scenario.roster.organs), keep_left)


def simulate(
    scenario: Scenario,
    *,
    replicates: int = 200,
    rng: RNG = None,
    threads: int | None = None,
    map: MapLike | None = None,  # noqa: A002 - the name the design gives it
    keep_left: bool = False,
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

    Returns
    -------
    Cascades

    Raises
    ------
    InputError
        If `replicates` is below 1, or the result would not fit into memory.

    Examples
    --------
    >>> from ostraka.simulate import Parameters, Roster, Scenario
    >>> lone = Scenario("one", Roster.make(50, post=1), Parameters().neutral().set(base=-3.0), years=5)
    >>> runs = simulate(lone, replicates=10, rng=7)
    >>> runs.replicates, runs.total().shape
    (10, (10, 21))
    """
    if isinstance(replicates, bool) or int(replicates) != replicates or replicates < 1:
        raise InputError(f"replicates is a whole number from 1 on, not {replicates!r}")
    root = root_seed(rng)
    _check_memory(scenario, int(replicates), keep_left=keep_left)
    rows = scenario.parameters.rows(int(replicates), root)
    work = chunks_of(scenario, rows, root, keep_left=keep_left)
    return assemble(scenario, rows, do_all(work, threads=threads, map=map), root)


def do_all(work: Iterable[Chunk], *, threads: int | None, map: MapLike | None) -> list[at.Output]:  # noqa: A002
    """Run pieces of work in order on threads or on what is given as `map`."""
    if map is not None:
        return list(map(run_chunk, work))
    n = threads if threads is not None else os.cpu_count() or 1
    if n < 1:
        raise InputError(f"threads is at least 1, not {n}")
    if n == 1:
        return [run_chunk(chunk) for chunk in work]
    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(run_chunk, work))


def assemble(scenario: Scenario, rows: NDArray[np.float64], parts: Sequence[at.Output], root: int) -> Cascades:
    """Put the pieces together in the order of replicates."""
    whole = at.Output(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    weight = max(int(scenario.roster.weight.sum()), 1)
    times = whole.times
    facts = {"scenario": scenario.name, "digest": scenario.digest, "replicates": len(rows)}
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
        rows=rows,
        provenance=Provenance("simulate", facts, seed=root, case_digest=scenario.case_digest),
    )


def _check_memory(scenario: Scenario, replicates: int, *, keep_left: bool) -> None:
    n, times = scenario.roster.n, scenario.n_edges + 1
    per_run = times * (4 * len(scenario.roster.organs) + 32) + 8 * (at.N_TIMES + len(scenario.thresholds)) + 600
    per_run += 2 * n if keep_left else 0
    scratch = n * (8 * (at.N_REAL + 2) + 4 * (at.N_WHOLE + 6))
    needed = 2 * replicates * per_run + (os.cpu_count() or 1) * scratch
    if needed > _MAX_BYTES:
        raise InputError(
            f"{replicates} runs of {n} members need about {needed / 2**30:.1f} GiB, more than {_MAX_BYTES / 2**30:.0f}; "
            "run fewer replicates at a time, report fewer times, or do not keep who left"
        )
