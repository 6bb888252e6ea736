"""How well contagion explains a record, whatever its strength and pace: a marginal likelihood by quadrature."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.special import gammaln

from ostraka.watch.contagion import excitation
from ostraka.watch.inputs import Floats

LAGS = (2 / 52.1786, 2.0)
"""Mean lag of triggering in years, log-uniform from two weeks to two years."""

_BRANCHINGS, _LAGS, _RATES = 10, 14, 25
_CHUNK = 12
_STEP = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Triggering:
    """Evidence and posterior of a self-exciting process for several sets of dates at once.

    Attributes
    ----------
    log_evidence : ndarray of float64, shape (d,)
        Log marginal likelihood of each set of dates, as densities per year.
    rate, branching, decay : ndarray of float64, shape (r,), (b,), (k,)
        Nodes: overall rate a year, expected number triggered by one, pace a year.
    weight : ndarray of float64, shape (d, k, b, r)
        Posterior weight of each node within each set of dates; sums to 1 over the last three axes.
    waiting : ndarray of float64, shape (k, d)
        Σ exp(-β (end - t_i)): how much triggering is still to come at the end.
    """

    log_evidence: Floats
    rate: Floats
    branching: Floats
    decay: Floats
    weight: Floats = field(repr=False)
    waiting: Floats = field(repr=False)


def triggering(
    times: Floats,
    edges: Floats,
    *,
    share: Floats,
    shape: float,
    rate: float,
    lags: tuple[float, float] = LAGS,
) -> Triggering:
    """Marginal likelihood of an exponential Hawkes process, seen through a filter.

    Parameters
    ----------
    times : ndarray of float64, shape (d, n)
        Sorted times in years, one row for each set of drawn dates.
    edges : ndarray of float64, shape (m + 1,)
        Ends of the bins of the record, in years.
    share : ndarray of float64, shape (m,)
        Share of the events in each bin that can be seen: effort × reported by now.
    shape, rate : float
        Gamma prior of the overall rate r; the untriggered rate is μ = (1 - n) r.
    lags : tuple of float
        Range of the mean lag 1/β in years, log-uniform; the branching n is uniform on (0, 1).

    Returns
    -------
    Triggering

    Notes
    -----
    ℓ = Σ log(μ + n β A_i) - μ E - n Σ_i ∫ w(t) β exp(-β (t - t_i)) dt. Only seen events trigger; the
    factors w(t_i) are left out here as in the models compared with. Quadrature: Gauss-Legendre for n, the
    midpoint rule for log β, the trapezoid rule for log r.
    """
    n_events = times.shape[1]
    nodes, p_node = np.polynomial.legendre.leggauss(_BRANCHINGS)
    branching, p_branching = (nodes + 1) / 2, p_node / 2
    steps = (np.arange(_LAGS) + 0.5) / _LAGS
    decay = 1 / np.exp(np.log(lags[0]) + steps * np.log(lags[1] / lags[0]))
    exposure = float((share * np.diff(edges)).sum())
    grid, log_p_rate = _rate_nodes(n_events, exposure, shape, rate)
    level = excitation(times, decay)
    ahead = _ahead(times, edges, share, decay)
    log_like = _log_intensity(level, decay, branching, grid)
    log_like += n_events * np.log(grid) - (1 - branching)[:, None] * grid * exposure
    log_like -= branching[:, None] * ahead.T[:, :, None, None]
    log_post = log_like + np.log(p_branching)[:, None] + log_p_rate - np.log(_LAGS)
    top = log_post.max(axis=(1, 2, 3), keepdims=True)
    weight = np.exp(log_post - top)
    total = weight.sum(axis=(1, 2, 3))
    waiting = np.exp(-decay[:, None, None] * (edges[-1] - times)).sum(axis=-1)
    return Triggering(
        log_evidence=np.log(total) + top[:, 0, 0, 0],
        rate=grid,
        branching=branching,
        decay=decay,
        weight=weight / total[:, None, None, None],
        waiting=waiting,
    )


def _rate_nodes(n_events: int, exposure: float, shape: float, rate: float) -> tuple[Floats, Floats]:
    """Nodes of the overall rate, evenly spaced in its logarithm, and the log prior mass at each."""
    most = max(n_events, 1)
    low, high = np.log(max(0.2, most / 30) / exposure), np.log(12 * most / exposure)
    size = max(_RATES, int(np.ceil((high - low) * np.sqrt(n_events + 1) / 1.4)))
    log_rate = np.linspace(low, high, size)
    grid = np.exp(log_rate)
    log_density = shape * np.log(rate) - gammaln(shape) + shape * log_rate - rate * grid
    return grid, log_density + np.log(log_rate[1] - log_rate[0])


def _ahead(times: Floats, edges: Floats, share: Floats, decay: Floats) -> Floats:
    """∫ from each time to the end of w(t) β exp(-β (t - t_i)) dt, summed over times, shape (k, d)."""
    width = np.diff(edges)
    later = np.zeros((decay.size, edges.size))
    for b in range(width.size - 1, -1, -1):
        kept = np.exp(-decay * width[b])
        later[:, b] = share[b] * (1 - kept) + kept * later[:, b + 1]
    inside = np.clip(np.searchsorted(edges, times, side="right") - 1, 0, width.size - 1)
    kept = np.exp(-decay[:, None, None] * (edges[inside + 1] - times))
    summed: Floats = (share[inside] * (1 - kept) + kept * later[:, inside + 1]).sum(axis=-1)
    return summed


def _log_intensity(level: Floats, decay: Floats, branching: Floats, grid: Floats) -> Floats:
    """Σ_i log((1 - n) + n β A_i / r), shape (d, k, b, r).

    Σ log(1 + β A_i y) depends on y = n / ((1 - n) r) alone: tabulated over log y with its slope, read off by cubics.
    """
    odds = branching / (1 - branching)
    log_y = np.log(odds[:, None] / grid)
    size = int(np.ceil((log_y.max() - log_y.min()) / _STEP)) + 2
    nodes = np.linspace(log_y.min(), log_y.max(), size)
    kick = np.moveaxis(decay[:, None, None] * level, 0, 1)
    value, slope = _table(kick, np.exp(nodes))
    step = nodes[1] - nodes[0]
    place = np.clip(((log_y - nodes[0]) / step).astype(np.int64), 0, size - 2)
    t = (log_y - nodes[place]) / step
    rest = 1 - t
    total: Floats = value[..., place] * (rest**2 * (1 + 2 * t))
    total += value[..., place + 1] * (t**2 * (3 - 2 * t))
    total += slope[..., place] * (step * t * rest**2)
    total -= slope[..., place + 1] * (step * t**2 * rest)
    total += (kick.shape[-1] * np.log1p(-branching))[:, None]
    return total


def _table(kick: Floats, nodes: Floats) -> tuple[Floats, Floats]:
    """Σ_i log(1 + kick_i y) and its derivative by log y at each node; products of a few spare most logarithms."""
    value, slope = np.zeros((*kick.shape[:2], nodes.size)), np.zeros((*kick.shape[:2], nodes.size))
    for start in range(0, kick.shape[2], _CHUNK):
        product = np.ones_like(value)
        for i in range(start, min(start + _CHUNK, kick.shape[2])):
            grown = 1 + kick[:, :, i, None] * nodes
            product *= grown
            slope += 1 - 1 / grown
        value += np.log(product)
    return value, slope
