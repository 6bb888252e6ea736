"""Closed forms that the classic models must meet: where crowds tip, when cascades are global, how large epidemics end.

They are the yardstick of the tests, and quick answers where no network is known.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.errors import InputError


def crowd(thresholds: ArrayLike) -> int:
    """How many join if everybody sees everybody, each joining once so many others have (Granovetter, Kuran).

    Parameters
    ----------
    thresholds : array of float, shape (n,)
        How many others must have joined; 0 joins whatever others do.

    Returns
    -------
    int

    Raises
    ------
    InputError
        If a threshold is negative or not a number.

    References
    ----------
    Granovetter (1978), Threshold models of collective behavior, American Journal of Sociology 83.
    Kuran (1991), Now out of never: the element of surprise in the East European revolution of 1989, World Politics 44.

    Examples
    --------
    >>> crowd(range(100)), crowd([0, 2, *range(2, 100)])
    (100, 1)
    """
    given = np.sort(np.asarray(thresholds, dtype=float).ravel())
    if not (given >= 0).all():
        raise InputError("thresholds are numbers of others from 0 on")
    stays = np.flatnonzero(given > np.arange(given.size) + 1e-9)
    return int(stays[0]) if stays.size else int(given.size)


def crowd_of_normals(mean: float, sd: float, n: int = 100) -> float:
    """How many of n join if thresholds are normal: the least fixed point above the first movers (Granovetter 1978).

    Parameters
    ----------
    mean, sd : float
        Of the thresholds, in members; `sd` above 0.
    n : int
        Members.

    Returns
    -------
    float
        ``x = n Phi((x - mean) / sd)``, reached from ``x = n Phi(-mean / sd)``.

    Examples
    --------
    >>> round(crowd_of_normals(25, 12.2), 1), round(crowd_of_normals(25, 12.3), 1)
    (5.5, 100.0)
    """
    if not (sd > 0 and math.isfinite(mean) and n >= 1):
        raise InputError(f"needs a finite mean, sd above 0 and n at least 1, not {mean}, {sd}, {n}")
    x = 0.0
    for _ in range(2_000_000):
        nearer = n * 0.5 * math.erfc((mean - x) / sd / math.sqrt(2.0))
        if nearer - x < 1e-12 * n:
            break
        x = nearer
    return x


def cascade_window(threshold: float) -> tuple[float, float]:
    """Between which mean degrees of a random graph one seed can set off a global cascade (Watts 2002).

    Parameters
    ----------
    threshold : float
        Share of neighbours needed, above 0 and below 1; the same for all.

    Returns
    -------
    low, high : float
        The mean degrees at which ``z P(Poisson(z) <= K - 1) = 1`` with K the largest degree at which one neighbour is
        enough. NaN, NaN if there is no window.

    References
    ----------
    Watts (2002), A simple model of global cascades on random networks, PNAS 99. doi:10.1073/pnas.082090499

    Examples
    --------
    >>> [round(z, 4) for z in cascade_window(0.18)]
    [1.0207, 5.7647]
    """
    from scipy import optimize, stats  # noqa: PLC0415 - slow to import, and only needed here

    if not 0 < threshold < 1:
        raise InputError(f"a threshold is a share between 0 and 1, not {threshold}")
    most = math.floor(1 / threshold + 1e-9)

    def growth(z: float) -> float:
        """Vulnerable neighbours a vulnerable neighbour brings, less 1."""
        return float(z * stats.poisson.cdf(most - 2, z) - 1.0) if most >= 2 else -1.0

    grid = np.linspace(0.01, 4.0 * most + 10.0, 4000)
    above = np.flatnonzero([growth(z) > 0 for z in grid])
    if not above.size:
        return math.nan, math.nan
    low = optimize.brentq(growth, grid[above[0] - 1], grid[above[0]], xtol=1e-12)
    high = optimize.brentq(growth, grid[above[-1]], grid[above[-1] + 1], xtol=1e-12)
    return float(low), float(high)


def final_size(r0: float) -> float:
    """Share of a well-mixed population that an epidemic reaches from few seeds (Kermack & McKendrick): 0 for r0 <= 1.

    Examples
    --------
    >>> round(final_size(2.0), 6)
    0.796812
    """
    from scipy import optimize  # noqa: PLC0415 - slow to import, and only needed here

    if not (math.isfinite(r0) and r0 >= 0):
        raise InputError(f"a reproduction number is finite and at least 0, not {r0}")
    if r0 <= 1.0:
        return 0.0
    return float(optimize.brentq(lambda z: z + math.expm1(-r0 * z), 1e-9 + 0.5 * (1 - 1 / r0), 1.0, xtol=1e-15))


def cluster_sizes(branching: float, most: int) -> NDArray[np.float64]:
    """Law of the size of a cluster in which each departure causes a Poisson number of others (Borel): P(1), P(2), ….

    Parameters
    ----------
    branching : float
        Mean number caused by one, from 0 to 1.
    most : int
        Largest size wanted.

    Returns
    -------
    ndarray, shape (most,)

    Examples
    --------
    >>> cluster_sizes(0.5, 2).round(6).tolist()
    [0.606531, 0.18394]
    """
    if not 0 <= branching <= 1 or most < 1:
        raise InputError(f"branching lies between 0 and 1 and most is at least 1, not {branching} and {most}")
    k = np.arange(1, most + 1)
    if branching == 0:
        return np.where(k == 1, 1.0, 0.0)
    logs = -branching * k + (k - 1) * np.log(branching * k) - np.array([math.lgamma(x + 1) for x in k])
    return np.asarray(np.exp(logs), dtype=float)


def global_cascade(degree: float, threshold: float) -> tuple[float, float]:
    """How often one random seed sets off a global cascade on a large random graph, and how large it is then.

    Parameters
    ----------
    degree : float
        Mean degree of the graph (Poisson).
    threshold : float
        Share of neighbours needed; the same for all.

    Returns
    -------
    probability, size : float
        The seed touches the large component of members for whom one neighbour is enough; the share that has joined in
        the end (Gleeson & Cahalane 2007, from a vanishing seed).

    References
    ----------
    Gleeson & Cahalane (2007), Seed size strongly affects cascades on random networks, Physical Review E 75.
    doi:10.1103/PhysRevE.75.056103

    Examples
    --------
    >>> [round(x, 4) for x in global_cascade(3.0, 0.18)]
    [0.8735, 0.9405]
    """
    from scipy import stats  # noqa: PLC0415 - slow to import, and only needed here

    if not (degree > 0 and 0 < threshold < 1):
        raise InputError(f"needs a degree above 0 and a threshold between 0 and 1, not {degree} and {threshold}")
    most = int(degree + 12 * math.sqrt(degree) + 60)
    degrees = np.arange(1, most)
    vulnerable = degrees * threshold <= 1 + 1e-9
    excess = stats.poisson.pmf(degrees - 1, degree)
    miss = 0.0  # a tie does not lead to the large vulnerable component
    for _ in range(20_000):
        miss = float((excess * np.where(vulnerable, miss ** (degrees - 1), 1.0)).sum())
    probability = 1.0 - math.exp(-degree * (1.0 - miss))
    if probability < 1e-6:
        return 0.0, 0.0
    needed = np.ceil(threshold * degrees - 1e-9)
    q = 1e-6
    for _ in range(20_000):
        nearer = max(float((excess * stats.binom.sf(needed - 1, degrees - 1, q)).sum()), 1e-6)
        if abs(nearer - q) < 1e-13:
            break
        q = nearer
    size = float((stats.poisson.pmf(degrees, degree) * stats.binom.sf(needed - 1, degrees, q)).sum())
    return probability, size
