"""A made-up elite with the outline of a real one: organs and offices, ranks, families, patrons, comrades.

Nobody in it is a person. It stands for an elite of which only sizes and shares are known or assumed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.simulate.layout import ABROAD, COLLEAGUE, COMRADE, KIN, PATRON
from ostraka.simulate.roster import Roster, check_size

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]
DEFAULT_ORGANS: Mapping[str, float] = {
    "foreign service": 0.30,
    "trade": 0.12,
    "party": 0.22,
    "army": 0.22,
    "security": 0.14,
}


def elite_roster(
    n: int,
    *,
    organs: Mapping[str, float] = DEFAULT_ORGANS,
    security: Sequence[str] = ("security",),
    abroad: Mapping[str, float] | None = None,
    office_size: int = 8,
    mission_size: int = 5,
    rank_shares: Sequence[float] = (0.73, 0.23, 0.04),
    rank_weights: Sequence[int] = (1, 2, 4),
    kin_share: float = 0.6,
    family_size: int = 3,
    comrades: float = 1.0,
    ages: tuple[float, float] | None = (35.0, 70.0),
    rng: RNG = None,
    note: str = "",
) -> Roster:
    """Make an elite: blocks of organs and offices, families across organs, patron trees within organs, comrades.

    Parameters
    ----------
    n : int
        Number of members.
    organs : mapping
        Share of each organ in the elite; scaled to 1.
    security : sequence of str
        Which of them are the security organ.
    abroad : mapping or None
        Share of each organ that is abroad at the start; None: 0.42 of the foreign service, 0.4 of trade.
    office_size, mission_size : int
        Colleagues sharing an office at home, a mission abroad.
    rank_shares : sequence of float
        Share of each rank, the lowest first.
    rank_weights : sequence of int
        Weight in the coalition by rank.
    kin_share, family_size
        Share of members with kin in the elite, and how many of one family.
    comrades : float
        Mean number of comrades per member, across organs.
    ages : pair of float or None
        Youngest and oldest; spread evenly, and used only if retirement depends on age. None: all unknown.
    rng : int, SeedSequence, Generator or None
        Root of chance.
    note : str
        Where the numbers come from.

    Returns
    -------
    Roster

    Examples
    --------
    >>> roster = elite_roster(300, rng=7)
    >>> roster.n, set(roster.organs) == set(DEFAULT_ORGANS)
    (300, True)
    """
    check_size(n)
    if office_size < 1 or mission_size < 1 or family_size < 1 or comrades < 0 or not 0 <= kin_share <= 1:
        raise InputError("sizes are at least 1, comrades at least 0, kin_share a share")
    root = root_seed(rng)
    chance = stream(root, "simulate.roster")
    share = np.array(list(organs.values()), dtype=float)
    names = tuple(organs)
    organ = np.sort(chance.choice(len(names), n, p=share / share.sum()))
    rank = chance.choice(len(rank_shares), n, p=np.asarray(rank_shares) / np.sum(rank_shares))
    gone = {"foreign service": 0.42, "trade": 0.4} if abroad is None else abroad
    p_abroad = np.array([gone.get(name, 0.0) for name in names])[organ]
    post = np.where(chance.random(n) < p_abroad, ABROAD, 0)
    families = _clusters(chance.permutation(n)[: int(kin_share * n)], family_size)
    offices = _offices(organ, post, office_size, mission_size)
    groups = [(KIN, families), (PATRON, _patrons(chance, organ, rank)), (COLLEAGUE, offices)]
    groups.append((COMRADE, _random_pairs(chance, n, round(comrades * n / 2))))
    ties = (
        np.concatenate([np.full(a.size, kind) for kind, (a, _) in groups]),
        np.concatenate([a for _, (a, _) in groups]),
        np.concatenate([b for _, (_, b) in groups]),
        np.ones(sum(a.size for _, (a, _) in groups)),
    )
    return Roster.make(
        n,
        organ=organ,
        rank=rank,
        post=post,
        weight=np.asarray(rank_weights)[rank],
        privilege=rank / max(len(rank_shares) - 1, 1),
        kin_held=chance.choice([0.0, 0.5, 1.0], n, p=[0.2, 0.3, 0.5]),
        children=(chance.random(n) < 0.3).astype(float),
        mobile=p_abroad / (1.0 - p_abroad),  # so that coming and going balance at the share abroad
        age=math.nan if ages is None else stream(root, "simulate.roster.ages").uniform(*ages, n),
        ties=ties,
        organs=names,
        security=tuple(name for name in security if name in names),
        note=note,
    )


def _clusters(members: NDArray[np.int64], size: int) -> Pairs:
    """All pairs within consecutive groups of a size."""
    whole = members[: members.size // size * size].reshape(-1, size)
    first, second = np.triu_indices(size, 1)
    return whole[:, first].ravel(), whole[:, second].ravel()


def _offices(organ: NDArray[np.int64], post: NDArray[np.int64], office_size: int, mission_size: int) -> Pairs:
    """Colleagues: groups within each organ, those abroad apart from those at home."""
    pairs = [
        _clusters(np.flatnonzero((organ == o) & ((post == ABROAD) == away)), mission_size if away else office_size)
        for o in np.unique(organ)
        for away in (False, True)
    ]
    return np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])


def _patrons(chance: np.random.Generator, organ: NDArray[np.int64], rank: NDArray[np.int64]) -> Pairs:
    """Each member below the top of an organ has a patron one rank above, if there is one."""
    clients, patrons = [], []
    for o in np.unique(organ):
        for r in range(int(rank.max())):
            below, above = np.flatnonzero((organ == o) & (rank == r)), np.flatnonzero((organ == o) & (rank == r + 1))
            if below.size and above.size:
                clients.append(below)
                patrons.append(chance.choice(above, below.size))
    empty = np.zeros(0, np.int64)
    return np.concatenate([empty, *patrons]), np.concatenate([empty, *clients])


def _random_pairs(chance: np.random.Generator, n: int, m: int) -> Pairs:
    """Random pairs, no one with himself, no pair twice."""
    if n < 2 or m < 1:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    a, b = chance.integers(0, n, 2 * m + 8), chance.integers(0, n, 2 * m + 8)
    keep = a != b
    a, b = np.minimum(a, b)[keep], np.maximum(a, b)[keep]
    _, first = np.unique(a * n + b, return_index=True)
    chosen = np.sort(first)[:m]
    return a[chosen], b[chosen]
