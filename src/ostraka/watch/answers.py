"""Everything the watch computes for one way of counting under one way of seeing, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ostraka.chance import stream
from ostraka.watch.bins import record_edges
from ostraka.watch.comparison import PRIORS, Comparison, Explanation, compare
from ostraka.watch.departures import Departures
from ostraka.watch.inputs import Floats
from ostraka.watch.mixtures import GammaMixture
from ostraka.watch.next_year import Outlook, outlook_of_contagion
from ostraka.watch.nowcast import poisson_mixture, unreported
from ostraka.watch.ratepath import RatePath
from ostraka.watch.rates import JEFFREYS
from ostraka.watch.sight import Sight

_QUANTILES = 32


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Change, contagion, not yet reported and next year for some departures.

    Attributes
    ----------
    found : Departures
    sight : Sight
    edges : ndarray of float64, shape (m + 1,)
        Ends of the bins between which the rate may change, in days since 1970-01-01.
    constant : GammaMixture
        Law of the rate if it never changed (Jeffreys).
    comparison : Comparison or None
        None if nothing is counted.
    path : RatePath or None
        The rate through time, if wanted.
    root : int
        Root of chance.
    """

    found: Departures
    sight: Sight
    edges: Floats
    constant: GammaMixture
    comparison: Comparison | None
    path: RatePath | None
    root: int

    @classmethod
    def of(cls, found: Departures, sight: Sight, *, n_draws: int, root: int, with_path: bool = True) -> Answers:
        """Compute them."""
        edges = record_edges(found.start_day, min(found.end_day, sight.now_day))
        exposure = sight.seen(edges)
        constant = GammaMixture.single(len(found) + JEFFREYS, float(exposure.sum()))
        if not len(found):
            return cls(found, sight, edges, constant, None, None, root)
        comparison = compare(found, edges, exposure, rng=stream(root, "watch.impute_dates"), n_draws=n_draws)
        path = comparison.rate_through_time() if with_path else None
        return cls(found, sight, edges, constant, comparison, path, root)

    def unreported(self, sight: Sight | None = None) -> Floats:
        """Law of the number not yet reported; the rates of all bins rise and fall together (the careful side).

        Parameters
        ----------
        sight : Sight, optional
            Another way of seeing.
        """
        seeing = sight or self.sight
        unseen = seeing.unseen_by_bin(self.edges)
        if self.path is None:
            return unreported(self.constant, unseen.sum(axis=0), seeing.delay.weight)
        steps = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
        expected = np.stack([self.path.quantiles(p) for p in steps]) @ unseen
        weight = np.broadcast_to(seeing.delay.weight / _QUANTILES, expected.shape)
        return poisson_mixture(expected.ravel(), weight.ravel())

    def outlooks(self) -> tuple[Outlook, ...]:
        """The next twelve months under each explanation, as far as they will become public."""
        effort = float(self.sight.effort.at(np.array([self.sight.now_day]))[0])
        found = [Outlook(str(Explanation.CONSTANT), self.constant.count_pmf(effort))]
        if self.comparison is not None:
            changed = self.comparison.changed_rate_now().count_pmf(effort)
            paths = stream(self.root, "watch.next_year")
            contagion = outlook_of_contagion(self.comparison.trigger, 1.0, paths, effort=effort)
            found += [Outlook(str(Explanation.CHANGED), changed), Outlook(str(Explanation.TRIGGERED), contagion)]
        return tuple(found)

    def average_outlook(self, prior: tuple[float, float, float] = PRIORS["half for a constant rate"]) -> Outlook:
        """The three weighed by their probabilities."""
        outlooks = self.outlooks()
        if self.comparison is None:
            return Outlook("average", outlooks[0].pmf)
        weight = self.comparison.p(prior)
        pmf = np.zeros(max(outlook.pmf.size for outlook in outlooks))
        for explanation, outlook in zip(Explanation, outlooks, strict=True):
            pmf[: outlook.pmf.size] += weight[explanation] * outlook.pmf
        return Outlook("average", pmf)
