"""How many have happened that nobody has reported yet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, xlogy

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import FitError, InputError
from ostraka.watch.inputs import Floats, Ints, number, numbers, positive, whole
from ostraka.watch.mixtures import GammaMixture, listable

_GROUPS, _LONGEST = 200, 20_000


def unreported(
    law: GammaMixture, unseen_exposure: ArrayLike, weight: ArrayLike | None = None, *, groups: int = 40
) -> Floats:
    """Law of the number of departures that have happened but are not yet reported.

    Parameters
    ----------
    law : GammaMixture
        Law of the present rate per unit of exposure.
    unseen_exposure : array_like of float, shape (k,)
        Exposure that reports have not yet covered, ∫ e(t) (1 - F(now - t)) dt, under each delay law.
    weight : array_like of float, shape (k,), optional
        Probability of each delay law; equal if not given.
    groups : int
        Laws of nearly the same exposure are joined in at most so many groups.

    Returns
    -------
    ndarray of float64, shape (n_max + 1,)
        Probability of 0, 1, 2, … departures still to be reported.

    Notes
    -----
    Given rate and delay law the number is Poisson(λ E_u), independent of what has been reported; with
    λ ~ Gamma(a + N, b + E_o) it is negative binomial.

    Examples
    --------
    >>> pmf = unreported(GammaMixture.single(30.5, 35.0), [0.5])
    >>> round(float(pmf[0]), 3)
    0.649
    """
    span = np.atleast_1d(numbers("unseen_exposure", unseen_exposure))
    share = np.ones(span.shape) if weight is None else numbers("weight", weight)
    if span.ndim != 1 or not span.size or share.shape != span.shape or not ((span >= 0) & np.isfinite(span)).all():
        raise InputError("unseen exposure must be finite and not negative, one value for each weight")
    if not (np.isfinite(share).all() and (share >= 0).all() and share.sum() > 0):
        raise InputError("the weights of delay laws must be finite, not negative, and above 0 somewhere")
    order = np.argsort(span)
    parts = []
    for group in np.array_split(order, min(order.size, groups)):
        mass = share[group].sum()
        if mass > 0:
            mean = float(span[group] @ share[group] / mass)
            parts.append((mass, law.count_pmf(mean) if mean > 0 else np.ones(1)))
    pmf = np.zeros(max(part.size for _, part in parts))
    for mass, part in parts:
        pmf[: part.size] += mass * part
    total: Floats = pmf / share.sum()
    return total


def poisson_mixture(mean: Floats, weight: Floats) -> Floats:
    """Law of a count that is Poisson with each of `mean` with probability `weight`.

    Parameters
    ----------
    mean, weight : ndarray of float64, shape (k,)

    Returns
    -------
    ndarray of float64, shape (n_max + 1,)
    """
    reach = int(np.ceil(mean.max() + 8 * np.sqrt(mean.max()) + 8))
    edges = np.quantile(mean, np.linspace(0, 1, _GROUPS + 1))
    group = np.clip(np.searchsorted(edges, mean, side="right") - 1, 0, _GROUPS - 1)
    mass = np.bincount(group, weight, minlength=_GROUPS)
    centre = np.bincount(group, weight * mean, minlength=_GROUPS) / np.where(mass > 0, mass, 1.0)
    counts = np.arange(reach + 1)[:, None]
    pmf: Floats = np.exp(xlogy(counts, centre) - centre - gammaln(counts + 1)) @ (mass / mass.sum())
    return pmf


@dataclass(frozen=True, slots=True, eq=False)
class ReverseHazards:
    """Law of a reporting delay in whole days without a formula, from right-truncated reports.

    Attributes
    ----------
    n_now : ndarray of int64, shape (d + 1,)
        Reports with a delay of exactly 0, 1, … days among events old enough to have shown it.
    n_by_now : ndarray of int64, shape (d + 1,)
        Reports of those events with at most that delay.
    """

    n_now: Ints
    n_by_now: Ints

    @property
    def cdf(self) -> Floats:
        """Probability of a delay of at most 0, 1, … days, given at most the longest; maximum likelihood."""
        hazard = self.n_now / np.maximum(self.n_by_now, 1)
        return _from_hazards(hazard)

    def draw(self, n_draws: int, *, prior: float = 0.1, rng: RNG = None) -> Floats:
        """Distribution functions drawn from the posterior with Beta(prior, prior) reverse hazards, shape (n, d + 1)."""
        chance = stream(root_seed(rng), "watch.reverse_hazards")
        size = (whole("n_draws", n_draws), self.n_now.size)
        return _from_hazards(chance.beta(self.n_now + prior, self.n_by_now - self.n_now + prior, size=size))


def _from_hazards(hazard: Floats) -> Floats:
    """F(d) is the product of one minus the reverse hazards beyond d."""
    stays = np.concatenate([1 - hazard[..., 1:], np.ones((*hazard.shape[:-1], 1))], axis=-1)
    cdf: Floats = np.cumprod(stays[..., ::-1], axis=-1)[..., ::-1]
    return cdf


def reverse_hazards(
    event_day: ArrayLike, delay_days: ArrayLike, *, now_day: float, longest: int, recent: int | None = None
) -> ReverseHazards:
    """Reverse hazards of a reporting delay (non-parametric, right truncated).

    Parameters
    ----------
    event_day : array_like of float, shape (n,)
        Day of each event.
    delay_days : array_like of float, shape (n,)
        Whole days to its report; longer ones count as `longest`.
    now_day : float
        Last day on which reports were seen.
    longest : int
        Longest delay told apart, in days.
    recent : int, optional
        Take the hazard at each delay only from events whose reports with that delay fell in the last so many
        days: the variant for a law that changes.

    Raises
    ------
    InputError
        If a delay is negative, or an event or report lies after `now_day`.
    FitError
        If nothing is left to estimate from.

    Notes
    -----
    g(d) = P(delay = d | delay ≤ d) from events at least d days old; F(d) = Π_{j > d} (1 - g(j)). Nothing is
    said of delays beyond `longest`. The same product gives the development factors of the chain ladder.

    References
    ----------
    Lawless, J. F. (1994). Adjustments for reporting delays and the prediction of occurred but not reported
    events. Canadian Journal of Statistics 22, 15-31.

    Examples
    --------
    >>> law = reverse_hazards([0, 0, 1, 2, 3], [0, 2, 1, 0, 0], now_day=3, longest=2)
    >>> law.cdf.round(3).tolist()
    [0.444, 0.667, 1.0]
    """
    event, delay = numbers("event_day", event_day), numbers("delay_days", delay_days)
    now_day, longest = number("now_day", now_day), whole("longest", longest, at_most=_LONGEST)
    recent = None if recent is None else whole("recent", recent)
    if event.shape != delay.shape or not (np.isfinite(event).all() and np.isfinite(delay).all()):
        raise InputError("give one finite event day and one finite delay for each report")
    if (delay < 0).any() or (event + delay > now_day).any():
        raise InputError("every report must lie between its event and now_day; leave later ones out")
    delay = np.minimum(np.floor(delay), longest)
    if not event.size:
        raise FitError("not enough data: no report to estimate the delay from")
    age = np.floor(now_day - event)
    days = np.arange(longest + 1)[:, None]
    told = (age >= days) & (age - days < (np.inf if recent is None else recent))
    return ReverseHazards(
        n_now=((delay == days) & told).sum(axis=1),
        n_by_now=((delay <= days) & told).sum(axis=1),
    )


def nowcast(n_reported: int, reported_share: ArrayLike, *, shape: float, rate: float) -> Floats:
    """Law of the true count of a day, given how many of it have been reported.

    Parameters
    ----------
    n_reported : int
        Events of the day reported so far.
    reported_share : array_like of float, shape (k,)
        Probability of being reported by now, for each of k equally likely delay laws.
    shape, rate : float
        Gamma prior of the expected count of the day.

    Returns
    -------
    ndarray of float64, shape (n_max + 1,)
        Probability of 0, 1, 2, … events that day; 0 below `n_reported`.

    Notes
    -----
    Unreported | F ~ NegBin(a + n, (b + F)/(b + 1)), averaged over F; more than 200 laws are joined in 200
    groups of neighbours.

    Examples
    --------
    >>> pmf = nowcast(2, [0.5], shape=0.5, rate=0.01)
    >>> int(pmf.argmax()), round(float(pmf[:2].sum()), 6)
    (3, 0.0)
    """
    n_reported = listable(whole("n_reported", n_reported))
    share = np.atleast_1d(numbers("reported_share", reported_share))
    if share.ndim != 1 or not share.size or not ((share >= 0).all() and (share <= 1).all()):
        raise InputError("a reported share is a probability from 0 to 1")
    positive("rate", rate)
    a = positive("shape", shape) + n_reported
    odds = np.sort(np.maximum((1 - share) / (rate + share), 1e-12))
    if odds.size > _GROUPS:
        odds = np.array([group.mean() for group in np.array_split(odds, _GROUPS)])
    reach = int(np.ceil((a * odds + 10 * np.sqrt(a * odds * (1 + odds)) + 20 * (1 + odds)).max()))
    more = np.arange(min(reach, 100_000) + 1)[:, None]
    log_p = gammaln(a + more) - gammaln(a) - gammaln(more + 1) + more * np.log(odds / (1 + odds)) - a * np.log1p(odds)
    pmf: Floats = np.concatenate([np.zeros(n_reported), np.exp(log_p).mean(axis=1)])
    return pmf
