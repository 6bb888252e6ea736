"""Collapse as a surface over assumptions: how it depends on contagion, disaffection and where the coalition breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ostraka.chance import RNG, root_seed
from ostraka.errors import InputError
from ostraka.provenance import Provenance
from ostraka.simulate import layout as at
from ostraka.simulate.cascade import assemble
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.work import MapLike, chunks_of, do_all, gather, world_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class CollapseSurface:
    """Chance that the coalition breaks within the horizon, by three assumptions nobody can measure.

    Attributes
    ----------
    contagion : ndarray, shape (a,)
        Factors on every effect of a departed tie; 0 no contagion, 1 as assumed.
    disaffection : ndarray, shape (b,)
        Added to everybody's log rate of leaving.
    thresholds : ndarray, shape (c,)
        Share of the coalition's weight below which it breaks.
    p : ndarray, shape (a, b, c)
        Share of replicates in which it broke.
    exits_per_year : ndarray, shape (a, b)
        Mean departures a year, all organs.
    ruled_out : ndarray of bool, shape (a, b)
        Where the rate of departures of the recorded organ lies outside the 95 % interval of the record.
    years : float
    replicates : int
    provenance : Provenance
    """

    contagion: NDArray[np.float64]
    disaffection: NDArray[np.float64]
    thresholds: NDArray[np.float64]
    p: NDArray[np.float64]
    exits_per_year: NDArray[np.float64]
    ruled_out: NDArray[np.bool_]
    years: float
    replicates: int
    provenance: Provenance

    def at(self, threshold: float) -> NDArray[np.float64]:
        """The surface over contagion and disaffection at one threshold, shape (a, b)."""
        found = np.flatnonzero(np.isclose(self.thresholds, threshold))
        if not found.size:
            raise InputError(
                f"threshold {threshold} was not run; known: {', '.join(f'{t:g}' for t in self.thresholds)}"
            )
        cut: NDArray[np.float64] = self.p[:, :, found[0]]
        return cut

    def frame(self) -> pd.DataFrame:
        """One row per combination: contagion, disaffection, threshold, p, se, exits_per_year, ruled_out."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

        a, b, c = np.meshgrid(self.contagion, self.disaffection, self.thresholds, indexing="ij")
        p = self.p.ravel()
        return pd.DataFrame(
            {
                "contagion": a.ravel(),
                "disaffection": b.ravel(),
                "threshold": c.ravel(),
                "p": p,
                "se": np.sqrt(p * (1 - p) / self.replicates),
                "exits_per_year": np.repeat(self.exits_per_year.ravel(), self.thresholds.size),
                "ruled_out": np.repeat(self.ruled_out.ravel(), self.thresholds.size),
            }
        )

    def summary(self) -> str:
        """Where the surface is high, in plain words, with and without what the record rules out."""
        left = self.p[~self.ruled_out]
        inside = f"from {left.min():.0%} to {left.max():.0%}" if left.size else "nowhere defined"
        return (
            f"Chance that the coalition breaks within {self.years:g} years: from {self.p.min():.0%} to "
            f"{self.p.max():.0%} over all assumptions tried (it breaks "
            f"below {self.thresholds.min():.0%} to {self.thresholds.max():.0%} of its weight), {inside} over those the record does not rule out "
            f"({(~self.ruled_out).sum()} of {self.ruled_out.size} combinations of contagion and disaffection). "
            "It is a property of the assumptions, not a forecast."
        )

    def to_json(self) -> dict[str, Any]:
        """The surface as plain JSON values."""
        arrays = ("contagion", "disaffection", "thresholds", "p", "exits_per_year", "ruled_out")
        return {name: getattr(self, name).tolist() for name in arrays} | {
            "years": self.years,
            "replicates": self.replicates,
            "provenance": self.provenance.to_json(),
        }


def collapse_surface(
    scenario: Scenario,
    *,
    contagion: Sequence[float] = (0.0, 1.0, 2.0, 4.0, 6.0, 8.0, 12.0),
    disaffection: Sequence[float] = (-0.5, 0.0, 0.5, 1.0, 2.0, 4.0),
    replicates: int = 50,
    rng: RNG = None,
    threads: int | None = None,
    map: MapLike | None = None,  # noqa: A002 - the name the design gives it
) -> CollapseSurface:
    """Run a scenario over a grid of contagion and disaffection and note when the coalition would have broken.

    All cells share the resistances of their members, so the surface is smooth in what was assumed. Departures never
    fall when contagion or disaffection rises, but for the purges and successors they bring.

    Parameters
    ----------
    scenario : Scenario
    contagion, disaffection : sequence of float
        The grid: factors on the log effects of departed ties, wide enough to reach cascades where one tie counts for
        .4 as assumed (12 makes it a hundredfold rate); additions to the log rate of leaving.
    replicates : int
        Runs per cell.
    rng, threads, map
        As in :func:`simulate`.

    Returns
    -------
    CollapseSurface

    Raises
    ------
    InputError
        If the grid is empty or not finite, or `replicates` is below 1.

    Examples
    --------
    >>> from ostraka.simulate import Parameters, Roster, Scenario
    >>> lone = Scenario("one", Roster.make(40, post=1), Parameters().neutral().set(base=-3.0), years=5)
    >>> surface = collapse_surface(lone, contagion=(0,), disaffection=(0, 3), replicates=20, rng=7)
    >>> bool(surface.at(0.5)[0, 1] >= surface.at(0.5)[0, 0])
    True
    """
    a, b = np.asarray(contagion, dtype=float), np.asarray(disaffection, dtype=float)
    if not (a.size and b.size and np.isfinite(a).all() and np.isfinite(b).all() and a.ndim == b.ndim == 1):
        raise InputError("contagion and disaffection are lists of finite numbers, at least one each")
    if replicates < 1:
        raise InputError(f"replicates is at least 1, not {replicates}")
    root = root_seed(rng)
    rows, world = scenario.parameters.rows(replicates, root), world_of(scenario)
    p = np.zeros((a.size, b.size, len(scenario.thresholds)))
    pace, organ_pace = np.zeros((a.size, b.size)), np.zeros((a.size, b.size))
    ties = slice(at.P_CONTAGION, at.P_CONTAGION + at.N_TIE_KINDS)
    for i, factor in enumerate(a):
        for j, shift in enumerate(b):
            cell = rows.copy()
            cell[:, ties] *= factor
            cell[:, at.P_DISAFFECTION] += shift
            work = do_all(chunks_of(world, [cell], root), threads=threads, map=map)
            run = assemble(scenario, cell, gather(work, replicates), root, wanted=replicates).whole()
            p[i, j] = run.p_collapse()
            pace[i, j] = run.total()[:, -1].mean() / scenario.years
            if scenario.record:
                organ_pace[i, j] = run.total((scenario.record.organ,))[:, -1].mean() / scenario.years
    facts = {"scenario": scenario.name, "digest": scenario.digest, "replicates": replicates}
    return CollapseSurface(
        contagion=a,
        disaffection=b,
        thresholds=np.array(scenario.thresholds),
        p=p,
        exits_per_year=pace,
        ruled_out=_ruled_out(scenario, organ_pace),
        years=scenario.years,
        replicates=replicates,
        provenance=Provenance("collapse_surface", facts, seed=root, case_digest=scenario.case_digest),
    )


def _ruled_out(scenario: Scenario, pace: NDArray[np.float64]) -> NDArray[np.bool_]:
    record = scenario.record
    if record is None:
        return np.zeros(pace.shape, bool)
    low, high = record.between(0.025, 0.975)
    out: NDArray[np.bool_] = (pace < low) | (pace > high)
    return out
