"""What is believed of a rate: a weighted mixture of Gamma laws, closed under everything the watch asks of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, gammainc, gammaincinv, gammaln

from ostraka.errors import InputError
from ostraka.watch.inputs import Floats, positive, probability

MOST_COUNTS = 5_000_000
"""Probabilities of more counts than this are not listed."""

_BISECTIONS = 60
_NEGLIGIBLE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class GammaMixture:
    """A law of an event rate: with probability `weight` it is Gamma(`shape`, `rate`).

    Parameters
    ----------
    weight : ndarray of float64, shape (k,)
        Probabilities, summing to 1.
    shape : ndarray of float64, shape (k,)
        Shapes: prior shape plus events seen.
    rate : ndarray of float64, shape (k,)
        Inverse scales: prior rate plus exposure seen, in units of exposure.

    Examples
    --------
    >>> law = GammaMixture.single(30.5, 35.0)
    >>> low, high = law.interval(0.90)
    >>> f"{low:.3f} {high:.3f}"
    '0.629 1.146'
    """

    weight: Floats
    shape: Floats
    rate: Floats

    @classmethod
    def single(cls, shape: float, rate: float) -> GammaMixture:
        """One Gamma law."""
        return cls(np.ones(1), np.array([float(shape)]), np.array([float(rate)]))

    @classmethod
    def of(cls, weight: Floats, shape: Floats, rate: Floats) -> GammaMixture:
        """A mixture with weights scaled to 1 and negligible parts dropped."""
        keep = weight > _NEGLIGIBLE * weight.sum()
        kept = weight[keep]
        return cls(kept / kept.sum(), shape[keep].astype(np.float64), rate[keep].astype(np.float64))

    @property
    def mean(self) -> float:
        """Expected rate."""
        return float(self.weight @ (self.shape / self.rate))

    def cdf(self, x: float) -> float:
        """Probability that the rate is at most `x`."""
        return float(self.weight @ gammainc(self.shape, self.rate * max(x, 0.0)))

    def quantile(self, p: float) -> float:
        """The rate that is not exceeded with probability `p`."""
        probability("p", p)
        ends = gammaincinv(self.shape, p) / self.rate
        low, high = float(ends.min()), float(ends.max())
        for _ in range(_BISECTIONS):
            if high - low <= 1e-12 * high:
                break
            middle = (low + high) / 2
            low, high = (middle, high) if self.cdf(middle) < p else (low, middle)
        return (low + high) / 2

    def interval(self, level: float = 0.90) -> tuple[float, float]:
        """Equal-tailed interval that holds the rate with probability `level`."""
        tail = (1 - probability("level", level)) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    def count_pmf(self, exposure: float, *, tail: float = 1e-6) -> Floats:
        """Probabilities of 0, 1, 2, … events in an exposure yet to come.

        Parameters
        ----------
        exposure : float
            In the unit of the rates, above 0.
        tail : float
            The list ends where less than this is left.

        Returns
        -------
        ndarray of float64, shape (n_max + 1,)

        Notes
        -----
        A mixture of negative binomials: P(n) = Σ w Γ(a+n)/(Γ(a) n!) (b/(b+E))^a (E/(b+E))^n.
        """
        positive("exposure", exposure)
        n_max = listable(_count_reach(self, exposure, tail))
        counts = np.arange(n_max + 1)[:, None]
        log_p = (
            gammaln(self.shape + counts)
            - gammaln(self.shape)
            - gammaln(counts + 1)
            + self.shape * np.log(self.rate / (self.rate + exposure))
            + counts * np.log(exposure / (self.rate + exposure))
        )
        pmf: Floats = np.exp(log_p) @ self.weight
        return pmf


def listable(n_max: float) -> int:
    """A count up to which probabilities can be listed one by one."""
    if not n_max <= MOST_COUNTS:
        raise InputError(f"counts of {n_max:.3g} are too many to list their probabilities; take a shorter time ahead")
    return int(n_max)


def _count_reach(law: GammaMixture, exposure: float, tail: float) -> float:
    """A count that is passed with probability below `tail` (normal bound of each part, taken wide)."""
    mean = law.shape / law.rate * exposure
    spread = np.sqrt(mean * (1 + exposure / law.rate))
    matters = law.weight > tail / 10
    reach = -2 * np.log(tail) * (1 + exposure / law.rate) + mean + 6 * spread
    return float(np.ceil(reach[matters].max())) if matters.any() else float(np.ceil(reach.max()))


def count_quantile(pmf: Floats, p: float) -> int:
    """Smallest count whose cumulative probability reaches `p`."""
    return int(np.searchsorted(np.cumsum(pmf), min(p, pmf.sum()) - 1e-12))


def binomial_tail(n_events: float, n_trials: float, share: float) -> float:
    """Probability of at least so many of so many trials; good for any size of count."""
    if n_events <= 0:
        return 1.0
    return float(betainc(n_events, n_trials - n_events + 1, share)) if n_events <= n_trials else 0.0
