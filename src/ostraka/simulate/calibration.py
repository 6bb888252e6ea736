"""Calibration without a likelihood: which parameters make records like the one at hand, and whether to believe it.

The posterior mean is learned from simulated records, the nearest of them are kept, and a local regression takes out what
distance is left. Simulation-based calibration then says whether the intervals hold what they promise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError, MissingExtra
from ostraka.provenance import Provenance
from ostraka.simulate import kernel
from ostraka.simulate import layout as at
from ostraka.simulate.draw import EXIT, POSTING, PURGE, RECALL
from ostraka.simulate.layout import PARAMETER_NAMES
from ostraka.simulate.roster import Roster
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.summaries import SUMMARIES, summarise
from ostraka.simulate.work import WHOLE, empty_output, empty_state, world_of

if TYPE_CHECKING:
    import pandas as pd

_KINDS = {"leaves": EXIT, "purged": PURGE, "posted": POSTING, "called home": RECALL}


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """What a record says about some parameters.

    Attributes
    ----------
    names : tuple of str
    draws : ndarray, shape (draws, parameters)
        From the posterior.
    prior : ndarray, shape (parameters, 2)
        The ranges drawn from before.
    """

    names: tuple[str, ...]
    draws: NDArray[np.float64]
    prior: NDArray[np.float64]

    @property
    def contraction(self) -> NDArray[np.float64]:
        """By what share of the prior variance the record narrows each parameter; 0 says nothing was learned."""
        before = (self.prior[:, 1] - self.prior[:, 0]) ** 2 / 12.0
        gained: NDArray[np.float64] = 1.0 - self.draws.var(axis=0) / before
        return gained

    def frame(self) -> pd.DataFrame:
        """One row per parameter: prior range, posterior mean, 90 % interval, contraction."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

        low, high = np.quantile(self.draws, (0.05, 0.95), axis=0)
        return pd.DataFrame(
            {
                "name": self.names,
                "prior_low": self.prior[:, 0],
                "prior_high": self.prior[:, 1],
                "mean": self.draws.mean(axis=0),
                "low": low,
                "high": high,
                "contraction": self.contraction,
            }
        )

    def rows(self, scenario: Scenario, replicates: int, root: int) -> NDArray[np.float64]:
        """One row of parameters per replicate: drawn from the posterior together, the others from their ranges."""
        rows = scenario.parameters.rows(replicates, root)
        chosen = stream(root, "simulate.posterior").integers(len(self.draws), size=replicates)
        for k, name in enumerate(self.names):
            rows[:, PARAMETER_NAMES.index(name)] = self.draws[chosen, k]
        return rows

    def to_json(self) -> dict[str, Any]:
        """The table as plain JSON values."""
        return {"parameters": self.frame().to_dict("records"), "draws": len(self.draws)}


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """Whether the intervals of a calibrator hold what they promise, over records simulated from the prior.

    Attributes
    ----------
    names : tuple of str
    ranks : ndarray, shape (records, parameters)
        Share of the posterior below the true value; uniform if the posterior is honest.
    """

    names: tuple[str, ...]
    ranks: NDArray[np.float64]

    @property
    def coverage(self) -> NDArray[np.float64]:
        """Share of records whose true value lies in the 90 % interval, shape (parameters,)."""
        inside: NDArray[np.float64] = ((self.ranks >= 0.05) & (self.ranks <= 0.95)).mean(axis=0)
        return inside

    @property
    def p_uniform(self) -> NDArray[np.float64]:
        """Chi-square p-value that ranks are uniform over 20 bins, shape (parameters,)."""
        from scipy import stats  # noqa: PLC0415 - slow to import, and only needed here

        p: NDArray[np.float64] = np.asarray(stats.chisquare(self.histogram(20), axis=1).pvalue)
        return p

    def histogram(self, bins: int = 10) -> NDArray[np.int64]:
        """How many records have their true value in each tenth of the posterior, shape (parameters, bins): flat if honest."""
        return np.stack([np.histogram(column, bins, (0.0, 1.0))[0] for column in self.ranks.T])

    def summary(self) -> str:
        """The check in plain words."""
        told = (
            f"{name}: 90 % intervals hold the truth in {held:.1%} of records, ranks uniform with p = {p:.2g}"
            for name, held, p in zip(self.names, self.coverage, self.p_uniform, strict=True)
        )
        return "; ".join(told)


@dataclass(frozen=True, slots=True, eq=False)
class Calibrator:
    """Simulated records with their parameters, and a learned mean: gives the posterior of any record of this world.

    Attributes
    ----------
    scenario : Scenario
    names : tuple of str
        The parameters to learn about.
    prior : ndarray, shape (parameters, 2)
    truths : ndarray, shape (records, parameters)
    summaries : ndarray, shape (records, summaries)
    learned : ndarray, shape (records, parameters)
        The learned mean of each record, on the logit scale of the prior range.
    keep : float
        Share of the records that is kept.
    provenance : Provenance
    """

    scenario: Scenario
    names: tuple[str, ...]
    prior: NDArray[np.float64]
    truths: NDArray[np.float64]
    summaries: NDArray[np.float64]
    learned: NDArray[np.float64]
    keep: float
    provenance: Provenance
    _learner: Any

    def posterior(self, summaries: ArrayLike, *, without: int = -1) -> Posterior:
        """The posterior of a record by its summaries (of :func:`summaries_of`).

        Raises
        ------
        InputError
            If the summaries are not those of :data:`SUMMARIES`, or not finite.
        """
        given = np.asarray(summaries, dtype=float)
        if given.shape != (len(SUMMARIES),) or not np.isfinite(given).all():
            raise InputError(f"summaries are {len(SUMMARIES)} finite numbers, got shape {given.shape}")
        return Posterior(self.names, self._near(self._learner(given[None, :])[0], without), self.prior)

    def _near(self, place: NDArray[np.float64], without: int) -> NDArray[np.float64]:
        """Parameters of the nearest records, moved by what is left of the distance (Beaumont et al. 2002)."""
        gap = self.learned - place
        far = ((gap / self.learned.std(axis=0)) ** 2).sum(axis=1)
        if without >= 0:
            far[without] = math.inf
        n = max(round(self.keep * len(far)), 20 * (len(self.names) + 1))
        near = np.argpartition(far, n)[:n]
        weight = 1.0 - far[near] / (far[near].max() + 1e-12)
        logit = _logit(self.truths[near], self.prior)
        design = np.column_stack([np.ones(n), gap[near]])
        slope, *_ = np.linalg.lstsq(design * np.sqrt(weight)[:, None], logit * np.sqrt(weight)[:, None])
        moved = logit - gap[near] @ slope[1:]
        chosen = np.searchsorted(np.cumsum(weight) / weight.sum(), (np.arange(n) + 0.5) / n)
        return _expit(moved[np.minimum(chosen, n - 1)], self.prior)

    def check(self, records: int, *, rng: RNG = None) -> Check:
        """Simulation-based calibration: new records from the prior, and where their true values lie (Talts et al. 2018)."""
        root = root_seed(rng)
        truths, summaries = _records(self.scenario, self.names, records, root)
        places = self._learner(summaries)
        ranks = np.empty_like(truths)
        for k in range(records):
            draws = self._near(places[k], -1)
            ranks[k] = (draws < truths[k]).mean(axis=0)
        return Check(self.names, ranks)


def summaries_of(log: pd.DataFrame, roster: Roster, *, years: float) -> NDArray[np.float64]:
    """The summaries of a record: a table with year, member and event (``leaves``, ``purged``, ``posted``, ``called home``).

    Raises
    ------
    InputError
        If an event lies outside the record or names no member.
    """
    kinds = log["event"].map(_KINDS).to_numpy(dtype=float)
    table = np.column_stack(
        [log["year"], log["member"], kinds, np.zeros(len(log)), log.get("holder", np.zeros(len(log)))]
    )
    table = np.ascontiguousarray(table[np.isfinite(kinds)].astype(float))
    wrong = (table[:, 0] < 0) | (table[:, 0] > years) | (table[:, 1] >= roster.n)
    if wrong.any():
        row = table[int(np.argmax(wrong))]
        raise InputError(f"member {row[1]:g} at {row[0]:g}: not in a record of {roster.n} members, {years} years")
    out = np.zeros(len(SUMMARIES))
    alter = np.ascontiguousarray(roster.tie[:, 0])
    summarise(table, roster.post, roster.start, alter, years, np.zeros(roster.n), np.zeros(roster.n, np.int64), out)
    return out


def learn(
    scenario: Scenario,
    names: Sequence[str],
    *,
    records: int = 20_000,
    keep: float = 0.01,
    rng: RNG = None,
) -> Calibrator:
    """Simulate records from the ranges of some parameters and learn to read the parameters off a record.

    Parameters
    ----------
    scenario : Scenario
        Its horizon is the length of the record; the named parameters have ranges, which are the prior.
    names : sequence of str
    records : int
        How many to simulate, at least 500.
    keep : float
        Share of them that is kept for a posterior.
    rng : int, SeedSequence, Generator or None
        Root of chance.

    Returns
    -------
    Calibrator

    Raises
    ------
    InputError
        If a name is unknown or has no range, or a number is out of range.
    MissingExtra
        If scikit-learn is not installed.

    References
    ----------
    Fearnhead & Prangle (2012), Constructing summary statistics for approximate Bayesian computation, Journal of the
    Royal Statistical Society B 74. doi:10.1111/j.1467-9868.2011.01010.x
    Beaumont, Zhang & Balding (2002), Approximate Bayesian computation in population genetics, Genetics 162.
    """
    try:
        from sklearn.neural_network import MLPRegressor  # type: ignore[import-untyped,unused-ignore] # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("calibrate", "calibration without a likelihood") from error
    entries = scenario.parameters.entries
    for name in names:
        if name not in entries or entries[name].low >= entries[name].high:
            raise InputError(f"parameter {name!r} is unknown or has no range to learn about; set({name}=(low, high))")
    if not names or records < 500 or not 0 < keep < 0.5:
        raise InputError(f"needs names, at least 500 records and keep between 0 and .5, got {records} and {keep}")
    root = root_seed(rng)
    prior = np.array([(entries[name].low, entries[name].high) for name in names])
    truths, summaries = _records(scenario, tuple(names), records, root)
    centre, spread = summaries.mean(axis=0), summaries.std(axis=0) + 1e-9
    net = MLPRegressor(
        hidden_layer_sizes=(48, 48), early_stopping=True, n_iter_no_change=8, max_iter=200, random_state=root % 2**32
    )
    wanted = _logit(truths, prior).clip(-4, 4)
    net.fit((summaries - centre) / spread, wanted if len(names) > 1 else wanted.ravel())

    def learner(given: NDArray[np.float64]) -> NDArray[np.float64]:
        means: NDArray[np.float64] = np.asarray(net.predict((given - centre) / spread)).reshape(len(given), -1)
        return means

    facts = {"digest": scenario.digest, "names": list(names), "records": records, "keep": keep}
    return Calibrator(
        scenario=scenario,
        names=tuple(names),
        prior=prior,
        truths=truths,
        summaries=summaries,
        learned=learner(summaries),
        keep=keep,
        provenance=Provenance("learn", facts, seed=root, case_digest=scenario.case_digest),
        _learner=learner,
    )


def _records(
    scenario: Scenario, names: tuple[str, ...], records: int, root: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Parameters drawn from their ranges and the summaries of the records they make."""
    rows = scenario.parameters.rows(records, root)
    roster, world = scenario.roster, world_of(scenario)
    alter = np.ascontiguousarray(roster.tie[:, 0])
    gone, post = np.zeros(roster.n), np.zeros(roster.n, np.int64)
    state, out = empty_state(world, log=64 * roster.n), empty_output(world, 1)
    table = np.zeros((records, len(SUMMARIES)))
    for r in range(records):
        kernel.run(world.elite, world.orders, state, rows[r : r + 1], root, np.array([r]), out, WHOLE)
        n = min(int(out.times[0, at.T_EVENTS]), len(state.log))
        summarise(state.log[:n], roster.post, roster.start, alter, scenario.years, gone, post, table[r])
    return rows[:, [PARAMETER_NAMES.index(name) for name in names]], table


def _logit(values: NDArray[np.float64], prior: NDArray[np.float64]) -> NDArray[np.float64]:
    share = ((values - prior[:, 0]) / (prior[:, 1] - prior[:, 0])).clip(1e-6, 1 - 1e-6)
    logit: NDArray[np.float64] = np.log(share / (1.0 - share))
    return logit


def _expit(logit: NDArray[np.float64], prior: NDArray[np.float64]) -> NDArray[np.float64]:
    value: NDArray[np.float64] = prior[:, 0] + (prior[:, 1] - prior[:, 0]) / (1.0 + np.exp(-logit.clip(-50, 50)))
    return value
