"""Epstein's civil violence: citizens and police on a torus, bursts of open rebellion, jail; a classic to compare with."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.simulate.compiling import compiled, entry, inlined
from ostraka.simulate.draw import next_unit
from ostraka.simulate.layout import Floats

_EMPTY, _QUIET, _ACTIVE, _POLICE = range(4)
_SITE, _JAIL = range(2)
_RATIOS = ("floor", "round", "exact")
Agents = NDArray[np.int64]
Ground = NDArray[np.int8]
Ratio = Literal["floor", "round", "exact"]
View = Literal["square", "disc", "diamond"]


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
    view: View = "disc",
    threshold: float = 0.1,
    deterrence: float = 2.302585092994046,
    ratio: Ratio = "floor",
    jail: int = 30,
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
        How many sites away everybody sees and moves.
    view : "square", "disc" or "diamond"
        What that means off the four directions: within `vision` rows and columns, within that distance (NetLogo's
        Rebellion), or within that many steps along rows and columns (Mesa's example).
    threshold : float
        A citizen rebels if grievance less expected loss exceeds it.
    deterrence : float
        k in the chance of arrest ``1 - exp(-k C / A)``; the default makes it .9 where police equals rebels.
    ratio : "floor", "round" or "exact"
        Whether C / A is cut to a whole number (NetLogo), rounded to one, halves to the even one (Mesa), or kept as the
        paper writes it, which gives no bursts (Lemos, Lopes & Coelho 2015).
    jail : int
        Longest jail term, in steps; terms are uniform from 0.
    rng : int, SeedSequence, Generator or None
        Root of chance.

    Returns
    -------
    Violence

    Raises
    ------
    InputError
        If a share is none, nobody fits on the torus, a word is unknown or a number is out of range.

    Notes
    -----
    In each step all move and act once, in random order. Hardship and risk aversion are uniform on (0, 1), fixed for
    life. C and A count police and rebels in view, A the citizen himself too. Who is in jail stands nowhere; his place
    is the policeman's, and he is let out onto any empty site.

    References
    ----------
    Epstein (2002), Modeling civil violence: an agent-based computational approach, PNAS 99.
    doi:10.1073/pnas.092080199
    Lemos, Lopes & Coelho (2015), Analysis of the decision rule in Epstein's agent-based model of civil violence, World
    Conference on Complex Systems. doi:10.1109/ICoCS.2015.7483303

    Examples
    --------
    >>> calm = civil_violence(20, legitimacy=1.0, side=20, vision=3, rng=7)
    >>> int(calm.active.max())
    0
    """
    level = np.broadcast_to(np.asarray(legitimacy, dtype=float), (steps,)) if steps >= 1 else np.zeros(0)
    _check(steps, level, (citizens, police), (side, vision, jail), threshold, deterrence)
    look = _in_view(view, vision)
    if ratio not in _RATIOS:
        raise InputError(f"ratio is one of {', '.join(_RATIOS)}, not {ratio!r}")
    root = root_seed(rng)
    chance = stream(root, "simulate.civil")
    n_citizens = round(citizens * side * side)
    n_police = min(round(police * side * side), side * side - n_citizens)  # both may have been rounded up
    n = n_citizens + n_police
    agents = np.zeros((n, 2), np.int64)
    agents[:, _SITE] = chance.permutation(side * side)[:n]
    who, ground = np.full(side * side, -1, np.int64), np.zeros(side * side, np.int8)
    who[agents[:, _SITE]] = np.arange(n)
    ground[agents[:, _SITE]] = np.where(np.arange(n) < n_citizens, _QUIET, _POLICE)
    traits = chance.random((n_citizens, 2))
    words = chance.integers(0, 2**64 - 1, 2, dtype=np.uint64, endpoint=True)
    out = np.zeros((steps, 2), np.int64)
    rules = np.array([threshold, deterrence, _RATIOS.index(ratio)])
    numbers = (side, n_citizens, jail)
    world = (ground, who, look, np.arange(-vision, side + vision) % side)
    _live(agents, world, traits, np.ascontiguousarray(level), rules, words, numbers, np.arange(n), out)
    return Violence(out[:, 0].copy(), out[:, 1].copy(), n_citizens, n_police, root)


def _in_view(view: str, vision: int) -> NDArray[np.int64]:
    """Rows and columns of the sites in view, each plus `vision`, so that none is negative."""
    dy, dx = (x.ravel() for x in np.mgrid[-vision : vision + 1, -vision : vision + 1])
    seen = {
        "square": np.full(dy.size, fill_value=True),
        "disc": dy**2 + dx**2 <= vision**2,
        "diamond": abs(dy) + abs(dx) <= vision,
    }
    if view not in seen:
        raise InputError(f"view is one of {', '.join(seen)}, not {view!r}")
    others = seen[view] & ((dy != 0) | (dx != 0))
    return np.column_stack([dy[others], dx[others]]).astype(np.int64) + vision


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


World = tuple[Ground, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
_TRIES = 64


@inlined
def _seen(world: World, site: int, k: int, side: int) -> int:
    """The k-th site in view of a site."""
    look, wrap = world[2], world[3]
    return int(wrap[site // side + look[k, 0]] * side + wrap[site % side + look[k, 1]])


@compiled
def _go(agents: Agents, world: World, i: int, target: int) -> None:
    """Take a site and leave the one before."""
    ground, who = world[0], world[1]
    here = agents[i, _SITE]
    kind = ground[here]
    ground[here], who[here] = _EMPTY, -1
    ground[target], who[target] = kind, i
    agents[i, _SITE] = target


@compiled
def _move(agents: Agents, world: World, i: int, side: int, words: NDArray[np.uint64]) -> None:
    """Go to an empty site in view, each with the same chance."""
    ground, n = world[0], world[2].shape[0]
    here = agents[i, _SITE]
    for _ in range(_TRIES):  # as a rule a few draws find one
        site = _seen(world, here, int(next_unit(words) * n), side)
        if ground[site] == _EMPTY:
            _go(agents, world, i, site)
            return
    free, target = 0, -1
    for k in range(n):
        site = _seen(world, here, k, side)
        if ground[site] == _EMPTY:
            free += 1
            if next_unit(words) * free < 1.0:
                target = site
    if free:
        _go(agents, world, i, target)


@compiled
def _decide(agents: Agents, world: World, i: int, side: int, grudge: tuple[float, float], rules: Floats) -> None:
    """A citizen rebels if his grievance is worth the risk."""
    ground = world[0]
    here = agents[i, _SITE]
    police, rebels = 0, 1
    for k in range(world[2].shape[0]):
        kind = ground[_seen(world, here, k, side)]
        police += kind == _POLICE
        rebels += kind == _ACTIVE
    ratio = police / rebels
    if rules[2] == 0.0:
        ratio = math.floor(ratio)
    elif rules[2] == 1.0:
        ratio = np.rint(ratio)
    arrest = 1.0 - math.exp(-rules[1] * ratio)
    grievance, aversion = grudge
    ground[here] = _ACTIVE if grievance - aversion * arrest > rules[0] else _QUIET


@compiled
def _arrest(agents: Agents, world: World, i: int, numbers: tuple[int, int, int], words: NDArray[np.uint64]) -> None:
    """Police arrest one rebel in view, each with the same chance, and take his place."""
    ground, who = world[0], world[1]
    side, _, jail = numbers
    here = agents[i, _SITE]
    found, place = 0, -1
    for k in range(world[2].shape[0]):
        site = _seen(world, here, k, side)
        if ground[site] == _ACTIVE:
            found += 1
            if next_unit(words) * found < 1.0:
                place = site
    if found == 0:
        return
    taken = who[place]
    _go(agents, world, i, place)
    agents[taken, _JAIL] = int(next_unit(words) * (jail + 1.0))
    agents[taken, _SITE] = -1
    if agents[taken, _JAIL] == 0:
        _release(agents, world, taken, words)


@compiled
def _release(agents: Agents, world: World, i: int, words: NDArray[np.uint64]) -> None:
    """Out of jail, quiet, onto any empty site."""
    ground, who = world[0], world[1]
    while True:
        site = int(next_unit(words) * ground.size)
        if ground[site] == _EMPTY:
            ground[site], who[site] = _QUIET, i
            agents[i, _SITE] = site
            return


@entry
def _live(
    agents: Agents,
    world: World,
    traits: Floats,
    legitimacy: Floats,
    rules: Floats,
    words: NDArray[np.uint64],
    numbers: tuple[int, int, int],
    order: NDArray[np.int64],
    out: NDArray[np.int64],
) -> None:
    """All steps; writes rebels and jailed of each."""
    side, n_citizens, _ = numbers
    for step in range(out.shape[0]):
        for k in range(order.size - 1, 0, -1):
            other = int(next_unit(words) * (k + 1))
            order[k], order[other] = order[other], order[k]
        for i in order:
            if agents[i, _JAIL] > 0:
                agents[i, _JAIL] -= 1
                if agents[i, _JAIL] == 0:
                    _release(agents, world, i, words)
                continue
            _move(agents, world, i, side, words)
            if i >= n_citizens:
                _arrest(agents, world, i, numbers, words)
            else:
                grudge = (traits[i, 0] * (1.0 - legitimacy[step]), traits[i, 1])
                _decide(agents, world, i, side, grudge, rules)
        for kind in world[0]:
            out[step, 0] += kind == _ACTIVE
        for i in range(n_citizens):
            out[step, 1] += agents[i, _JAIL] > 0
