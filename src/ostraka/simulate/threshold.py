"""Threshold cascades: Granovetter's crowds, Watts' global cascades, Centola and Macy's complex contagions, Morris' cohesion."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.errors import InputError
from ostraka.simulate import ties
from ostraka.simulate.compiling import entry, inlined
from ostraka.simulate.layout import Floats


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
    start, alter = ties.shapes(indptr, indices)
    n = start.size - 1
    given = np.ascontiguousarray(thresholds, dtype=float)
    if given.ndim != 1 or (given.size != n and np.ndim(thresholds)):
        raise InputError(f"thresholds need one value per member ({n}), got {given.size}")
    joined = ties.seed_mask(seeds, n)
    left, queue = np.zeros(n, np.int32), np.empty(n + 1, np.uint32)
    if not _cascade(start.view(np.uint64), alter.view(np.uint32), given, joined.view(np.uint8), absolute, left, queue):
        _explain(start, alter, given, absolute=absolute)
    return joined


_MOST = 2**31 - 1
_CACHED = 2**15
"""So many members lie in the caches of a processor, where their order costs nothing."""
_NONE, _ONE = np.uint64(0), np.uint64(1)
Ends = NDArray[np.uint64]
Members = NDArray[np.uint32]


@inlined
def _count_watched(start: Ends, alter: Members, left: NDArray[np.int32]) -> bool:
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


@inlined
def _needed(threshold: float, watched: int, absolute: bool) -> int:  # noqa: FBT001
    """How many of the watched must join before he does."""
    if absolute:
        return math.ceil(threshold - 1e-9)
    return math.ceil(threshold * watched - 1e-9) if watched > 0 or threshold == 0.0 else 1


@inlined
def _in_order(queue: Members, head: np.uint64, size: np.uint64, joined: NDArray[np.uint8]) -> None:
    """Put those who wait in the order of their rows, so that memory is read from front to back."""
    for k in range(head, size):
        joined[queue[k]] = 2
    end = head
    for i in range(joined.size):
        queue[end] = i
        waits = joined[i] >> 1
        end += np.uint64(waits)
        joined[i] -= waits


@entry
def _cascade(
    start: Ends,
    alter: Members,
    thresholds: Floats,
    joined: NDArray[np.uint8],
    absolute: bool,  # noqa: FBT001
    left: NDArray[np.int32],
    queue: Members,
) -> bool:
    """Let all join who do, from the seeds already marked; False if something given is wrong.

    `left` is how many more must join before a member does; 0 for those who have joined and those who cannot, and a
    number that starts at 0 and only falls never comes to 0 again.
    """
    if not _count_watched(start, alter, left):
        return False
    top = _MOST if absolute else 1.0
    head, size, n = _NONE, _NONE, left.size
    for i in range(n):
        threshold = thresholds[i if thresholds.size > 1 else 0]
        if not (0.0 <= threshold <= top):
            return False
        needed = 0 if joined[i] else _needed(threshold, left[i], absolute)
        left[i] = needed if needed <= left[i] else 0
        queue[size] = i
        size += np.uint64(needed == 0)
    while head < size:
        wave = size
        if n > _CACHED and (wave - head) * np.uint64(8) > n:
            _in_order(queue, head, wave, joined)
        for k in range(head, wave):
            i = queue[k]
            joined[i] = 1
            for e in range(start[i], start[i + 1]):
                j = alter[e]
                now = left[j] - np.int32(1)
                left[j] = now
                queue[size] = j  # overwritten unless he joins now: cheaper than a branch that nobody can foresee
                size += np.uint64(now == 0)
        head = wave
    return True


def _explain(start: NDArray[np.int64], alter: NDArray[np.int32], thresholds: Floats, *, absolute: bool) -> None:
    """Say which entry the cascade could not use."""
    ties.explain(start, alter)
    wrong = ~((thresholds >= 0) & (thresholds <= (_MOST if absolute else 1)))
    row = int(np.argmax(wrong))
    what = "a number of members from 0 on" if absolute else "a share from 0 to 1"
    raise InputError(f"thresholds, row {row}: {thresholds[row]} is not {what}")
