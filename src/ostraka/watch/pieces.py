"""Every way of cutting a record into pieces of constant rate, summed forwards and backwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from ostraka.watch.inputs import Floats, Ints

_LARGEST_LOG, _TABLED = 600.0, 100_000


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
    lift : ndarray of float64, shape (…, n + 1)
        Minus the log likelihood of the bins before each one at the pooled rate.
    ratio : ndarray of float64, shape (…, n, n), or None
        Evidence of each piece over its likelihood at the pooled rate; None where that is no number of a computer.
    """

    events: Ints
    exposure: Floats
    log_piece: Floats
    log_head: Floats
    log_tail: Floats
    log_place: Floats
    lift: Floats
    ratio: Floats | None

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
        most = int(total.max(initial=0))
        log_gamma = gammaln(shape + np.arange(most + 1))[events] if most < _TABLED else gammaln(shape + events)
        fixed = shape * np.log(rate) - gammaln(shape)
        log_piece = fixed + log_gamma - (shape + events) * np.log(rate + span)
        log_piece[..., ~upper] = -np.inf
        log_place = np.zeros(n + 1)
        if place is not None and n > 1:
            log_place[1:-1] = np.log(place / place.mean())
        lift, ratio = _over_pooled(log_piece, total, seen, log_place, n_sums=max_changes + 1)
        log_head, log_tail = (
            _log_sums(log_piece, log_place, size=max_changes + 2, tails=tails)
            if ratio is None
            else _sums(ratio, lift, np.exp(log_place), size=max_changes + 2, tails=tails)
        )
        return cls(events, span, log_piece, log_head, log_tail, log_place, lift, ratio)

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
        after = np.stack([log_sum(scaled[s:, ..., None] + self.log_tail[: m + 1 - s], axis=0) for s in range(m + 1)])[
            ..., 1:
        ]
        before = self.log_head[: m + 1, ..., :-1]
        if self.ratio is None:
            ways = before[..., :, None] + after[..., None, :] + self.log_piece
            return np.asarray(np.exp(ways).sum(axis=0))
        heads = np.moveaxis(np.exp(before + self.lift[..., :-1]), 0, -1)
        tails = np.moveaxis(np.exp(after - self.lift[..., 1:]), 0, -2)
        total: Floats = (heads @ tails) * self.ratio
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


def _over_pooled(
    log_piece: Floats, total: Ints, seen: Floats, log_place: Floats, *, n_sums: int
) -> tuple[Floats, Floats | None]:
    """`lift` and `ratio`: relative to the pooled rate, all evidences but those of wild records fit a float."""
    pooled = max(float(total.max(initial=0)), 0.5) / float(seen[-1])
    lift = pooled * seen - total * np.log(pooled)
    log_ratio = log_piece + lift[..., None, 1:] - lift[..., :-1, None]
    largest = np.abs(np.where(np.isfinite(log_ratio), log_ratio, 0.0)).max(initial=0.0) + np.abs(log_place).max()
    return lift, np.exp(log_ratio) if (n_sums + 1) * largest < _LARGEST_LOG else None


def _sums(ratio: Floats, lift: Floats, place: Floats, *, size: int, tails: bool) -> tuple[Floats, Floats]:
    """`log_head` and `log_tail` by products of matrices."""
    shape = (*ratio.shape[:-2], ratio.shape[-1] + 1)
    head, tail = np.zeros((size, *shape)), np.zeros((size if tails else 0, *shape))
    head[0, ..., 0] = 1.0
    for s in range(1, size):
        head[s, ..., 1:] = place[1:] * (head[s - 1, ..., None, :-1] @ ratio)[..., 0, :]
    if tails:
        tail[0, ..., -1] = 1.0
        for s in range(1, size):
            tail[s, ..., :-1] = place[:-1] * (ratio @ tail[s - 1, ..., 1:, None])[..., 0]
    with np.errstate(divide="ignore"):
        return np.log(head) - lift, np.log(tail) + lift - lift[..., -1:]


def _log_sums(log_piece: Floats, log_place: Floats, *, size: int, tails: bool) -> tuple[Floats, Floats]:
    """The same in logarithms, for records whose evidences no float holds."""
    shape = (*log_piece.shape[:-2], log_piece.shape[-1] + 1)
    head, tail = np.full((size, *shape), -np.inf), np.full((size if tails else 0, *shape), -np.inf)
    head[0, ..., 0] = 0.0
    for s in range(1, size):
        head[s, ..., 1:] = log_place[1:] + log_sum(head[s - 1, ..., :-1, None] + log_piece, axis=-2)
    if tails:
        tail[0, ..., -1] = 0.0
        for s in range(1, size):
            tail[s, ..., :-1] = log_place[:-1] + log_sum(log_piece + tail[s - 1, ..., None, 1:], axis=-1)
    return head, tail


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
