"""How many a year is usual, and how surprising is a count: closed forms for Poisson events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import betainc, gammainc, gammaincinv, gammaln

from ostraka.errors import InputError
from ostraka.watch.inputs import Floats, number, positive, probability, whole
from ostraka.watch.mixtures import GammaMixture, binomial_tail, listable

JEFFREYS = 0.5
"""Shape of Jeffreys' prior for a Poisson rate; its inverse scale is 0."""


@dataclass(frozen=True, slots=True)
class BaseRate:
    """The usual number of events per unit of exposure, with two intervals.

    Attributes
    ----------
    n_events : int
    exposure : float
        Time × reporting effort × share reported by now; in years, say.
    level : float
    jeffreys : tuple of float
        (lower, upper): equal-tailed posterior interval under Jeffreys' prior.
    garwood : tuple of float
        (lower, upper): exact interval, at least `level` coverage whatever the rate.
    """

    n_events: int
    exposure: float
    level: float
    jeffreys: tuple[float, float]
    garwood: tuple[float, float]

    @property
    def rate(self) -> float:
        """Events per unit of exposure, as counted."""
        return self.n_events / self.exposure

    @property
    def law(self) -> GammaMixture:
        """Posterior of the rate under Jeffreys' prior."""
        return GammaMixture.single(JEFFREYS + self.n_events, self.exposure)

    def to_json(self) -> dict[str, Any]:
        """The rate as plain JSON values."""
        return {
            "n_events": self.n_events,
            "exposure": self.exposure,
            "rate": self.rate,
            "level": self.level,
            "jeffreys": list(self.jeffreys),
            "garwood": list(self.garwood),
        }


def base_rate(n_events: int, exposure: float, *, level: float = 0.90) -> BaseRate:
    """Rate of a constant Poisson process, with Jeffreys' and Garwood's interval.

    Parameters
    ----------
    n_events : int
        Events counted; 0 is a count like any other.
    exposure : float
        Exposure they were counted in (years, say); above 0.
    level : float
        Probability of both intervals.

    Returns
    -------
    BaseRate

    Raises
    ------
    InputError
        If the count is negative or no whole number, or the exposure not above 0.

    Notes
    -----
    Jeffreys: quantiles of Gamma(n + 1/2, E). Garwood: quantiles of Gamma(n, E) below and Gamma(n + 1, E)
    above, lower end 0 if n = 0.

    References
    ----------
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.

    Examples
    --------
    >>> rate = base_rate(0, 1.0)
    >>> rate.garwood[0], round(rate.garwood[1], 7)
    (0.0, 2.9957323)
    """
    n_events, exposure = whole("n_events", n_events), positive("exposure", exposure)
    tail = (1 - probability("level", level)) / 2
    shape = n_events + JEFFREYS
    return BaseRate(
        n_events=n_events,
        exposure=exposure,
        level=level,
        jeffreys=(float(gammaincinv(shape, tail)) / exposure, float(gammaincinv(shape, 1 - tail)) / exposure),
        garwood=(
            float(gammaincinv(n_events, tail)) / exposure if n_events else 0.0,
            float(gammaincinv(n_events + 1, 1 - tail)) / exposure,
        ),
    )


def poisson_tail(n_events: int, mean: float) -> float:
    """Probability of at least `n_events` where `mean` are expected.

    Examples
    --------
    >>> f"{poisson_tail(5, 0.4):.3g}"
    '6.12e-05'
    """
    expected = number("mean", mean)
    if expected < 0:
        raise InputError(f"mean must not be negative, not {mean!r}")
    if not whole("n_events", n_events):
        return 1.0
    return float(gammainc(n_events, expected)) if expected else 0.0


@dataclass(frozen=True, slots=True)
class Exceedance:
    """How surprising at least so many events are, three ways.

    Attributes
    ----------
    n_events : int
    span : float
        Exposure in which they fell.
    at_rate : float
        Probability if the rate were exactly that of the reference.
    conditional : float
        Exact one-sided p of the two counts under one rate; knows that the reference is uncertain.
    predictive : float
        Probability under the Gamma-Poisson prediction from the reference (Jeffreys).
    """

    n_events: int
    span: float
    at_rate: float
    conditional: float
    predictive: float

    def to_json(self) -> dict[str, Any]:
        """The probabilities as plain JSON values."""
        return {
            "n_events": self.n_events,
            "span": self.span,
            "at_rate": self.at_rate,
            "conditional": self.conditional,
            "predictive": self.predictive,
        }


def exceedance(n_events: int, span: float, *, n_before: int, exposure_before: float) -> Exceedance:
    """How surprising a count is, given the count before it, for a window chosen in advance.

    Parameters
    ----------
    n_events : int
        Events in the window asked about.
    span : float
        Its exposure.
    n_before : int
        Events in the reference period.
    exposure_before : float
        Its exposure.

    Notes
    -----
    A window chosen because it holds a cluster needs :func:`end_scan` or :func:`any_window` instead: these
    probabilities are then too small by orders of magnitude.

    References
    ----------
    Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from Poisson series.
    Biometrika 31, 313-323.

    Examples
    --------
    >>> seen = exceedance(5, 0.6, n_before=28, exposure_before=33.0)
    >>> f"{seen.conditional:.10f} {seen.predictive:.10f}"
    '0.0002839266 0.0002636558'
    """
    n_events, n_before = whole("n_events", n_events), whole("n_before", n_before)
    positive("span", span)
    positive("exposure_before", exposure_before)
    share = span / (span + exposure_before)
    shape = n_before + JEFFREYS
    return Exceedance(
        n_events=n_events,
        span=span,
        at_rate=poisson_tail(n_events, n_before / exposure_before * span),
        conditional=binomial_tail(n_events, n_events + n_before, share),
        predictive=float(betainc(n_events, shape, share)) if n_events else 1.0,
    )


@dataclass(frozen=True, slots=True, eq=False)
class AtLeastRate:
    """The rate where only a lower bound of the count is known.

    Attributes
    ----------
    p_at_least : float
        Prior probability of so many or more.
    law : GammaMixture
        Posterior of the rate given "at least so many".
    exactly : GammaMixture
        Posterior if it were exactly so many, to be shown beside it.
    """

    p_at_least: float
    law: GammaMixture
    exactly: GammaMixture


def rate_at_least(n_events: int, exposure: float, *, shape: float, rate: float) -> AtLeastRate:
    """Rate of a Poisson process of which at least `n_events` are known.

    Parameters
    ----------
    n_events : int
        Lower bound of the count.
    exposure : float
        Exposure it was counted in.
    shape, rate : float
        Gamma prior of the rate; must be proper, for "at least" alone bounds no rate from above.

    Notes
    -----
    Posterior Σ_{j ≥ k} NB(j) Gamma(a + j, b + E), cut where less than 1e-12 of the prior mass is left.

    Examples
    --------
    >>> some = rate_at_least(5, 0.6, shape=0.5, rate=0.5 / 0.857)
    >>> f"{some.p_at_least:.6f} {some.law.mean:.4f} {some.exactly.quantile(0.5):.2f}"
    '0.010905 5.4059 4.37'
    """
    n_events, exposure = whole("n_events", n_events), positive("exposure", exposure)
    shape, rate = positive("shape", shape), positive("rate", rate)
    pmf = GammaMixture.single(shape, rate).count_pmf(exposure, tail=1e-12)
    listable(n_events)
    counts = np.arange(n_events, max(pmf.size, n_events + 200))
    log_p = gammaln(shape + counts) - gammaln(shape) - gammaln(counts + 1)
    weight: Floats = np.exp(
        log_p + shape * np.log(rate / (rate + exposure)) + counts * np.log(exposure / (rate + exposure))
    )
    return AtLeastRate(
        p_at_least=float(weight.sum()),
        law=GammaMixture.of(weight, shape + counts.astype(np.float64), np.full(counts.size, rate + exposure)),
        exactly=GammaMixture.single(shape + n_events, rate + exposure),
    )
