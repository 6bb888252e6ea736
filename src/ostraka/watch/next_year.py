"""How many departures the next year will bring, under each explanation of the past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ostraka.watch.inputs import Floats
from ostraka.watch.mixtures import count_quantile
from ostraka.watch.triggering import Triggering

_PATHS, _FEWEST_PATHS = 4000, 200
_EVENTS = 1_000_000
_GENERATIONS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """Law of a number of departures to come.

    Attributes
    ----------
    name : str
        The explanation it supposes.
    pmf : ndarray of float64, shape (n_max + 1,)
        Probability of 0, 1, 2, … departures.
    """

    name: str
    pmf: Floats

    @property
    def mean(self) -> float:
        """Expected number."""
        return float(self.pmf @ np.arange(self.pmf.size) / self.pmf.sum())

    def interval(self, level: float = 0.90) -> tuple[int, int]:
        """Equal-tailed interval."""
        tail = (1 - level) / 2
        return count_quantile(self.pmf, tail), count_quantile(self.pmf, 1 - tail)

    def to_json(self) -> dict[str, Any]:
        """The law as plain JSON values."""
        return {
            "name": self.name,
            "mean": self.mean,
            "interval_90": list(self.interval(0.90)),
            "pmf": self.pmf.tolist(),
        }


def outlook_of_contagion(trigger: Triggering, years: float, rng: np.random.Generator, *, effort: float = 1.0) -> Floats:
    """Law of the number of departures ahead if each brings on others, by simulated paths.

    Parameters
    ----------
    trigger : Triggering
        Posterior of the self-exciting process and the state it left behind.
    years : float
        Length of the time ahead.
    rng : Generator
    effort : float
        Share of them that will become public.

    Returns
    -------
    ndarray of float64, shape (n_max + 1,)
    """
    share = np.exp(trigger.log_evidence - trigger.log_evidence.max())
    weight = trigger.weight * (share / share.sum())[:, None, None, None]
    expected = float(weight.sum(axis=(0, 1, 2)) @ trigger.rate / weight.sum()) * years
    n_paths = int(np.clip(_EVENTS / max(expected, 1.0), _FEWEST_PATHS, _PATHS))
    picked = rng.choice(weight.size, size=n_paths, p=(weight / weight.sum()).ravel())
    draw, lag, branch, overall = np.unravel_index(picked, weight.shape)
    n, decay = trigger.branching[branch], trigger.decay[lag]
    untriggered = rng.poisson((1 - n) * trigger.rate[overall] * years)
    echo = rng.poisson(n * trigger.waiting[lag, draw] * -np.expm1(-decay * years))
    path = np.repeat(np.arange(n_paths), untriggered)
    at = rng.random(path.size) * years
    echo_path = np.repeat(np.arange(n_paths), echo)
    path, at = np.concatenate([path, echo_path]), np.concatenate([at, _lag(rng, decay[echo_path], years)])
    total = np.zeros(n_paths, dtype=np.int64)
    for _ in range(_GENERATIONS):
        total += np.bincount(path, minlength=n_paths)
        left = years - at
        children = rng.poisson(n[path] * -np.expm1(-decay[path] * left))
        parent = np.repeat(np.arange(path.size), children)
        if not parent.size or parent.size > _EVENTS:
            break
        at = at[parent] + _lag(rng, decay[path[parent]], left[parent])
        path = path[parent]
    seen = rng.binomial(total, effort) if effort < 1 else total
    pmf: Floats = np.bincount(seen) / n_paths
    return pmf


def _lag(rng: np.random.Generator, decay: Floats, limit: Floats | float) -> Floats:
    """Exponential lags given that they are shorter than a limit."""
    lag: Floats = -np.log1p(rng.random(decay.size) * np.expm1(-decay * limit)) / decay
    return lag
