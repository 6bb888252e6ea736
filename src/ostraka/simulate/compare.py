"""Paired counterfactuals: the same replicates under other policies, and the difference policy makes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ostraka.chance import RNG
from ostraka.errors import InputError
from ostraka.provenance import Provenance
from ostraka.simulate.cascade import Cascades, simulate_together
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.work import MapLike, Progress

if TYPE_CHECKING:
    import pandas as pd

_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Effect:
    """What one scenario changes in one outcome, against the baseline, replicate by replicate.

    Parameters
    ----------
    scenario, outcome : str
    baseline, value : float
        Mean of the outcome without and with the policy.
    difference, se : float
        Mean paired difference and its standard error.
    low, high : float
        95 % interval of the mean difference (the precision of the simulation).
    run_low, run_high : float
        5 % and 95 % quantiles of the difference over replicates: single histories and parameter rows.
    gain : float
        How many times more replicates independent runs would need for the same precision.
    """

    scenario: str
    outcome: str
    baseline: float
    value: float
    difference: float
    se: float
    low: float
    high: float
    run_low: float
    run_high: float
    gain: float

    def replicates_for(self, precision: float, *, replicates: int) -> int:
        """Replicates needed so that the 95 % interval is no wider than plus or minus `precision`."""
        if not precision > 0:
            raise InputError(f"precision is above 0, not {precision}")
        return max(2, math.ceil(replicates * (_Z95 * self.se / precision) ** 2))

    def to_json(self) -> dict[str, Any]:
        """The effect as plain JSON values; an infinite gain (a difference without noise) is null."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return plain | {"gain": self.gain if math.isfinite(self.gain) else None}


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Scenarios against a baseline on the same replicates.

    Attributes
    ----------
    baseline : Cascades
    scenarios : tuple of Cascades
    rows : tuple of Effect
        One per scenario and outcome.
    provenance : Provenance
    """

    baseline: Cascades
    scenarios: tuple[Cascades, ...]
    rows: tuple[Effect, ...]
    provenance: Provenance

    def of(self, outcome: str = "exits") -> tuple[Effect, ...]:
        """The effects on one outcome, in the order of the scenarios."""
        chosen = tuple(row for row in self.rows if row.outcome == outcome)
        if not chosen:
            raise InputError(f"no outcome {outcome!r}; known: {', '.join(sorted({row.outcome for row in self.rows}))}")
        return chosen

    def only_under(self, scenario: str) -> dict[str, tuple[float, float]]:
        """By organ: mean number who leave only under the scenario, and only under the baseline.

        Raises
        ------
        InputError
            If the scenario is unknown or who left was not kept.
        """
        run = next((run for run in self.scenarios if run.scenario.name == scenario), None)
        if run is None or run.left.shape[0] == 0:
            raise InputError(f"no scenario {scenario!r}, or who left was not kept; call compare(..., keep_left=True)")
        roster = run.scenario.roster
        gained, spared = run.left & ~self.baseline.left, self.baseline.left & ~run.left
        return {
            name: (
                float(gained[:, roster.organ == k].sum(axis=1).mean()),
                float(spared[:, roster.organ == k].sum(axis=1).mean()),
            )
            for k, name in enumerate(roster.organs)
        }

    def frame(self) -> pd.DataFrame:
        """One row per scenario and outcome, with the columns of :class:`Effect`."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

        return pd.DataFrame([{name: getattr(row, name) for name in Effect.__dataclass_fields__} for row in self.rows])

    def needed(self, precision: float, outcome: str = "exits") -> dict[str, int]:
        """Replicates each scenario still needs, beyond those it has, to know its mean difference within ± `precision`.

        Examples
        --------
        >>> from ostraka.simulate import Parameters, Policy, Roster, Scenario
        >>> base = Scenario("as is", Roster.make(200, post=1), Parameters().neutral().set(base=-3.0), years=5)
        >>> effects = compare(base, [base.under(Policy("watched", "exit_rate", level=-0.5))], replicates=50, rng=7)
        >>> effects.needed(100.0)
        {'as is; watched': 0}
        """
        n = self.baseline.replicates
        return {row.scenario: max(row.replicates_for(precision, replicates=n) - n, 0) for row in self.of(outcome)}

    def summary(self) -> str:
        """The differences in exits in plain words."""
        lines = [
            f"{row.scenario}: {_direction(row)} ({row.difference:+.1f}, 95 % {row.low:+.1f} to {row.high:+.1f}; "
            f"single histories {row.run_low:+.0f} to {row.run_high:+.0f})"
            for row in self.of("exits")
        ]
        base = self.baseline
        head = (
            f"Against {base.scenario.name} ({base.total()[:, -1].mean():.1f} leave in {base.scenario.years:g} years):"
        )
        return "\n".join([head, *lines])

    def to_json(self) -> dict[str, Any]:
        """The effects as plain JSON values."""
        return {
            "baseline": self.baseline.to_json(),
            "scenarios": [run.to_json() for run in self.scenarios],
            "effects": [row.to_json() for row in self.rows],
            "provenance": self.provenance.to_json(),
        }


def _direction(row: Effect) -> str:
    if row.low > 0:
        return "more leave"
    return "fewer leave" if row.high < 0 else "no difference seen"


def outcomes(run: Cascades) -> Mapping[str, NDArray[np.float64]]:
    """The outcomes compared, one number per replicate: at the horizon."""
    return {
        "exits": run.total()[:, -1].astype(float),
        "purges": run.purges[:, -1].astype(float),
        "abroad": run.abroad[:, -1].astype(float),
        "detained": run.detained[:, -1].astype(float),
        "opposed": run.opposed[:, -1].astype(float),
        "coalition": run.coalition[:, -1],
        "collapse": np.isfinite(run.collapse).astype(float),
        "security_collapse": np.isfinite(run.security).astype(float),
        "coup": np.isfinite(run.coup).astype(float),
    }


def compare(
    baseline: Scenario,
    scenarios: Sequence[Scenario],
    *,
    replicates: int = 200,
    rng: RNG = None,
    threads: int | None = None,
    map: MapLike | None = None,  # noqa: A002 - the name the design gives it
    keep_left: bool = False,
    progress: Progress | None = None,
) -> Effects:
    """Run scenarios on the replicates of a baseline and take the differences pair by pair.

    Replicate r has the same members, parameters and resistances under every scenario, so what differs is policy.

    Parameters
    ----------
    baseline : Scenario
    scenarios : sequence of Scenario
        Over the same roster and horizon as the baseline.
    replicates, rng, threads, map, keep_left
        As in :func:`simulate`; at least 2 replicates.
    progress : callable or None
        Told how many replicates of all scenarios together are done, and of how many.

    Returns
    -------
    Effects
        Interrupted by Ctrl-C, all scenarios on the replicates done by then.

    Raises
    ------
    InputError
        If there is no scenario, fewer than 2 replicates, or a scenario has another roster or horizon.

    Examples
    --------
    >>> from ostraka.simulate import Parameters, Policy, Roster, Scenario
    >>> base = Scenario("as is", Roster.make(200, post=1), Parameters().neutral().set(base=-3.0), years=5)
    >>> effects = compare(base, [base.under(Policy("watched", "exit_rate", level=-0.5))], replicates=50, rng=7)
    >>> effects.of("exits")[0].difference < 0
    True
    """
    _check_pairs(baseline, scenarios, replicates)
    runs = simulate_together(
        (baseline, *scenarios),
        replicates=replicates,
        rng=rng,
        threads=threads,
        map=map,
        keep_left=keep_left,
        progress=progress,
    )
    if runs[0].replicates < 2:
        raise KeyboardInterrupt  # not one pair was done
    return effects_of(runs[0], runs[1:])


def effects_of(baseline: Cascades, scenarios: Sequence[Cascades]) -> Effects:
    """The paired differences of runs that share their root and number of replicates."""
    root = baseline.provenance.seed
    for run in scenarios:
        if run.provenance.seed != root or run.replicates != baseline.replicates:
            raise InputError(f"{run.scenario.name!r} was not run on the replicates of {baseline.scenario.name!r}")
    before = outcomes(baseline)
    rows = [
        _effect(run.scenario.name, name, before[name], value)
        for run in scenarios
        for name, value in outcomes(run).items()
    ]
    facts = {run.scenario.name: run.provenance.parameters["digest"] for run in (baseline, *scenarios)}
    facts["replicates"] = baseline.replicates
    return Effects(
        baseline,
        tuple(scenarios),
        tuple(rows),
        Provenance("compare", facts, seed=root, case_digest=baseline.scenario.case_digest),
    )


def _effect(scenario: str, outcome: str, before: NDArray[np.float64], after: NDArray[np.float64]) -> Effect:
    n = before.size
    gap = after - before
    mean, variance = float(gap.mean()), float(gap.var(ddof=1))
    se = math.sqrt(variance / n)
    run_low, run_high = np.quantile(gap, (0.05, 0.95))
    apart = float(before.var(ddof=1) + after.var(ddof=1))
    return Effect(
        scenario=scenario,
        outcome=outcome,
        baseline=float(before.mean()),
        value=float(after.mean()),
        difference=mean,
        se=se,
        low=mean - _Z95 * se,
        high=mean + _Z95 * se,
        run_low=float(run_low),
        run_high=float(run_high),
        gain=apart / variance if variance > 0 else math.inf if apart > 0 else 1.0,
    )


def _check_pairs(baseline: Scenario, scenarios: Sequence[Scenario], replicates: int) -> None:
    if not scenarios:
        raise InputError("compare needs at least one scenario besides the baseline")
    if replicates < 2:
        raise InputError(f"a paired standard error needs at least 2 replicates, not {replicates}")
    names: set[str] = set()
    for scenario in scenarios:
        where = f"scenario {scenario.name!r}"
        if scenario.years != baseline.years:
            raise InputError(
                f"{where} runs {scenario.years:g} years, {baseline.name!r} {baseline.years:g}: pairs need one horizon, "
                "set the same years for both"
            )
        if scenario.roster.digest != baseline.roster.digest:
            raise InputError(f"{where} has another roster than {baseline.name!r}: pairs need the same members")
        if scenario.name in names:
            raise InputError(f"two scenarios are called {scenario.name!r}: give each a name of its own")
        names.add(scenario.name)
