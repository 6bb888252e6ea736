"""The rate through time: its law in every bin of the record, from the weights of all pieces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc

from ostraka.watch.inputs import Floats
from ostraka.watch.mixtures import GammaMixture
from ostraka.watch.pieces import Pieces

_GRID = 160
_NEGLIGIBLE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class RatePath:
    """Law of the rate in each of n bins.

    Attributes
    ----------
    weight : ndarray of float64, shape (n, n, e + 1)
        Expected number of pieces from bin i to bin j with so many events.
    shape, rate : float
        Gamma prior of the rate of each piece.
    exposure : ndarray of float64, shape (n, n)
        Exposure of bins i to j.
    grid : ndarray of float64, shape (g,)
        Rates at which the distribution functions are tabulated.
    table : ndarray of float64, shape (n, g)
        Probability that the rate in each bin is at most that.
    """

    weight: Floats
    shape: float
    rate: float
    exposure: Floats
    grid: Floats
    table: Floats

    @classmethod
    def of(cls, pieces: Pieces, weight: Floats, *, shape: float, rate: float) -> RatePath:
        """Pieces of the same bins and events are joined over the sets of dates drawn."""
        n, most = pieces.exposure.shape[0], int(pieces.events.max(initial=0)) + 1
        place = (np.arange(n)[:, None] * n + np.arange(n)) * most
        summed = np.bincount((place + pieces.events).ravel(), weight.ravel(), minlength=n * n * most)
        joined = summed.astype(np.float64).reshape(n, n, most)
        i, j, events = np.nonzero(joined > _NEGLIGIBLE)
        a_n, b_e = shape + events, rate + pieces.exposure[i, j]
        top = float(((a_n + 8 * np.sqrt(a_n) + 8) / b_e).max())
        grid = np.concatenate([[0.0], np.geomspace(top * 1e-6, top, _GRID)])
        by_piece = np.zeros((n, n, grid.size))
        np.add.at(by_piece, (i, j), joined[i, j, events, None] * gammainc(a_n[:, None], b_e[:, None] * grid))
        from_left = by_piece.cumsum(axis=0)
        table = np.stack([from_left[t, t:].sum(axis=0) for t in range(n)])
        return cls(joined, shape, rate, pieces.exposure, grid, table / table[:, -1:])

    def quantiles(self, p: float) -> Floats:
        """The rate in each bin that is not exceeded with probability `p`, shape (n,)."""
        found = [np.interp(p, row + np.arange(row.size) * 1e-15, self.grid) for row in self.table]
        return np.array(found)

    def p_change_after(self) -> Floats:
        """For each bin but the last, the probability that the rate changes right after it, shape (n - 1,)."""
        ends: Floats = self.weight.sum(axis=(0, 2))[:-1]
        return ends


def last_law(pieces: Pieces, weight: Floats, *, shape: float, rate: float) -> GammaMixture:
    """Law of the rate in the last bin, from the weight of the last piece by its beginning; draws are joined."""
    n, most = pieces.exposure.shape[0], int(pieces.events.max(initial=0)) + 1
    events = pieces.events[..., -1]
    joined = np.bincount((np.arange(n) * most + events).ravel(), weight.ravel(), minlength=n * most).reshape(n, most)
    i, seen = np.nonzero(joined > _NEGLIGIBLE)
    a_n: Floats = shape + seen.astype(np.float64)
    return GammaMixture.of(joined[i, seen].astype(np.float64), a_n, rate + pieces.exposure[i, -1])
