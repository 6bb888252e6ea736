"""What one departure sets off: the same histories with and without it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.provenance import Provenance
from ostraka.simulate import layout as at
from ostraka.simulate.cascade import simulate
from ostraka.simulate.policy import Policy
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.trail import Trail, longest, trail_of

_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True, eq=False)
class Followers:
    """How many more leave because one member of a group left.

    Attributes
    ----------
    group : str
        In words, which members the trigger was drawn from.
    mean, se, low, high : float
        Departures caused by one departure within the horizon (the trigger not counted), its standard error and
        95 % interval.
    p_any : float
        Share of histories in which at least one more left.
    counts : ndarray of int, shape (replicates,)
        More (or fewer) departures in each history.
    by_year : ndarray, shape (times,)
        Mean number caused by each reporting time.
    organs : dict
        Mean number caused by organ.
    threshold_crossings : ndarray, shape (thresholds,)
        By how much the chance that the coalition breaks rises, for each threshold of the scenario.
    trail : Trail or None
        The history in which most followed, as an example; None if nobody followed in any.
    provenance : Provenance
    """

    group: str
    mean: float
    se: float
    low: float
    high: float
    p_any: float
    counts: NDArray[np.int64]
    by_year: NDArray[np.float64]
    organs: dict[str, float]
    threshold_crossings: NDArray[np.float64]
    trail: Trail | None
    provenance: Provenance

    @property
    def in_words(self) -> str:
        """What one departure does: sets more off, or keeps some from leaving."""
        if self.mean < 0:
            return f"is followed by {-self.mean:.2f} fewer than without it"
        return f"sets off {self.mean:.2f} more"

    def summary(self) -> str:
        """The answer in plain words."""
        shift = float(np.abs(self.threshold_crossings).max()) if self.threshold_crossings.size else 0.0
        return (
            f"One departure from {self.group} {self.in_words} (95 % {self.low:+.2f} to {self.high:+.2f}); "
            f"in {self.p_any:.0%} of histories anybody follows at all. It moves the chance that the coalition breaks "
            f"by at most {shift:.1%} at any threshold tried. The strength of contagion is an assumption."
        )

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        names = ("group", "mean", "se", "low", "high", "p_any", "organs")
        arrays = ("counts", "by_year", "threshold_crossings")
        return {name: getattr(self, name) for name in names} | {
            **{name: getattr(self, name).tolist() for name in arrays},
            "trail": self.trail.to_json() if self.trail else None,
            "provenance": self.provenance.to_json(),
        }


def followers(
    scenario: Scenario,
    *,
    organ: str = "",
    rank: int | None = None,
    at_year: float = 0.0,
    triggers: int = 20,
    replicates: int = 50,
    rng: RNG = None,
) -> Followers:
    """What the departure of one member of a group sets off, by running the same histories with and without it.

    Parameters
    ----------
    scenario : Scenario
    organ : str
        Organ the trigger belongs to; empty for any.
    rank : int or None
        Rank of the trigger; None for any.
    at_year : float
        When the trigger leaves, in years.
    triggers : int
        How many seats of the group are tried, drawn at random among those abroad first.
    replicates : int
        Histories per seat.
    rng : int, SeedSequence, Generator or None
        Root of chance.

    Returns
    -------
    Followers

    Raises
    ------
    InputError
        If nobody is in the group or a number is below 1.

    Notes
    -----
    Only the group is reported, never which seat has most followers. Each pair of histories shares all resistances:
    the difference is what the departure caused, both those it drew along and those it kept back (a purge of kin, say).
    In histories where the seat had been vacated by then there is no difference.

    Examples
    --------
    >>> from ostraka.simulate import Parameters, Roster, Scenario
    >>> pair = Roster.make(2, post=1, ties=([0], [0], [1], [1.0]))
    >>> table = Parameters().neutral().set(base=-50.0, contagion_kin=50.0, saturation=1.0)
    >>> found = followers(Scenario("pair", pair, table, years=50), triggers=2, replicates=5, rng=7)
    >>> found.mean
    1.0
    """
    if triggers < 1 or replicates < 1:
        raise InputError(f"triggers and replicates are at least 1, not {triggers} and {replicates}")
    root = root_seed(rng)
    seats = _draw_seats(scenario, organ, rank, triggers, root)
    plain = simulate(scenario, replicates=replicates, rng=root).whole()
    gaps, crossings, by_organ, forced = [], [], [], []
    worlds: list[Scenario] = []
    for seat in seats:
        policy = Policy("trigger", "departure", start=at_year, member=int(seat))
        worlds.append(replace(scenario, policies=(*scenario.policies, policy)))
        run = simulate(worlds[-1], replicates=replicates, rng=root).whole()
        happened = run.causes[:, at.BY_ORDER]
        gaps.append((run.total() - plain.total()) - np.outer(happened, scenario.edges >= at_year))
        crossings.append(np.isfinite(run.crossed).mean(axis=0) - np.isfinite(plain.crossed).mean(axis=0))
        extra = (run.exits[:, -1] - plain.exits[:, -1]).astype(float)
        extra[:, scenario.roster.organ[seat]] -= happened
        by_organ.append(extra.mean(axis=0))
        forced.append(happened)
    gap = np.concatenate(gaps)[np.concatenate(forced) > 0]
    if not len(gap):
        raise InputError("in none of the histories was a trigger still in his seat at that time; choose an earlier one")
    last = gap[:, -1]
    found = longest(gaps)
    mean, se = float(last.mean()), _clustered_se(gaps, forced)
    return Followers(
        group=_words(organ, rank),
        mean=mean,
        se=se,
        low=mean - _Z95 * se,
        high=mean + _Z95 * se,
        p_any=float((last > 0).mean()),
        counts=last.astype(np.int64),
        by_year=gap.mean(axis=0),
        organs=dict(zip(scenario.roster.organs, np.mean(by_organ, axis=0).tolist(), strict=True)),
        threshold_crossings=np.mean(crossings, axis=0),
        trail=trail_of(scenario, worlds[found[0]], int(seats[found[0]]), found[1], root) if found else None,
        provenance=Provenance(
            "followers",
            {"digest": scenario.digest, "organ": organ, "rank": rank, "at_year": at_year, "triggers": len(seats)},
            seed=root,
            case_digest=scenario.case_digest,
        ),
    )


def _draw_seats(scenario: Scenario, organ: str, rank: int | None, triggers: int, root: int) -> NDArray[np.int64]:
    roster = scenario.roster
    if organ and organ not in roster.organs:
        raise InputError(f"no organ {organ!r}; known: {', '.join(roster.organs)}")
    fits = np.ones(roster.n, bool)
    if organ:
        fits &= roster.organ == roster.organs.index(organ)
    if rank is not None:
        fits &= roster.rank == rank
    if (fits & (roster.post == 1)).any():
        fits &= roster.post == 1
    group = np.flatnonzero(fits)
    if not group.size:
        raise InputError(f"nobody is in {_words(organ, rank)}")
    chosen: NDArray[np.int64] = stream(root, "simulate.triggers").permutation(group)[:triggers]
    return chosen


def _clustered_se(gaps: list[NDArray[np.int64]], forced: list[NDArray[np.int32]]) -> float:
    """Standard error over histories: pairs that share a replicate share its chance, so replicates are the units."""
    last = np.stack([gap[:, -1] for gap in gaps]).astype(float)
    counted = np.stack(forced) > 0
    n = counted.sum(axis=0)
    if last.shape[1] < 2:
        return math.inf
    overall = last[counted].mean()
    score = np.where(counted, last - overall, 0.0).sum(axis=0)
    units = last.shape[1]
    return float(math.sqrt(units / (units - 1) * (score**2).sum()) / n.sum())


def _words(organ: str, rank: int | None) -> str:
    where = f"the {organ}" if organ else "the elite"
    return where if rank is None else f"{where} (rank {rank})"
