"""When did the rate change: every way of cutting the record into pieces of constant rate, summed exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from ostraka.errors import InputError
from ostraka.watch.inputs import Floats, Ints, exposures, numbers, positive, whole, whole_counts
from ostraka.watch.mixtures import GammaMixture
from ostraka.watch.pieces import Pieces

MOST_BINS, MOST_CHANGES = 3000, 1000
"""More bins than this take too much memory where more than one change is asked about."""

P_NO_CHANGE = 0.5
"""Default prior probability that the rate never changed; the rest is shared equally by the numbers of changes."""


@dataclass(frozen=True, eq=False)
class RateChanges:
    """How often and when the rate changed, and what it is now.

    Attributes
    ----------
    log_evidence : ndarray of float64, shape (max_changes + 1,)
        Natural log of the probability of the counts given 0, 1, … changes; -inf where there are too few bins.
    position : ndarray of float64, shape (n - 1,)
        For one change: probability that bin i is the last before it.
    rates : ndarray of float64, shape (2,)
        For one change: expected rate before and after it.
    segment_rates : tuple of ndarray
        For 0, 1, … changes: expected rate of each piece in turn.
    shape, rate : float
        Gamma prior of the rate of each piece.
    counts, exposure : ndarray, shape (n,)
        The record.
    place : ndarray of float64, shape (n - 1,), or None
        Prior weight of each place.
    """

    log_evidence: Floats
    position: Floats
    rates: Floats
    segment_rates: tuple[Floats, ...]
    shape: float
    rate: float
    counts: Ints = field(repr=False)
    exposure: Floats = field(repr=False)
    place: Floats | None = field(default=None, repr=False)

    @cached_property
    def pieces(self) -> Pieces:
        """All pieces of the record, summed when first asked for."""
        return _pieces(
            self.counts,
            self.exposure,
            self.place,
            max_changes=self.log_evidence.size - 1,
            shape=self.shape,
            rate=self.rate,
        )

    def p_changes(self, prior: Sequence[float] | None = None) -> Floats:
        """Probability of 0, 1, … changes.

        Parameters
        ----------
        prior : sequence of float, optional
            Prior weights of 0, 1, … changes; one half for none and equal shares of the rest by default.
        """
        weight = _prior(prior, self.log_evidence.size)
        log_p = np.log(np.where(weight > 0, weight, 1.0)) + self.log_evidence
        log_p[weight <= 0] = -np.inf
        p = np.exp(log_p - log_p.max())
        scaled: Floats = p / p.sum()
        return scaled

    def current_rate(self, prior: Sequence[float] | None = None) -> GammaMixture:
        """Law of the rate in the last bin, averaged over when and how often it changed."""
        with np.errstate(divide="ignore"):
            weight = self.pieces.averaged_last(np.log(self.p_changes(prior)))
        a_n = self.shape + self.pieces.events[:, -1].astype(np.float64)
        return GammaMixture.of(weight, a_n, self.rate + self.pieces.exposure[:, -1])

    def rate_through_time(self, prior: Sequence[float] | None = None) -> tuple[GammaMixture, ...]:
        """Law of the rate in each bin, averaged over when and how often it changed."""
        weight = self._piece_weights(self.p_changes(prior))
        a_n, b_e = self.shape + self.pieces.events.astype(np.float64), self.rate + self.pieces.exposure
        laws = []
        for t in range(weight.shape[0]):
            here = (slice(None, t + 1), slice(t, None))
            laws.append(GammaMixture.of(weight[here].ravel(), a_n[here].ravel(), b_e[here].ravel()))
        return tuple(laws)

    def p_change_after(self, prior: Sequence[float] | None = None) -> Floats:
        """For each bin but the last, the probability that the rate changes right after it, shape (n - 1,)."""
        ends: Floats = self._piece_weights(self.p_changes(prior)).sum(axis=0)[:-1]
        return ends

    def best_pieces(self, n_changes: int) -> tuple[tuple[int, int], ...]:
        """The single most probable way to cut the record: first and last bin of each piece."""
        if not 0 <= n_changes < self.log_evidence.size or not np.isfinite(self.log_evidence[n_changes]):
            raise InputError(f"no cut with {n_changes} changes was computed; raise max_changes or give more bins")
        score, came_from = self.pieces.log_piece[0].copy(), []
        for _ in range(n_changes):
            before = np.concatenate([[-np.inf], score[:-1]]) + self.pieces.log_place[:-1]
            ways = before[:, None] + self.pieces.log_piece
            came_from.append(ways.argmax(axis=0))
            score = ways.max(axis=0)
        last, cuts = self.pieces.log_piece.shape[0] - 1, []
        for starts in reversed(came_from):
            cuts.append((int(starts[last]), last))
            last = int(starts[last]) - 1
        return tuple(reversed([*cuts, (0, last)]))

    def _piece_weights(self, p_changes: Floats) -> Floats:
        """Expected number of times each piece (i, j) occurs."""
        with np.errstate(divide="ignore"):
            return self.pieces.averaged(np.log(p_changes))

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values; an impossible number of changes has evidence null."""
        return {
            "log_evidence": [float(x) if np.isfinite(x) else None for x in self.log_evidence],
            "p_changes": self.p_changes().tolist(),
            "position": self.position.tolist(),
            "rates": self.rates.tolist(),
            "segment_rates": [rates.tolist() for rates in self.segment_rates],
            "prior": {"shape": self.shape, "rate": self.rate},
        }


def rate_changes(
    counts: ArrayLike,
    exposure: ArrayLike | None = None,
    *,
    max_changes: int = 4,
    shape: float,
    rate: float,
    place: ArrayLike | None = None,
) -> RateChanges:
    """When did the rate of a Poisson process change, if it did.

    Parameters
    ----------
    counts : array_like of int, shape (n,)
        Events per bin (year or month) in order of time, zeros included.
    exposure : array_like of float, shape (n,), optional
        Exposure per bin; 1 if not given.
    max_changes : int
        Largest number of changes considered.
    shape, rate : float
        Gamma(shape, rate) prior of the rate of each piece; rate in units of exposure, both above 0.
    place : array_like of float, shape (n - 1,), optional
        Prior weight of a change after each bin but the last; all places alike if not given.

    Returns
    -------
    RateChanges

    Raises
    ------
    InputError
        If counts are no whole numbers, a bin without exposure has events, or the prior is improper: an
        improper prior gives Bayes factors that mean nothing.

    Notes
    -----
    Given m changes, all C(n-1, m) sets of positions are equally likely (or as the product of their weights). A piece of bins i..j contributes
    b^a Γ(a+N)/(Γ(a) (b+E)^(a+N)); a forward sum over pieces adds up all sets in O(m n²).

    References
    ----------
    Fearnhead, P. (2006). Exact and efficient Bayesian inference for multiple changepoint problems.
    Statistics and Computing 16, 203-213.

    Examples
    --------
    >>> found = rate_changes([0, 1, 0, 1, 0, 4, 6, 5], shape=1.0, rate=1.0, max_changes=2)
    >>> int(found.position.argmax()), bool(found.log_evidence[1] > found.log_evidence[0] + 3)
    (4, True)
    """
    seen = whole_counts("counts", counts)
    span = exposures(exposure, seen)
    shape, rate, max_changes = (
        positive("shape", shape),
        positive("rate", rate),
        whole("max_changes", max_changes, at_most=MOST_CHANGES),
    )
    weight = _places(place, seen.size)
    fixed = float((seen * np.log(np.where(span > 0, span, 1.0))).sum() - gammaln(seen + 1).sum())
    if max_changes <= 1:
        return _one_change(seen, span, weight, fixed, max_changes=max_changes, shape=shape, rate=rate)
    if seen.size > MOST_BINS:
        raise InputError(
            f"{seen.size} bins are too many for more than one change; take {MOST_BINS} at most, or one change"
        )
    pieces = _pieces(seen, span, weight, max_changes=max_changes, shape=shape, rate=rate)
    segment_rates = tuple(_segment_rates(pieces, m, shape, rate) for m in range(min(max_changes, seen.size - 1) + 1))
    one = len(segment_rates) > 1
    found = RateChanges(
        log_evidence=fixed + pieces.log_totals,
        position=pieces.weight(1, place=0)[0, :-1] if one else np.zeros(seen.size - 1),
        rates=segment_rates[1] if one else np.repeat(segment_rates[0], 2),
        segment_rates=segment_rates,
        shape=shape,
        rate=rate,
        counts=seen,
        exposure=span,
        place=weight,
    )
    found.__dict__["pieces"] = pieces
    return found


def _pieces(
    counts: Ints, exposure: Floats, place: Floats | None, *, max_changes: int, shape: float, rate: float
) -> Pieces:
    return Pieces.of(counts, exposure, max_changes=max_changes, shape=shape, rate=rate, place=place)


def _one_change(
    counts: Ints, exposure: Floats, place: Floats | None, fixed: float, *, max_changes: int, shape: float, rate: float
) -> RateChanges:
    """No change or one, without the sums over pieces: the position is all there is to sum over."""
    n_before, span = np.cumsum(counts), np.cumsum(exposure)
    total, whole_span = n_before[-1], span[-1]
    constant = shape * np.log(rate) - gammaln(shape)
    none = constant + gammaln(shape + total) - (shape + total) * np.log(rate + whole_span)
    everywhere = np.array([(shape + total) / (rate + whole_span)])
    evidence, rates = np.full(max_changes + 1, -np.inf), np.repeat(everywhere, 2)
    segment_rates: tuple[Floats, ...] = (everywhere,)
    evidence[0], position = fixed + none, np.zeros(counts.size - 1)
    if max_changes and counts.size > 1:
        a_n, b_e = (
            shape + np.array([n_before[:-1], total - n_before[:-1]]),
            rate + np.array([span[:-1], whole_span - span[:-1]]),
        )
        log_p = 2 * constant + (gammaln(a_n) - a_n * np.log(b_e)).sum(axis=0)
        weight = np.ones(log_p.size) if place is None else place
        p = np.exp(log_p - log_p.max()) * weight
        evidence[1] = fixed + log_p.max() + np.log(p.sum() / weight.sum())
        position = p / p.sum()
        rates = (a_n / b_e) @ position
        segment_rates = (everywhere, rates)
    return RateChanges(
        log_evidence=evidence,
        position=position,
        rates=rates,
        segment_rates=segment_rates,
        shape=shape,
        rate=rate,
        counts=counts,
        exposure=exposure,
        place=place,
    )


def pooled_prior(n_events: int, exposure: float, *, shape: float = 0.5) -> tuple[float, float]:
    """Gamma prior centred on the pooled rate: (shape, rate) with mean n/exposure.

    A record without events counts as half an event, so that its prior is proper too.

    Examples
    --------
    >>> pooled_prior(30, 35.0)
    (0.5, 0.5833333333333334)
    """
    positive("shape", shape)
    return shape, shape * positive("exposure", exposure) / max(whole("n_events", n_events), 0.5)


def _places(place: ArrayLike | None, n: int) -> Floats | None:
    if place is None:
        return None
    weight = numbers("place", place)
    if weight.shape != (n - 1,) or not (np.isfinite(weight).all() and (weight > 0).all()):
        raise InputError(f"place must be {n - 1} weights above 0, one for each bin but the last")
    return weight


def _segment_rates(pieces: Pieces, n_changes: int, shape: float, rate: float) -> Floats:
    mean = (shape + pieces.events) / (rate + pieces.exposure)
    return np.array([float((pieces.weight(n_changes, place=place) * mean).sum()) for place in range(n_changes + 1)])


def _prior(prior: Sequence[float] | None, size: int) -> Floats:
    if prior is None:
        return np.array([1.0]) if size == 1 else np.array([P_NO_CHANGE] + [(1 - P_NO_CHANGE) / (size - 1)] * (size - 1))
    weight = numbers("prior", prior)
    if weight.shape != (size,) or not (np.isfinite(weight).all() and (weight >= 0).all() and weight.sum() > 0):
        raise InputError(f"prior must be {size} weights, one for each of 0 to {size - 1} changes, not negative")
    return weight
