"""How fast events come now, where the pace changes and some are reported late: a posterior from what is known by a day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError

STEP = 30.4375
"""Days over which the pace is held constant: a month."""
RESTLESSNESS = (0.05, 0.15, 0.3, 0.5, 0.8)
"""How much the log of the pace may change in a month (standard deviation)."""
RETURN = (0.6, 0.8, 0.95)
"""What is left after a month of a distance from the usual pace."""
CLUSTERING = (math.inf, 2.0, 0.7)
"""Shape of the Gamma by which the pace of single months is scattered; infinite for none (Poisson counts)."""
USUAL = (0.1, 0.5, 2.0, 8.0, 30.0)
"""The usual pace, events a year; weighed by a normal of log pace with mean 0 and standard deviation 2."""
_LOG_PACE = np.linspace(math.log(0.02), math.log(500.0), 80)
_USUAL_SD = 2.0
_LAGS = np.array([0.0, 7.0, 30.0, 90.0, 365.0, 1e9])
_DELAY_PRIOR = (0.5, 1.5)
_TABLES = 6


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """Draws of the pace now and of its mean over the time ahead, in events a year, shape (draws,)."""

    now: NDArray[np.float64]
    ahead: NDArray[np.float64]
    known_share: float
    restlessness: float

    @property
    def log_quantiles(self) -> tuple[float, ...]:
        """Logs of the quantiles of the mean pace ahead at 0.5 %, 1.5 %, … 99.5 %."""
        return tuple(np.log(np.quantile(self.ahead, np.linspace(0.005, 0.995, 100))).tolist())


def changing_pace(
    days: ArrayLike,
    reported: ArrayLike,
    *,
    start: float,
    look: float,
    ahead: float,
    draws: int = 4000,
    rng: RNG = None,
) -> Pace:
    """The pace of events on a day, and over the time ahead, from what had been reported by that day.

    Parameters
    ----------
    days, reported : array of float, shape (n,)
        Day of each event known on the day of the look, and day of its first report (NaN if not known), as day numbers.
    start, look : float
        First day of the record, and the day of the look.
    ahead : float
        How far to look, in years.
    draws : int
    rng : int, SeedSequence, Generator or None

    Returns
    -------
    Pace

    Raises
    ------
    InputError
        If the look is not after the start, or an event lies outside of the two.

    Notes
    -----
    The log of the pace walks at random from month to month, from log(1 a year) with a spread of 2 at the start; how
    restless it is, is learned from the counts (a uniform prior over :data:`RESTLESSNESS`). Counts of a month are
    Poisson, thinned by the share of events that would have been reported by the day of the look. That share is learned
    from the delays seen, which are truncated: for each class of lag the chance that a delay no longer than its end lies in it
    has a Beta(0.5, 1.5) prior (Lawless 1994). Over much more than a year ahead a walk says next to nothing.

    References
    ----------
    Lawless (1994), Adjustments for reporting delays and the prediction of occurred but not reported events, Canadian
    Journal of Statistics 22. Harvey & Durbin (1986), The effects of seat belt legislation on British road casualties,
    Journal of the Royal Statistical Society A 149.

    Examples
    --------
    >>> calm = changing_pace([], [], start=0, look=700, ahead=0.5, rng=7)
    >>> busy = changing_pace([600, 610, 650, 690], [601, 611, 651, 691], start=0, look=700, ahead=0.5, rng=7)
    >>> bool(np.median(busy.ahead) > np.median(calm.ahead))
    True
    """
    when, told = np.asarray(days, dtype=float), np.asarray(reported, dtype=float)
    if not look > start or when.shape != told.shape or ((when < start) | (when > look)).any():
        raise InputError(f"events lie between the start ({start}) and the look ({look}), one report day each")
    chance = stream(root_seed(rng), "hazard.pace")
    months = max(int((look - start) // STEP), 1)
    edges = look - STEP * np.arange(months, -1, -1.0)
    edges[0] = start  # days before the first whole month belong to it
    counts = np.histogram(when, edges)[0]
    shares = _known_shares(told - when, look - when, look - edges, chance)
    worlds = list(product(RESTLESSNESS, RETURN, CLUSTERING, np.log(USUAL)))
    weight, filtered = _filter(worlds, counts, np.diff(edges) / 365.25, shares)
    drawn = chance.choice(weight.size, draws, p=weight.ravel())
    which, table = np.unravel_index(drawn, weight.shape)
    level = _pick(filtered[which, table], chance)
    sd, back, clustering, usual = np.array(worlds)[which].T
    steps = max(round(ahead * 365.25 / STEP), 1)
    total, now = np.zeros(draws), np.exp(level)
    for _ in range(steps):
        level = np.minimum(usual + back * (level - usual) + chance.normal(0.0, sd), _LOG_PACE[-1])
        scattered = np.where(
            np.isfinite(clustering), chance.gamma(np.minimum(clustering, 1e6)) / np.minimum(clustering, 1e6), 1.0
        )
        total += np.exp(level) * scattered
    return Pace(
        now=now,
        ahead=np.maximum(total / steps, 1e-6),
        known_share=float(weight.sum(axis=0) @ shares[:, -1]),
        restlessness=float(sd.mean()),
    )


def _pick(chances: NDArray[np.float64], chance: np.random.Generator) -> NDArray[np.float64]:
    """One point of the grid for each row of chances."""
    below = np.cumsum(chances, axis=1)
    place = (below < chance.random(len(chances))[:, None] * below[:, -1:]).sum(axis=1)
    picked: NDArray[np.float64] = _LOG_PACE[np.minimum(place, _LOG_PACE.size - 1)]
    return picked


def _known_shares(
    delay: NDArray[np.float64], lag: NDArray[np.float64], since: NDArray[np.float64], chance: np.random.Generator
) -> NDArray[np.float64]:
    """Draws of the share of the events of each month that would be known by now, shape (tables, months)."""
    seen = np.isfinite(delay)
    bins = np.clip(np.searchsorted(_LAGS, np.maximum(delay[seen], 0.0), side="right") - 1, 0, _LAGS.size - 2)
    open_to = np.clip(np.searchsorted(_LAGS, lag[seen], side="right") - 1, 0, _LAGS.size - 2)
    below = np.ones((_TABLES, _LAGS.size - 1))  # chance that a delay ends by the end of each class
    for k in range(_LAGS.size - 2, 0, -1):
        at_risk = (bins <= k) & (open_to >= k)
        hits = int((at_risk & (bins == k)).sum())
        within = chance.beta(_DELAY_PRIOR[0] + hits, _DELAY_PRIOR[1] + int(at_risk.sum()) - hits, _TABLES)
        below[:, k - 1] = below[:, k] * (1.0 - within)
    points = np.concatenate([[0.0], _LAGS[1:-1], [10 * _LAGS[-2]]])
    middle = (since[:-1] + since[1:]) / 2
    return np.stack([np.interp(middle, points, [0.0, *row]) for row in below])


World = tuple[float, float, float, float]


def _filter(
    worlds: list[World], counts: NDArray[np.int64], years: NDArray[np.float64], shares: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weight of each (world, table of shares), and the pace now under it: (worlds, tables) and (worlds, tables, grid)."""
    log_weight = np.zeros((len(worlds), shares.shape[0]))
    filtered = np.zeros((*log_weight.shape, _LOG_PACE.size))
    likely = {k: _likelihood(k, counts, years, shares) for k in CLUSTERING}
    for w, (sd, back, clustering, usual) in enumerate(worlds):
        moves = _moves(sd, back, usual)
        p = np.tile(
            np.exp(-0.5 * ((_LOG_PACE - usual) / max(sd / math.sqrt(1 - back**2), 0.2)) ** 2), (shares.shape[0], 1)
        )
        p /= p.sum(axis=1, keepdims=True)
        log_weight[w] = -0.5 * (usual / _USUAL_SD) ** 2
        for seen in likely[clustering]:
            p = (p @ moves) * seen
            total = np.maximum(p.sum(axis=1, keepdims=True), 1e-300)
            log_weight[w] += np.log(total[:, 0])
            p /= total
        filtered[w] = p
    weight = np.exp(log_weight - log_weight.max())
    return weight / weight.sum(), filtered


def _likelihood(
    clustering: float, counts: NDArray[np.int64], years: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Chance of the count of each month at each pace, shape (months, tables, grid)."""
    mean = np.exp(_LOG_PACE)[None, None, :] * (years * shares).T[:, :, None]
    if math.isinf(clustering):
        return np.asarray(stats.poisson.pmf(counts[:, None, None], mean))
    return np.asarray(stats.nbinom.pmf(counts[:, None, None], clustering, clustering / (clustering + mean)))


def _moves(sd: float, back: float, usual: float) -> NDArray[np.float64]:
    """Chance to walk from each point of the grid to each other in a month."""
    apart = _LOG_PACE[None, :] - (usual + back * (_LOG_PACE[:, None] - usual))
    step = _LOG_PACE[1] - _LOG_PACE[0]
    chance = np.exp(-0.5 * (apart / max(sd, step / 2)) ** 2)
    moves: NDArray[np.float64] = chance / chance.sum(axis=1, keepdims=True)
    return moves
