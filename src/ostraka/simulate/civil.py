"""Epstein's civil violence: citizens and police on a torus, bursts of open rebellion, jail; a classic to compare with."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.simulate.classic import next_unit
from ostraka.simulate.draw import compiled, entry, inlined
from ostraka.simulate.layout import Floats

_EMPTY = -1
_SITE, _POLICE, _ACTIVE, _JAIL = range(4)
Agents = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Violence:
    """What happened step by step.

    Attributes
    ----------
    active, jailed : ndarray of int, shape (steps,)
        Citizens in open rebellion, and in jail, at the end of each step.
    citizens, police : int
    root : int
        Seed.
    """

    active: NDArray[np.int64]
    jailed: NDArray[np.int64]
    citizens: int
    police: int
    root: int

    def bursts(self, *, above: int = 50) -> NDArray[np.int64]:
        """The steps at which more than so many rebel for the first time after a calm."""
        loud = self.active > above
        first: NDArray[np.int64] = np.flatnonzero(loud & ~np.concatenate([[False], loud[:-1]]))
        return first


def civil_violence(
    steps: int,
    *,
    legitimacy: ArrayLike = 0.82,
    side: int = 40,
    citizens: float = 0.70,
    police: float = 0.04,
    vision: int = 7,
    threshold: float = 0.1,
    deterrence: float = 2.302585092994046,
    jail: int = 30,
    floored: bool = True,
    rng: RNG = None,
) -> Violence:
    """Run Epstein's model of decentralised rebellion (his model 1).

    Parameters
    ----------
    steps : int
    legitimacy : float or array, shape (steps,)
        Of the regime, from 0 to 1; an array lets it change over time.
    side : int
        The torus has ``side`` by ``side`` sites.
    citizens, police : float
        Share of the sites they stand on.
    vision : int
        How many sites away everybody sees and moves, in every direction (a square).
    threshold : float
        A citizen rebels if grievance less expected loss exceeds it.
    deterrence : float
        k in the chance of arrest ``1 - exp(-k C / A)``; the default makes it .9 where police equals rebels.
    jail : int
        Longest jail term, in steps; terms are uniform from 0.
    floored : bool
        Whether the ratio C / A is cut to a whole number, without which there are no bursts (Lemos, Lopes & Coelho 2015).
    rng : int, SeedSequence, Generator or None
        Root of chance.

    Returns
    -------
    Violence

    Raises
    ------
    InputError
        If a share is none, nobody fits on the torus, or a number is out of range.

    Notes
    -----
    In each step all move and act once, in random order. Hardship and risk aversion are uniform on (0, 1), fixed for
    life. C and A count police and rebels in view, A the citizen himself too.

    References
    ----------
    Epstein (2002), Modeling civil violence: an agent-based computational approach, PNAS 99.
    doi:10.1073/pnas.092080199

    Examples
    --------
    >>> calm = civil_violence(20, legitimacy=1.0, side=20, vision=3, rng=7)
    >>> int(calm.active.max())
    0
    """
    level = np.broadcast_to(np.asarray(legitimacy, dtype=float), (steps,)) if steps >= 1 else np.zeros(0)
    _check(steps, level, (citizens, police), (side, vision, jail), threshold, deterrence)
    root = root_seed(rng)
    chance = stream(root, "simulate.civil")
    n_citizens, n_police = round(citizens * side * side), round(police * side * side)
    n = n_citizens + n_police
    agents = np.zeros((n, 4), np.int64)
    agents[:, _SITE] = chance.permutation(side * side)[:n]
    agents[n_citizens:, _POLICE] = 1
    sites = np.full(side * side, _EMPTY, np.int64)
    sites[agents[:, _SITE]] = np.arange(n)
    traits = chance.random((n, 2))
    words = chance.integers(0, 2**64 - 1, 2, dtype=np.uint64, endpoint=True)
    out = np.zeros((steps, 2), np.int64)
    rules = np.array([side, vision, threshold, deterrence, jail, float(floored)])
    _live(agents, sites, traits, np.ascontiguousarray(level), rules, words, np.arange(n), out)
    return Violence(out[:, 0].copy(), out[:, 1].copy(), n_citizens, n_police, root)


def _check(
    steps: int,
    level: Floats,
    shares: tuple[float, float],
    sizes: tuple[int, int, int],
    threshold: float,
    deterrence: float,
) -> None:
    side, vision, jail = sizes
    if steps < 1 or side < 2 or not 1 <= vision <= (side - 1) // 2 or jail < 0:
        raise InputError(
            f"steps and vision are at least 1, vision at most half the side, jail at least 0; got {steps}, {vision}, {jail}"
        )
    if not ((level >= 0) & (level <= 1)).all():
        raise InputError("legitimacy is between 0 and 1 in every step")
    if not (min(shares) >= 0 and sum(shares) <= 1):
        raise InputError(f"citizens and police are shares of the sites, together at most 1; got {shares}")
    if not (math.isfinite(threshold) and math.isfinite(deterrence) and deterrence >= 0):
        raise InputError(f"threshold and deterrence are finite, deterrence at least 0; got {threshold}, {deterrence}")


@inlined
def _wrap(at: int, side: int) -> int:
    """A row or column on the torus; at most one turn away."""
    return at + side if at < 0 else at - side if at >= side else at


@compiled
def _move(agents: Agents, sites: Agents, i: int, side: int, vision: int, words: NDArray[np.uint64]) -> None:
    """Go to an empty site in view, each with the same chance."""
    free = 0
    target = agents[i, _SITE]
    y, x = agents[i, _SITE] // side, agents[i, _SITE] % side
    for dy in range(-vision, vision + 1):
        row = _wrap(y + dy, side) * side
        for dx in range(-vision, vision + 1):
            site = row + _wrap(x + dx, side)
            if sites[site] == _EMPTY:
                free += 1
                if next_unit(words) * free < 1.0:
                    target = site
    if free:
        sites[agents[i, _SITE]] = _EMPTY
        sites[target] = i
        agents[i, _SITE] = target


@compiled
def _decide(agents: Agents, sites: Agents, traits: Floats, i: int, legitimacy: float, rules: Floats) -> None:
    """A citizen rebels if his grievance is worth the risk."""
    side, vision = int(rules[0]), int(rules[1])
    police, rebels = 0, 1 - agents[i, _ACTIVE]
    y, x = agents[i, _SITE] // side, agents[i, _SITE] % side
    for dy in range(-vision, vision + 1):
        row = _wrap(y + dy, side) * side
        for dx in range(-vision, vision + 1):
            j = sites[row + _wrap(x + dx, side)]
            if j != _EMPTY:
                police += agents[j, _POLICE]
                rebels += agents[j, _ACTIVE]
    ratio = police / rebels
    if rules[5] > 0.0:
        ratio = math.floor(ratio)
    arrest = 1.0 - math.exp(-rules[3] * ratio)
    grievance = traits[i, 0] * (1.0 - legitimacy)
    agents[i, _ACTIVE] = 1 if grievance - traits[i, 1] * arrest > rules[2] else 0


@compiled
def _arrest(agents: Agents, sites: Agents, i: int, rules: Floats, words: NDArray[np.uint64]) -> None:
    """Police arrest one rebel in view, each with the same chance, and take his place."""
    side, vision = int(rules[0]), int(rules[1])
    found, taken = 0, -1
    y, x = agents[i, _SITE] // side, agents[i, _SITE] % side
    for dy in range(-vision, vision + 1):
        row = _wrap(y + dy, side) * side
        for dx in range(-vision, vision + 1):
            j = sites[row + _wrap(x + dx, side)]
            if j != _EMPTY and agents[j, _ACTIVE] == 1:
                found += 1
                if next_unit(words) * found < 1.0:
                    taken = j
    if taken < 0:
        return
    sites[agents[i, _SITE]] = _EMPTY
    agents[i, _SITE] = agents[taken, _SITE]
    sites[agents[i, _SITE]] = i
    agents[taken, _ACTIVE] = 0
    agents[taken, _JAIL] = int(next_unit(words) * (rules[4] + 1.0))
    agents[taken, _SITE] = _EMPTY
    if agents[taken, _JAIL] == 0:
        _release(agents, sites, taken, words)


@compiled
def _release(agents: Agents, sites: Agents, i: int, words: NDArray[np.uint64]) -> None:
    """Out of jail, onto any empty site."""
    while True:
        site = int(next_unit(words) * sites.size)
        if sites[site] == _EMPTY:
            sites[site] = i
            agents[i, _SITE] = site
            return


@entry
def _live(
    agents: Agents,
    sites: Agents,
    traits: Floats,
    legitimacy: Floats,
    rules: Floats,
    words: NDArray[np.uint64],
    order: Agents,
    out: NDArray[np.int64],
) -> None:
    """All steps; writes rebels and jailed of each."""
    n = agents.shape[0]
    for step in range(out.shape[0]):
        for k in range(n - 1, 0, -1):
            other = int(next_unit(words) * (k + 1))
            order[k], order[other] = order[other], order[k]
        for k in range(n):
            i = order[k]
            if agents[i, _JAIL] > 0:
                agents[i, _JAIL] -= 1
                if agents[i, _JAIL] == 0:
                    _release(agents, sites, i, words)
                continue
            _move(agents, sites, i, int(rules[0]), int(rules[1]), words)
            if agents[i, _POLICE] == 1:
                _arrest(agents, sites, i, rules, words)
            else:
                _decide(agents, sites, traits, i, legitimacy[step], rules)
        for i in range(n):
            out[step, 0] += agents[i, _ACTIVE]
            out[step, 1] += 1 if agents[i, _JAIL] > 0 else 0
