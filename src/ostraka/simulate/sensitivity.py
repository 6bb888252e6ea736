"""Which assumption moves the answer: Sobol and PAWN indices over the parameter table, and one swing per parameter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError, MissingExtra
from ostraka.provenance import Provenance
from ostraka.simulate.cascade import assemble
from ostraka.simulate.compare import outcomes
from ostraka.simulate.layout import PARAMETER_NAMES
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.work import CHUNK, Chunk, MapLike, do_all, gather, world_of

if TYPE_CHECKING:
    import pandas as pd

CHANCE = "chance"
"""The name of the factor that picks the luck of a run: one more factor beside the parameters."""
_HISTORIES = 4096
_SWING = (0.05, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """How much of the spread of an outcome each parameter answers for.

    Attributes
    ----------
    outcome : str
    names : tuple of str
        The parameters that have a range, and last :data:`CHANCE`, the luck of a run.
    first, total : ndarray, shape (factors,)
        Sobol indices: the share of the variance of the outcome that a factor explains alone, and with all others.
    first_half, total_half : ndarray, shape (factors,)
        Half widths of their 95 % intervals (bootstrap).
    pawn : ndarray, shape (factors,)
        PAWN index: median distance (Kolmogorov-Smirnov) between the law of the outcome and its law given the factor.
    low, high : ndarray, shape (factors,)
        Mean outcome with the parameter at the 5 % and the 95 % point of its range, all others in the middle, on the
        same histories; NaN for chance.
    centre : float
        Mean outcome with all parameters in the middle.
    spread : float
        Standard deviation of the outcome over everything.
    runs : int
        How many runs it took.
    provenance : Provenance
    """

    outcome: str
    names: tuple[str, ...]
    first: NDArray[np.float64]
    total: NDArray[np.float64]
    first_half: NDArray[np.float64]
    total_half: NDArray[np.float64]
    pawn: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    centre: float
    spread: float
    runs: int
    provenance: Provenance

    def frame(self) -> pd.DataFrame:
        """One row per factor, the largest total index first."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

        columns = ("first", "first_half", "total", "total_half", "pawn", "low", "high")
        table = pd.DataFrame({"name": self.names} | {name: getattr(self, name) for name in columns})
        return table.sort_values("total", ascending=False, ignore_index=True)

    def summary(self) -> str:
        """What moves the outcome most, in plain words."""
        order = [k for k in np.argsort(-self.total) if self.total[k] > self.total_half[k]][:5]
        told = "; ".join(f"{self.names[k]} {self.total[k]:.0%} (±{self.total_half[k]:.0%})" for k in order)
        return (
            f"Of the variance of {self.outcome} (standard deviation {self.spread:.3g}), with everything they work with: "
            f"{told or 'no factor stands out'}. {CHANCE!r} is the luck of a single run."
        )

    def to_json(self) -> dict[str, Any]:
        """The indices as plain JSON values."""
        arrays = ("first", "total", "first_half", "total_half", "pawn")
        ends = {
            name: [x if math.isfinite(x) else None for x in getattr(self, name).tolist()] for name in ("low", "high")
        }
        return {name: getattr(self, name).tolist() for name in arrays} | ends | {
            "outcome": self.outcome,
            "names": list(self.names),
            "centre": self.centre,
            "spread": self.spread,
            "runs": self.runs,
            "provenance": self.provenance.to_json(),
        }  # fmt: skip


def sensitivity(
    scenario: Scenario,
    *,
    outcome: str = "exits",
    names: Sequence[str] = (),
    samples: int = 128,
    histories: int = 40,
    rng: RNG = None,
    threads: int | None = None,
    map: MapLike | None = None,  # noqa: A002 - the name the design gives it
) -> Sensitivity:
    """Sobol and PAWN indices of an outcome over the ranges of the parameters, and one swing per parameter.

    The streams of chance are fixed: two runs that differ in a parameter share all resistances, so that their
    difference is the parameter; the luck of a run is one more factor.

    Parameters
    ----------
    scenario : Scenario
    outcome : str
        One of those of :func:`ostraka.simulate.compare.outcomes`, at the horizon.
    names : sequence of str
        Parameters to vary; empty for all that have a range.
    samples : int
        Size of the Sobol sample, a power of 2; it takes ``samples * (factors + 2)`` runs.
    histories : int
        Runs per end of a swing.
    rng, threads, map
        As in :func:`simulate`.

    Returns
    -------
    Sensitivity

    Raises
    ------
    MissingExtra
        If SALib is not installed.
    InputError
        If no parameter has a range, a name or the outcome is unknown, or a number is not usable.

    References
    ----------
    Saltelli et al. (2010), Variance based sensitivity analysis of model output, Computer Physics Communications 181.
    doi:10.1016/j.cpc.2009.09.018
    Pianosi & Wagener (2015), A simple and efficient method for global sensitivity analysis based on cumulative
    distribution functions, Environmental Modelling & Software 67. doi:10.1016/j.envsoft.2015.01.004
    """
    sobol_sample, sobol, pawn = _salib()
    factors = _factors(scenario, names)
    if samples < 2 or samples & (samples - 1) or histories < 1:
        raise InputError(f"samples is a power of 2 and histories at least 1, not {samples} and {histories}")
    root = root_seed(rng)
    seed = int(stream(root, "simulate.sensitivity").integers(2**31))
    bounds = [[0.0, 1.0]] * (len(factors) + 1)
    problem = {"num_vars": len(factors) + 1, "names": [*factors, CHANCE], "bounds": bounds}
    points = sobol_sample.sample(problem, samples, calc_second_order=False, seed=seed)
    trial = _Trial(scenario, root, outcome, threads, map)
    values = trial.values(*_rows(scenario, factors, points))
    indices = sobol.analyze(problem, _standard(values), calc_second_order=False, seed=seed)
    distance = pawn.analyze(problem, points, values, S=10, seed=seed)
    swings = trial.swings(factors, histories)
    clean = {name: np.nan_to_num(np.asarray(indices[name], dtype=float)) for name in ("S1", "ST", "S1_conf", "ST_conf")}
    return Sensitivity(
        outcome=outcome,
        names=(*factors, CHANCE),
        first=clean["S1"],
        total=clean["ST"],
        first_half=clean["S1_conf"],
        total_half=clean["ST_conf"],
        pawn=np.nan_to_num(np.asarray(distance["median"], dtype=float)),
        low=np.append(swings[1::2], np.nan),
        high=np.append(swings[2::2], np.nan),
        centre=float(swings[0]),
        spread=float(values.std()),
        runs=values.size + swings.size * histories,
        provenance=Provenance(
            "sensitivity",
            {"digest": scenario.digest, "outcome": outcome, "samples": samples, "histories": histories},
            seed=root,
            case_digest=scenario.case_digest,
        ),
    )


def _salib() -> tuple[Any, Any, Any]:
    try:
        from SALib.analyze import pawn, sobol  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415
        from SALib.sample import sobol as sample  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("sensitivity", "sensitivity analysis") from error
    return sample, sobol, pawn


def _factors(scenario: Scenario, names: Sequence[str]) -> tuple[str, ...]:
    entries = scenario.parameters.entries
    ranged = [name for name, entry in entries.items() if entry.low < entry.high]
    for name in names:
        if name not in ranged:
            raise InputError(f"parameter {name!r} is unknown or has no range; those with one are {', '.join(ranged)}")
    if not ranged:
        raise InputError("no parameter has a range; give some one with Parameters.set(name=(low, high))")
    return tuple(names or ranged)


def _rows(
    scenario: Scenario, factors: Sequence[str], points: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Points of the unit cube as rows of parameters; the last coordinate picks the luck."""
    entries = scenario.parameters.entries
    rows = np.tile([float(entry.at(np.array([0.5]))[0]) for entry in entries.values()], (len(points), 1))
    for k, name in enumerate(factors):
        rows[:, PARAMETER_NAMES.index(name)] = entries[name].at(points[:, k])
    return rows, np.minimum((points[:, -1] * _HISTORIES).astype(np.int64), _HISTORIES - 1)


@dataclass(frozen=True, slots=True)
class _Trial:
    """Where rows of parameters are tried out."""

    scenario: Scenario
    root: int
    outcome: str
    threads: int | None
    map: MapLike | None

    def values(self, rows: NDArray[np.float64], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """The outcome of each row in the history of the number beside it."""
        world = world_of(self.scenario)
        pieces = range(0, len(rows), CHUNK)
        work = (Chunk(world, rows[k : k + CHUNK], self.root, numbers[k : k + CHUNK]) for k in pieces)
        done = gather(do_all(work, threads=self.threads, map=self.map), len(rows))
        told = outcomes(assemble(self.scenario, rows, done, self.root, wanted=len(rows)).whole())
        if self.outcome not in told:
            raise InputError(f"no outcome {self.outcome!r}; known: {', '.join(told)}")
        return told[self.outcome]

    def swings(self, factors: Sequence[str], histories: int) -> NDArray[np.float64]:
        """Mean outcome in the middle, then at both ends of each factor, each over the same histories."""
        points = np.full((1 + 2 * len(factors), len(factors) + 1), 0.5)
        for k in range(len(factors)):
            points[1 + 2 * k : 3 + 2 * k, k] = _SWING
        rows, _ = _rows(self.scenario, factors, points)
        values = self.values(np.repeat(rows, histories, axis=0), np.tile(np.arange(histories), len(rows)))
        means: NDArray[np.float64] = values.reshape(len(rows), histories).mean(axis=1)
        return means


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Centred and scaled, which the estimators of Sobol indices need to be stable; a constant stays one."""
    sd = values.std()
    standard: NDArray[np.float64] = (values - values.mean()) / (sd if sd > 0 else 1.0)
    return standard
