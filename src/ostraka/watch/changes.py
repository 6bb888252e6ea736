"""When did the rate change: every way of cutting the record into pieces of constant rate, summed exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from ostraka.errors import InputError
from ostraka.watch.inputs import Floats, Ints, exposures, positive, whole, whole_counts
from ostraka.watch.mixtures import GammaMixture

P_NO_CHANGE = 0.5
"""Default prior probability that the rate never changed; the rest is shared equally by the numbers of changes."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Log evidence of every piece of a record, and of every beginning and end cut into pieces.

    Several records of the same bins (dates drawn again, say) may be done at once: leading axes ``…``.

    Attributes
    ----------
    events : ndarray of int64, shape (…, n, n)
        Events in bins i to j, both included; nonsense below the diagonal.
    exposure : ndarray of float64, shape (n, n)
        Exposure of bins i to j.
    log_piece : ndarray of float64, shape (…, n, n)
        Log evidence that bins i to j share one rate; -inf below the diagonal.
    log_head : ndarray of float64, shape (m + 2, …, n + 1)
        [s, i]: bins before i make exactly s pieces, summed over all ways.
    log_tail : ndarray of float64, shape (m + 2, …, n + 1)
        [s, j]: bins from j on make exactly s pieces; empty if not asked for.
    log_place : ndarray of float64, shape (n + 1,)
        Log prior weight of a change right before each bin; already in `log_head` and `log_tail`.
    """

    events: Ints
    exposure: Floats
    log_piece: Floats
    log_head: Floats
    log_tail: Floats
    log_place: Floats

    @classmethod
    def of(
        cls,
        counts: Ints,
        exposure: Floats,
        *,
        max_changes: int,
        shape: float,
        rate: float,
        place: Floats | None = None,
        tails: bool = True,
    ) -> Pieces:
        """All pieces of records of `counts`, shape (…, n), under one Gamma prior; `place` weighs n - 1 places."""
        n, before = exposure.size, counts.shape[:-1]
        total = np.concatenate([np.zeros((*before, 1), dtype=np.int64), np.cumsum(counts, axis=-1)], axis=-1)
        seen = np.concatenate([[0.0], np.cumsum(exposure)])
        upper = np.triu(np.ones((n, n), dtype=bool))
        events = np.where(upper, total[..., None, 1:] - total[..., :-1, None], 0)
        span = np.where(upper, seen[None, 1:] - seen[:-1, None], 0.0)
        log_gamma = gammaln(shape + np.arange(int(total.max(initial=0)) + 1))
        fixed = shape * np.log(rate) - gammaln(shape)
        log_piece = fixed + log_gamma[events] - (shape + events) * np.log(rate + span)
        log_piece[..., ~upper] = -np.inf
        head = np.full((max_changes + 2, *before, n + 1), -np.inf)
        tail = np.full((max_changes + 2 if tails else 0, *before, n + 1), -np.inf)
        log_place = np.zeros(n + 1)
        if place is not None and n > 1:
            log_place[1:-1] = np.log(place / place.mean())
        head[0, ..., 0] = 0.0
        for s in range(1, max_changes + 2):
            head[s, ..., 1:] = log_place[1:] + log_sum(head[s - 1, ..., :-1, None] + log_piece, axis=-2)
        if tails:
            tail[0, ..., n] = 0.0
            for s in range(1, max_changes + 2):
                tail[s, ..., :-1] = log_place[:-1] + log_sum(log_piece + tail[s - 1, ..., None, 1:], axis=-1)
        return cls(events, span, log_piece, head, tail, log_place)

    @property
    def log_totals(self) -> Floats:
        """Log evidence of 0, 1, … changes averaged over all their positions, shape (m + 1, …)."""
        ways = _log_ways(np.exp(self.log_place[1:-1]), self.log_head.shape[0] - 1)
        totals: Floats = self.log_head[1:, ..., -1] - ways.reshape(-1, *[1] * (self.log_head.ndim - 2))
        return totals

    def weight(self, n_changes: int, *, place: int | None = None) -> Floats:
        """Probability of each piece (i, j) given the number of changes; of the place-th piece if asked."""
        log_weight = np.full(self.log_piece.shape, -np.inf)
        for s in range(n_changes + 1) if place is None else (place,):
            ways = self.log_head[s, ..., :-1, None] + self.log_tail[n_changes - s, ..., None, 1:]
            log_weight = np.logaddexp(log_weight, ways)
        all_ways = self.log_head[n_changes + 1, ..., -1]
        weight: Floats = np.exp(log_weight + self.log_piece - all_ways[..., None, None])
        return weight

    def averaged(self, log_weight: Floats) -> Floats:
        """Expected number of times each piece occurs, given log weights of 0, 1, … changes, shape (m + 1, …)."""
        m, scaled = log_weight.shape[0] - 1, self._scaled(log_weight)
        total = np.zeros(self.log_piece.shape)
        for s in range(m + 1):
            after = log_sum(np.stack([scaled[k, ..., None] + self.log_tail[k - s] for k in range(s, m + 1)]), axis=0)
            total += np.exp(self.log_head[s, ..., :-1, None] + after[..., None, 1:] + self.log_piece)
        return total

    def averaged_last(self, log_weight: Floats) -> Floats:
        """The same for the last piece alone, by the bin it begins in, shape (…, n)."""
        ways = self.log_head[:-1, ..., :-1] + self._scaled(log_weight)[..., None]
        weight: Floats = np.exp(ways + self.log_piece[..., -1]).sum(axis=0)
        return weight

    def _scaled(self, log_weight: Floats) -> Floats:
        """Log weights over the summed evidence of all ways."""
        all_ways = self.log_head[1:, ..., -1]
        scaled: Floats = log_weight - np.where(np.isfinite(all_ways), all_ways, 0.0)
        return scaled


@dataclass(frozen=True, slots=True, eq=False)
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
    """

    log_evidence: Floats
    position: Floats
    rates: Floats
    segment_rates: tuple[Floats, ...]
    shape: float
    rate: float
    pieces: Pieces = field(repr=False)

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
    shape, rate, max_changes = positive("shape", shape), positive("rate", rate), whole("max_changes", max_changes)
    n = seen.size
    pieces = Pieces.of(seen, span, max_changes=max_changes, shape=shape, rate=rate, place=_places(place, n))
    fixed = float((seen * np.log(np.where(span > 0, span, 1.0))).sum() - gammaln(seen + 1).sum())
    possible = range(min(max_changes, n - 1) + 1)
    segment_rates = tuple(_segment_rates(pieces, m, shape, rate) for m in possible)
    one = len(possible) > 1
    return RateChanges(
        log_evidence=fixed + pieces.log_totals,
        position=pieces.weight(1, place=0)[0, :-1] if one else np.zeros(n - 1),
        rates=segment_rates[1] if one else np.repeat(segment_rates[0], 2),
        segment_rates=segment_rates,
        shape=shape,
        rate=rate,
        pieces=pieces,
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
    weight = np.asarray(place, dtype=np.float64)
    if weight.shape != (n - 1,) or not (np.isfinite(weight).all() and (weight > 0).all()):
        raise InputError(f"place must be {n - 1} weights above 0, one for each bin but the last")
    return weight


def _segment_rates(pieces: Pieces, n_changes: int, shape: float, rate: float) -> Floats:
    mean = (shape + pieces.events) / (rate + pieces.exposure)
    return np.array([float((pieces.weight(n_changes, place=place) * mean).sum()) for place in range(n_changes + 1)])


def _prior(prior: Sequence[float] | None, size: int) -> Floats:
    if prior is None:
        return np.array([1.0]) if size == 1 else np.array([P_NO_CHANGE] + [(1 - P_NO_CHANGE) / (size - 1)] * (size - 1))
    weight = np.asarray(prior, dtype=np.float64)
    if weight.shape != (size,) or not (np.isfinite(weight).all() and (weight >= 0).all() and weight.sum() > 0):
        raise InputError(f"prior must be {size} weights, one for each of 0 to {size - 1} changes, not negative")
    return weight


def _log_ways(place: Floats, size: int) -> Floats:
    """Log of the summed weight of all sets of 0, 1, … places; 0 where there are too few places."""
    total = np.zeros(size)
    total[0] = 1.0
    for weight in place:
        total[1:] += total[:-1] * weight
    return np.log(np.where(total > 0, total, 1.0))


def recent_places(exposure: Floats) -> Floats:
    """Prior weight of a change after each bin but the last: half evenly, half the more the nearer to the end.

    The question is about now: a change just before the end matters most and, evenly weighed, is found late.

    Parameters
    ----------
    exposure : ndarray of float64, shape (n,)

    Returns
    -------
    ndarray of float64, shape (n - 1,)
        Half 1/(n - 1), half proportional to 1/(exposure since); sums to 1.
    """
    since = np.cumsum(exposure[::-1])[::-1][1:]
    near = 1 / np.maximum(since, 0.5 * float(exposure.mean()))
    weight: Floats = 0.5 / max(since.size, 1) + 0.5 * near / near.sum()
    return weight


def log_sum(values: Floats, *, axis: int) -> Floats:
    """Log of the sum of exponentials; -inf stays -inf."""
    top = values.max(axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        total: Floats = np.log(np.exp(values - top).sum(axis=axis)) + np.squeeze(top, axis=axis)
    return total
