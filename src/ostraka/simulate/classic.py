"""The classic models: threshold cascades (Granovetter, Watts, Centola & Macy, Morris) and contagion (SI, SIR)."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.simulate.draw import compiled, entry, wide
from ostraka.simulate.layout import Floats, Longs
from ostraka.simulate.queue import put, take_out


def threshold_cascade(
    indptr: ArrayLike, indices: ArrayLike, thresholds: ArrayLike, seeds: ArrayLike, *, absolute: bool = False
) -> NDArray[np.bool_]:
    """Who has joined when nobody joins any more, if each joins once enough of those he watches have.

    Parameters
    ----------
    indptr, indices : array of int, shapes (n + 1,) and (m,)
        Ties as compressed rows: row i lists those who watch member i. A tie in both directions stands in two rows.
    thresholds : array of float, shape (n,) or a number
        Share of the watched who must have joined, from 0 (joins whatever others do) to 1; or their number.
    seeds : array of int or of bool, shape (n,)
        Who joins first: indices, or a mask.
    absolute : bool
        Whether thresholds are numbers of members instead of shares.

    Returns
    -------
    ndarray of bool, shape (n,)
        Who has joined. Nobody leaves again, so the order of joining does not matter.

    Raises
    ------
    InputError
        If rows point to nobody, or a threshold is negative, above 1 where shares are meant, or not a number.

    Notes
    -----
    A share is met by the smallest whole number c with ``c >= threshold * watched``, to within 1e-9.
    Whoever watches nobody joins only as a seed or with threshold 0. Time and memory grow with members plus ties.

    References
    ----------
    Granovetter (1978), Threshold models of collective behavior, American Journal of Sociology 83.
    Watts (2002), A simple model of global cascades on random networks, PNAS 99.
    Centola & Macy (2007), Complex contagions and the weakness of long ties, American Journal of Sociology 113.

    Examples
    --------
    Three in a row, each joining once half of those beside him have:

    >>> threshold_cascade([0, 1, 3, 4], [1, 0, 2, 1], 0.5, [0]).tolist()
    [True, True, True]
    """
    start, alter = _shapes(indptr, indices)
    n = start.size - 1
    given = np.ascontiguousarray(thresholds, dtype=float)
    if given.ndim != 1 or (given.size != n and np.ndim(thresholds)):
        raise InputError(f"thresholds need one value per member ({n}), got {given.size}")
    left, queue = np.zeros(n, np.int32), np.empty(n + 1, np.uint32)
    if not _cascade(start.view(np.uint64), alter.view(np.uint32), given, _seeds(seeds, n), absolute, left, queue):
        _explain(start, alter, given, absolute=absolute)
    joined: NDArray[np.bool_] = left <= 0
    return joined


def contagion(
    indptr: ArrayLike,
    indices: ArrayLike,
    *,
    rate: float,
    seeds: ArrayLike,
    until: float,
    recovery: float = 0.0,
    rng: RNG = None,
) -> NDArray[np.float64]:
    """When each member is infected, if whoever is infectious passes it along each tie at a rate; exact.

    Parameters
    ----------
    indptr, indices : array of int, shapes (n + 1,) and (m,)
        Ties as compressed rows: row i lists those whom member i can infect.
    rate : float
        Per tie and unit of time, at least 0.
    seeds : array of int or of bool, shape (n,)
        Who is infectious at time 0: indices, or a mask.
    until : float
        End of observation, in units of time; may be infinite.
    recovery : float
        Rate at which the infectious recover for good (SIR); 0 for never (SI).
    rng : int, SeedSequence, Generator or None
        Root of chance.

    Returns
    -------
    ndarray of float, shape (n,)
        Time of infection; 0 for seeds, inf for those never infected by `until`.

    Raises
    ------
    InputError
        If rows point to nobody, or a rate or time is negative or not a number.

    Notes
    -----
    Every infectious member has one infectious period, exponential with mean ``1 / recovery``, and every tie one
    delay, exponential with mean ``1 / rate``: times of infection are the shortest paths along delays that do not
    outlast the period.

    References
    ----------
    Kiss, Miller & Simon (2017), Mathematics of Epidemics on Networks, Springer. doi:10.1007/978-3-319-50806-1

    Examples
    --------
    >>> times = contagion([0, 1, 2], [1, 0], rate=1.0, seeds=[0], until=50.0, rng=7)
    >>> float(times[0]), bool(0 < times[1] < 50)
    (0.0, True)
    """
    start, alter = _rows(indptr, indices)
    for name, value in (("rate", rate), ("until", until), ("recovery", recovery)):
        if not value >= 0 or (name != "until" and math.isinf(value)):
            raise InputError(f"{name} is a number from 0 on, not {value}")
    n = start.size - 1
    infected = _seeds(seeds, n)
    when = np.where(infected, 0.0, np.inf)
    words = stream(root_seed(rng), "simulate.contagion").integers(0, 2**64 - 1, 2, dtype=np.uint64, endpoint=True)
    if rate > 0:
        heap, place = np.zeros(n + 1, np.int32), np.full(n, -1, np.int32)
        _percolate(
            start,
            alter,
            (float(rate), float(until), float(recovery)),
            infected.astype(np.uint8),
            when,
            heap,
            np.zeros(n),
            place,
            words,
        )
    return when


_NEVER = 2**31 - 1
_NONE, _ONE = np.uint64(0), np.uint64(1)
Ends = NDArray[np.uint64]


@compiled
def _count_watched(start: Ends, alter: NDArray[np.uint32], left: NDArray[np.int32]) -> bool:
    """Count whom each member watches; False if a row points to nobody (a negative number is a huge one here)."""
    n = left.size
    for i in range(n):
        if start[i + 1] < start[i]:
            return False
    for e in range(alter.size):
        if alter[e] >= n:
            return False
        left[alter[e]] += 1
    return True


@entry
def _rows_hold(start: NDArray[np.int64], alter: NDArray[np.uint32]) -> bool:
    """Whether rows only rise and point to members (a negative number is a huge one here)."""
    n = start.size - 1
    falls = 0
    for i in range(n):
        falls += start[i + 1] < start[i]
    for e in range(alter.size):
        falls += alter[e] >= n
    return falls == 0


@compiled
def _needed(threshold: float, watched: int, absolute: bool) -> int:  # noqa: FBT001
    """How many of the watched must join before he does; _NEVER if there are not so many."""
    if absolute:
        needed = math.ceil(threshold - 1e-9)
    else:
        needed = math.ceil(threshold * watched - 1e-9) if watched > 0 or threshold == 0.0 else 1
    return needed if needed <= watched else _NEVER


@entry
def _cascade(
    start: Ends,
    alter: NDArray[np.uint32],
    thresholds: Floats,
    joined: NDArray[np.bool_],
    absolute: bool,  # noqa: FBT001
    left: NDArray[np.int32],
    queue: NDArray[np.uint32],
) -> bool:
    """Leave in `left` how many more must join before each member does; False if something given is wrong."""
    if not _count_watched(start, alter, left):
        return False
    top = _NEVER if absolute else 1.0
    able, size = _NONE, _NONE
    for i in range(left.size):
        threshold = thresholds[i if thresholds.size > 1 else 0]
        if not (0.0 <= threshold <= top):
            return False
        left[i] = 0 if joined[i] else _needed(threshold, left[i], absolute)
        able += np.uint64(left[i] != _NEVER)
        queue[size] = i
        size += np.uint64(left[i] == 0)
    head = _NONE
    while head < size < able:  # once all have joined who could, the rest of the queue changes nothing
        i = queue[head]
        head += _ONE
        for e in range(start[i], start[i + 1]):
            j = alter[e]
            now = left[j] - np.int32(1)
            left[j] = now  # of those who have joined too: it passes through 0 only once
            queue[size] = j  # overwritten unless he joins now: cheaper than a branch that nobody can foresee
            size += np.uint64(now == 0)
    return True


_ROT_A, _ROT_B, _SHIFT_C = np.uint64(24), np.uint64(37), np.uint64(16)
_ROT_A_BACK, _ROT_B_BACK = np.uint64(40), np.uint64(27)
_TEN, _LOW_63 = np.uint64(10), np.uint64(2**63 - 1)


@compiled
def next_unit(words: NDArray[np.uint64]) -> float:
    """The next number in (0, 1) of a sequential stream (xoroshiro128+)."""
    a, b = words[0], words[1]
    half = (a >> _ONE) + (b >> _ONE) + (a & b & _ONE)  # of a + b, which plain Python would warn overflows
    b ^= a
    words[0] = ((a << _ROT_A) | (a >> _ROT_A_BACK)) ^ b ^ (b << _SHIFT_C)
    words[1] = (b << _ROT_B) | (b >> _ROT_B_BACK)
    return float((np.float64((half & _LOW_63) >> _TEN) + 0.5) * 2.0**-53)


@entry
def _percolate(
    start: Longs,
    alter: NDArray[np.int32],
    rates: tuple[float, float, float],
    done: NDArray[np.uint8],
    when: Floats,
    heap: NDArray[np.int32],
    due: Floats,
    place: NDArray[np.int32],
    words: NDArray[np.uint64],
) -> None:
    """Shortest paths along exponential delays, from all seeds at once, as far as `until`."""
    for i in range(done.size):
        if done[i]:
            _infect(start, alter, i, rates, done, when, heap, due, place, words)
    while heap[-1] > 0:
        i = wide(heap[0])
        take_out(heap, due, place, i)
        done[i] = 1
        _infect(start, alter, i, rates, done, when, heap, due, place, words)


@compiled
def _infect(
    start: Longs,
    alter: NDArray[np.int32],
    i: int,
    rates: tuple[float, float, float],
    done: NDArray[np.uint8],
    when: Floats,
    heap: NDArray[np.int32],
    due: Floats,
    place: NDArray[np.int32],
    words: NDArray[np.uint64],
) -> None:
    """Offer the infection to everybody tied to a member; a delay is worked out only if it falls in time."""
    rate, until, recovery = rates
    now = when[i]
    end = until
    if recovery > 0.0:
        end = min(end, now - math.log(next_unit(words)) / recovery)
    in_time = -math.expm1(-rate * (end - now))
    for e in range(start[i], start[i + 1]):
        j = wide(alter[np.uint64(e)])
        if done[j]:
            continue
        u = next_unit(words)
        if u < in_time:
            t = now - math.log1p(-u) / rate
            if t < when[j]:
                when[j] = t
                put(heap, due, place, j, t)


def _shapes(indptr: ArrayLike, indices: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    start, alter = np.ascontiguousarray(indptr, dtype=np.int64), np.ascontiguousarray(indices)
    if start.ndim != 1 or alter.ndim != 1 or start.size < 1:
        raise InputError(f"indptr and indices are one row of numbers each, got shapes {start.shape} and {alter.shape}")
    if start[0] != 0 or start[-1] != alter.size:
        raise InputError(f"indptr rises from 0 to the number of ties ({alter.size}); got {start[0]} to {start[-1]}")
    if alter.size and alter.dtype.kind not in "iu":
        raise InputError(f"indices are whole numbers, not {alter.dtype}")
    if alter.dtype.itemsize > 4 and alter.size and not -(2**31) <= int(alter.min()) <= int(alter.max()) < 2**31:
        raise InputError(f"indices lie between 0 and {start.size - 2}")
    return start, alter.astype(np.int32, copy=False)


def _rows(indptr: ArrayLike, indices: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    start, alter = _shapes(indptr, indices)
    if not _rows_hold(start, alter.view(np.uint32)):
        _check_rows(start, alter)
    return start, alter


def _check_rows(start: NDArray[np.int64], alter: NDArray[np.int32]) -> None:
    n = start.size - 1
    if np.any(start[1:] < start[:-1]):
        raise InputError(f"indptr, entry {int(np.argmax(start[1:] < start[:-1])) + 1}: falls; it may only rise")
    if alter.size and (alter.min() < 0 or alter.max() >= n):
        row = int(np.argmax((alter < 0) | (alter >= n)))
        raise InputError(f"indices, entry {row}: {int(alter[row])} is not a member; members are 0 to {n - 1}")


def _explain(
    start: NDArray[np.int64], alter: NDArray[np.int32], thresholds: NDArray[np.float64], *, absolute: bool
) -> None:
    """Say which entry the cascade could not use."""
    _check_rows(start, alter)
    wrong = ~((thresholds >= 0) & (thresholds <= (_NEVER if absolute else 1)))
    row = int(np.argmax(wrong))
    what = "a number of members from 0 on" if absolute else "a share from 0 to 1"
    raise InputError(f"thresholds, row {row}: {thresholds[row]} is not {what}")


@entry
def _mark(seeds: Ends, mask: NDArray[np.bool_]) -> bool:
    """Mark the seeds; False if one is nobody (a negative number is a huge one here)."""
    n = mask.size
    for k in range(seeds.size):
        if seeds[k] >= n:
            return False
        mask[seeds[k]] = True
    return True


def _seeds(seeds: ArrayLike, n: int) -> NDArray[np.bool_]:
    given = np.asarray(seeds)
    if given.dtype == bool:
        if given.shape != (n,):
            raise InputError(f"a mask of seeds has one entry per member ({n}), got shape {given.shape}")
        return given.copy()
    mask = np.zeros(n, bool)
    if given.size == 0:
        return mask
    if given.dtype.kind not in "iu" or not _mark(given.ravel().astype(np.int64, copy=False).view(np.uint64), mask):
        raise InputError(
            f"seeds are members 0 to {n - 1}, as whole numbers or a mask; got {given.ravel()[:5].tolist()}"
        )
    return mask
